# Rescue Console. `make` lists what can be done; ARGS="…" passes more arguments on.
# Nearly every target sets up first (deploy/setup.sh); once that has been done, it takes a moment.

PYTHON := .venv/bin/python
# The tests start servers and apps many times: let Python keep its compiled files.
unexport PYTHONDONTWRITEBYTECODE
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help run test quick check coverage figures bench forms words screenshots installer release \
  requirements fresh clean

help: ## List these lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: ## Start the console with its own server (without a display: play the guided tour)
	@deploy/run.sh $(ARGS)

test: ## Run all tests, in two processes
	@deploy/setup.sh test
	@# No restarts: after a worker crashes, the loadfile scheduler waits forever (pytest-xdist #1378).
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(ARGS)

quick: ## Run the tests that start no other program, in less than two minutes
	@deploy/setup.sh quick
	@deploy/scripts.sh tests
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --quick $(ARGS)

check: ## Check format, style, types on three systems, walls between rooms, scripts, the repository
	@deploy/setup.sh check
	@deploy/check.sh

coverage: ## Run all tests, and show each room's coverage beside its floor
	@deploy/setup.sh test
	@deploy/coverage.sh $(ARGS)

figures: ## Count folders, functions, types, tests (ARGS=--write puts them into CONTRIBUTING.md)
	@deploy/setup.sh check
	$(PYTHON) -m deploy.figures $(ARGS)

bench: ## Measure, and print each budget beside its figure
	@deploy/setup.sh test
	$(PYTHON) -m benchmarks $(ARGS)

forms: ## Compile forms, translations and resources that changed
	@deploy/setup.sh check
	$(PYTHON) resources/hatch_build.py

words: ## Write the words that the page's scripts share with the other programs
	@deploy/setup.sh check
	$(PYTHON) -m deploy.make_words

screenshots: ## Take the screenshots in docs/screenshots again
	@deploy/setup.sh tour
	$(PYTHON) -m deploy.pictures $(ARGS)

installer: ## Build the one-folder desktop app into dist/rescue-console
	@deploy/setup.sh test
	$(PYTHON) -m PyInstaller --noconfirm --log-level WARN build_installer.spec $(ARGS)

release: ## Build the wheel, and a list for installing each extra, into dist/release
	@deploy/setup.sh check
	$(PYTHON) -m deploy.release $(ARGS)

requirements: ## Pin all packages again (ARGS=--upgrade: to the newest versions)
	@deploy/setup.sh check
	@deploy/pin.sh $(ARGS)

fresh: ## Try make run and make quick on bare Debian 12 and 13 (as root; ARGS=trixie: only one)
	@deploy/fresh.sh $(ARGS)

clean: ## Remove everything that was built, .venv, and the packages for checking scripts
	rm -rf build dist .venv tests/web/scripts/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find rescue_console/desktop -name 'ui_*.py' -delete
	rm -f rescue_console/desktop/resources_rc.py rescue_console/desktop/.compiled.json resources/translations/*.qm
