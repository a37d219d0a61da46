# What README says, in one word each. Everything runs in .venv; `make requirements` needs uv.
.PHONY: demo test gate benchmarks requirements

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

# The short ones. A limit that is missed is told, and the next one runs. SPACY=FOLDER measures a spaCy pipeline too.
MEASURE = -.venv/bin/python benchmarks
benchmarks:
	$(MEASURE)/start_up.py $(if $(SPACY),--spacy $(SPACY))
	$(MEASURE)/reading_by_stage.py --every 20 $(if $(SPACY),--spacy $(SPACY))
	$(MEASURE)/cost_curves.py --least 100 --most 1000
	$(MEASURE)/grouping.py --sizes 2000 10000
	$(MEASURE)/grouping_at_scale.py --sizes 2000 10000
	$(MEASURE)/batch_scale.py --documents 4000
	$(MEASURE)/same_transfer.py --sizes 500 1000 2000
	$(MEASURE)/register_update.py --sizes 500 2000 --add 20
	$(MEASURE)/alerts.py --watches 200 --documents 500 --add 20 --lines 2000
	$(MEASURE)/store_speed.py
	$(MEASURE)/export_speed.py --transfers 500
	$(MEASURE)/publishing.py --transfers 200 1000
	$(MEASURE)/sipri_import.py --rows 5000
	$(MEASURE)/warc_memory.py --size-gib 0.05

requirements:
	uv pip compile pyproject.toml --extra test --extra evaluate --extra validators --generate-hashes --python-version 3.11 \
	  --universal --no-annotate --custom-compile-command 'make requirements' --output-file requirements.txt
	uv pip compile pyproject.toml --extra oidc --extra parquet --extra postgres --constraint requirements.txt \
	  --generate-hashes --python-version 3.11 --universal --no-annotate --custom-compile-command 'make requirements' \
	  --output-file deploy/requirements.txt
	echo hatchling | uv pip compile - --constraint requirements.txt --generate-hashes --python-version 3.11 \
	  --universal --no-annotate --custom-compile-command 'make requirements' --output-file deploy/requirements-build.txt
