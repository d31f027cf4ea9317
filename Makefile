# The commands of the house. Nothing here needs root; `make test` uses apt-get for chromium where it is root and chromium is lacking.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench setup clean

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

bench: setup
	$(BIN)/python bench/run.py

clean:
	rm -rf build dist $(VENV)
