# Two commands: `make facts` reads seeds/ and writes outputs/; `make test` passes the tests. Both set up all they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

CORPUS ?= seeds

.PHONY: facts test check bench lint clean help
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("unfacts needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

facts: $(STAMP) ## read the documents in seeds/ and write the tables to outputs/
	PATH="$(abspath $(BIN)):$$PATH" DVC_NO_ANALYTICS=1 $(BIN)/dvc repro --quiet
	@$(BIN)/unfacts show outputs

test: $(STAMP) ## check types and style, and run the tests
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: $(STAMP) ## how fast, beside other tools: make bench CORPUS="folder of text files"
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks.speed $(CORPUS)

lint: $(STAMP) ## types and style only
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy

clean: ## remove the virtual environment and the intermediate results
	rm -rf $(VENV) outputs/*/
