# The two commands: `make run` (the main job on the sample data) and `make test` (all checks).
# Each does all set-up by itself, and does nothing again that is up to date.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV := .boot/bin/uv
# The machine's own Python is used; none is ever downloaded.
export UV_PYTHON_DOWNLOADS := never

.PHONY: help airflow run test fuzz evaluate benchmark state-council setup lint lock notebooks twins gallery clean

help:
	@echo "make run        set up and do the main job: tables, notebooks, charts"
	@echo "make test       set up and run all checks and tests"
	@echo "make fuzz       search for files that a reader falls over, ten seconds a format"
	@echo "make evaluate   measure the accuracy on the annotated reports of benchmarks/gold"
	@echo "make benchmark  measure speed and memory beside other libraries (about two minutes)"
	@echo "make state-council  make docs/state-council anew, from the reports beside the checkout"
	@echo "make notebooks  open the notebooks in Jupyter"
	@echo "make twins      write docs/notebooks/*.py, the notebooks as text for review"
	@echo "make gallery    draw docs/gallery anew from the sample data"
	@echo "make airflow    let real Airflow read the example in docs/schedules"
	@echo "make lock       choose the newest versions again and write requirements/*.txt"
	@echo "make clean      remove the environments and what the main job has made"

run: .venv/ready
	.venv/bin/analysis run

test: lint
	.venv/bin/python -m pytest

fuzz: .venv/ready
	.venv/bin/python -m tests.fuzz.readers
	.venv/bin/python -m tests.fuzz.old_word

evaluate: .venv/ready
	.venv/bin/python -m benchmarks.evaluate

benchmark: .venv/ready .peers/ready
	.venv/bin/python -m benchmarks.comparing
	.venv/bin/python -m benchmarks.speed
	.venv/bin/python -m benchmarks.formats
	.venv/bin/python -m benchmarks.rerun
	.venv/bin/python -m benchmarks.page

# Reads reports that are not part of this project, beside the checkout.
state-council: .venv/ready
	.venv/bin/python -m benchmarks.state_council ../shared/corpus/state-council/gov_reports1954-2019.txt docs/state-council

lint: .venv/ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/nbstripout --verify --keep-id notebooks/*.ipynb

twins: .venv/ready
	.venv/bin/python docs/twins.py

gallery: .venv/ready
	.venv/bin/python docs/gallery.py

# The example in docs/schedules is read by real Airflow, in an environment of its own; it is large, so CI does without.
airflow: .airflow/ready
	AIRFLOW_HOME=$(CURDIR)/.airflow/home PYTHONPATH=docs/schedules .airflow/bin/python -c \
		"from airflow_dag import dag; print('\n'.join(sorted(dag.task_ids)))"

setup: .venv/ready

notebooks: .venv/ready
	.venv/bin/jupyter lab notebooks

# A small environment that holds nothing but uv, which makes the real one in seconds.
.boot/ready: requirements/boot.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv --clear .boot
	.boot/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/boot.txt
	@touch $@

# Both commands share one environment, so that their order does not matter. It is compiled here, once: where Python may
# not keep what it compiles (PYTHONDONTWRITEBYTECODE, as in many images), every process would do that for itself.
.venv/ready: .boot/ready requirements/develop.txt requirements/build.txt pyproject.toml
	@test -x .venv/bin/python || $(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(UV) pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements/develop.txt
	$(UV) pip install --quiet --python .venv/bin/python --no-deps --build-constraints requirements/build.txt --editable .
	.venv/bin/python -m compileall -qq src
	@touch $@

# What the extractor is measured against, apart from everything else.
.peers/ready: .boot/ready requirements/peers.txt
	@test -x .peers/bin/python || $(UV) venv --quiet --clear --python $(PYTHON) .peers
	$(UV) pip sync --quiet --python .peers/bin/python --require-hashes requirements/peers.txt
	@touch $@

.airflow/ready: .boot/ready requirements/airflow.txt
	@test -x .airflow/bin/python || $(UV) venv --quiet --clear --python $(PYTHON) .airflow
	$(UV) pip sync --quiet --python .airflow/bin/python --require-hashes requirements/airflow.txt
	@touch $@

COMPILE = $(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11

lock: .boot/ready
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group dev --group e2e --group fuzz pyproject.toml -o requirements/develop.txt
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) requirements/boot.in -o requirements/boot.txt
	$(COMPILE) requirements/peers.in -o requirements/peers.txt
	$(COMPILE) requirements/airflow.in -o requirements/airflow.txt

clean:
	rm -rf .boot .venv .peers .airflow build dist .mypy_cache .pytest_cache .ruff_cache
	find data/processed reports -mindepth 1 ! -name .gitkeep -delete
