"""The tables beside the measures: who is bound when, where places lie, whose forces groups are."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from armstrace.checking import check_question, question_from_words
from armstrace.embargo.findings import Verdict
from armstrace.embargo.law import Law, load_law
from armstrace.embargo.measures import Bound
from armstrace.embargo.scopes import Reach
from armstrace.lexicon.entries import EntryKind


@cache
def _law() -> Law:
    return load_law()


@pytest.mark.parametrize(
    ("bound", "country", "on", "holds"),
    [
        (Bound.EU_MEMBERS, "FR", date(1990, 1, 1), True),
        (Bound.EU_MEMBERS, "SE", date(1994, 12, 31), False),
        (Bound.EU_MEMBERS, "SE", date(1995, 1, 1), True),
        (Bound.EU_MEMBERS, "PL", date(2004, 4, 30), False),
        (Bound.EU_MEMBERS, "PL", date(2004, 5, 1), True),
        (Bound.EU_MEMBERS, "BG", date(2006, 12, 31), False),
        (Bound.EU_MEMBERS, "HR", date(2013, 6, 30), False),
        (Bound.EU_MEMBERS, "HR", date(2013, 7, 1), True),
        (Bound.EU_MEMBERS, "GB", date(2020, 12, 31), True),
        (Bound.EU_MEMBERS, "GB", date(2021, 1, 1), False),
        (Bound.EU_MEMBERS, "CH", date(2020, 1, 1), False),
        (Bound.OSCE_STATES, "AZ", date(1992, 1, 29), False),
        (Bound.OSCE_STATES, "AZ", date(1992, 1, 30), True),
        (Bound.OSCE_STATES, "RS", date(1995, 1, 1), False),
        (Bound.ECOWAS_MEMBERS, "ML", date(2025, 1, 28), True),
        (Bound.ECOWAS_MEMBERS, "ML", date(2025, 1, 29), False),
        (Bound.ARAB_LEAGUE_MEMBERS, "KM", date(1993, 11, 19), False),
        (Bound.ARAB_LEAGUE_MEMBERS, "KM", date(1993, 11, 20), True),
        (Bound.UNITED_STATES, "US", date(2020, 1, 1), True),
        (Bound.UNITED_KINGDOM, "GB", date(2020, 1, 1), True),
    ],
)
def test_who_is_bound(bound, country, on, holds):
    assert _law().members[bound].holds(country, on) is holds


def test_what_only_urges_says_nothing_where_the_supplier_is_not_told():
    question = question_from_words(None, "Russia", "rifles", "1990")
    urged = next(one for one in check_question(question) if one.measure == "UN-ZA")
    assert (urged.verdict, urged.missing, urged.bears) == (Verdict.OUTSIDE, "supplier", False)
    assert "whether its terms are met is not known" in urged.decisive


def test_a_measure_that_concerns_no_party_says_whom_it_is_aimed_at():
    findings = check_question(question_from_words("Iran", "Nusra Front", "rifles", "2013"))
    said = {one.measure: one.decisive for one in findings}
    assert said["UN-KP"] == "The measure is aimed at North Korea, not at Nusra Front."
    assert said["UN-ALQAIDA-ISIL"].endswith("Nusra Front was on it only from 2014-05-14 to 2026-02-26.")


def test_every_circle_has_sources_and_known_codes():
    assert set(_law().members) == set(Bound) - {Bound.ALL_STATES, Bound.TARGET, Bound.NAMED_STATES}
    for circle in _law().members.values():
        assert circle.sources
        assert {code for one in circle.members for code in one.codes} <= set(_law().names)


def test_every_place_of_a_measure_has_its_names():
    named = {entry.target.place for measure in _law().measures for entry in measure.entries if entry.target.place}
    assert named <= set(_law().areas)
    for area in _law().areas.values():
        assert not area.within & area.elsewhere


def test_groups_have_the_names_of_the_lexicon(reader):
    labels = {
        entry.label
        for name in (*(one.group for one in _law().rulers), *(one.name for one in _law().own_forces))
        for hit in reader.lexicon.matcher.find(name)
        for entry in hit.entries
        if entry.kind is EntryKind.GROUP
    }
    assert labels == {one.group for one in _law().rulers} | {one.name for one in _law().own_forces}


def test_a_part_is_described_exactly_where_a_term_reaches_some():
    for scope in _law().scopes.values():
        for covered in scope.covers:
            described = covered.thresholds or covered.if_any or covered.unless or covered.note
            assert bool(described) is (covered.reach is Reach.SOME), f"{scope.name}, {covered.category}"
