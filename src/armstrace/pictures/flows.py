"""Who is said to supply whom, on a map of the world: a line for each pair, as wide as its transfers are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import hypot, sqrt
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.export.wording import CountryNames
from armstrace.pictures.svg import element, link, number, picture
from armstrace.pictures.world import draw_ground, load_world

_LEAST: Final = 1.2  # width of the line of one transfer
_MOST: Final = 9.0
_BEND: Final = 0.18  # how far a line bows aside, in its lengths
_SHORT: Final = 9.0  # a line ends this much before its recipient, so that the arrow shows
_DOT: Final = 2.5

Address = Callable[[str, str], str | None]


class Flow(NamedTuple):
    """Transfers from one state to another, by codes, and how many of them nobody denies."""

    supplier: str
    recipient: str
    transfers: int
    undenied: int


def draw_flows(flows: Iterable[Flow], names: CountryNames, address: Address) -> Markup:
    """Return the map; flows within a state, or with a state that has no point, are on no map: see ``unmapped``."""
    shown = [flow for flow in flows if is_mapped(flow)]
    ordered = sorted(shown, key=lambda f: (f.transfers, f.supplier, f.recipient))
    world = load_world()
    codes = sorted({code for flow in shown for code in flow[:2]})
    touched = "".join(world.outlines.get(code, "") for code in codes)
    return picture(
        world.size,
        f"Map of {sum(f.transfers for f in shown)} reported transfers between {len(codes)} states",
        draw_ground(),
        element("path", d=touched, class_="land touched"),
        _arrow(),
        *(_line(flow, names, address) for flow in ordered),
        *(_dot(code, names) for code in codes),
        class_="map",
    )


def is_mapped(flow: Flow) -> bool:
    """Tell whether a flow can be drawn."""
    points = load_world().points
    return flow.supplier != flow.recipient and flow.supplier in points and flow.recipient in points


def unmapped(flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Return the flows that the map leaves out."""
    return tuple(flow for flow in flows if not is_mapped(flow))


def _arrow() -> Markup:
    tip = element("path", d="M0 0 6 3 0 6Z", class_="tip")
    marker = element(
        "marker",
        tip,
        id="tip",
        markerWidth=6,
        markerHeight=6,
        refX=4,
        refY=3,
        orient="auto",
        markerUnits="userSpaceOnUse",
    )
    return element("defs", marker)


def _line(flow: Flow, names: CountryNames, address: Address) -> Markup:
    points = load_world().points
    (x0, y0), (x1, y1) = points[flow.supplier], points[flow.recipient]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    # Always to the right of the way, so that two states that supply each other have two lines.
    bend_x, bend_y = (x0 + x1) / 2 - (y1 - y0) * _BEND, (y0 + y1) / 2 + (x1 - x0) * _BEND
    back = hypot(x1 - bend_x, y1 - bend_y) or 1.0
    cut = min(_SHORT, length / 3) / back
    x1, y1 = x1 - (x1 - bend_x) * cut, y1 - (y1 - bend_y) * cut
    path = element(
        "path",
        d=f"M{number(x0)} {number(y0)}Q{number(bend_x)} {number(bend_y)} {number(x1)} {number(y1)}",
        stroke_width=min(_MOST, _LEAST * sqrt(flow.transfers)),
        marker_end="url(#tip)",
        class_="flow" if flow.undenied else "flow denied",
    )
    return link(address(flow.supplier, flow.recipient), path, label=flow_words(flow, names))


def flow_words(flow: Flow, names: CountryNames) -> str:
    """Return ``North Korea to Russia: 3 reported transfers, 1 denied``."""
    first, last = names.get(flow.supplier, flow.supplier), names.get(flow.recipient, flow.recipient)
    count = "1 reported transfer" if flow.transfers == 1 else f"{flow.transfers} reported transfers"
    denied = flow.transfers - flow.undenied
    return f"{first} to {last}: {count}{f', {denied} denied' if denied else ''}"


def _dot(code: str, names: CountryNames) -> Markup:
    x, y = load_world().points[code]
    return element("circle", element("title", names.get(code, code)), cx=x, cy=y, r=_DOT, class_="state")
