"""What binds on a day: the table of boundary days, and what exemptions, pauses and disputes hold beside it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from in_force_on import InForce, measures_in_force

from armstrace.embargo.in_force import Standing, standing_on
from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Entry, Measure

MEASURES = {measure.key: measure for measure in load_measures()}
REGIMES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "embargo_dates.yml").read_text("utf-8"))
ROWS = [
    pytest.param(regime, target, row, id=f"{regime} {target} {row['day']}")
    for regime, targets in REGIMES.items()
    for target, rows in targets.items()
    for row in rows
]
DAY = timedelta(days=1)


def _found(regime: str, target: str, on: date) -> tuple[InForce, ...]:
    return measures_in_force([MEASURES[regime]], target, on)


def _one(regime: str, target: str, entry: str, day: str) -> InForce:
    found = _found(regime, target, date.fromisoformat(day))
    return next(one for one in found if one.entry.id == entry)


@pytest.mark.parametrize(("regime", "target", "row"), ROWS)
def test_entries_in_force_on_the_day(regime: str, target: str, row: dict):
    found = _found(regime, target, row["day"])
    assert [one.entry.id for one in found if one.standing is Standing.IN_FORCE] == row["in_force"]
    assert [one.entry.id for one in found if one.standing is Standing.UNKNOWN] == row.get("unknown", [])
    assert row["source"].startswith("https://")


def _boundaries(entry: Entry) -> set[date]:
    pauses = [day for pause in entry.suspensions for day in (pause.suspended_from, pause.suspended_to)]
    return {day for day in (entry.in_force_from, entry.in_force_to, *pauses) if day is not None}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_the_table_stands_on_both_sides_of_every_boundary(measure: Measure):
    rows = {row["day"] for rows in REGIMES[measure.key].values() for row in rows}
    wanted = {day for entry in measure.entries for boundary in _boundaries(entry) for day in (boundary - DAY, boundary)}
    assert wanted <= rows


def test_the_table_names_every_regime():
    assert list(REGIMES) == sorted(MEASURES, key=lambda key: f"{key}.yml")


# regime, target, entry, day, what the exemptions that hold that day ask for the government (or anyone), as a set
EXEMPTIONS = [
    ("UN-KP", "KP", "1874-small-arms", "2010-01-01", {("anyone", "notification")}),
    ("UN-KP", "KP", "2270-supply", "2016-03-02", set()),
    ("UN-IR", "IR", "2231-supply", "2020-10-17", {("anyone", "advance-approval")}),
    ("UN-IR", "IR", "1929-supply-again", "2025-09-28", set()),
    (
        "UN-CD",
        "CD",
        "1807-non-governmental",
        "2022-12-19",
        {("government", "notification"), ("anyone", "advance-approval")},
    ),
    ("UN-CD", "CD", "1807-non-governmental", "2022-12-20", {("government", "none"), ("anyone", "advance-approval")}),
    ("UN-CF", "CF", "2127-supply", "2022-07-29", {("government", "notification"), ("anyone", "advance-approval")}),
    ("UN-CF", "CF", "2127-supply", "2023-07-27", {("government", "none"), ("anyone", "advance-approval")}),
    ("UN-CF", "CF", "2745-groups", "2024-07-30", set()),
    (
        "UN-LY",
        "LY",
        "1970-supply",
        "2014-08-26",
        {("government", "no-objection"), ("government", "none"), ("anyone", "advance-approval")},
    ),
    (
        "UN-LY",
        "LY",
        "1970-supply",
        "2014-08-27",
        {("government", "advance-approval"), ("government", "none"), ("anyone", "advance-approval")},
    ),
    ("UN-SO", "SO", "733-supply", "2013-03-05", {("government", "no-objection")}),
    ("UN-SO", "SO", "733-supply", "2013-03-06", {("government", "notification"), ("government", "advance-approval")}),
    ("UN-SO", "al-Shabaab", "2713-supply", "2023-12-01", {("government", "none")}),
    ("UN-RW", "RW", "1011-non-governmental", "2007-03-27", {("government", "notification")}),
    ("UN-RW", "RW", "1011-non-governmental", "2007-03-28", {("government", "none")}),
    ("UN-SS", "SS", "2428-supply", "2023-05-29", {("government", "notification"), ("anyone", "advance-approval")}),
    ("UN-SS", "SS", "2428-supply", "2023-05-30", {("government", "none"), ("anyone", "advance-approval")}),
    ("UN-SD", "SD", "1945-end-user", "2012-01-01", {("anyone", "end-user")}),
    ("EU-RU", "RU", "512-supply", "2022-04-08", {("anyone", "none")}),
    ("US-LY", "LY", "126-1-k", "2011-05-23", {("anyone", "advance-approval")}),
    ("US-LY", "LY", "126-1-k", "2013-08-05", {("anyone", "advance-approval"), ("government", "advance-approval")}),
    ("US-HT", "HT", "126-1-j", "2006-10-03", set()),
    ("US-HT", "HT", "126-1-j", "2006-10-04", {("government", "advance-approval")}),
    ("US-RU", "RU", "126-1-l", "2021-08-31", {("anyone", "advance-approval")}),
    ("US-RU", "RU", "126-1-l", "2021-09-01", set()),
    ("US-VN", "VN", "list-supply", "2014-11-09", {("anyone", "advance-approval")}),
    ("EU-SY-1986", "SY", "1986-statement", "1990-01-01", {("anyone", "none")}),
    ("ECOWAS-MEMBERS", "ML", "convention-import", "2009-09-29", {("government", "advance-approval")}),
]


@pytest.mark.parametrize(("regime", "target", "entry", "day", "asks"), EXEMPTIONS)
def test_what_exemptions_ask_on_the_day(regime: str, target: str, entry: str, day: str, asks: set):
    found = _one(regime, target, entry, day).exemptions
    assert {(one.beneficiary, one.asks) for one in found if one.beneficiary in {"government", "anyone"}} == asks


def test_old_contracts_are_saved_by_name_until_the_clause_went():
    clause = {one.contracts_before for one in _one("EU-RU", "RU", "512-supply", "2022-04-08").exemptions}
    later = {one.contracts_before for one in _one("EU-RU", "RU", "512-supply", "2022-04-09").exemptions}
    assert (clause, later) == ({date(2014, 8, 1)}, {None})


@pytest.mark.parametrize(
    ("entry", "day", "by"),
    [
        ("2231-supply", "2020-09-19", set()),
        ("2231-supply", "2020-09-20", {"US"}),
        ("1747-procurement-again", "2025-09-28", {"IR", "RU", "CN"}),
    ],
)
def test_who_disputes_that_an_iran_entry_stands(entry: str, day: str, by: set):
    assert {code for dispute in _one("UN-IR", "IR", entry, day).disputes for code in dispute.by} == by


@pytest.mark.parametrize(
    ("regime", "entry", "day", "standing"),
    [
        ("UN-LY-1992", "748-supply", "1999-04-04", Standing.IN_FORCE),
        ("UN-LY-1992", "748-supply", "1999-04-05", Standing.SUSPENDED),
        ("UN-LY-1992", "748-supply", "2003-09-12", Standing.ENDED),
        ("UN-HT-1993", "841-supply", "1993-10-18", Standing.SUSPENDED),
        ("UN-HT-1993", "841-supply", "1993-10-19", Standing.IN_FORCE),
        ("US-CY", "126-1-r", "2022-09-30", Standing.IN_FORCE),
        ("US-CY", "126-1-r", "2022-10-01", Standing.SUSPENDED),
        ("US-KH", "126-1-o", "2025-11-06", Standing.IN_FORCE),
        ("US-KH", "126-1-o", "2025-11-07", Standing.ENDED),
        ("GB-AZ", "2025-statement", "2025-10-13", Standing.ENDED),
        ("UN-SS", "2428-supply", "2018-07-12", Standing.NOT_YET),
        ("UN-SS", "2428-supply", "2026-06-01", Standing.UNKNOWN),
    ],
)
def test_an_entry_waits_pauses_ends_or_is_unknown(regime: str, entry: str, day: str, standing: Standing):
    found = next(one for one in MEASURES[regime].entries if one.id == entry)
    assert standing_on(found, date.fromisoformat(day)) is standing


def test_a_day_after_the_last_look_says_so():
    known = MEASURES["UN-KP"].known_until
    assert _found("UN-KP", "KP", known)[0].looked_up
    assert not _found("UN-KP", "KP", known + DAY)[0].looked_up


def test_a_group_is_found_by_its_own_name():
    keys = {one.measure.key for one in measures_in_force(MEASURES.values(), "Houthis", date(2023, 1, 1))}
    assert keys == {"UN-YE", "EU-YE", "GB-YE"}
