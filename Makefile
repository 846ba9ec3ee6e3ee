# make demo   install into .venv and score a sample resume against a sample posting
# make test   install what the tests need; lint, types, layers, tests on the built wheel

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test

.PHONY: demo test lint types layers system unit samples bench docs clean

demo: $(STAMP)
	$(BIN)/matcher score samples/resumes/senior-linh-brandvold.pdf samples/postings/senior-ml-engineer.md --as-of 2026-11-20

test: lint types layers system unit

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

# What some tests need of the system: a browser, axe-core, tesseract. Installed where that is possible; the tests say
# what they miss, and fail for it only in continuous integration.
system:
	-bash tests/browser/setup.sh
	-bash tests/system/setup.sh

# The wheel is what people get, so the wheel is what the tests import: built, installed apart, outside of the checkout.
unit: $(TEST_STAMP)
	$(BIN)/python tests/run_on_wheel.py -n 2 --dist loadfile $(ARGS)

samples: $(TEST_STAMP)
	$(BIN)/python samples/make_samples.py

# The gold documents are not part of the project: make bench DEV=path/to/them
bench: $(TEST_STAMP)
	$(BIN)/python benchmarks/accuracy.py $(DEV)

# The pages of docs/ into site/, with the references of commands and library; pages are built without a network.
docs: $(STAMP)
	$(BIN)/python -m pip install --quiet --requirement docs/requirements.txt
	$(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
