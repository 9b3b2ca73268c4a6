#!/usr/bin/env bash
# Gives coturn a copy of the certificate and its key that it may read: it runs as the user turnserver,
# and certbot's folders are open to root alone. Certbot runs this after each renewal when it is in
# /etc/letsencrypt/renewal-hooks/deploy; docs/turn.md says how to run it the first time.
#
#   RENEWED_LINEAGE     the folder of the certificate, set by certbot
#   TURN_CONFIGURATION  where realm=, cert= and pkey= stand   (default: /etc/turnserver.conf)
set -euo pipefail

CONFIGURATION=${TURN_CONFIGURATION:-/etc/turnserver.conf}

setting() { sed -n "s/^$1=//p" "$CONFIGURATION" | tail -n 1; }

make_folder() { [ -d "$1" ] || install -d -o root -g turnserver -m 750 "$1"; }

# A copy is put in its place at once: coturn never reads half of one.
give() {
  install -o root -g turnserver -m 640 "$1" "$2.new"
  mv "$2.new" "$2"
}

main() {
  local certificate key
  # Certbot runs this for every certificate of the machine.
  [ "$(basename "$RENEWED_LINEAGE")" = "$(setting realm)" ] || return 0
  certificate=$(setting cert)
  key=$(setting pkey)
  make_folder "$(dirname "$certificate")"
  make_folder "$(dirname "$key")"
  give "$RENEWED_LINEAGE/fullchain.pem" "$certificate"
  give "$RENEWED_LINEAGE/privkey.pem" "$key"
  # It reads them again, and the pictures that it passes on go on.
  if systemctl --quiet is-active coturn; then
    systemctl kill --signal=SIGUSR2 coturn
  fi
}

main
