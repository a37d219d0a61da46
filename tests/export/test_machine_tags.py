"""Machine tags."""

from __future__ import annotations

from importlib.resources import files

import yaml

from armstrace.export.machine_tags import ESTIMATES


def test_every_band_that_is_read_has_its_name():
    hedges = yaml.safe_load((files("armstrace.lexicon") / "data" / "hedges.yml").read_text("utf-8"))
    assert [tuple(row["icd203"]) for row in hedges["bands"]] == list(ESTIMATES)


def test_names_are_those_of_the_directive():
    hedges = yaml.safe_load((files("armstrace.lexicon") / "data" / "hedges.yml").read_text("utf-8"))
    named = {tuple(row["icd203"]): {words.replace(" ", "-") for words in row["words"]} for row in hedges["bands"]}
    named[45, 55] = {words.replace("odds", "chance") for words in named[45, 55]}
    assert all(name in named[band] for band, name in ESTIMATES.items())
