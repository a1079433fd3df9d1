# make run    : try Sinergi on this computer (SQLite, demonstration data), on http://127.0.0.1:8000
# make test   : every test this machine allows
# make fast   : the tests of a minute, for while you work (SQLite)
# make lint   : code style, templates, migrations, production settings
# make bench  : the speed tables (needs PostgreSQL; half an hour)
# make lock   : write requirements*.txt anew from requirements*.in

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test fast lint bench lock
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
run: $(VENV)/.run
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo --address http://127.0.0.1:$(PORT)
	@$(BIN)/python manage.py runserver --noreload --insecure 127.0.0.1:$(PORT) >/dev/null

test: $(VENV)/.dev
	@$(BIN)/python tests/run.py

fast: $(VENV)/.dev
	@$(BIN)/python tests/run.py fast

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") ALLOWED_HOSTS=sinergi.example.go.id DEBUG= \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.dev
	@$(BIN)/python tests/benchmarks/run.py

lock: $(VENV)/.dev
	@$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements.txt requirements.in
	@$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --allow-unsafe -o requirements-dev.txt requirements-dev.in
