# Every task of the project. `make help` lists them; pre-commit and .ci/run call these, nothing is defined twice.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
SERVE ?= 1
WORKERS ?= 2

.PHONY: help install develop browser run test check lint types floors format example bench clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(VENV)/.installed ## build .venv with everything that running needs

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

develop: $(VENV)/.developing ## also what tests and checks need

$(VENV)/.developing: $(VENV)/.installed
	$(PIP) install -q -c constraints.txt -e ".[dev]"
	@touch $@

run: install ## the example county: import, crawl, process, print leads and score, serve (SERVE=0 to stop after the table)
	SERVE=$(SERVE) $(BIN)/python -m examples.kehu.run

browser: ## the Debian packages that the browser tests drive (needs root when they are missing)
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk)

# Many tests start the program: without its compiled modules each start takes a third longer.
test: develop browser ## all tests, in two processes (WORKERS=0 for one)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: develop lint types floors ## lint, types, floors

lint: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: develop
	$(BIN)/mypy

floors: develop
	$(BIN)/lint-imports --no-cache

format: develop ## put the code into shape
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format -q .

example: develop ## rebuild the example county's files from its texts
	$(BIN)/python -m examples.kehu.build

bench: develop ## measure the classifier against the pinned floors (ARGUMENTS="--data … --texts … --encoder … --work …")
	$(BIN)/python -m benchmarks.classifier.run $(ARGUMENTS)

clean: ## remove what was built and the example's data
	rm -rf $(VENV) data build .mypy_cache .ruff_cache .pytest_cache *.egg-info
