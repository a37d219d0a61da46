# What README says, in one word each. Everything runs in .venv; `make requirements` needs uv.
.PHONY: demo test gate requirements

demo:
	python3 -m venv .venv
	.venv/bin/pip install .
	.venv/bin/armstrace demo

test:
	python3 -m venv .venv
	.venv/bin/pip install -e '.[test]'
	.venv/bin/pytest

gate:
	.venv/bin/python evaluation/gate.py

requirements:
	uv pip compile pyproject.toml --extra test --extra evaluate --extra validators --generate-hashes --python-version 3.11 \
	  --universal --no-annotate --custom-compile-command 'make requirements' --output-file requirements.txt
	uv pip compile pyproject.toml --extra oidc --extra parquet --extra postgres --constraint requirements.txt \
	  --generate-hashes --python-version 3.11 --universal --no-annotate --custom-compile-command 'make requirements' \
	  --output-file deploy/requirements.txt
	echo hatchling | uv pip compile - --constraint requirements.txt --generate-hashes --python-version 3.11 \
	  --universal --no-annotate --custom-compile-command 'make requirements' --output-file deploy/requirements-build.txt
