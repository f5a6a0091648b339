# Two commands for newcomers: make book, make test. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST = $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Python starts some hundreds of times here: it keeps what it compiles.
unexport PYTHONDONTWRITEBYTECODE

# What a user gives reaches the command as it is: make keeps it unexpanded, and recipes read it from
# the environment, where the shell does not read it as a program. OPTIONS is split into words as a
# shell would, and nothing in it is run.
override RESPONSES := $(value RESPONSES)
override MARGINS := $(value MARGINS)
override OPTIONS := $(value OPTIONS)
override NOTEBOOK := $(value NOTEBOOK)
override OUT := $(value OUT)
override AGAINST := $(value AGAINST)
export RESPONSES MARGINS OPTIONS NOTEBOOK OUT AGAINST

.PHONY: book pdf test test-long check unit lint freeze reference reproduce certificate translations sweep lab
.PHONY: bench bench-pages lock clean help
.DEFAULT_GOAL := help

# make book RESPONSES=answers.csv [MARGINS=margins.csv] [OPTIONS=--exclude-invalid]
book: $(STAMP) ## build the site into _build/site; with RESPONSES=file, on your own survey too
	@$(BIN)/python -m actient.cli.given_words OPTIONS $(BIN)/actient book \
		$${RESPONSES:+"--responses=$$RESPONSES"} $${MARGINS:+"--margins=$$MARGINS"}

pdf: $(STAMP) ## print the book and the poster into _build/pdf (needs Chromium)
	@$(BIN)/actient pdf

test: $(STAMP) ## lint, unit tests, strict nbval, the book, the pages in a browser
	@$(MAKE) --no-print-directory lint
	$(PYTEST) --durations=15 --nbval tests analysis -m "not long"

test-long: $(STAMP) ## what repeats `make test` at length: seeds, examples, pages, builds; CI runs both
	$(PYTEST) --durations=15 --hypothesis-profile=long tests -m "long or hypothesis"

check: $(STAMP) ## the everyday loop: lint and unit tests
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint unit

unit: $(STAMP)
	@$(PYTEST) -q -p no:nbval tests -m "not slow and not browser and not long"

lint: $(STAMP) ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Before a move of code: make freeze OUT=before.json. After it: make freeze AGAINST=before.json
freeze: $(STAMP) ## checksums of all that a reader can get: OUT=file writes, AGAINST=file compares
	@PYTHONPATH=tests/fixtures $(BIN)/python -m freezing \
		$${OUT:+"--out=$$OUT"} $${AGAINST:+"--against=$$AGAINST"}

translations: $(STAMP) ## bring the English catalogues in step with the French pages
	@$(BIN)/actient translations

bench-pages: $(STAMP) ## weigh the pages and time them with Lighthouse, beside plain defaults
	@$(BIN)/python benchmarks/pages.py

reference: $(STAMP) ## rewrite the committed outputs and data/reference/results.json; read the diff
	@$(BIN)/actient reference

sweep: $(STAMP) ## run the committed sweep of chapter 10 again (some minutes); read the diff
	@$(BIN)/actient sweep 10_combined --grid data/sweeps/combined.yml --out data/sweeps/combined.csv \
		--record 'T??_fails' --record 'T??_discarded' --record 'T??_clipped' \
		--record surviving_count --fresh

reproduce: $(STAMP) ## verify this commit from nothing: rerun, compare; certificate in _build/certificate
	@$(BIN)/actient reproduce

certificate: ## keep the last certificate in data/reproduction, for the book to show; then commit it
	@test -f _build/certificate/certificate.json || \
		{ echo "There is no certificate yet. Make one with: make reproduce" >&2; exit 1; }
	@mkdir -p data/reproduction
	@cp _build/certificate/certificate.json data/reproduction/certificate.json
	@echo "data/reproduction/certificate.json: commit it, and the book shows it."

lab: $(STAMP) ## open the chapters in JupyterLab, charts included; NOTEBOOK=04_results for one
	@$(BIN)/actient lab -- $${NOTEBOOK:+"$$NOTEBOOK"}

bench: $(STAMP) ## time simulation, weighting and reading beside R, numpy and Python peers
	@$(BIN)/python benchmarks/simulation.py
	@$(BIN)/python benchmarks/survey.py
	@$(BIN)/python benchmarks/responses.py

# One version for every Python: another numpy may draw other random numbers from the same seed.
lock: ## refresh requirements.txt: every version and hash, for every platform and Python
	$(PYTHON) -m venv .lock-venv
	.lock-venv/bin/pip install --quiet 'uv>=0.9'
	.lock-venv/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest \
		--python-version 3.11 --generate-hashes --no-annotate --extra test --extra lab --extra dev \
		--custom-compile-command 'make lock' pyproject.toml -o requirements.txt

clean: ## remove what was made (not the environment)
	rm -rf _build

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Actient needs Python 3.11 or newer; $(PYTHON) is older. Try again with PYTHON=python3.12" >&2; exit 1; }
	@echo "Creating the environment in $(VENV) (once; a minute or two) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
