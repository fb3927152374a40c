# Everything runs through .venv/bin; scripts/setup.py makes it, and does only what is not done yet.
PYTHON ?= python3
ARGS ?=
PYTEST_ARGS ?=
# Tests without a browser run side by side, each worker with a PostgreSQL of its own.
WORKERS ?= 2
SIZE ?= s
export SIZE

BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup.py
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix console --silent
SIDECAR := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix sidecars/zalo-personal --silent
# No index of this machine: what is locked is what everybody gets.
COMPILE := env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS UV_NO_CONFIG=1 $(BIN)/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help setup run setup-dev setup-browser console test test-long e2e lint types fmt api protocol screenshots lock clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z0-9%-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what a run needs and build the console and the sidecar
	@$(SETUP)

run: setup ## Start Sổ Khách with the demo company, its data in .data (ARGS="--no-demo --port 9000")
	@exec $(BIN)/sokhach run --data .data --demo $(ARGS)

console: setup ## Build the console when its sources changed

setup-dev:
	@$(SETUP) --dev

setup-browser:
	@$(SETUP) --browser

test: setup-browser ## Run the tests, those in a browser included (PYTEST_ARGS="-k intake")
	@failed=0; $(NPM) test || failed=1; $(SIDECAR) test || failed=1; \
	$(BIN)/pytest -m "not long and not e2e" -n $(WORKERS) --dist worksteal $(PYTEST_ARGS) || test $$? = 5 || failed=1; \
	$(BIN)/pytest -m "e2e and not long" $(PYTEST_ARGS) || test $$? = 5 || failed=1; exit $$failed

test-long: setup-browser ## Run kill tests, long simulations, axe over every page, every page of administration on a phone
	@failed=0; $(BIN)/pytest -m "long and not e2e" $(PYTEST_ARGS) || test $$? = 5 || failed=1; \
	$(BIN)/pytest -m "long and e2e" $(PYTEST_ARGS) || test $$? = 5 || failed=1; exit $$failed

e2e: setup-browser ## Run only the tests in a browser
	$(BIN)/pytest -m e2e $(PYTEST_ARGS)

# It looks at the console, too.
bench-inbox: setup-browser

bench-%: setup-dev ## Run a bench, such as bench-intake or bench-inbox (SIZE=s|m|l)
	@$(BIN)/python -m bench.$(subst -,_,$*) $(ARGS)

lint: setup-dev ## Check style and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(NPM) run check
	$(SIDECAR) run check

types: setup-dev ## Check types of the server, of the console and of the sidecar
	$(BIN)/pyright
	$(NPM) exec -- tsc --noEmit --project console
	$(SIDECAR) exec -- tsc --noEmit --project sidecars/zalo-personal

fmt: setup-dev ## Format everything
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run fmt
	$(SIDECAR) run fmt

api: setup-dev ## Describe the API in openapi.json and generate the console's client from it
	$(BIN)/sokhach openapi > openapi.json
	$(NPM) run api

protocol: setup-dev ## Generate the sidecar's types from what host and sidecar say to each other
	$(BIN)/python -c "import json; from sokhach.channels.zalo_personal import protocol; print(json.dumps(protocol.schema()))" \
	  | $(SIDECAR) run protocol

screenshots: setup-browser ## Take the pictures of README and docs (ARGS=--all: every page in every size, to be looked at)
	$(BIN)/python -m tests.e2e.screenshots $(ARGS)

lock: setup-dev ## Lock the packages of pyproject.toml (ARGS=--upgrade to renew them)
	$(COMPILE) $(ARGS) pyproject.toml --output-file requirements.lock
	$(COMPILE) $(ARGS) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) $(ARGS) --group build --constraints requirements-dev.lock --output-file requirements-build.lock
	$(COMPILE) $(ARGS) --group node --constraints requirements-dev.lock --output-file requirements-node.lock

clean: ## Remove what can be made again; the data in .data stay
	rm -rf .venv console/node_modules src/sokhach/static/console src/sokhach/static/phone
	rm -rf sidecars/zalo-personal/node_modules src/sokhach/channels/zalo_personal/sidecar
