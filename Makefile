# The commands of the house. Nothing here needs root; `make test` uses apt-get for chromium where it is root and chromium is lacking.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-postgres bench setup clean

# the stamp is newer than pyproject.toml once everything is installed
setup: $(VENV)/.installed
$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	touch $@

demo: setup
	$(BIN)/yuebao demo

test: setup
	bash tests/run.sh

# archive, ask, register and reading room on PostgreSQL; the cluster is the tests' own, from a wheel
test-postgres: setup
	YUEBAO_TESTS_ON=postgresql YUEBAO_FLIPS=200 $(BIN)/python -m pytest -q -n 2 tests/test_archive_*.py tests/test_ask_*.py tests/test_register_*.py tests/test_desk_*.py tests/web

bench: setup
	$(BIN)/python bench/run.py

clean:
	rm -rf build dist $(VENV)
