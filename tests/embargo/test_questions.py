"""The law against the hand-made table: for each question what each measure should say, and where that stands."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from armstrace.checking import check_question, question_from_words
from armstrace.embargo.findings import Finding, Verdict
from armstrace.embargo.load import load_measures
from armstrace.model import Status

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "embargo.yml").read_text("utf-8"))
SOURCES, BOUNDARIES = TABLE["sources"], TABLE["boundaries"]
ROWS: list[dict[str, Any]] = TABLE["questions"]
KEYS = {measure.key for measure in load_measures()}
SIDES = ("before", "after")
EACH_SIDE = 3
LEAST = 130


def _words(ask: dict[str, Any]) -> str:
    asked = f"{ask['supplier']} -> {ask['recipient']}, {ask['item']}, {ask.get('date', 'no date')}"
    return f"{asked}, {ask['status']}" if "status" in ask else asked


@cache
def _findings(supplier: str, recipient: str, item: str, day: str | None, status: Status) -> dict[str, Finding]:
    question = question_from_words(supplier, recipient, item, day, status)
    return {finding.measure: finding for finding in check_question(question)}


def _asked(ask: dict[str, Any]) -> dict[str, Finding]:
    day = str(ask["date"]) if "date" in ask else None
    return _findings(ask["supplier"], ask["recipient"], ask["item"], day, Status(ask.get("status", "unspecified")))


def _expected(row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return measure -> verdict, then instrument and paragraph where the row gives them."""
    named = {key: (said,) if isinstance(said, str) else tuple(said) for key, said in row["expect"].items()}
    rest = named.pop("every", None)
    return named if rest is None else dict.fromkeys(KEYS, rest) | named


def _came(finding: Finding | None) -> tuple[str, str, str]:
    """Return verdict, instruments and paragraphs; a measure that says nothing lies outside."""
    if finding is None:
        return Verdict.OUTSIDE.value, "", ""
    return finding.verdict.value, finding.instrument, finding.paragraph


def _agree(expected: tuple[str, ...], came: tuple[str, str, str]) -> bool:
    """Return whether the verdict is the same and what is cited is among what came."""
    return expected[0] == came[0] and all(cited in found for cited, found in zip(expected[1:], came[1:], strict=False))


def _asking(row: dict[str, Any]) -> Any:
    """Return the row as a case of the test; a known miss must fail until it is mended."""
    marks = [pytest.mark.xfail(strict=True, reason=row["miss"])] if "miss" in row else []
    return pytest.param(row, id=_words(row["ask"]), marks=marks)


@pytest.mark.parametrize("row", [_asking(row) for row in ROWS])
def test_the_answer_of_the_table(row: dict[str, Any]):
    findings = _asked(row["ask"])
    wrong = [
        f"{key}: expected {', '.join(expected)}; came {', '.join(came)}"
        + (f" ({findings[key].decisive})" if key in findings else "")
        for key, expected in _expected(row).items()
        if not _agree(expected, came := _came(findings.get(key)))
    ]
    assert not wrong, "\n".join([_words(row["ask"]), *wrong, f"because {row['why']}"])


DISPUTED = [row for row in ROWS if row.get("disputed")]


@pytest.mark.parametrize("row", DISPUTED, ids=[_words(row["ask"]) for row in DISPUTED])
def test_a_disputed_measure_says_by_whom(row: dict[str, Any]):
    findings = _asked(row["ask"])
    assert all(findings[key].disputed for key in _expected(row)), _words(row["ask"])


