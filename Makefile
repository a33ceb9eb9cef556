# `make demo` and `make test` do all the set-up on a fresh Debian machine with Python 3.11.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
PYTEST := $(BIN)/python -m pytest
DEMO_FLAGS ?=

.PHONY: demo test heavy lint bench fuzz editors train rules-docs clean

demo: $(VENV)/demo.stamp
	@$(BIN)/bioql-lsp demo $(DEMO_FLAGS)

test: $(VENV)/dev.stamp lint
	@bash tests/support/install_servers.sh
	@bash tests/support/install_llama.sh || [ -z "$$BIOQL_REQUIRE_SERVERS" ]
	$(PYTEST) tests -n 2 --dist loadfile -m "not editors and not heavy"

# What the default run does in a small way, at length: kills, power cuts, long random histories.
heavy: $(VENV)/dev.stamp
	@bash tests/support/install_servers.sh
	@bash tests/support/install_llama.sh || [ -z "$$BIOQL_REQUIRE_SERVERS" ]
	$(PYTEST) tests -n 2 --dist loadfile -m heavy

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.benchmarks

fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz 10

# Real editors on a busy machine: what failed is driven a second time before it counts.
editors: $(VENV)/dev.stamp
	bash editors/install.sh
	$(PYTEST) tests/editors -m editors || $(PYTEST) tests/editors -m editors --last-failed

rules-docs: $(VENV)/demo.stamp
	$(BIN)/bioql-lsp rules --format markdown > docs/rules.md

train: $(VENV)/dev.stamp
	$(BIN)/python -m bioql_lsp.training.train
	$(BIN)/python -m bioql_lsp.training.export

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/demo.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up: the server and its embedded model's runtime ..."
	$(PIP) -e ".[worker]"
	@touch $@

# torch comes first and alone: asked for as a range it would bring gigabytes of CUDA packages.
$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up: everything that the tests need ..."
	$(PIP) torch==2.13.0
	$(PIP) -e ".[dev]"
	@touch $@ $(VENV)/demo.stamp

clean:
	rm -rf $(VENV) build dist artifacts
