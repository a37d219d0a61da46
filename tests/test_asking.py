"""What words for parties, arms and days mean to the law."""

from __future__ import annotations

from datetime import date

import pytest

from armstrace.asked_arms import read_items
from armstrace.asking import read_days, read_party

# words -> country, names, whether a government, places
PARTIES = [
    ("KP", "KP", (), None, ()),
    ("us", "US", (), None, ()),
    ("North Korea", "KP", (), None, ()),
    ("north korea", "KP", (), None, ()),
    ("the Houthis", "YE", ("Houthis",), False, ()),
    ("Shabab", "SO", ("al-Shabaab",), False, ()),
    ("al-Shabaab in Kenya", "KE", ("al-Shabaab",), False, ()),
    ("the Lebanese army", "LB", (), True, ()),
    ("Government of Somalia", "SO", (), True, ()),
    ("rebels in Darfur", "SD", ("rebels",), False, ("Darfur",)),
    ("Rosoboronexport", "RU", ("Rosoboronexport",), None, ()),
    ("UNIFIL", None, ("UNIFIL",), None, ()),
    ("Moscow", "RU", (), None, ()),
]


@pytest.mark.parametrize(("words", "expected"), [(words, tuple(expected)) for words, *expected in PARTIES])
def test_parties(reader, words, expected):
    found = read_party(words, reader.lexicon)
    assert found is not None
    assert (found.country, found.names, found.is_government, found.places) == expected


@pytest.mark.parametrize("words", ["Atlantis", "XX", "", "someone"])
def test_no_party(reader, words):
    assert read_party(words, reader.lexicon) is None


# words -> (words of the item, category, designation) each, makers, end user's country, names and places
ARMS = [
    ("artillery shells", [("artillery shells", "ammunition", None)], (), None),
    ("shells, rockets and T-72 tanks",
     [("shells", "ammunition", None), ("rockets", "rockets", None), ("T-72 tanks", "tanks", "T-72")], ("RU",), None),
    ("Shahed series drones", [("Shahed series drones", "drones", "Shahed")], ("IR",), None),
    ("spare parts for tanks", [("spare parts for tanks", "components", None)], (), None),
    ("Iranian-made rockets", [("Iranian-made rockets", "rockets", None)], ("IR",), None),
    ("rifles for al-Shabaab", [("rifles", "small-arms", None)], (), ("SO", ("al-Shabaab",), ())),
    ("small arms to El Fasher", [("small arms", "small-arms", None)], (), ("SD", (), ("El Fasher",))),
    ("ammunition for the Somali army", [("ammunition", "ammunition", None)], (), ("SO", ("Somali National Army",), ())),
    ("MANPADS for militias in Libya", [("MANPADS", "missiles", None)], (), ("LY", ("militias",), ())),
]  # fmt: skip


@pytest.mark.parametrize(("words", "items", "makers", "user"), ARMS)
def test_arms(reader, words, items, makers, user):
    found = read_items(words, reader.lexicon)
    assert [(item.words, item.category, item.designation) for item in found.items] == items
    assert all(item.is_arms for item in found.items)
    assert found.makers == makers
    told = found.user and (found.user.country, found.user.names, found.user.places)
    assert told == user


def test_what_the_lexicon_does_not_know_may_be_no_arms(reader):
    (item,) = read_items("bananas", reader.lexicon).items
    assert (item.words, item.is_arms) == ("bananas", False)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2022-09-06", date(2022, 9, 6), date(2022, 9, 6)),
        ("2022-09", date(2022, 9, 1), date(2022, 9, 30)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2018..2021", date(2018, 1, 1), date(2021, 12, 31)),
        ("2018-02..", date(2018, 2, 1), None),
        ("..2018-02", None, date(2018, 2, 28)),
    ],
)
def test_days(words, first, last):
    found = read_days(words)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("words", ["2022-13", "yesterday", "..", "2021..2018", "2018..x", ""])
def test_no_days(words):
    assert read_days(words) is None


def test_parts_know_what_they_are_for(reader):
    (item,) = read_items("spare parts for T-72 tanks", reader.lexicon).items
    assert item.part_of is not None
    assert (item.category, item.part_of.category, item.part_of.designation) == ("components", "tanks", "T-72")
    (alone,) = read_items("spare parts", reader.lexicon).items
    assert alone.part_of is None
