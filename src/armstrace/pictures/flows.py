"""Who is said to supply whom, on a map of the world: a line for each pair, as wide as its transfers are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import hypot, sqrt
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.export.plain import plain
from armstrace.export.wording import CountryNames
from armstrace.pictures.labels import Label, place_labels
from armstrace.pictures.svg import element, link, number, picture, shortened, text
from armstrace.pictures.world import WHOLE, Region, draw_ground, load_world

_LEAST: Final = 1.4  # width of the line of one transfer, in pixels
_MOST: Final = 9.0
_BEND: Final = 0.18  # how far a line bows aside, in its lengths
_SHORT: Final = 6.0  # a line ends this much before its recipient, so that the arrow shows
_DOT: Final = 2.6
_LETTERS: Final = 8.5  # height of those of names
_LONGEST: Final = 24
_REACH: Final = 14  # width, in pixels, of what can be clicked of a line


class Flow(NamedTuple):
    """Transfers from one state to another, by codes; of them ``moved``, ``stopped`` and ``denied`` as in the store."""

    supplier: str
    recipient: str
    transfers: int
    moved: int
    stopped: int
    denied: int


class Kind(NamedTuple):
    """How a line is drawn, and what that says; the first of ``KINDS`` that holds."""

    name: str
    holds: Callable[[Flow], bool]
    words: str


# Told apart by colour and by dashes, so that who does not see the colours reads them too.
KINDS: Final = (
    Kind("denied", lambda flow: flow.denied >= flow.transfers, "against every transfer a denial counts"),
    Kind("moved", lambda flow: flow.moved > 0, "some are said to be under way or to have come"),
    Kind("stopped", lambda flow: flow.stopped >= flow.transfers, "all are said to be called off or seized"),
    Kind("ahead", lambda _: True, "none is said to have moved"),
)


class Addresses(NamedTuple):
    """Where a line leads, by the codes of both sides, and where a state."""

    flow: Callable[[str, str], str | None]
    state: Callable[[str], str | None]


def kind_of(flow: Flow) -> Kind:
    """Return how a flow is drawn."""
    return next(kind for kind in KINDS if kind.holds(flow))


def draw_flows(flows: Iterable[Flow], names: CountryNames, addresses: Addresses, region: Region = WHOLE) -> Markup:
    """Return the map of a region; flows within a state, or with one that has no point, are on none: ``unmapped``."""
    shown = [flow for flow in flows if is_mapped(flow)]
    ordered = sorted(shown, key=lambda f: (f.transfers, f.supplier, f.recipient))
    world, scale = load_world(), _scale(region)
    weights = Counter[str]()
    for flow in shown:
        weights.update({flow.supplier: flow.transfers, flow.recipient: flow.transfers})
    states = sorted(weights, key=lambda code: (-weights[code], code))
    touched = "".join(world.outlines.get(code, "") for code in states)
    return picture(
        region.view,
        f"Map of {_count(sum(f.transfers for f in shown))} between {len(states)} states",
        draw_ground(),
        element("path", d=touched, class_="land touched"),
        element("defs", *(_arrow(kind.name, scale) for kind in KINDS)),
        element("g", *(_line(flow, names, addresses, scale) for flow in ordered), class_="flows"),
        element("g", *_states(states, weights, names, (addresses, region)), class_="states"),
        class_="map",
    )


def is_mapped(flow: Flow) -> bool:
    """Tell whether a flow can be drawn."""
    points = load_world().points
    return flow.supplier != flow.recipient and flow.supplier in points and flow.recipient in points


def unmapped(flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Return the flows that the map leaves out."""
    return tuple(flow for flow in flows if not is_mapped(flow))


def flow_words(flow: Flow, names: CountryNames) -> str:
    """Return ``North Korea to Russia: 3 reported transfers, 2 said to have moved, 1 denied``."""
    first, last = names.get(flow.supplier, flow.supplier), names.get(flow.recipient, flow.recipient)
    parts = ((flow.moved, "said to have moved"), (flow.stopped, "stopped"), (flow.denied, "denied"))
    more = "".join(f", {count} {words}" for count, words in parts if count)
    return plain(f"{first} to {last}: {_count(flow.transfers)}{more}")


def _count(transfers: int) -> str:
    return "1 reported transfer" if transfers == 1 else f"{transfers:,} reported transfers"


def _scale(region: Region) -> float:
    """Return how much smaller all but the land is to be drawn, for it is shown that much larger."""
    return max(region.view[2] / WHOLE.view[2], region.view[3] / WHOLE.view[3])


def _arrow(kind: str, scale: float) -> Markup:
    tip = element("path", d="M0 0 6 3 0 6Z", class_=f"tip {kind}")
    size = 7 * scale
    return element(
        "marker",
        tip,
        id=f"tip-{kind}",
        viewBox="0 0 6 6",
        markerWidth=size,
        markerHeight=size,
        refX=4,
        refY=3,
        orient="auto",
        markerUnits="userSpaceOnUse",
    )


def _line(flow: Flow, names: CountryNames, addresses: Addresses, scale: float) -> Markup:
    kind, way = kind_of(flow).name, _way(flow, scale)
    width = min(_MOST, _LEAST * sqrt(flow.transfers))
    return link(
        addresses.flow(flow.supplier, flow.recipient),
        element("path", d=way, class_="reach", stroke_width=_REACH),
        element("path", d=way, stroke_width=width, marker_end=f"url(#tip-{kind})", class_=f"flow {kind}"),
        label=flow_words(flow, names),
        data_from=flow.supplier,
        data_to=flow.recipient,
    )


def _way(flow: Flow, scale: float) -> str:
    points = load_world().points
    (x0, y0), (x1, y1) = points[flow.supplier], points[flow.recipient]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    # Always to the right of the way, so that two states that supply each other have two lines.
    bend_x, bend_y = (x0 + x1) / 2 - (y1 - y0) * _BEND, (y0 + y1) / 2 + (x1 - x0) * _BEND
    back = hypot(x1 - bend_x, y1 - bend_y) or 1.0
    cut = min(_SHORT * scale, length / 3) / back
    x1, y1 = x1 - (x1 - bend_x) * cut, y1 - (y1 - bend_y) * cut
    return f"M{number(x0)} {number(y0)}Q{number(bend_x)} {number(bend_y)} {number(x1)} {number(y1)}"


def _states(
    codes: Sequence[str], weights: Counter[str], names: CountryNames, where: tuple[Addresses, Region]
) -> list[Markup]:
    """Return the states that flows touch, named where there is room: those with most transfers first."""
    addresses, region = where
    points, scale = load_world().points, _scale(region)
    wanted = [Label(shortened(names.get(code, code), _LONGEST), *points[code], 4.5 * scale) for code in codes]
    drawn = []
    for code, written in zip(codes, place_labels(wanted, _LETTERS * scale), strict=True):
        x, y = points[code]
        at, anchor = written.at or (x + 4.5 * scale, y), written.anchor
        name = text(written.label.words, 0, 0, text_anchor=anchor, class_="name" if written.at else "name crowded")
        place = f"translate({number(at[0])} {number(at[1])}) scale({scale:.4f})"
        drawn.append(
            link(
                addresses.state(code),
                element("circle", cx=x, cy=y, r=6 * scale, class_="reach"),
                element("circle", cx=x, cy=y, r=_DOT * scale, class_="state"),
                element("g", name, transform=place),
                label=f"{plain(names.get(code, code))}: {_count(weights[code])}",
                data_state=code,
            )
        )
    return drawn
