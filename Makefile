# make demo   sets everything up in .venv and shows what Dateline does
# make test   sets up what the tests need and runs every check, in two processes
# make check  the checks alone: style, types, who imports whom (some seconds)
# make servers  fetches Apache Jena Fuseki for the tests of kg push, which skip it otherwise
# make importers  fetches Gephi's importer and graphology for the tests of the GEXF files, which skip them otherwise
# make quality  how well it reads: precision, recall, and whether its confidences mean what they say
#
# Needs Python 3.11 or later, make, and a package index. Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check quality servers importers clean

demo: $(VENV)/.demo
	@$(BIN)/kg demo

# two processes and not one for each core: each loads the models
test: check
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# precision, recall and reliability: the ontology's own sentences, and the gold folder GOLD (texts in TEXTS), if it is there
GOLD := $(wildcard ../shared/gold/dev)
TEXTS := $(wildcard ../shared/eval/data/dev/fr-ner/winer.jsonl)

quality: $(VENV)/.demo
	@$(BIN)/kg eval
	@$(if $(GOLD),$(BIN)/kg eval $(GOLD) $(if $(TEXTS),--texts $(TEXTS)))

# Fuseki 5 runs on Java 17. Virtuoso is Debian's virtuoso-opensource-7, to be installed by whoever may.
FUSEKI := 5.2.0

servers:
	mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
	    -Dartifact=org.apache.jena:jena-fuseki-server:$(FUSEKI) -Dtransitive=false
	@command -v virtuoso-t >/dev/null || echo "Virtuoso is tested where virtuoso-t is in the PATH"

# Gephi's importer runs on Java 17 (80 MB), graphology on Node.
GEPHI := 0.10.1

importers:
	mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
	    -Dartifact=org.gephi:gephi-toolkit:$(GEPHI):jar:all -Dtransitive=false
	cd tools/importers && npm ci --no-audit --no-fund

clean:
	rm -rf $(VENV) build dist demo-store demo.gexf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are written last, so that an installation that was broken off is done again; they are as old as
# pyproject.toml at most, so that a changed dependency is installed.
$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Dateline and its models into $(VENV): about a minute the first time"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Dateline, its models and what the tests need into $(VENV): about a minute the first time"
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.demo

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or later: make demo PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV)
