"""Names beside points: each where it covers no other, and left out where there is no such place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_WIDE: Final = 0.62  # mean width of a letter of a wide font, in heights of the line
_HIGH: Final = 1.15  # height of a line with the room around it
_MARK: Final = 0.6  # half the side of the mark at a point, in the distance that its label keeps


class Box(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles have a point in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Label(NamedTuple):
    """Words to write beside a point, ``away`` from it."""

    words: str
    x: float
    y: float
    away: float


class Written(NamedTuple):
    """A label with where its words begin, or end for ``anchor`` "end"; None where there is no place for it."""

    label: Label
    at: tuple[float, float] | None
    anchor: str


def place_labels(labels: Iterable[Label], size: float) -> Iterator[Written]:
    """Yield labels with their places, those that come first served first; ``size`` is the height of the letters.

    A label stands right of its point, else left of it, above or below; never over another label or point.
    """
    wanted = list(labels)
    boxes = [_point(label) for label in wanted]
    for label in wanted:
        found = next((place for place in _places(label, size) if not any(place[1].meets(box) for box in boxes)), None)
        if found is None:
            yield Written(label, None, "start")
            continue
        written, box = found
        boxes.append(box)
        yield written


def _point(label: Label) -> Box:
    half = label.away * _MARK
    return Box(label.x - half, label.y - half, label.x + half, label.y + half)


def _places(label: Label, size: float) -> Iterator[tuple[Written, Box]]:
    width, high = len(label.words) * size * _WIDE, size * _HIGH
    middle = label.y + size * 0.35
    for anchor, x, base in (
        ("start", label.x + label.away, middle),
        ("end", label.x - label.away, middle),
        ("middle", label.x, label.y - label.away),
        ("middle", label.x, label.y + label.away + size * 0.75),
    ):
        left = x - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
        box = Box(left, base - high * 0.8, left + width, base + high * 0.2)
        yield Written(label, (x, base), anchor), box
