# Two commands do everything from a fresh clone: `make local` and `make test`.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CLI_INSTALLED := node_modules/.installed
TRITON := .venv-triton
TRITON_INSTALLED := $(TRITON)/.installed
# The wheel of Node puts node and npm into the environment: no Node has to be on PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules are kept, whatever the shell says: the tests start Python some hundred times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help local test faults unit check format golden schema truth comparison synth bench lock clean triton

help: ## list the commands
	@echo "Pilotlight: SageMaker endpoints that sleep at zero and wake on the first request"
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  Needs Python 3.11 or 3.12 with venv, and make. Everything else goes into $(VENV)/, $(TRITON)/ and node_modules/."

local: install triton ## deploy both fleets to an embedded AWS with the real CDK CLI, use them, report
	@pilotlight local story

test: install triton ## install what is missing, run all tests, the fast ones first
	@python -m pytest -m "not end_to_end and not thorough" --numprocesses 2 --dist worksteal
	@python -m pytest -m "thorough or end_to_end and not exhaustive" --numprocesses 2 --dist loadfile

faults: install triton ## break every step of the story and see it fail, about half an hour
	@python -m pytest -m exhaustive --numprocesses 2

unit: install ## only the fast tests, under a minute
	@python -m pytest -m "not end_to_end and not thorough" --numprocesses 2 --dist worksteal

check: install ## format, lint, types, layers: what CI runs before the tests
	@scripts/check

format: install ## rewrite the sources in the house format
	@ruff format . && ruff check --fix-only --quiet .

golden: install ## rewrite the golden templates after a change that you meant; review the diff
	@python -m pytest -q tests/stacks tests/pilotlight_cdk --update-golden

schema: install ## rewrite fleet.schema.json
	@pilotlight schema > build.schema.tmp && mv build.schema.tmp fleet.schema.json

truth: install ## rewrite docs/truth.md from the evidence marks
	@python -m pilotlight.hosting.truth > build.truth.tmp && mv build.truth.tmp docs/truth.md

comparison: install ## rewrite docs/hosting_options.md from the catalogue
	@python -m pilotlight.catalog.hosting_options_page > build.comparison.tmp && mv build.comparison.tmp docs/hosting_options.md

synth: install ## write the starter fleet's templates to cdk.out/ (FLEET=fleets/showcase.yaml for another)
	@cdk synth --quiet $(if $(FLEET),-c fleet=$(FLEET))

bench: install ## ratios measured in one run, written to build/bench.json
	@python -m benchmarks.run

triton: $(TRITON_INSTALLED) ## install the real Triton, the local multi-model container, where it can run

lock: ## resolve the locks anew
	@scripts/lock

clean: ## remove everything that make has made
	@rm -rf $(VENV) $(TRITON) .venv-containers node_modules build cdk.out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: install
install: $(INSTALLED) $(CLI_INSTALLED)

$(INSTALLED): requirements.txt pyproject.toml
	@scripts/install-python $(VENV)

$(TRITON_INSTALLED): requirements-triton.txt $(INSTALLED)
	@scripts/install-triton $(TRITON) $(BIN)/python

$(CLI_INSTALLED): package.json package-lock.json $(INSTALLED)
	@echo "installing the CDK CLI"
	@npm ci --silent --no-audit --no-fund && touch $@
