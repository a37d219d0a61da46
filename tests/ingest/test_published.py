"""Dates of fields, feeds and archives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.ingest.published import read_published

DATES = [
    ("a day", "2022-09-06", "2022-09-06"),
    ("a month", "2022-09", "2022-09"),
    ("a year", "2022", "2022"),
    ("a year as a number", 2022, "2022"),
    ("a moment in UTC", "2022-09-06T23:59:59Z", "2022-09-06"),
    ("a moment elsewhere is the day there", "2022-09-06T23:30:00-05:00", "2022-09-06"),
    ("a moment with fractions", "2022-09-06 10:11:12.131415", "2022-09-06"),
    ("without separators", "20220906", "2022-09-06"),
    ("without separators, as a number", 20220906, "2022-09-06"),
    ("basic ISO", "20220906T101112Z", "2022-09-06"),
    ("year first with strokes", "2022/9/6", "2022-09-06"),
    ("RFC 822", "Tue, 06 Sep 2022 10:00:00 GMT", "2022-09-06"),
    ("RFC 822 without weekday", "6 Sep 2022 10:00 +0200", "2022-09-06"),
    ("RFC 822, two-digit year", "Tue, 06 Sep 22 10:00:00 EST", "2022-09-06"),
    ("RFC 850", "Tuesday, 06-Sep-94 10:00:00 GMT", "1994-09-06"),
    ("day first in words", "6th September 2022", "2022-09-06"),
    ("month first in words", "September 6, 2022", "2022-09-06"),
    ("month first with a time", "Sept. 6, 2022, 10:30 a.m. ET", "2022-09-06"),
    ("month and year in words", "September 2022", "2022-09"),
    ("Unix", "Tue Sep  6 10:00:00 UTC 2022", "2022-09-06"),
    ("seconds", 1662458400, "2022-09-06"),
    ("seconds as text", "1662458400", "2022-09-06"),
    ("seconds with fractions", 1662458400.25, "2022-09-06"),
    ("milliseconds", 1662458400000, "2022-09-06"),
    ("day first, past twelve", "16/09/2022", "2022-09-16"),
    ("month first, day past twelve", "09/16/2022 10:00", "2022-09-16"),
    ("the same either way", "06.06.2022", "2022-06-06"),
]
NO_DATES = [
    *("06/09/2022", "6.9.2022", "yesterday", "2 hours ago", "2022-02-30", "2022-13-01", "2022-9-31", "0001-01-01"),
    *("0000-00-00", "31/13/2022", "Sep 31, 2022", "Monday", "", "   ", "12", "9999-12-31", "Tue, 06 Xyz 2022", "²⁰²²"),
    *(0, -1, 12, 1, 3e30, float("nan"), float("inf"), None, True, [], {}, ["2022"], "2022-09-06x", 10**400),
]  # fmt: skip


@pytest.mark.parametrize(("given", "day"), [pytest.param(*row[1:], id=row[0]) for row in DATES])
def test_a_date_is_read(given, day):
    assert read_published(given) == day


@pytest.mark.parametrize("given", NO_DATES, ids=lambda v: str(v)[:20])
def test_what_is_no_date_or_two_is_none(given):
    assert read_published(given) is None


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.from_regex(r"[0-9 /.:TZ-]{1,30}")))
def test_anything_is_a_date_or_none(value):
    found = read_published(value)
    assert found is None or len(found) in (4, 7, 10)
