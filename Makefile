# Everything a person or a CI machine does with the project. `make help` lists it.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
HOST ?= 127.0.0.1
SERVE ?= 1
PYTEST_FLAGS ?= -n auto --dist loadfile
ARGS ?=

MANAGE := $(BIN)/python manage.py
PACKAGES := cms catalogue_standards workflows search
APPS_WITH_TEXT := $(PACKAGES) templates
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.DEFAULT_GOAL := help
.PHONY: help demo run install test lint format bench tour messages lock postgresql elasticsearch stop clean

help: ## List every target
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/demo.stamp ## Set up, load the demo county, do the main job, serve on port 8000 (SERVE=0: do not serve)
	@HOST=$(HOST) PORT=$(PORT) SERVE=$(SERVE) scripts/demo.sh

run: .venv/demo.stamp ## Serve the site with its worker, without loading anything
	@HOST=$(HOST) PORT=$(PORT) scripts/serve.sh

install: .venv/dev.stamp ## Set up the virtual environment for developers

test: .venv/dev.stamp ## Run the test suite (ARGS="tests/cms -k slug"; DATABASE_URL chooses the database)
	$(BIN)/pytest $(PYTEST_FLAGS) $(ARGS)

lint: .venv/dev.stamp ## Check style, templates, types, import directions and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy $(PACKAGES)
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run

format: .venv/dev.stamp ## Bring Python files into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp ## Print the measurements of bench/*.py
	@failed=""; for file in bench/*.py; do \
		test -e "$$file" || continue; \
		echo "== $$file"; PYTHONPATH=. $(BIN)/python "$$file" $(ARGS) || failed="$$failed $$file"; \
	done; test -z "$$failed" || { echo "Not within its limits:$$failed"; exit 1; }

tour: .venv/dev.stamp ## Make docs/tour.md and its pictures anew (needs Chromium)
	$(BIN)/python -m scripts.tour $(ARGS)

messages: .venv/dev.stamp ## Gather texts into the .po files and compile them (needs Debian's gettext)
	@for app in $(APPS_WITH_TEXT); do \
		mkdir -p $$app/locale; \
		(cd $$app && env -u DJANGO_SETTINGS_MODULE ../$(BIN)/django-admin makemessages -l zh_Hans \
			--no-obsolete --add-location file) || exit 1; \
		(cd $$app && ../$(BIN)/django-admin compilemessages -l zh_Hans) || exit 1; \
	done

lock: .venv/dev.stamp ## Refresh the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	$(COMPILE) $(ARGS) --extra demo --extra dev -o requirements-dev.lock pyproject.toml
	cp requirements-dev.lock requirements-demo.lock
	cp requirements-dev.lock requirements.lock
	$(COMPILE) --extra demo -o requirements-demo.lock pyproject.toml
	$(COMPILE) -o requirements.lock pyproject.toml

postgresql: ## Start a private PostgreSQL on 127.0.0.1:5471 with its data in var/
	@scripts/postgresql.sh start

elasticsearch: ## Start a private Elasticsearch with its data in var/
	@scripts/elasticsearch.sh start

stop: ## Stop the private PostgreSQL and Elasticsearch
	@scripts/postgresql.sh stop
	@scripts/elasticsearch.sh stop

clean: stop ## Remove the virtual environment and the demo's database and files
	rm -rf .venv var

$(BIN)/python:
	@scripts/make_venv.sh $(PYTHON)

.venv/demo.stamp: requirements-demo.lock | $(BIN)/python
	@echo "Installing what $< names"
	@$(INSTALL) -r $<
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/demo.stamp
	@echo "Installing what $< names"
	@$(INSTALL) -r $<
	@touch $@
