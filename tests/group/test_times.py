"""How far apart two times are, however vague."""

import pytest

from armstrace.group.times import days_between, stretch_of

ROWS = [
    ("two days", ("2014-08-11", "2014-08-11"), ("2014-08-13", "2014-08-13"), 2),
    ("a moment of a day", ("2014-08-11T10:00:00Z", None), ("2014-08-11", None), 0),
    ("a day within a month", ("2014-08", "2014-08"), ("2014-08-31", None), 0),
    ("a day after a leap February", ("2016-02", "2016-02"), ("2016-03-01", None), 1),
    ("a month within a year", ("2014", "2014"), ("2014-12", "2014-12"), 0),
    ("a day after a year", ("2014", None), ("2015-01-03", None), 3),
    ("a stretch", ("2014-08-01", "2014-09"), ("2014-10-01", None), 1),
    ("a stretch with one end", (None, "2014-08-31"), ("2014-09-02", None), 2),
    ("nothing known", (None, None), ("2014-09-02", None), None),
    ("no date", ("soon", "soon"), ("2014-09-02", None), None),
    ("no such day", ("2014-02-30", None), ("2014-09-02", None), None),
    ("an end before its start", ("2014-09-02", "2014-09-01"), ("2014-09-02", None), None),
]


@pytest.mark.parametrize(("why", "one", "other", "days"), ROWS, ids=[row[0] for row in ROWS])
def test_days_between(why, one, other, days):
    assert days_between(stretch_of(*one), stretch_of(*other)) == days, why
    assert days_between(stretch_of(*other), stretch_of(*one)) == days, why
