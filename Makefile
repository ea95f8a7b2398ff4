# The two commands of the README, and what a developer needs. Everything happens in .venv; the second time is quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
STAMPS := $(VENV)/.stamps

.DEFAULT_GOAL := help
.PHONY: help demo test lint slow bench clean

help:
	@echo "make demo    tier the shipped sample accounts and show the result"
	@echo "make test    run the tests"
	@echo "make lint    types and style"
	@echo "make slow    the long tests"
	@echo "make bench   the measurements"
	@echo "make clean   remove the virtual environment and everything made"

DEMO := rulesets/saas_abm
FACTS := --events $(DEMO)/events.csv --signals $(DEMO)/signals.csv
RESULT := demo-output/tiers.csv
EVAL := $(DEMO)/saas_abm.tier $(DEMO)/accounts.csv $(FACTS) --as-of 2026-11-01 -o $(RESULT) --columns key,name,tier,priority,marks,reason
demo: $(STAMPS)/install
	@mkdir -p demo-output
	@echo "\$$ tierlang check $(DEMO)/saas_abm.tier --as-of 2026-11-01"
	@$(BIN)/tierlang check $(DEMO)/saas_abm.tier --as-of 2026-11-01
	@echo "\$$ tierlang eval $(EVAL)"
	@$(BIN)/tierlang eval $(EVAL)
	@echo
	@echo "\$$ grep -E '^key|,one,' $(RESULT)"
	@grep -E '^key|,one,' $(RESULT)
	@echo
	@echo "Why is an account where it is? $(BIN)/tierlang explain $(DEMO)/saas_abm.tier $(DEMO)/accounts.csv A-01993 $(FACTS) --as-of 2026-11-01"

test: $(STAMPS)/test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(STAMPS)/dev
	$(BIN)/python -m mypy
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

slow: $(STAMPS)/test
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

bench: $(STAMPS)/bench
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build dist demo-output bench-data .hypothesis .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "tierlang needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo 'not there')." >&2; \
	  echo "Name another one: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); echo "No virtual environment could be made; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/install: $(STAMPS)/venv pyproject.toml
	@echo "Installing tierlang into $(VENV) …"
	@$(PIP) install --editable .
	@touch $@

$(STAMPS)/test $(STAMPS)/dev $(STAMPS)/bench: $(STAMPS)/%: $(STAMPS)/venv pyproject.toml
	@echo "Installing tierlang and what '$*' needs into $(VENV) …"
	@$(PIP) install --editable '.[test,$*]'
	@touch $(STAMPS)/install $@
