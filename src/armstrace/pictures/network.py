"""The network of parties: who is said to deal with whom, those with common partners close together.

Places follow from forces (Fruchterman and Reingold, 1991) from a fixed start, so that one register has one picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from armstrace.pictures.svg import element, link, number, picture, shortened, text

_WIDTH: Final = 960.0
_HEIGHT: Final = 600.0
_EDGE: Final = 60.0
_ROUNDS: Final = 150
_MOST: Final = 80  # parties drawn: those with most ties
_LONGEST: Final = 22
_GOLDEN: Final = 2.399963  # radians; successive places at this angle never fall together

Places = npt.NDArray[np.float64]


class Tie(NamedTuple):
    """Two parties, by their names to show, and how many transfers run from the first to the second."""

    supplier: str
    recipient: str
    transfers: int


def draw_network(ties: Sequence[Tie], address: Callable[[str], str | None]) -> Markup:
    """Return the picture of the parties with most ties; ``address`` gives where a party leads."""
    weights = Counter[str]()
    for tie in ties:
        weights[tie.supplier] += tie.transfers
        weights[tie.recipient] += tie.transfers
    parties = sorted(weights, key=lambda name: (-weights[name], name))[:_MOST]
    kept = [tie for tie in ties if tie.supplier in parties and tie.recipient in parties]
    at = dict(zip(parties, place_parties(parties, kept).tolist(), strict=True))
    left_out = len(weights) - len(parties)
    more = f", {left_out} with fewer ties left out" if left_out else ""
    return picture(
        (_WIDTH, _HEIGHT),
        f"Network of {len(parties)} parties and {len(kept)} ties{more}",
        *(_tie(tie, at) for tie in kept if tie.supplier != tie.recipient),
        *(_party(name, at[name], weights[name], address) for name in parties),
        class_="network",
    )


def place_parties(parties: Sequence[str], ties: Sequence[Tie]) -> Places:
    """Return a place for each party, in order, within the picture: all push one another away, ties pull."""
    count = len(parties)
    if not count:
        return np.empty((0, 2))
    order = np.arange(count)
    radius = np.sqrt((order + 0.5) / count) / 2
    at = np.stack([radius * np.cos(order * _GOLDEN), radius * np.sin(order * _GOLDEN)], axis=1)
    index = {name: row for row, name in enumerate(parties)}
    pull = np.zeros((count, count))
    for tie in ties:
        a, b = index[tie.supplier], index[tie.recipient]
        pull[a, b] = pull[b, a] = 1.0
    rest = 1.0 / sqrt(count)
    for round_ in range(_ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((away**2).sum(axis=2)), 1e-3)
        force = rest**2 / distance**2 - pull * distance / rest
        moved = (away * force[:, :, None]).sum(axis=1) - at * 0.3
        length = np.maximum(np.sqrt((moved**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + moved / length * np.minimum(length, 0.1 * (1 - round_ / _ROUNDS))
    return _fitted(at)


def _fitted(at: Places) -> Places:
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([_WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE])
    fitted: Places = _EDGE + (at - low) / np.maximum(high - low, 1e-9) * room
    return fitted if len(at) > 1 else np.array([[_WIDTH / 2, _HEIGHT / 2]])


def _tie(tie: Tie, at: dict[str, list[float]]) -> Markup:
    (x0, y0), (x1, y1) = at[tie.supplier], at[tie.recipient]
    line = f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}"
    return element("path", d=line, class_="wire", stroke_width=min(6.0, sqrt(tie.transfers)))


def _party(name: str, at: list[float], weight: int, address: Callable[[str], str | None]) -> Markup:
    x, y = at
    count = "1 transfer" if weight == 1 else f"{weight} transfers"
    return link(
        address(name),
        element("circle", cx=x, cy=y, r=min(14.0, 4 + sqrt(weight)), class_="node party"),
        text(shortened(name, _LONGEST), x, y - 12, class_="name"),
        label=f"{name}: {count}",
    )
