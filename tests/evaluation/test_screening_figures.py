"""The figures of screening, on pairs of our own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from list_samples import UN_XML

from screening import figures, fold_figures, main, own_points, read_pairs

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "screening.yml").read_text(encoding="utf-8"))
SCHEMAS = {"person": "Person", "organisation": "Company", "vessel": "Vessel"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["schema", "name1", "name2", "is_match"])
        for case in CASES:
            rows.writerow([SCHEMAS[case["kind"]], case["asked"], case["listed"], str(case["alike"]).lower()])
    return path


def test_figures_of_our_own_pairs(file, tmp_path, capsys):
    (tmp_path / "un.xml").write_text(UN_XML, encoding="utf-8")
    assert main([str(file), "--lists", str(tmp_path / "un.xml")]) == 0
    told = capsys.readouterr().out
    assert f"all {len(CASES)} pairs at 0.72:  P 1.000  R 1.000  F1 1.000" in told
    assert "lists: 2 entries, 6 names" in told


def test_every_pair_is_in_one_fold(file):
    pairs = read_pairs(file)
    points = own_points(pairs)
    assert len(list(fold_figures(pairs, points))) == 5
    assert figures(pairs, [0.0] * len(pairs), 0.5).f1 == 0
    assert figures(pairs, [1.0] * len(pairs), 0.5).recall == 1
