"""The page of coverage: it says what the files hold, and public lists lead to a file or to a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import embargo_coverage
from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Body
from armstrace.errors import MeasureError
from embargo_coverage import Episode, PublicList, make_page, read_lists

MEASURES = load_measures()
BY_KEY = {measure.key: measure for measure in MEASURES}


def test_the_page_is_up_to_date(capsys: pytest.CaptureFixture[str]):
    assert embargo_coverage.main(["--check"]) == 0, capsys.readouterr().out


def test_an_old_page_is_told_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    page = tmp_path / "coverage.md"
    page.write_text("# old\n", "utf-8")
    monkeypatch.setattr(embargo_coverage, "PAGE", page)
    assert embargo_coverage.main(["--check"]) == 1
    assert "out of date: run python evaluation/embargo_coverage.py" in capsys.readouterr().out
    assert page.read_text("utf-8") == "# old\n"
    assert embargo_coverage.main([]) == 0
    assert embargo_coverage.main(["--check"]) == 0


@pytest.mark.parametrize("body", Body)
def test_every_regime_stands_in_a_public_list(body: Body):
    named = {episode.key for one in read_lists() for episode in one.episodes if episode.key}
    assert {key for key, measure in BY_KEY.items() if measure.body is body} <= named


@pytest.mark.parametrize(
    ("key", "cells"),
    [  # against, rules, from, to, facts, whole: counted by hand in the file
        ("OSCE-AZ", "AZ, AM | 1 | 1992-02-28 |  | 3/3 | 1/1"),
        ("ECOWAS-TG", "TG | 1 | 2005-02-19 | 2005-02-26 | 1/3 | 0/1"),
        ("US-NG", "NG | 1 | 1995-11-10 | 1999-05-30 | 3/3 | 1/1"),
        ("US-NI", "NI | 2 | 2024-03-15 |  | 11/12 | 3/4"),
        ("EU-ZW", "ZW | 2 | 2002-02-18 | 2027-02-21? | 1/6 | 0/2"),
        ("EU-ALQAIDA-ISIL", None),
    ],
)
def test_a_line_counts_what_its_file_holds(key: str, cells: str | None):
    line = next(line for line in make_page([BY_KEY[key]], []).splitlines() if line.startswith(f"| {key} "))
    assert f"| {key} | {cells} |" in line if cells else "al-Qaida in the Islamic Maghreb and 1 more |" in line


def test_a_list_counts_what_it_misses():
    one = PublicList(
        "Made up", "https://example.org", (Episode("A", "1990", "US-NG", ""), Episode("B", "1991", "", "lost"))
    )
    page = make_page([BY_KEY["US-NG"]], [one])
    assert "### Made up\n\n2 episodes, 1 missing. Source: <https://example.org>" in page
    assert "| A | 1990 | US-NG |\n| B | 1991 | missing: lost |" in page


def test_an_episode_of_an_unknown_key_is_refused():
    lists = [PublicList("Made up", "https://example.org", (Episode("A", "1990", "US-XX", ""),))]
    with pytest.raises(MeasureError, match=re.escape("embargo_episodes.yml: no measure file is named US-XX")):
        make_page(MEASURES, lists)


@pytest.mark.parametrize("more", [{}, {"key": "US-NG", "missing": "both"}])
def test_an_episode_has_a_key_or_a_reason(tmp_path: Path, more: dict):
    path = tmp_path / "lists.yml"
    row = {"list": "A", "source": "https://example.org", "episodes": [{"name": "A", "years": "1990", **more}]}
    path.write_text(yaml.safe_dump([row]), "utf-8")
    with pytest.raises(MeasureError, match="either a 'key' or says why it is 'missing'"):
        read_lists(path)
