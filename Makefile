# Two commands: `make run` and `make test`. Everything else is listed by `make help`.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := help

# The first of these that is Python 3.11 or newer; `make PYTHON=/path/to/python run` chooses another one.
PYTHON ?= $(firstword $(foreach one,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(one) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(one))))
PY := .venv/bin/python
# An environment is up to date when it carries the stamp of the lock it was made from.
RUN_STAMP := .venv/run-$(shell cksum < requirements.lock | cut -d ' ' -f 1)
DEV_STAMP := .venv/dev-$(shell cksum < requirements-dev.lock | cut -d ' ' -f 1)
PIP := $(PY) -m pip --quiet --disable-pip-version-check install --require-hashes
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml

.PHONY: help
help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r verb what; \
		do printf '  make %-15s %s\n' "$$verb" "$$what"; done

.PHONY: run
run: $(RUN_STAMP) ## Start the whole platform on this machine; Ctrl-C stops it
	@exec $(PY) -m deploy.run --with-parent

.PHONY: stop
stop: ## Stop the platform that runs from this checkout, in order
	@$(PY) -m deploy.stop

.PHONY: test
test: $(DEV_STAMP) ## Everything that must be green: format, lint, types, contracts, drift, tests
	@$(PY) -m deploy.check

.PHONY: test-external
test-external: $(DEV_STAMP) ## The tests alone, against the PostgreSQL at HUAIYOU_TEST_DATABASE_URL
	@$(PY) -m deploy.check --external

.PHONY: format
format: $(DEV_STAMP) ## Put the code into the one format
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix --exit-zero --quiet .

.PHONY: lint
lint: $(DEV_STAMP) ## Format and lint, checked
	@$(PY) -m deploy.check format lint

.PHONY: types
types: $(DEV_STAMP) ## Types, checked strictly
	@$(PY) -m deploy.check types

.PHONY: contracts
contracts: $(DEV_STAMP) ## Which module may import which, checked
	@$(PY) -m deploy.check contracts

.PHONY: openapi
openapi: $(DEV_STAMP) ## Write every committed openapi.json anew from the code
	@$(PY) -m deploy.openapi

.PHONY: migrations
migrations: $(DEV_STAMP) ## Check that the migrations make exactly the tables of the code
	@$(PY) -m pytest tests/test_architecture.py -k migrations

.PHONY: bench
bench: $(DEV_STAMP) ## Measure reads and imports beside their bare limits
	@$(PY) -m tests.bench

.PHONY: locks
locks: $(DEV_STAMP) ## Compile both hashed requirement locks anew; add UPGRADE=1 to take newer versions
	@$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: clean
clean: ## Delete caches and the environment; the state in .run stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_STAMP): .venv/bin/python
	@echo "Installing what the platform needs (once)"
	@rm -f .venv/run-* .venv/dev-*
	@$(PIP) -r requirements.lock
	@touch $@

$(DEV_STAMP): .venv/bin/python
	@echo "Installing what the tests need (once)"
	@rm -f .venv/run-* .venv/dev-*
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(RUN_STAMP)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found: install it," \
		"or say where it is: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "Python's venv module is needed:" \
		"on Debian and Ubuntu install the package python3-venv" >&2; exit 1; }
