"""How a check answers: the table of questions to invented law, and what holds for every question."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from armstrace.asking import read_days
from armstrace.embargo.check import check_transfer
from armstrace.embargo.findings import AskedItem, AskedParty, Finding, Question, Verdict
from armstrace.embargo.law import Law, load_law
from armstrace.lexicon.traits import Bounds, Measured, Trait
from armstrace.model import Category, Status

CASES = Path(__file__).parents[1] / "cases"
ROWS = [pytest.param(row, id=row["name"]) for row in yaml.safe_load((CASES / "findings.yml").read_text("utf-8"))]


@cache
def _law() -> Law:
    return load_law(CASES / "invented_law")


def _listed(value: object) -> list:
    return [] if value is None else value if isinstance(value, list) else [value]


def _party(value: str | dict) -> AskedParty:
    if isinstance(value, str):
        return AskedParty(value)
    lists = {key: tuple(value.get(key, ())) for key in ("names", "places", "acts_in")}
    return AskedParty(value.get("country"), is_government=value.get("government"), **lists)


def _item(value: str | dict) -> AskedItem:
    row = {"category": value, "words": value} if isinstance(value, str) else value
    measures = {Measured(key): Bounds(*row[key]) for key in Measured if key in row}
    traits = {key: frozenset(map(Trait, row.get(key, ()))) for key in ("has", "may_be")}
    return AskedItem(row["words"], Category(row["category"]), None, measures, **traits)


def _question(row: dict) -> Question:
    days = read_days(str(row["days"])) if "days" in row else None
    return Question(
        suppliers=tuple(map(_party, _listed(row.get("from")))),
        recipients=tuple(map(_party, _listed(row.get("to")))),
        items=tuple(map(_item, _listed(row.get("item")))),
        times=(replace(days, assumed=row.get("assumed")),) if days else (),
        status=Status(row.get("status", "unspecified")),
        makers=tuple(row.get("makers", ())),
        via=tuple(map(_party, _listed(row.get("via")))),
        contract=read_days(str(row["contract"])) if "contract" in row else None,
    )


def _finding(row: dict) -> Finding:
    return next(one for one in check_transfer(_question(row), _law()) if one.measure == row["measure"])


@pytest.mark.parametrize("row", ROWS)
def test_the_table(row: dict):
    found = _finding(row)
    assert found.verdict == row["verdict"], found.decisive
    assert row.get("entry", found.entry) == found.entry
    assert row.get("paragraph", found.paragraph) == found.paragraph
    assert row.get("missing", "") == found.missing
    assert row.get("reached", found.reached) == found.reached
    assert row.get("decisive", "") in found.decisive
    assert row.get("would_change", "") in "\n".join(found.would_change)
    assert row.get("disputed", "") in "\n".join(found.disputed)
    assert row.get("caveat", "") in "\n".join(found.caveats)
    if "cases" in row:
        assert [(case.supposed, case.verdict) for case in found.cases] == list(row["cases"].items())


@pytest.mark.parametrize("row", ROWS)
def test_one_finding_a_regime_the_gravest_first(row: dict):
    found = check_transfer(_question(row), _law())
    assert sorted(one.measure for one in found) == sorted(measure.key for measure in _law().measures)
    places = [(list(Verdict).index(one.verdict), {"UN": 0, "EU": 1}.get(one.body, 2), one.measure) for one in found]
    assert places == sorted(places)
    for one in found:
        assert one.decisive.endswith(".")
        assert len(one.instrument.split("; ")) == len(one.paragraph.split("; "))
        assert one.source.endswith(next(m for m in _law().measures if m.key == one.measure).sources[0].url)
        if one.verdict in {Verdict.BREACH, Verdict.DEPENDS, Verdict.UNKNOWN}:
            assert one.would_change
