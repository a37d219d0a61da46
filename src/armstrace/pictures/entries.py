"""The entries of a measure as bars along the years: when each bound, and when it was suspended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from markupsafe import Markup

from armstrace.embargo.measures import Ending, Entry, Measure, Strength
from armstrace.pictures.days import DayScale, day_scale
from armstrace.pictures.svg import element, link, picture, shortened, text

_WIDTH: Final = 960.0
_NAMES: Final = 190.0  # width of the column of provisions
_EDGE: Final = 24.0
_ROW: Final = 26.0
_BAR: Final = 12.0
_AXIS: Final = 30.0
_LONGEST: Final = 30


def draw_entries(measure: Measure, address: Callable[[str], str]) -> Markup:
    """Return the picture; an entry without an end goes on to the last day that the file knows, and fades there."""
    entries = measure.entries
    ends = [min(entry.in_force_to or measure.known_until, measure.known_until) for entry in entries]
    days = [*(entry.in_force_from for entry in entries), *ends, measure.known_until]
    scale = day_scale(days, _NAMES, _WIDTH - _EDGE)
    height = _EDGE + _ROW * len(entries) + _AXIS
    drawn = [
        element("line", x1=(x := scale.at(t.day)), y1=8, x2=x, y2=height - _AXIS, class_="grid") for t in scale.ticks()
    ]
    drawn += [text(t.words, scale.at(t.day), height - 10, class_="tick") for t in scale.ticks()]
    rows = [
        _row(entry, end, scale, number, address) for number, (entry, end) in enumerate(zip(entries, ends, strict=True))
    ]
    return picture(
        (_WIDTH, height),
        f"{measure.key}: {len(entries)} rules by the days on which they bind",
        *drawn,
        *rows,
        class_="entries",
    )


def _row(entry: Entry, end: date, scale: DayScale, number: int, address: Callable[[str], str]) -> Markup:
    y = _EDGE + _ROW * number
    start, stop = scale.at(entry.in_force_from), scale.at(end)
    kind = "binding" if entry.strength is Strength.BINDING else "political"
    is_open = entry.in_force_to is None or entry.ending is Ending.UNCHECKED or entry.in_force_to > end
    bar = element(
        "rect", x=start, y=y - _BAR / 2, width=max(2.0, stop - start), height=_BAR, rx=2, class_=f"bar {kind}"
    )
    marks = [
        text(
            shortened(f"{entry.provision.instrument}, {entry.provision.paragraph}", _LONGEST), 8, y + 4, class_="name"
        ),
        bar,
    ]
    for gap in entry.suspensions:
        begin, close = scale.at(gap.suspended_from), min(stop, scale.at(gap.suspended_to or end))
        marks.append(element("rect", x=begin, y=y - _BAR / 2, width=max(1.0, close - begin), height=_BAR, class_="gap"))
    if is_open:
        marks.append(
            element("path", d=f"M{stop:.1f} {y - _BAR / 2:.1f}l8 {_BAR / 2}l-8 {_BAR / 2}Z", class_=f"bar {kind}")
        )
    until = f"to before {entry.in_force_to}" if entry.in_force_to else "no end set"
    return link(
        address(entry.id),
        *marks,
        label=f"{entry.provision.instrument}, {entry.provision.paragraph}: from {entry.in_force_from}, {until}",
    )
