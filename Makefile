# The habits. `make demo` and `make test` set up everything they need on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get
EXAMPLE := examples/01-airbase-and-depot.txt

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint check-gazetteer bench gazetteer train score constraints golden system nominatim-fixture

help:          ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

.venv/.venv-made:
	$(PYTHON) -m venv .venv || { $(APT) update -qq && $(APT) install -y -qq python3-venv && $(PYTHON) -m venv .venv; }
	@touch $@

.venv/.installed: .venv/.venv-made pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@$(BIN)/python -m compileall -q geomap
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev,tables,training]'
	@touch $@

setup: .venv/.installed-dev  ## make .venv with everything for development

system:  # what the tests need besides Python: a browser with fonts, GDAL's own tool as a second reader, a PostgreSQL with PostGIS
	@{ command -v chromium && command -v ogrinfo && ls /usr/share/postgresql/*/extension/postgis.control; } >/dev/null 2>&1 || { $(APT) update -qq && $(APT) install -y -qq chromium fonts-noto-core gdal-bin postgresql-postgis >/dev/null; }

demo: .venv/.installed  ## set up, map the example article, say where the map is
	@$(BIN)/geomap map $(EXAMPLE) --date 2024-02-03 -o maps --overwrite

nominatim-fixture: .venv/.installed-dev  ## build the real Nominatim that the tests ask (once)
	$(BIN)/python tests/nominatim/nominatim_build.py

test: .venv/.installed-dev system nominatim-fixture lint  ## set up and pass all checks and tests
	$(BIN)/python -m pytest

golden: .venv/.installed-dev  ## write the golden reports and the example map again; read the difference before committing
	$(BIN)/python -m tests.golden.make_golden

lint: .venv/.installed-dev  ## ruff, mypy, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

check-gazetteer: .venv/.installed-dev  ## prove every curated row
	$(BIN)/python gazetteer/build/check.py

bench: .venv/.installed-dev chromium  ## every figure that the README quotes
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@$(BIN)/python benchmarks/bench.py

score: .venv/.installed-dev  ## score on the labelled sets beside the checkout
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python ../shared/eval/score_all.py --work .cache/scores

gazetteer: .venv/.installed-dev  ## rebuild the generated tables from their sources
	$(BIN)/python gazetteer/build/build.py

train: .venv/.installed-dev  ## refit the weights from labelled data
	$(BIN)/python training/train.py

constraints: .venv/.installed-dev  ## pin the versions that are installed now
	$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9_.-]+==' > constraints.txt
