#!/usr/bin/env bash
# Makes this checkout ready: system packages, Python, .venv, pinned packages, compiled forms.
#
#   deploy/setup.sh PURPOSE
#
# PURPOSE says which system packages are needed besides Python:
#   check   the Qt tools, and Node.js for the page's scripts (formatting, types, compiled forms)
#   quick   what is needed by tests that start no program
#   run     windows on this display
#   applet  building the customer's applet
#   tour    windows and a customer's browser on a virtual display
#   test    tour, and the databases and the TURN server that the tests start themselves
#
# Each step first checks whether it is already done, so that a second call takes only a moment and
# an interrupted one continues where it stopped. As root on Debian or Ubuntu, this script installs
# missing packages; otherwise it prints the command to type. It never asks anything.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PURPOSE=${1:-run}
VENV=.venv

QT_TOOLS=(libglib2.0-0 libgssapi-krb5-2)
WINDOWS=(
  libdbus-1-3 libegl1 libfontconfig1 libgl1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0
  libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0
  libxcb-xkb1 libxkbcommon-x11-0 fonts-dejavu-core
)
STAGE=(
  chromium dbus dbus-x11 fonts-noto-color-emoji gnome-keyring gsettings-desktop-schemas libatomic1
  libglib2.0-bin openbox python3-tk x11-utils xauth xdotool xvfb x11-xkb-utils
)
DATABASES=(postgresql redis-server)
NETWORK=(coturn iproute2)
INSTALLER=(binutils)
OTHER_BROWSER=(firefox-esr)
NODE=(nodejs)
SCRIPTS=tests/web/scripts

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "" "$@"
  exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# --- system packages ---------------------------------------------------------------------------

packages_for() {
  case $1 in
    check) echo "${QT_TOOLS[@]}" "${NODE[@]}" npm ;;
    quick) echo "${QT_TOOLS[@]}" "${WINDOWS[@]}" "${NODE[@]}" python3-tk ;;
    run) echo "${QT_TOOLS[@]}" "${WINDOWS[@]}" ;;
    applet) echo "${INSTALLER[@]}" python3-tk ;;
    tour) echo "${QT_TOOLS[@]}" "${WINDOWS[@]}" "${STAGE[@]}" ;;
    test) echo "${QT_TOOLS[@]}" "${WINDOWS[@]}" "${STAGE[@]}" "${OTHER_BROWSER[@]}" "${DATABASES[@]}" "${NETWORK[@]}" "${INSTALLER[@]}" ;;
    *) stop "setup.sh: unknown purpose '$1'; use check, quick, run, applet, tour or test." ;;
  esac
}

# Prints those of the named packages that are not installed. A package also counts as installed if
# another provides it (libglib2.0-0t64 provides libglib2.0-0); the browsers, Node.js and npm also count
# if their command exists, however it was installed.
missing_packages() {
  local installed name
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
    awk '$1 == "installed" { $1 = ""; gsub(/,|\([^)]*\)/, " "); printf "%s ", $0 }') "
  for name in "$@"; do
    case $installed in *" $name "*) continue ;; esac
    [ "$name" = chromium ] && command -v chromium google-chrome >/dev/null && continue
    [ "$name" = firefox-esr ] && command -v firefox-esr firefox >/dev/null && continue
    [ "$name" = nodejs ] && command -v node >/dev/null && continue
    [ "$name" = npm ] && command -v npm >/dev/null && continue
    echo "$name"
  done
}

UPDATED=
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  if [ -z "$UPDATED" ]; then
    apt-get update -q </dev/null >&2 || say "The package lists could not be refreshed; continuing with the present ones."
    UPDATED=yes
  fi
  apt-get install -q -y --no-install-recommends "$@" </dev/null >&2
}

