# Everything starts from here: `make demo` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora

.PHONY: demo test ray archive check gate docs speed scale inputs hostile fuzz wheel clean

demo: $(VENV)/.installed  ## compare the shipped demo reports: the brief of the case, and a page of it and of each report
	mkdir -p build/demo
	$(BIN)/reportedly read --html build/demo demo/*.txt demo/*.html
	$(BIN)/reportedly add build/demo/bridge.case demo/*.txt demo/*.html
	$(BIN)/reportedly compare build/demo/bridge.case
	$(BIN)/reportedly compare build/demo/bridge.case --html build/demo/brief.html

test: $(VENV)/.developing  ## the tests
	$(BIN)/python -m pytest

ray: $(VENV)/.developing  ## the tests on a real Ray
	$(BIN)/pip install --quiet --disable-pip-version-check -e .[ray]
	$(BIN)/python -m pytest tests/test_batch_ray.py

archive: $(VENV)/.developing  ## words per second and memory of batches of 1,000 reports
	$(BIN)/python -m benchmarks.archive

check: $(VENV)/.developing  ## lint, types, room contracts, docs up to date
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

gate: $(VENV)/.developing  ## quality on the dev corpora against the floors, beside the peers
	$(BIN)/python -m benchmarks.gate --corpora $(CORPORA) $(WRITE)

docs: $(VENV)/.developing  ## rewrite the generated parts of docs/
	$(BIN)/python docs/generate.py

speed:  ## words per CPU second beside spaCy and textacy, in an environment of their own
	$(PYTHON) -m venv build/speed
	build/speed/bin/pip install --quiet --disable-pip-version-check -r benchmarks/speed-requirements.txt '.[formats]'
	build/speed/bin/python -m benchmarks.speed

scale:  ## finding shared passages in 1,000 to 100,000 reports, beside MinHash
	$(PYTHON) -m venv build/scale
	build/scale/bin/pip install --quiet --disable-pip-version-check -r benchmarks/scale-requirements.txt .
	build/scale/bin/python -m benchmarks.scale $(WRITE)

inputs: $(VENV)/.developing  ## how well and how fast inputs are read, beside trafilatura, pdfium, fastwarc and others
	$(BIN)/python -m benchmarks.inputs $(WRITE)

hostile: $(VENV)/.developing  ## read 626 inputs that mean harm, and a folder of 10,000 files with kills on the way
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.folder

fuzz: $(VENV)/.developing  ## half an hour of inputs that nobody thought of
	$(BIN)/pip install --quiet --disable-pip-version-check -r benchmarks/fuzz-requirements.txt
	$(BIN)/python -m benchmarks.fuzz

wheel: $(VENV)/.developing  ## build the wheel, install it alone and read a document with it
	benchmarks/wheel.sh $(BIN)/python

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt -e .[formats,archive]
	touch $@

clean:
	rm -rf $(VENV) build dist