def _span(text: str) -> tuple[date, date]:
    """Return first and last day of "2022", "2022-09" or "2022-09-06"."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    month, *day = rest
    first, last = (day[0], day[0]) if day else (1, calendar.monthrange(year, month)[1])
    return date(year, month, first), date(year, month, last)


MARKED = [(row, boundary, side) for row in ROWS for boundary, side in row.get("boundary", {}).items()]


@pytest.mark.parametrize(
    ("row", "boundary", "side"), MARKED, ids=[f"{boundary} {_words(row['ask'])}" for row, boundary, _ in MARKED]
)
def test_a_row_stands_on_the_side_it_claims(row: dict[str, Any], boundary: str, side: str):
    key, day = boundary.split()
    first, last = _span(str(row["ask"]["date"]))
    assert boundary in BOUNDARIES
    assert key in _expected(row)
    assert last < date.fromisoformat(day) if side == "before" else first >= date.fromisoformat(day)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_at_least_three_rows_on_either_side_of_a_boundary(boundary: str, side: str):
    assert sum(marked == (boundary, side) for _, *rest in MARKED for marked in [tuple(rest)]) >= EACH_SIDE


def test_the_table_is_long_and_asks_nothing_twice():
    questions = [_words(row["ask"]) for row in ROWS]
    assert len(questions) >= LEAST
    assert len(set(questions)) == len(questions)


def test_every_row_says_why_and_where_that_stands():
    for row in ROWS:
        assert row["why"], _words(row["ask"])
        assert row["source"], _words(row["ask"])
        assert set(row["source"]) <= set(SOURCES), _words(row["ask"])
        assert set(row["expect"]) <= KEYS | {"every"}, _words(row["ask"])
        assert {said[0] for said in _expected(row).values()} <= set(Verdict), _words(row["ask"])


def test_every_source_has_a_title_and_an_address_and_is_used():
    assert set(SOURCES) == {source for row in ROWS for source in row["source"]}
    for source in SOURCES.values():
        assert re.fullmatch(r"\S.*, https?://\S+", source), source


def test_every_verdict_is_asked_for():
    assert {said[0] for row in ROWS for said in _expected(row).values()} == set(Verdict)


LAW_PAGE = Path(__file__).parents[2] / "docs" / "law.md"
HARD_CASES = {
    "North Korea: both directions, small arms let through and not": ("UN-KP",),
    "Iran: two ends of 2231, and the return of the earlier resolutions": ("UN-IR",),
    "Libya": ("UN-LY", "EU-LY"),
    "Somalia: the government free since 2023": ("UN-SO",),
    "DR Congo": ("UN-CD",),
    "Central African Republic: lifted but for armed groups": ("UN-CF", "EU-CF"),
    "Sudan and Darfur": ("UN-SD", "EU-SD"),
    "South Sudan": ("UN-SS", "EU-SS"),
    "Yemen, Houthis": ("UN-YE",),
    "Lebanon": ("UN-LB",),
    "Iraq": ("UN-IQ",),
    "Al-Qaida and ISIL": ("UN-ALQAIDA-ISIL",),
    "Taliban": ("UN-AF",),
    "Haiti": ("UN-HT",),
    "Eritrea": ("UN-ER",),
    "Liberia": ("UN-LR",),
    "Côte d'Ivoire": ("UN-CI",),
    "Former Yugoslavia, Kosovo": ("UN-YU", "UN-RS"),
    "Rwanda": ("UN-RW",),
    "European Union on Russia": ("EU-RU",),
    "European Union on Belarus": ("EU-BY",),
    "European Union on Myanmar": ("EU-MM",),
    "European Union on Syria: the part that lapsed in 2013": ("EU-SY",),
    "European Union on China: a declaration": ("EU-CN",),
    "European Union on Zimbabwe": ("EU-ZW",),
    "European Union on Venezuela": ("EU-VE",),
}


def _hard_case(title: str, keys: tuple[str, ...]) -> str:
    """Return the line of a case on the page: how many questions name its measures, and how many stand by each day."""
    asked = sum(bool(set(keys) & set(row["expect"])) for row in ROWS)
    days = [
        f"{'' if key == keys[0] else key + ' '}{day} ({_by(boundary, 'before')}, {_by(boundary, 'after')})"
        for boundary in BOUNDARIES
        for key, day in [boundary.split()]
        if key in keys
    ]
    return f"| {title} | {', '.join(keys)} | {asked} | {'; '.join(days) or 'none that changes an answer'} |"


def _by(boundary: str, side: str) -> int:
    return sum(marked == (boundary, side) for _, *rest in MARKED for marked in [tuple(rest)])


def test_every_boundary_belongs_to_a_hard_case():
    assert {boundary.split()[0] for boundary in BOUNDARIES} <= {key for keys in HARD_CASES.values() for key in keys}


def test_the_page_of_the_law_has_the_hard_cases():
    lines = [_hard_case(title, keys) for title, keys in HARD_CASES.items()]
    assert [line for line in LAW_PAGE.read_text("utf-8").splitlines() if line in lines] == lines, "\n".join(lines)
