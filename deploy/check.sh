#!/usr/bin/env bash
# Makes all checks that do not run the program. Continues after a failure, so that one call shows
# all failures; exits with status 1 if there were any.
set -uo pipefail
cd "$(dirname "$0")/.."

bin=.venv/bin
failed=()

check() {
  local what=$1
  shift
  echo "== $what"
  "$@" || failed+=("$what")
}

check "format" "$bin/ruff" format --check .
check "style" "$bin/ruff" check .
for platform in linux win32 darwin; do
  check "types on $platform" "$bin/mypy" --platform "$platform" --cache-dir ".mypy_cache/$platform"
done
check "walls between rooms" "$bin/lint-imports"
check "style of scripts" deploy/scripts.sh style
check "types of scripts" deploy/scripts.sh types
check "tests of scripts" deploy/scripts.sh tests
check "repository" "$bin/python" -m deploy.check_repository

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nNot right yet:'
  printf ' [%s]' "${failed[@]}"
  echo
  exit 1
fi
echo "All right."
