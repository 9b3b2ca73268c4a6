#!/usr/bin/env bash
# Tries what README.md promises on bare Debian machines: `make run` and `make quick` on a clean
# clone of HEAD, as root and as an ordinary user who types what the setup script says.
#
#   sudo deploy/fresh.sh [RELEASE…]      bookworm and trixie, when none is named
#
# A machine is a folder that holds only Debian's smallest system, git and make. It is entered in
# namespaces of its own: however this script ends, the machine's mounts and processes go with it.
# The machine reaches packages the same way as this one (apt's sources and settings, pip's settings,
# certificates, proxies). Logs are in build/fresh/RELEASE-PLAYER.log.
#
#   FRESH_CACHE    where fetched packages are kept      (default: rescue-console/fresh in ~/.cache)
#   FRESH_MIRROR   a Debian mirror                      (default: the one that apt uses here)
#
# Exits with 0 if everything went well, 1 if something failed, 3 if it cannot run on this machine.
set -euo pipefail

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${FRESH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rescue-console/fresh}
RELEASES=(bookworm trixie)
PLAYERS=(root anna)
ROUNDS=6
FOLDER=

say() { printf '[%2d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

cannot() {
  printf 'This cannot run here: %s\n' "$@" >&2
  exit 3
}

# --- this machine ------------------------------------------------------------------------------

check_this_machine() {
  local tool
  [ "$(uname -s)" = Linux ] || cannot "Debian machines can be made on Linux only."
  [ "$(id -u)" = 0 ] || cannot "only root can make a machine and enter it. Type: sudo deploy/fresh.sh"
  if ! command -v debootstrap >/dev/null; then
    say "Installing debootstrap"
    { apt-get update -q && apt-get install -q -y --no-install-recommends debootstrap; } </dev/null >&2 ||
      cannot "'debootstrap' is missing and could not be installed. Type: apt-get install -y debootstrap"
  fi
  unshare --mount --pid --fork --mount-proc true 2>/dev/null ||
    cannot "this machine is itself a container that may not mount. Use one that may (CAP_SYS_ADMIN)."
}

# Prints "SITE SUITE" lines for RELEASE, from the sites that this machine uses for its own release.
sources_for() {
  local release=$1 here
  if [ -n "${FRESH_MIRROR:-}" ]; then
    echo "$FRESH_MIRROR $release"
    return
  fi
  here=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016 # apt fills these in
  apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
    awk -v here="$here" -v release="$release" '
      $3 == "main" && ($2 == here || $2 == here "-updates" || $2 == here "-security") {
        print $1, release substr($2, length(here) + 1)
      }'
}

# --- a bare machine ----------------------------------------------------------------------------

bootstrap() {
  local release=$1 system=$2 site
  site=$(sources_for "$release" | awk -v suite="$release" '$2 == suite { print $1; exit }')
  [ -n "$site" ] || cannot "apt knows no mirror of Debian here. Name one in FRESH_MIRROR."
  mkdir -p "$CACHE/$release"
  debootstrap --variant=minbase --cache-dir="$CACHE/$release" "$release" "$system" "$site"
}

# Copies those FILES of this machine that exist to the same places in SYSTEM.
copy_into() {
  local system=$1 file
  shift
  for file in "$@"; do
    [ -e "$file" ] || continue
    mkdir -p "$system$(dirname "$file")"
    cp -RLT "$file" "$system$file"
  done
}

# Lets SYSTEM reach packages, names and proxies the way this machine does.
connect() {
  local release=$1 system=$2
  sources_for "$release" | sed 's/^/deb /; s/$/ main/' >"$system/etc/apt/sources.list"
  apt-config dump | grep '^Acquire::' >"$system/etc/apt/apt.conf.d/00this-machine"
  # The machine is thrown away after a power failure anyway: dpkg need not wait for the disk.
  echo force-unsafe-io >"$system/etc/dpkg/dpkg.cfg.d/throw-away"
  copy_into "$system" /etc/apt/auth.conf /etc/apt/auth.conf.d /etc/apt/trusted.gpg.d \
    /etc/resolv.conf /etc/hosts /usr/local/share/ca-certificates \
    /etc/ssl/certs/ca-certificates.crt /etc/pip.conf /etc/xdg/pip
  while IFS='=' read -r _ file; do
    if [ -f "$file" ]; then copy_into "$system" "$(realpath -s "$file")"; fi
  done < <(settings)
}

# Prints the variables that tell programs where proxies, certificates and packages are.
settings() {
  env | grep -E '^([a-zA-Z]+_proxy|[A-Z]+_PROXY|PIP_[A-Z_]+|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)=' |
    grep -v '^PIP_CACHE_DIR=' || true
}

mount_into() {
  local release=$1 system=$2
  mount -t proc proc "$system/proc"
  mount -t sysfs -o ro sysfs "$system/sys"
  mount -t tmpfs -o mode=1777 tmpfs "$system/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$system/dev/pts"
  mkdir -p "$system/var/cache/pip" "$CACHE/pip" "$CACHE/$release"
  mount --bind "$CACHE/$release" "$system/var/cache/apt/archives"
  mount --bind "$CACHE/pip" "$system/var/cache/pip"
}

# --- playing -----------------------------------------------------------------------------------

# Runs LINE in bash on SYSTEM as PLAYER, as after logging in.
type_in() {
  local system=$1 player=$2 line=$3 environment
  mapfile -t environment < <(settings)
  chroot "$system" env -i "${environment[@]}" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 TERM=dumb PIP_CACHE_DIR=/var/cache/pip DEBIAN_FRONTEND=noninteractive \
    runuser -u "$player" -- bash -c "cd; $line" </dev/null
}

# Prints the last command that the setup script told the user to type.
told_command() { grep -o 'sudo apt-get .*' "$1" | tail -n 1; }

# Runs `make TARGET`; if a user is told to type a command, runs that as root and tries again.
play() {
  local system=$1 player=$2 target=$3 log=$4 answer line last='' round
  answer=$FOLDER/answer
  for ((round = 1; round <= ROUNDS; round++)); do
    if type_in "$system" "$player" "cd rescue-console && make $target" >"$answer" 2>&1; then
      cat "$answer" >>"$log"
      return
    fi
    cat "$answer" >>"$log"
    line=$(told_command "$answer")
    [ "$player" != root ] && [ -n "$line" ] && [ "$line" != "$last" ] || return 1
    say "  told: $line"
    type_in "$system" root "sudo() { \"\$@\"; }; $line" >>"$log" 2>&1 || return 1
    last=$line
  done
  return 1
}

play_everything() {
  local system=$1 player=$2 log=$3 target failed=0
  for target in run quick; do
    if ! grep -q "^$target:" "$CHECKOUT/Makefile"; then
      say "  there is no 'make $target' in this checkout"
      continue
    fi
    say "  make $target, as $player"
    if play "$system" "$player" "$target" "$log"; then
      say "  make $target, as $player: done"
    else
      tail -n 40 "$log" | sed 's/^/        /'
      say "  make $target, as $player: FAILED; the full output is in $log"
      failed=1
    fi
  done
  return "$failed"
}

# Prepares a machine on which PLAYER has just cloned the checkout.
furnish() {
  local release=$1 system=$2 player=$3 home
  mount_into "$release" "$system"
  [ "$player" = root ] || chroot "$system" useradd --create-home --shell /bin/bash "$player"
  chroot "$system" chown -R "$player:" /var/cache/pip
  home=$system$(chroot "$system" getent passwd "$player" | cut -d: -f6)
  for file in .config/pip/pip.conf .pip/pip.conf; do
    [ -f "$HOME/$file" ] || continue
    mkdir -p "$home/$(dirname "$file")"
    cp -L "$HOME/$file" "$home/$file"
  done
  git clone --quiet --no-local "$CHECKOUT" "$home/rescue-console"
  chroot "$system" chown -R "$player:" "${home#"$system"}"
}

# Tries everything on one release; runs in namespaces of its own.
play_release() {
  local release=$1 player log failed=0
  say "$release: bootstrapping"
  log=$CHECKOUT/build/fresh/$release.log
  mkdir -p "$(dirname "$log")"
  if ! { bootstrap "$release" "$FOLDER/bare" && connect "$release" "$FOLDER/bare"; } >"$log" 2>&1; then
    tail -n 20 "$log"
    return 1
  fi
  chroot "$FOLDER/bare" sh -c \
    'apt-get update -q && apt-get install -q -y --no-install-recommends git make' >>"$log" 2>&1
  for player in "${PLAYERS[@]}"; do
    say "$release, $player: a bare machine with git and make"
    cp -a --reflink=auto "$FOLDER/bare" "$FOLDER/$player"
    furnish "$release" "$FOLDER/$player" "$player"
    log=$CHECKOUT/build/fresh/$release-$player.log
    : >"$log"
    play_everything "$FOLDER/$player" "$player" "$log" || failed=1
  done
  return "$failed"
}

# --- the whole ---------------------------------------------------------------------------------

RUNNING=

clean_up() {
  trap - EXIT
  [ -z "$RUNNING" ] || { kill -KILL "$RUNNING" && wait "$RUNNING"; } 2>/dev/null || true
  [ -z "$FOLDER" ] || rm -rf --one-file-system "$FOLDER"
}

main() {
  local release failed=()
  check_this_machine
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP
  [ $# -gt 0 ] || set -- "${RELEASES[@]}"
  for release in "$@"; do
    FOLDER=$(mktemp -d -t "rescue-fresh-$release.XXXXXX")
    chmod 755 "$FOLDER"
    # In the background, so that signals are handled at once; --kill-child ends everything inside.
    unshare --mount --pid --fork --kill-child --mount-proc "$CHECKOUT/deploy/fresh.sh" \
      --inside "$FOLDER" "$SECONDS" "$release" &
    RUNNING=$!
    wait "$RUNNING" || failed+=("$release")
    RUNNING=
    rm -rf --one-file-system "$FOLDER"
    FOLDER=
  done
  [ ${#failed[@]} = 0 ] || { say "Failed: ${failed[*]}" && exit 1; }
  say "All right: $*"
}

if [ "${1:-}" = --inside ]; then
  FOLDER=$2
  SECONDS=$3
  play_release "$4"
elif [ "${BASH_SOURCE[0]}" = "$0" ]; then
  main "$@"
fi
