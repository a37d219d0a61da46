"""From which day something published is known: the last day that its date may mean."""

from __future__ import annotations

import pytest

from armstrace.register.known import known_from


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2031-03-05", "2031-03-05"),
        ("2031-03-05T09:00:00Z", "2031-03-05"),
        ("2031-02", "2031-02-28"),
        ("2032-02", "2032-02-29"),
        ("2031", "2031-12-31"),
        ("2031-13", None),
        ("2031-00", None),
        ("2031-02-30", None),
        ("last spring", None),
        ("", None),
        (None, None),
    ],
)
def test_known_from(published, day):
    assert known_from(published) == day
