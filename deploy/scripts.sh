#!/usr/bin/env bash
# Checks the page's scripts without a browser.
#
#   deploy/scripts.sh style|types|tests
#
# The tests need only Node.js; style and types need the packages of tests/web/scripts, which
# 'deploy/setup.sh check' installs.
set -euo pipefail
cd "$(dirname "$0")/.."

CHECKS=tests/web/scripts
tools=$CHECKS/node_modules/.bin

case ${1:-} in
  style) "$tools/eslint" --max-warnings 0 -c $CHECKS/eslint.config.js rescue_console/web $CHECKS ;;
  types) "$tools/tsc" --project $CHECKS ;;
  tests) node --test $CHECKS/*.test.js ;;
  *) echo "scripts.sh: use style, types or tests." >&2 && exit 2 ;;
esac
