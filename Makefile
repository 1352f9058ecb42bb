# One door for people and machines. Every target builds its own environment in .venv/ first.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test check quality points across bench faults cover mutants rule-mutants lock format
.DEFAULT_GOAL := setup

setup: $(STAMP)

$(STAMP): requirements-dev.lock
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed. Install it, then run make again."; exit 2; fi
	@if ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "This Python has no venv. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 2; fi
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(STAMP)

demo: setup
	@$(BIN)/python -m bot demo

# In as many processes as there are cores; each file of tests in one of them.
test: setup
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=8 --dist=loadfile

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m bot check

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

quality: setup
	@$(BIN)/python -m tests.content.quality

# What words weigh for danger, learned anew from the examples; prints how that does on others.
points: setup
	@$(BIN)/python -m tests.content.weigh

# How a look-up does on questions that it was not given.
across: setup
	@$(BIN)/python -m tests.content.across

bench: setup
	@$(BIN)/python -m bench

# Kill the program 500 times at random while many people report, and look for anything lost.
faults: setup
	@$(BIN)/python -m tests.faults

# Every line and every branch of the core is run by its tests ...
cover: setup
	@$(BIN)/coverage run -m pytest tests/core
	@$(BIN)/coverage report --include='bot/core/*' --skip-covered --show-missing --fail-under=100

# ... and the tests notice when it changes: at least nine of ten small changes make one fail.
mutants: setup
	@$(BIN)/python tools/mutants.py

# ... and the examples of the rules notice when a row of a table is taken away or weakened.
rule-mutants: setup
	@$(BIN)/python tools/rule_mutants.py

# The lock holds versions and hashes only; uv is needed for this target alone.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate -o requirements-dev.lock
