"""The outlines of states and a point for each, as ``docs/make_world.py`` makes them from Natural Earth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.pictures.svg import element

# Where those without a point of their own are shown: at their seat.
_AT: Final[Mapping[str, str]] = MappingProxyType({"EU": "BE"})
BORDERS = "Borders: Natural Earth, simplified. Where they are disputed, they take no side."


class Region(NamedTuple):
    """A part of the map that can be looked at alone: its key, its name, and left, top, width and height."""

    key: str
    name: str
    view: tuple[float, float, float, float]


WHOLE: Final = Region("", "World", (0.0, 0.0, 960.0, 411.2))
REGIONS: Final = (
    WHOLE,
    Region("europe", "Europe", (425.0, 14.0, 180.0, 108.0)),
    Region("middle-east", "Middle East", (535.0, 74.0, 160.0, 112.0)),
    Region("africa", "Africa", (410.0, 98.0, 240.0, 252.0)),
    Region("asia", "Asia and Pacific", (585.0, 28.0, 330.0, 366.0)),
    Region("americas", "Americas", (180.0, 2.0, 250.0, 408.0)),
)


@dataclass(frozen=True, slots=True)
class World:
    """Width and height of the page, the outline (path data, empty where too small) and the point of each code."""

    size: tuple[float, float]
    outlines: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]


@cache
def load_world() -> World:
    """Return the packaged outlines."""
    told = json.loads((files("armstrace.pictures") / "world.json").read_text(encoding="utf-8"))
    countries = told["countries"]
    points = {code: (entry["at"][0], entry["at"][1]) for code, entry in countries.items()}
    points |= {code: points[seat] for code, seat in _AT.items()}
    width, height = told["size"]
    return World(
        (width, height),
        MappingProxyType({code: entry["path"] for code, entry in countries.items()}),
        MappingProxyType(points),
    )


@cache
def draw_ground() -> Markup:
    """Return all outlines as one path, to lie below what a map shows."""
    return element("path", d="".join(load_world().outlines.values()), class_="land")
