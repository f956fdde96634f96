# Auditloop: what you can ask for. `make help` lists it.
#
# Needs git, make and Python 3.11 or newer; npm is used for the chat workspace where there is one.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PYTEST_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
CHAT := node_modules/local-slack-linux-x64
CHAT_READY := node_modules/.chat-ready
NPM_VENV := .npm-venv

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 1

# Installs one lock by plain pip and counts as it goes; faults still reach the screen, on stderr.
define install_lock
	echo "Installing $(1): $(2)"; \
	most=$$(grep -c '==' $(1)); n=0; screen=0; if [ -t 1 ]; then screen=1; fi; \
	$(BIN)/python -m pip install --require-hashes -r $(1) | while read -r first second _; do \
		case "$$first $$second" in \
			"Collecting "*|"Processing "*|"Requirement already") n=$$((n + 1)); [ $$screen = 0 ] || printf '\r  %d of at most %d packages' $$n $$most;; \
			"Installing collected") [ $$screen = 0 ] || echo; echo "  unpacking them";; \
		esac; \
	done; \
	touch $(3)
endef

.PHONY: help install demo demo-reset test check bench soak lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(DEV_READY) $(CHAT_READY) ## make .venv with everything in the locks, and the chat workspace

demo: $(RUN_READY) $(CHAT_READY) ## start the fictional borough: pages, worker and chat (Ctrl-C stops it)
	@$(BIN)/python -m demo

demo-reset: $(RUN_READY) $(CHAT_READY) ## start the fictional borough afresh, forgetting what was tried
	@$(BIN)/python -m demo --reset

test: install check ## everything: format, lint, types, import law, then every test, on every core
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(PYTEST_FLAGS)

check: $(DEV_READY) ## format, lint, types and import law, without the tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(DEV_READY) ## measure how fast it is
	@$(BIN)/python -m benchmarks

soak: install ## the long counts, left out of `make test`
	@AUDITLOOP_SOAK=1 $(BIN)/python -m pytest -m soak $(PYTEST_FLAGS)

lock: $(DEV_READY) ## write the pinned lists again from the .in files, with today's newest
	@$(call write_lock,requirements.in,)
	@$(call write_lock,requirements-dev.in,--constraints requirements.txt)
	@$(call write_lock,requirements-node.in,)

# One list serves Python 3.11 to 3.13 and every system; where they differ, uv writes a marker.
define write_lock
	echo "Writing $(1:.in=.txt)"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --no-emit-find-links $(2) $(1) --output-file $(1:.in=.txt)
endef

# A half-made .venv is removed, so that the next try starts clean.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Auditloop needs Python 3.11 or newer, and there is no '$(PYTHON)' here." \
		"Say which one to use: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Auditloop needs Python 3.11 or newer;" \
		"'$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say which one to use: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN_READY): requirements.txt | $(BIN)/python
	@$(call install_lock,requirements.txt,what runs Auditloop,$@)

$(DEV_READY): requirements-dev.txt | $(BIN)/python
	@$(call install_lock,requirements-dev.txt,what runs and tests Auditloop,$(RUN_READY) $@)

# npm passes in silence over an optional package it could not get, so what counts is whether it is there.
# Without npm here, one comes from the Python package index. Without chat the pages still run, and it says so.
$(CHAT_READY): package-lock.json | $(BIN)/python
	@echo "Installing the chat workspace"
	@command -v npm >/dev/null || test -x $(NPM_VENV)/bin/npm || { $(fetch_npm); } || true
	@PATH="$$PATH:$(CURDIR)/$(NPM_VENV)/bin"; \
	if npm ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error && test -e $(CHAT); then touch $@; \
	else printf '\n*** The chat workspace could not be installed and is left out: everything else works. ***\n\n' >&2; fi

fetch_npm = echo "  no npm here: fetching one" && $(BIN)/python -m venv $(NPM_VENV) && \
	$(NPM_VENV)/bin/python -m pip install --quiet --require-hashes -r requirements-node.txt
