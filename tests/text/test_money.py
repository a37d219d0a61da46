"""Sums of money: the table of cases and what the table cannot say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from armstrace.text.money import find_money

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "money.yml").read_text("utf-8"))
ROWS = [pytest.param(text, rows, id=f"{group}: {text}") for group, cases in CASES.items() for text, rows in cases]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_sum_is_read_as_the_table_says(text: str, expected: list[list[object]]) -> None:
    found = find_money(text)

    assert [[each.text, each.amount, each.low, each.high, each.currency] for each in found] == expected


@pytest.mark.parametrize("text", ["$1.5bn", "2.5 million euros", "$1.25-$1.5 billion"])
def test_whole_amounts_are_integers(text: str) -> None:
    (found,) = find_money(text)

    assert {type(bound) for bound in (found.amount, found.low, found.high) if bound is not None} == {int}


def test_broken_amount_stays_broken() -> None:
    (found,) = find_money("at 113.48 yen to the dollar")

    assert found.amount == 113.48


def test_span_holds_hedge_sign_and_magnitude() -> None:
    text = "Ruritania will pay up to US$ 800 million (£545m) for the jets."

    found = find_money(text)

    assert [text[each.span.start : each.span.end] for each in found] == ["up to US$ 800 million", "£545m"]
