# make demo   install into .venv and score a sample resume against a sample posting
# make test   install what the tests need; lint, types, layers, tests on the built wheel

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test

.PHONY: demo test lint types layers unit samples bench clean

demo: $(STAMP)
	$(BIN)/matcher score samples/resumes/senior-*.pdf samples/postings/senior-*.txt --as-of 2026-11-20

test: lint types layers unit

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(TEST_STAMP): pyproject.toml $(STAMP)
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TEST_STAMP)
	$(BIN)/mypy

layers: $(TEST_STAMP)
	$(BIN)/lint-imports

# The wheel is what people get, so the wheel is what the tests import: built, installed apart, outside of the checkout.
unit: $(TEST_STAMP)
	$(BIN)/python tests/run_on_wheel.py $(ARGS)

samples: $(TEST_STAMP)
	$(BIN)/python samples/make_samples.py

# The gold documents are not part of the project: make bench DEV=path/to/them
bench: $(TEST_STAMP)
	$(BIN)/python benchmarks/accuracy.py $(DEV)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
