"""Dates: the table of cases, read without and with the day of publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from armstrace.text.dates import find_dates

PUBLISHED = "2022-09-06"
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dates.yml").read_text("utf-8"))
ROWS = [pytest.param(text, rows, id=f"{group}: {text}") for group, cases in CASES.items() for text, rows in cases]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_date_is_read_as_the_table_says(text: str, expected: list[list[str | None]]) -> None:
    found = find_dates(text)

    assert [[each.text, each.precision, each.start, each.end] for each in found] == [row[:4] for row in expected]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_publication_resolves_what_it_can(text: str, expected: list[list[str | None]]) -> None:
    found = find_dates(text, PUBLISHED)

    wanted = [[row[0], *(row[4:] or row[1:])] for row in expected]
    assert [[each.text, each.precision, each.start, each.end] for each in found] == wanted


@pytest.mark.parametrize(
    ("text", "published", "start", "end"),
    [
        # a month or year of publication resolves months and years, but no days
        ("last year", "2022", "2021-01-01", "2021-12-31"),
        ("last month", "2022", None, None),
        ("last month", "2022-09", "2022-08-01", "2022-08-31"),
        ("in March", "2022-09", "2022-03-01", "2022-03-31"),
        ("on Monday", "2022-09", None, None),
        ("yesterday", "2022-09", None, None),
        # across the turn of the year
        ("last month", "2022-01-10", "2021-12-01", "2021-12-31"),
        ("on Dec. 28", "2022-01-10", "2021-12-28", "2021-12-28"),
        ("on Jan. 20", "2021-12-28", "2022-01-20", "2022-01-20"),
        ("in the last three months", "2022-05-31", "2022-02-28", "2022-05-31"),
        ("last winter", "2022-02-10", "2020-12-01", "2021-02-28"),
        ("this winter", "2022-02-10", "2021-12-01", "2022-02-28"),
        # leap days
        ("on Feb. 29", "2024-03-01", "2024-02-29", "2024-02-29"),
        ("on Feb. 29", "2023-03-01", None, None),
        # time of day in the stamp, and what is no day
        ("yesterday", "2022-09-06T10:00:00Z", "2022-09-05", "2022-09-05"),
        ("yesterday", "6 September 2022", None, None),
        ("yesterday", "2022-02-31", None, None),
        ("yesterday", "", None, None),
        # the ends of the calendar
        ("yesterday", "0001-01-01", None, None),
        ("next year", "9999-12-31", None, None),
        ("within 999 years", "9999-01-01", None, None),
    ],
)
def test_anchor(text: str, published: str, start: str | None, end: str | None) -> None:
    (found,) = find_dates(text, published)

    assert (found.start, found.end) == (start, end)


def test_spans_lie_in_the_sentence() -> None:
    text = "The ministry said on Monday, Sept. 5, 2022, that talks held since early 2019 would end next year."

    found = find_dates(text, PUBLISHED)

    assert [each.text for each in found] == ["Monday, Sept. 5, 2022", "since early 2019", "next year"]
    assert all(each.span and text[each.span.start : each.span.end] == each.text for each in found)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    month = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][day.month - 1]
    for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"on {month} {day.day}, {day.year}"):
        (found,) = find_dates(text)
        assert (found.start, found.end) == (day.isoformat(), day.isoformat())


@given(st.dates(date(1980, 1, 1), date(2080, 12, 31)), st.dates(date(1980, 1, 1), date(2080, 12, 31)))
def test_day_without_year_lands_within_ten_months_before_and_two_after(day: date, published: date) -> None:
    (found,) = find_dates(f"on 14 {day:%B}", published.isoformat())

    assert found.start is not None
    gap = date.fromisoformat(found.start) - published
    assert -310 <= gap.days <= 63


@given(st.text(), st.text())
def test_any_publication_date_is_borne(text: str, published: str) -> None:
    for found in find_dates(text, published):
        assert found.start is None or date.fromisoformat(found.start)
