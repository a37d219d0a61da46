"""The network of parties: who is said to deal with whom, those with common partners close together.

Places follow from forces (Fruchterman and Reingold, 1991) from a fixed start, so that one register has one picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import hypot, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from armstrace.export.plain import plain
from armstrace.pictures.labels import Label, place_labels
from armstrace.pictures.svg import element, link, number, picture, shortened, text

_WIDTH: Final = 960.0
_HEIGHT: Final = 600.0
_EDGE: Final = 64.0
_ROUNDS: Final = 150
MOST: Final = 80  # parties drawn: those with most ties
_LONGEST: Final = 26
_LETTERS: Final = 12.0
_GOLDEN: Final = 2.399963  # radians; successive places at this angle never fall together
_KEPT: Final = 64  # networks whose places are remembered, for nothing else takes as long

Places = npt.NDArray[np.float64]


class Member(NamedTuple):
    """A party of the network: a code or "", the name of an organisation or "", and what to call it."""

    code: str
    name: str
    label: str


class Tie(NamedTuple):
    """Two parties, and how many transfers run from the first to the second."""

    supplier: Member
    recipient: Member
    transfers: int


class Ways(NamedTuple):
    """Where a party leads, and where a tie; None for nowhere."""

    party: Callable[[Member], str | None]
    tie: Callable[[Tie], str | None]


def weigh_parties(ties: Sequence[Tie]) -> Mapping[Member, int]:
    """Return the parties with how many transfers each has a part in, those with most first."""
    weights = Counter[Member]()
    for tie in ties:
        for party in {tie.supplier, tie.recipient}:
            weights[party] += tie.transfers
    return {party: weights[party] for party in sorted(weights, key=lambda one: (-weights[one], one))}


def draw_network(ties: Sequence[Tie], ways: Ways) -> Markup:
    """Return the picture of the parties with most ties."""
    weights = weigh_parties(ties)
    parties = tuple(weights)[:MOST]
    order = {party: place for place, party in enumerate(parties)}
    kept = [tie for tie in ties if tie.supplier in order and tie.recipient in order]
    pairs = frozenset((order[tie.supplier], order[tie.recipient]) for tie in kept)
    at = dict(zip(parties, place_parties(len(parties), pairs), strict=True))
    left_out = len(weights) - len(parties)
    more = f", {left_out} with fewer ties left out" if left_out else ""
    return picture(
        (_WIDTH, _HEIGHT),
        f"Network of {len(parties)} parties and {len(kept)} ties{more}",
        element("defs", _arrow()),
        element("g", *(_tie(tie, at, ways, weights) for tie in kept if tie.supplier != tie.recipient), class_="ties"),
        element("g", *_parties(at, weights, ways), class_="parties"),
        class_="network",
    )


@lru_cache(maxsize=_KEPT)
def place_parties(count: int, pairs: frozenset[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    """Return a place within the picture for each of ``count`` parties: all push one another away, ties pull."""
    if not count:
        return ()
    order = np.arange(count)
    radius = np.sqrt((order + 0.5) / count) / 2
    at = np.stack([radius * np.cos(order * _GOLDEN), radius * np.sin(order * _GOLDEN)], axis=1)
    pull = np.zeros((count, count))
    for one, other in pairs:
        pull[one, other] = pull[other, one] = 1.0
    rest = 1.0 / sqrt(count)
    for round_ in range(_ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((away**2).sum(axis=2)), 1e-3)
        force = rest**2 / distance**2 - pull * distance / rest
        moved = (away * force[:, :, None]).sum(axis=1) - at * 0.3
        length = np.maximum(np.sqrt((moved**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + moved / length * np.minimum(length, 0.1 * (1 - round_ / _ROUNDS))
    return tuple((x, y) for x, y in _fitted(at).round(2).tolist())


def _fitted(at: Places) -> Places:
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([_WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE])
    fitted: Places = _EDGE + (at - low) / np.maximum(high - low, 1e-9) * room
    return fitted if len(at) > 1 else np.array([[_WIDTH / 2, _HEIGHT / 2]])


def _arrow() -> Markup:
    tip = element("path", d="M0 0 6 3 0 6Z", class_="tip tie")
    size = {"markerWidth": 8, "markerHeight": 8, "refX": 5, "refY": 3}
    return element("marker", tip, id="tip-tie", viewBox="0 0 6 6", orient="auto", markerUnits="userSpaceOnUse", **size)


def _tie(tie: Tie, at: Mapping[Member, tuple[float, float]], ways: Ways, weights: Mapping[Member, int]) -> Markup:
    (x0, y0), (x1, y1) = at[tie.supplier], at[tie.recipient]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    back = min((_radius(weights[tie.recipient]) + 3) / length, 0.4)
    bend_x, bend_y = (x0 + x1) / 2 - (y1 - y0) * 0.08, (y0 + y1) / 2 + (x1 - x0) * 0.08
    end_x, end_y = x1 - (x1 - bend_x) * 2 * back, y1 - (y1 - bend_y) * 2 * back
    way = f"M{number(x0)} {number(y0)}Q{number(bend_x)} {number(bend_y)} {number(end_x)} {number(end_y)}"
    width = min(6.0, 1.2 * sqrt(tie.transfers))
    return link(
        ways.tie(tie),
        element("path", d=way, class_="reach", stroke_width=12),
        element("path", d=way, class_="wire", stroke_width=width, marker_end="url(#tip-tie)"),
        label=f"{tie.supplier.label} to {tie.recipient.label}: {_count(tie.transfers)}",
        data_from=_mark(tie.supplier),
        data_to=_mark(tie.recipient),
    )


def _parties(at: Mapping[Member, tuple[float, float]], weights: Mapping[Member, int], ways: Ways) -> list[Markup]:
    wanted = [Label(shortened(p.label, _LONGEST), *at[p], _radius(weights[p]) + 4) for p in at]
    drawn = []
    for party, written in zip(at, place_labels(wanted, _LETTERS), strict=True):
        x, y = at[party]
        where = written.at or (x, y - _radius(weights[party]) - 4)
        classes = "name" if written.at else "name crowded"
        drawn.append(
            link(
                ways.party(party),
                _shape(party, (x, y), _radius(weights[party])),
                text(written.label.words, *where, class_=classes, text_anchor=written.anchor),
                label=f"{party.label}: {_count(weights[party])}",
                data_state=_mark(party),
            )
        )
    return drawn


def _shape(party: Member, at: tuple[float, float], radius: float) -> Markup:
    """Return a circle for a state, a square for whatever is none."""
    x, y = at
    if not party.name:
        return element("circle", cx=x, cy=y, r=radius, class_="node party")
    side = radius * 1.7
    return element(
        "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=2, class_="node party organisation"
    )


def _radius(weight: int) -> float:
    return min(14.0, 4 + sqrt(weight))


def _mark(party: Member) -> str:
    return plain(f"{party.code}/{party.name}")


def _count(transfers: int) -> str:
    return "1 reported transfer" if transfers == 1 else f"{transfers:,} reported transfers"
