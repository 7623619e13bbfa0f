# DiploWatch: `make run` and `make test` are all that is needed. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
BROWSER ?= 1
export PORT BROWSER
CHECK_ENV := DIPLOWATCH_SECRET_KEY=check-only DATABASE_URL=postgresql:///check

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help install run test check format messages bench lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/for-work ## make .venv with all that the tests need

# What runs needs less than what is worked on: the first start is quicker without the tools.
$(VENV)/for-run: requirements/prod.txt
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another by make PYTHON=…") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/prod.txt
	@touch $@

$(VENV)/for-work: requirements/dev.txt $(VENV)/for-run
	@echo "Installing the locked tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/for-run ## start DiploWatch on 127.0.0.1:$(PORT), with its database and worker
	@exec $(BIN)/python manage.py run --port "$(PORT)"

test: check ## everything: lint, types, architecture, unit, database and browser tests
	$(BIN)/python -m pytest -n auto

check: install ## lint, types, architecture, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(CHECK_ENV) $(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(CHECK_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK_ENV) DJANGO_SETTINGS_MODULE=diplowatch.settings $(BIN)/python -m diplowatch.messages check

format: install ## put code and templates in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

messages: install ## gather the strings to translate into locale/fr
	$(CHECK_ENV) DJANGO_SETTINGS_MODULE=diplowatch.settings $(BIN)/python -m diplowatch.messages gather

bench: install ## measure against the floors (minutes); results in docs/benchmarks.md
	$(BIN)/python -m benchmarks

lock: ## renew requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/prod.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -c requirements/prod.txt -o requirements/dev.txt

clean: ## remove .venv and caches (the data folder stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build
