#!/usr/bin/env bash
# Runs the tests and shows what share of each room's lines was run, in any program they started.
# Arguments go to pytest; if they select only some tests, rooms will of course miss their floors.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=build/coverage
rm -rf $folder
mkdir -p $folder
tests=0
.venv/bin/python -m coverage run -m pytest -n 2 --dist loadfile --no-loadscope-reorder \
  --max-worker-restart 0 "$@" || tests=$?
.venv/bin/python -m coverage combine --quiet
.venv/bin/python -m coverage json --quiet -o $folder/coverage.json
.venv/bin/python -m coverage html --quiet -d $folder/html
.venv/bin/python -m deploy.room_coverage
exit $tests
