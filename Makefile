# `make help` lists what there is; `make` alone tries Sinergi out. The texts after ## are that list.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header
CSS := --indent-size 2 --space-around-combinator --end-with-newline

.PHONY: run dev test fast cov fmt lint hooks bench drill load deployments lock audit help
.DEFAULT_GOAL := run

$(VENV)/.run: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Memasang paket yang diperlukan …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: export DEBUG = 1
run: $(VENV)/.run ## try Sinergi on this computer: SQLite, demonstration data, http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo --address http://127.0.0.1:$(PORT)
	@$(BIN)/python manage.py runserver --noreload --insecure 127.0.0.1:$(PORT) >/dev/null

dev: export DEBUG = 1
dev: export DEBUG_TOOLBAR = 1
dev: $(VENV)/.dev ## the same while you work on it: reloads by itself, with django-debug-toolbar
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo --address http://127.0.0.1:$(PORT)
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: $(VENV)/.dev ## every test this machine allows; it says what it left out and why
	@$(BIN)/python tests/run.py

fast: $(VENV)/.dev ## the tests of what you changed, on SQLite, in less than a minute
	@$(BIN)/python tests/run.py fast

cov: $(VENV)/.dev ## the whole suite under branch coverage; fails below the floor in pyproject.toml
	@$(BIN)/python tests/run.py cov

fmt: $(VENV)/.dev ## put Python files, stylesheets and templates into shape
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .
	@for part in static/css/*.css; do $(BIN)/css-beautify $(CSS) --replace $$part >/dev/null; done
	@-$(BIN)/djlint templates --reformat --quiet
	@-$(BIN)/djlint templates --reformat --quiet -e jinja

lint: $(VENV)/.dev ## code style, templates, migrations, production settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/djlint templates --check
	@$(BIN)/djlint templates --check -e jinja
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") ALLOWED_HOSTS=sinergi.example.go.id DEBUG= \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

hooks: $(VENV)/.dev ## lint what you commit, from now on (pre-commit; nothing is fetched)
	@$(BIN)/pre-commit install

bench: $(VENV)/.dev ## the speed tables (PostgreSQL; half an hour)
	@$(BIN)/python tests/benchmarks/run.py

load: $(VENV)/.dev ## thirty people at work on the whole country, five who write at once on SQLite (PostgreSQL; 12 minutes)
	@$(BIN)/python -m tests.load.run

drill: $(VENV)/.dev ## bad days: back up and restore, back to a moment, PostgreSQL restarted under writers
	@$(BIN)/python -m tests.drills.run

deployments: $(VENV)/.dev ## install.sh and compose.yaml tried from nothing (root, podman, debootstrap; half an hour)
	@$(BIN)/python -m tests.drills.run deploy_debian deploy_containers

lock: $(VENV)/.dev ## write requirements*.txt anew from requirements*.in
	@$(LOCK) -o requirements.txt requirements.in
	@$(LOCK) --allow-unsafe -o requirements-dev.txt requirements-dev.in

audit: $(VENV)/.dev ## known holes of the packages in both locks (needs a network; not part of make test)
	@$(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --quiet --upgrade pip-audit
	@$(VENV)/audit/bin/python tests/audit.py requirements.txt requirements-dev.txt

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
