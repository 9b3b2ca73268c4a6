#!/usr/bin/env bash
# Starts the technician console with its embedded server; without a display, plays the guided tour
# of a whole session on a virtual display instead. Arguments go to whichever is started.
set -euo pipefail
cd "$(dirname "$0")/.."

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; }

if has_display; then
  deploy/setup.sh run
  deploy/applet.sh ||
    printf '%s\n' "It goes on without the applet: customers can be helped, but not controlled." >&2
  exec .venv/bin/rescue-console --local "$@"
fi

deploy/setup.sh tour
echo "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so this plays a guided tour on"
echo "a virtual one, with a real browser as the customer. Screenshots and an account of each step go"
echo "to build/tour/."
exec .venv/bin/python -m deploy.tour "$@"
