#!/usr/bin/env bash
# Runs the tests, and says which part of each room's lines they have run, in whatever program it was.
# Arguments go to pytest; with a choice of tests, of course, rooms fall below their floors.
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