system_packages() {
  local wanted missing
  wanted=$(packages_for "$PURPOSE")
  case $(uname -s) in
    Darwin) return ;;
    Linux) ;;
    *) stop "This script is for Linux and macOS. On Windows, follow 'Windows' in README.md." ;;
  esac
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is not Debian or Ubuntu. If something is missing, install what these packages contain:" \
      "  $wanted"
    return
  fi
  # shellcheck disable=SC2086 # lists of words
  missing=$(missing_packages $wanted | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if ! is_root; then
    stop "These system packages are missing. Type this, then start again:" \
      "" "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
  fi
  say "Installing system packages: $missing"
  # shellcheck disable=SC2086
  apt_install $missing || stop "The system packages could not be installed (see above)." \
    "On Ubuntu, where 'chromium' and 'firefox-esr' are no Debian packages, install Google Chrome and Firefox by hand."
  stop_relay "$missing"
}

# The coturn package starts a TURN server open to everybody; the tests start one of their own.
stop_relay() {
  case " $1 " in *" coturn "*) ;; *) return 0 ;; esac
  command -v systemctl >/dev/null || return 0
  systemctl disable --now coturn >/dev/null 2>&1 || true
}

# --- Python ------------------------------------------------------------------------------------

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

python_or_stop() {
  find_python && return
  if is_root && command -v apt-get >/dev/null; then
    apt_install python3 python3-venv && find_python && return
  fi
  stop "Python 3.11 or newer is needed and was not found (tried python3.13 to python3.11, python3)." \
    "  Debian 12 or newer, Ubuntu 24.04 or newer:  sudo apt-get install -y python3 python3-venv" \
    "  macOS:  brew install python@3.13" \
    "  others: your system's package manager"
}

venv_works() { "$VENV/bin/python" -c 'import pip' 2>/dev/null; }

virtual_environment() {
  local python package
  venv_works && return
  python=$(python_or_stop)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! is_root || ! command -v apt-get >/dev/null; then
      stop "$python cannot make virtual environments. Type this, then start again:" \
        "" "  sudo apt-get update && sudo apt-get install -y $package"
    fi
    apt_install "$package" || stop "$package could not be installed (see above)."
  fi
  say "Making $VENV with $python"
  "$python" -m venv --clear "$VENV"
}

# --- pinned packages ---------------------------------------------------------------------------

# The stamp is written last: an interrupted installation has none and is repeated.
pinned_packages() {
  local stamp=$VENV/.installed now
  now="$(cat requirements.txt pyproject.toml | cksum) $PWD"
  [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
  rm -f "$stamp"
  say "Installing the pinned packages into $VENV"
  local pip=("$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input)
  # Nothing is compiled here: a package without a wheel stops the setup on every machine alike.
  "${pip[@]}" --only-binary :all: -r requirements.txt </dev/null
  "${pip[@]}" --no-deps --no-build-isolation -e . </dev/null
  echo "$now" >"$stamp.new"
  mv "$stamp.new" "$stamp"
}

# Installs the packages that check the page's scripts, from the registry that npm is set up to use.
script_packages() {
  local stamp=$SCRIPTS/node_modules/.installed now
  [ "$PURPOSE" = check ] || return 0
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(+(a < 18 || (a == 18 && b < 18)))' ||
    stop "Node.js 18.18 or newer is needed to check the page's scripts; this is $(node --version)."
  now="$(cat $SCRIPTS/package.json $SCRIPTS/package-lock.json | cksum)"
  [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
  say "Installing the pinned packages for checking scripts into $SCRIPTS/node_modules"
  (cd $SCRIPTS && npm ci --silent </dev/null >&2)
  echo "$now" >"$stamp"
}

# Two calls at the same time would interfere with each other; the second waits.
one_at_a_time() {
  command -v flock >/dev/null || return 0
  mkdir -p build
  exec 9>build/setup.lock
  flock 9
}

main() {
  one_at_a_time
  system_packages
  virtual_environment
  pinned_packages
  script_packages
  "$VENV/bin/python" resources/hatch_build.py >/dev/null
}

# Tests source this file to call single functions.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  main
fi
