#!/usr/bin/env bash
# Writes requirements.txt: one exact version of every package, for all systems and Python versions,
# with the digests of its wheels. Without arguments, pins that still fit stay; --upgrade moves them
# to the newest versions.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p build
pins=build/requirements.txt
compile=(.venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11
  --only-binary :all:)

# Writes build/pylock.NAME.toml: the pinned packages for the extras in the other arguments.
lock() {
  local name=$1
  shift
  rm -f "build/pylock.$name.toml"
  "${compile[@]}" "$@" --constraint "$pins" --format pylock.toml \
    --output-file "build/pylock.$name.toml" >/dev/null
}

cp requirements.txt "$pins"
"${compile[@]}" --all-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
  --output-file "$pins" "$@" >/dev/null
lock all --all-extras
for extra in desktop server applet; do
  lock "$extra" --extra "$extra"
done
.venv/bin/python -m deploy.pins build/pylock.{all,desktop,server,applet}.toml >requirements.txt.new
mv requirements.txt.new requirements.txt
