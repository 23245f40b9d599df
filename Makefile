# make leaflets: set everything up and build the shipped article into build/
# make test: the same set-up, then style, types and tests
# make test-all: the same with the heavy tests and all byte tests of the patches, branches counted
# make check: style, types and the tests that build nothing; under a minute
# make words: check the words of the articles (generate.py check)
# make patches-proven: all byte tests of the patches, then tests/pdf/patches-proven.json anew
# make coverage: make test with branches counted; fails below the floor in pyproject.toml
# make bench: the same set-up, then docs/performance.md anew (EDITIONS=2000 for the long memory run)
# make pythons: the checks on each Python that is at hand (PYTHONS="python3.12 /opt/3.14/bin/python3.14")

PYTHON ?= python3
VENV := .venv
NODE_MODULES := tests/node/node_modules
EDITIONS ?= 504
PYTHONS ?=
BIN := $(VENV)/bin
# a test file stays in one process; tests/tools/selection.py says which files begin
PYTEST := $(BIN)/python -m pytest
SPREAD := -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
COVERAGE := $(BIN)/python -m coverage

.PHONY: leaflets test test-all check words patches-proven coverage bench pythons lock clean style tools

leaflets: $(VENV)/.run .system .braille
	$(BIN)/python generate.py build

tools: $(VENV)/.dev .system .chromium .braille .java .node $(NODE_MODULES) .poppler .tesseract

style: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: tools style
	$(PYTEST) $(SPREAD)

test-all: tools style
	$(COVERAGE) erase
	$(COVERAGE) run -m pytest $(SPREAD) --heavy
	$(COVERAGE) combine --quiet
	$(COVERAGE) report

coverage: tools
	$(COVERAGE) erase
	$(COVERAGE) run -m pytest $(SPREAD)
	$(COVERAGE) combine --quiet
	$(COVERAGE) report

check: style .system
	$(PYTEST) $(SPREAD) -m "not builds"

words: $(VENV)/.run .system
	$(BIN)/python generate.py check

patches-proven: tools
	$(PYTEST) $(SPREAD) --heavy -m patch_bytes
	$(BIN)/python -m tests.tools.proven

bench: $(VENV)/.bench .system .chromium
	$(BIN)/python -m bench --editions $(EDITIONS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "leaflets needs Python 3.11 or newer; say which one: make PYTHON=python3.12 leaflets" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

# Pango and the HarfBuzz subsetter: looked for each time, installed where apt can do it
.PHONY: .system
.system: $(VENV)/.run
	@$(BIN)/python generate.py doctor --quiet || bash requirements/system.sh
	@$(BIN)/python generate.py doctor --quiet

# liblouis, for braille: looked for each time; a build goes on without it
.PHONY: .braille
.braille: $(VENV)/.run
	@$(BIN)/python -c 'from leaflets.finish.formats.liblouis import library; raise SystemExit(library() is None)' || bash requirements/braille.sh

# EPUBCheck runs on Java
.PHONY: .java
.java:
	@java -version >/dev/null 2>&1 || bash requirements/java.sh

.PHONY: .poppler
.poppler:
	@command -v pdftotext >/dev/null || bash requirements/poppler.sh

# a second eye for tests: it reads pictures of pages
.PHONY: .tesseract
.tesseract:
	@tesseract --list-langs 2>/dev/null | grep -q '^heb$$' || bash requirements/tesseract.sh

# the scripts for browsers are tested on Node.js
.PHONY: .node
.node:
	@npm --version >/dev/null 2>&1 || bash requirements/node.sh

$(NODE_MODULES): tests/node/package.json | .node
	cd tests/node && npm install --no-package-lock --no-audit --no-fund --silent
	touch $@

.PHONY: .chromium
.chromium:
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || bash requirements/chromium.sh

pythons:
	$(PYTHON) requirements/pythons.py $(PYTHONS)

lock: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet pip-tools
	cd requirements && ../$(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file run.txt ../pyproject.toml
	cd requirements && ../$(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --extra s3 --extra cluster --extra cjk --output-file dev.txt -c run.txt ../pyproject.toml
	cd requirements && ../$(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file bench.txt -c run.txt -c dev.txt bench.in

clean:
	rm -rf build dist $(VENV) .pythons
