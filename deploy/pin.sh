#!/usr/bin/env bash
# Writes requirements.txt: one exact version of every package, for all systems and Python versions.
# Without arguments the pins that still fit stay; --upgrade takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p build
pins=build/requirements.txt
cp requirements.txt "$pins"
.venv/bin/uv pip compile pyproject.toml --quiet --universal --all-extras --python-version 3.11 \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$pins" "$@" >/dev/null
{
  echo "# All packages for running, testing and building, pinned. Written by 'make requirements'."
  cat "$pins"
} >"$pins.new"
mv "$pins.new" requirements.txt
