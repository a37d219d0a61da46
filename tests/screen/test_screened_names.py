"""Pairs of names in ``tests/cases/screening.yml``, and what must hold for all names."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.screen.entries import ListedKind, is_imo
from armstrace.screen.fold import fold
from armstrace.screen.match import THRESHOLD
from armstrace.screen.name_words import load_name_words
from armstrace.screen.names import parse_name
from armstrace.screen.score import score_names
from armstrace.screen.sounds import sound_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "screening.yml").read_text(encoding="utf-8"))
WORDS = load_name_words()
KINDS = st.sampled_from([ListedKind.PERSON, ListedKind.ORGANISATION, ListedKind.VESSEL])


def score(asked, listed, kind):
    return score_names(parse_name(asked, kind, WORDS), parse_name(listed, kind, WORDS), kind)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['asked']} / {c['listed']}" for c in CASES])
def test_pairs(case):
    found = score(case["asked"], case["listed"], ListedKind(case["kind"]))
    assert (found.points >= THRESHOLD) == case["alike"], found


@pytest.mark.parametrize("case", CASES, ids=[f"{c['asked']} / {c['listed']}" for c in CASES])
def test_points_are_the_sum_of_the_reasons(case):
    found = score(case["asked"], case["listed"], ListedKind(case["kind"]))
    assert found.points == pytest.approx(max(sum(reason.points for reason in found.reasons), 0), abs=0.001)
    assert all(reason.words for reason in found.reasons)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), KINDS)
def test_any_two_texts_have_points_between_none_and_one(asked, listed, kind):
    found = score(asked, listed, kind)
    assert 0 <= found.points <= 1
    assert found == score(asked, listed, kind)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcdefghij ", min_size=5, max_size=40).filter(lambda t: len(t.split()) > 1), KINDS)
def test_a_name_is_like_itself_in_any_case(name, kind):
    assert score(name, name.upper(), kind).points in (0, 1)  # of initials alone there is no name


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź Ærø Straße", "lodz aero strasse"),
        ("Щербаков Юрий", "shcherbakov yurii"),
        ("Γεώργιος", "georgios"),
        ("عبد الله", "bd allh"),
        ("김정일", "gim jeong il"),
        ("Բաղդասարյան", "baghdasaryan"),
        ("ჯაბა", "jaba"),
        ("O'Néill–Smith", "oneill smith"),
    ],
)
def test_letters_of_other_scripts(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammad", "muhamad"),
        ("qaddafi", "gaddafi"),
        ("yousouf", "yusuf"),
        ("wladimir", "vladimir"),
        ("shoigu", "schoigu"),
    ],
)
def test_spellings_that_sound_the_same(one, other):
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(
    ("number", "valid"), [("9074729", True), ("9074728", False), ("907472", False), ("90747290", False)]
)
def test_the_check_digit_of_imo_numbers(number, valid):
    assert is_imo(number) == valid
