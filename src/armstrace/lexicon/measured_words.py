"""Measures that the words for an item tell: "155mm shells", ".50-calibre rifles", "missiles with a range of 300 km"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.model import Category

_MM_PER_INCH = 25.4
_KM_PER_MILE = 1.609344
_FLYING = frozenset({Category.MISSILES, Category.ROCKETS, Category.DRONES, Category.ARTILLERY, Category.AIR_DEFENCE})
_NUMBER = r"(?P<low>\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d[\d,]*(?:\.\d+)?))?"
_FROM = re.compile(r"(?:more|greater|longer) than|over|exceeding|at least|beyond|in excess of", re.IGNORECASE)
_BELOW = re.compile(r"less than|under|below|shorter than", re.IGNORECASE)
_BEFORE = 18  # characters before a number in which "more than" bounds it


@dataclass(frozen=True, slots=True)
class _Telling:
    """A way to write a measure: its key, pattern, factor to the unit of the key, and where it means that at all."""

    measured: str
    pattern: re.Pattern[str]
    factor: float
    categories: frozenset[Category] | None = None
    beside: str = ""


def _telling(measured: str, unit: str, factor: float = 1, **limits: object) -> _Telling:
    pattern = re.compile(rf"(?<![\d.,]){_NUMBER}[\s-]*(?:{unit})\b", re.IGNORECASE)
    return _Telling(measured, pattern, factor, **limits)  # type: ignore[arg-type]


# The first that finds something tells its measure.
_TELLINGS = (
    _Telling("calibre_mm", re.compile(r"(?<![\d.])(?P<low>\d{1,2}(?:\.\d+)?)\s*[x×]\s*\d{2,3}(?P<high>)(?!\d)"), 1),
    _telling("calibre_mm", "mm|millimet(?:re|er)s?"),
    _Telling(
        "calibre_mm",
        re.compile(r"(?P<low>\.\d{2,3})(?P<high>)[\s-]*cal(?:ib(?:re|er))?\b", re.IGNORECASE),
        _MM_PER_INCH,
    ),
    _telling("calibre_mm", "inch(?:es)?", _MM_PER_INCH),
    _telling("range_km", "km|kilomet(?:re|er)s?", categories=_FLYING),
    _telling("range_km", "miles?", _KM_PER_MILE, categories=_FLYING),
    _telling("payload_kg", "kg|kilogram(?:me)?s?", categories=_FLYING, beside=r"\b(?:payload|warhead)"),
    _telling("displacement_t", "t|tonn?es?|tons?", categories=frozenset({Category.SHIPS})),
)


def measures_told(category: Category, description: str) -> Mapping[str, tuple[float, float]]:
    """Return measure -> lowest and highest value in its unit (mm, km, kg, t) that the words give, or infinity.

    Several figures of one measure ("122mm and 152mm shells") give the lowest and the highest of all.
    """
    told: dict[str, tuple[float, float]] = {}
    for telling in _TELLINGS:
        if telling.measured in told or (telling.categories is not None and category not in telling.categories):
            continue
        if telling.beside and not re.search(telling.beside, description, re.IGNORECASE):
            continue
        found = [_bounds(match, description, telling.factor) for match in telling.pattern.finditer(description)]
        if found:
            told[telling.measured] = min(low for low, _ in found), max(high for _, high in found)
    return told


def _bounds(match: re.Match[str], description: str, factor: float) -> tuple[float, float]:
    low = round(float(match["low"].replace(",", "")) * factor, 2)
    high = round(float(match["high"].replace(",", "")) * factor, 2) if match["high"] else low
    before = description[max(0, match.start() - _BEFORE) : match.start()]
    if _FROM.search(before):
        return low, math.inf
    return (0.0, high) if _BELOW.search(before) else (low, high)
