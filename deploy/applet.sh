#!/usr/bin/env bash
# Builds the customer's applet for this system into build/applets, where the embedded server of
# 'rescue-console --local' looks for it. It is built again only when something in it has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=.venv/bin/python
FOLDER=build/applets
STAMP=build/applets.stamp
LOG=build/applet.log

say() { printf '%s\n' "$*" >&2; }

# Changes with everything that goes into the file.
state() {
  {
    "$PYTHON" --version
    find deploy/applet.spec requirements.txt rescue_console -type f \
      ! -path 'rescue_console/desktop/*' ! -path 'rescue_console/server/*' \
      ! -path 'rescue_console/web/*' ! -name '*.pyc' -print0 | sort -z | xargs -0 cksum
  } | cksum
}

can_build() {
  "$PYTHON" -c 'import tkinter' 2>/dev/null || return 1
  [ "$(uname -s)" != Linux ] || command -v objdump >/dev/null
}

build() {
  env -u RESCUE_APPLET_SERVER "$PYTHON" -m PyInstaller --noconfirm --log-level WARN \
    --distpath build/applets.new --workpath build/applet-work deploy/applet.spec
}

# Waits for a process and shows that something is going on.
watch() {
  while kill -0 "$1" 2>/dev/null; do
    printf '.' >&2
    sleep 1
  done
  say ""
  wait "$1"
}

now=$(state)
[ -d "$FOLDER" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$now" ] && exit 0
can_build || deploy/setup.sh applet
mkdir -p build
say "Building the applet that lets customers give control. This is done once and takes a minute."
rm -rf build/applets.new "$STAMP"
build >"$LOG" 2>&1 &
watch $! || {
  tail -n 5 "$LOG" >&2
  say "The applet could not be built; all of it is in $LOG."
  exit 1
}
if [ "$(uname -s)" = Darwin ]; then
  (cd build/applets.new && ditto -c -k --keepParent rescue-applet.app rescue-applet.app.zip)
fi
rm -rf "$FOLDER"
mv build/applets.new "$FOLDER"
echo "$now" >"$STAMP"
