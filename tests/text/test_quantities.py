"""Counts: the table of cases, sentences of our own, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from armstrace.text.dates import find_dates
from armstrace.text.money import find_money
from armstrace.text.quantities import find_quantities
from armstrace.text.units import counts_arms

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "quantities.yml").read_text("utf-8"))
ROWS = [pytest.param(text, rows, id=f"{group}: {text}") for group, cases in CASES.items() for text, rows in cases]

# Words of counts, dates and sums, so that random texts come close to real ones.
PIECES_OF_PROSE = st.sampled_from(
    [
        *"0123456789.,-–/:()$€£%+ \n\u00a0²٣½xſKİ",
        *(
            "one",
            "two",
            "twenty",
            "dozen",
            "hundred",
            "thousand",
            "million",
            "a ",
            "several ",
            "few ",
            "score of",
        ),
        *(
            "up to ",
            "at least ",
            "between ",
            " and ",
            " to ",
            " or more",
            "from ",
            "of ",
            "half ",
            "multi-",
            "one-",
        ),
        *(
            "May ",
            "March ",
            "Sept. ",
            "2014",
            "Monday",
            "last ",
            "year",
            "weeks ago",
            "dollars",
            " bn",
            "Rs ",
            "(12)",
        ),
        *("F-16", "mm", " km", "tanks", "batteries", "shipment of ", "155", "Type "),
    ]
)
PROSE = st.lists(PIECES_OF_PROSE, max_size=30).map("".join)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_count_is_read_as_the_table_says(text: str, expected: list[list[object]]) -> None:
    found = find_quantities(text)

    assert [[each.text, each.low, each.best, each.high, each.unit] for each in found] == expected


def test_sentence_yields_only_its_counts() -> None:
    text = (
        "Under the $1.5bn deal signed on 6 September 2022, Ruritania will get 18 Mi-17 helicopters, up to 40 "
        "T-72 tanks and millions of 122 mm rockets within 24 months, three officials said under Article 51."
    )

    found = find_quantities(text)

    assert [(each.text, each.unit) for each in found] == [
        ("18", "pieces"),
        ("up to 40", "pieces"),
        ("millions", "pieces"),
        ("three", "persons"),
    ]
    assert all(each.span.of(text) == each.text for each in found)


@pytest.mark.parametrize(
    ("unit", "arms"),
    [
        ("pieces", True),
        ("batteries", True),
        ("tonnes", True),
        ("persons", False),
        ("deals", False),
        ("", False),
    ],
)
def test_units_tell_arms_from_people(unit: str, *, arms: bool) -> None:
    assert counts_arms(unit) is arms


@given(st.one_of(PROSE, st.text()))
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    for found in (find_quantities(text), find_money(text), find_dates(text, "2022-09-06")):
        end = 0
        for each in found:
            assert each.span is not None
            assert end <= each.span.start < each.span.end
            assert each.span.of(text) == each.text
            end = each.span.end


@given(st.one_of(PROSE, st.text()))
def test_counts_share_nothing_with_money_and_dates(text: str) -> None:
    other = [each.span for each in (*find_money(text), *find_dates(text))]

    assert not any(count.span.touches(span) for count in find_quantities(text) for span in other if span)


@given(PROSE)
def test_bounds_are_in_order(text: str) -> None:
    for count in find_quantities(text):
        bounds = [bound for bound in (count.low, count.best, count.high) if bound is not None]
        assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "a ",
        "one ",
        "20 ",
        "twenty-",
        "$8bn-",
        "up to ",
        "several ",
        "a shipment of ",
        "x",
        "2014-",
        "²٣",
    ],
)
def test_long_hostile_text_is_read(piece: str) -> None:
    text = piece * (60_000 // len(piece))

    for found in (find_quantities(text), find_money(text), find_dates(text)):
        assert all(each.span is not None and each.span.end <= len(text) for each in found)
