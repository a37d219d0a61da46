"""Which days are written below a timeline."""

from datetime import date

import pytest

from armstrace.pictures.days import DayScale

D = date.fromisoformat
SPANS = [
    ("2018-03-05", "2018-03-08", ["5 Mar 2018", "6 Mar 2018", "7 Mar 2018", "8 Mar 2018"]),
    ("2018-03-20", "2018-06-28", ["Apr 2018", "May 2018", "Jun 2018"]),
    ("2014-02-01", "2019-12-31", ["2015", "2016", "2017", "2018", "2019"]),
    ("1946-01-01", "2025-12-31", ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
    ("2020-01-01", "2020-01-01", ["1 Jan 2020"]),
]


@pytest.mark.parametrize(("first", "last", "written"), SPANS)
def test_days_are_written_evenly_by_the_calendar(first, last, written):
    assert [tick.words for tick in DayScale(D(first), D(last), 0, 100).ticks()] == written


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("1999-12-31", "2000-01-01")])
def test_there_are_never_more_than_nine_and_all_lie_on_the_line(first, last):
    scale = DayScale(D(first), D(last), 10, 110)
    ticks = scale.ticks()
    assert 0 < len(ticks) <= 9
    assert all(10 <= scale.at(tick.day) <= 110 for tick in ticks)
