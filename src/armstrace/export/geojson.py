"""Who is said to supply whom, as GeoJSON (RFC 7946): a line for each pair, between one point in each state.

A line shows who and whom, never the way that arms take. Who has no point of its own, or is not known, is there without
geometry; what stays within a state is a point. What crosses the date line is cut there (RFC 7946, 3.1.9).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from armstrace.export.plain import plain
from armstrace.export.record import About, Out, Record
from armstrace.export.transfer_words import items_words, party_value_words, quantity_column
from armstrace.export.wording import UNKNOWN, CountryNames
from armstrace.model import Polarity
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.known import known_from
from armstrace.register.types import Alternative, PartyValue

NOTICE: Final = (
    "It tells what sources report, and never that a transfer took place. A line goes straight from a point in one "
    "state to a point in the other, and is not the way that arms take. Points: Natural Earth; borders take no side."
)
_SEAT: Final = MappingProxyType({"EU": "BE"})  # who has no land of its own is shown at its seat
_HALF_TURN: Final = 180.0
Point = tuple[float, float]  # longitude and latitude, in degrees


class Side(NamedTuple):
    """A supplier or recipient: code of its country, or the name of who has none; neither for unknown."""

    country: str | None
    name: str


Lines = dict[tuple[Side, Side], list[dict[str, Any]]]


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a feature a pair of supplier and recipient, those with most transfers first, with their transfers."""
    pairs: Lines = {}
    for record in records:
        routes = _routes(record, about.names)
        line = _line(record, only=len(routes) == 1)
        for route in routes:
            pairs.setdefault(route, []).append(line)
    head = json.dumps(
        {
            "type": "FeatureCollection",
            "notice": NOTICE,
            "asked": dict(about.asked),
            "as_of": about.as_of,
            "versions": dict(about.versions),
        }
    )
    out.write(f'{head[:-1]}, "features": ['.encode())
    between = "\n"
    for route, lines in sorted(pairs.items(), key=_rank):
        out.write(f"{between}{json.dumps(_feature(route, lines), ensure_ascii=False)}".encode())
        between = ",\n"
    out.write(b"\n]}\n")


def geometry_of(start: Point | None, end: Point | None) -> dict[str, Any] | None:
    """Return the line from one point to another by the shorter way round; None where a point is missing."""
    if start is None or end is None:
        return None
    if start == end:
        return {"type": "Point", "coordinates": list(start)}
    if abs(end[0] - start[0]) <= _HALF_TURN:
        return {"type": "LineString", "coordinates": [list(start), list(end)]}
    edge = _HALF_TURN if start[0] > 0 else -_HALF_TURN
    rest = end[0] + 2 * edge - start[0]  # of the way, in degrees of longitude
    latitude = round(start[1] + (end[1] - start[1]) * (edge - start[0]) / rest, 2)
    return {
        "type": "MultiLineString",
        "coordinates": [[list(start), [edge, latitude]], [[-edge, latitude], list(end)]],
    }


@cache
def load_places() -> Mapping[str, Point]:
    """Return a point in each state by its code: the middle of its largest part."""
    told = json.loads((files("armstrace.export") / "places.json").read_text(encoding="utf-8"))
    places = {code: (place[0], place[1]) for code, place in told.items()}
    return MappingProxyType({**places, **{code: places[seat] for code, seat in _SEAT.items()}})


def _routes(record: Record, names: CountryNames) -> tuple[tuple[Side, Side], ...]:
    fields = record.transfer.fields
    return tuple(product(_sides(fields.supplier, names), _sides(fields.recipient, names)))


def _sides(alternatives: Sequence[Alternative[PartyValue]], names: CountryNames) -> Iterator[Side]:
    """Return each party told once; unknown where no claim tells any."""
    told = [one.value for one in alternatives if one.value and (one.value.country or one.value.organisation)]
    found = [
        Side(value.country, plain(names.get(value.country, value.country)))
        if value.country
        else Side(None, party_value_words(value, names))
        for value in told
    ]
    return iter(dict.fromkeys(found) or [Side(None, UNKNOWN)])


def _line(record: Record, *, only: bool) -> dict[str, Any]:
    transfer, step = record.transfer, latest_status(record.transfer)
    days = [day for told in transfer.claims if (day := known_from(told.published))]
    return {
        "transfer": transfer.id,
        "items": items_words(transfer),
        "number": quantity_column(transfer),
        "status": str(step.status) if step else None,
        "status_denied": bool(step and step.polarity is Polarity.DENIED),
        "origins_for": transfer.affirmed.backing.independent,
        "origins_against": transfer.denied.backing.independent + transfer.denied.backing.not_shown,
        "credibility": grade_transfer(transfer).digit,
        "first_report": min(days, default=None),
        "last_report": max(days, default=None),
        "only_route": only,
    }


def _feature(route: tuple[Side, Side], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    supplier, recipient = route
    places = load_places()
    start, end = (places.get(side.country) if side.country else None for side in route)
    statuses = Counter(str(line["status"] or UNKNOWN) for line in lines)
    return {
        "type": "Feature",
        "geometry": geometry_of(start, end),
        "properties": {
            "supplier": supplier.country,
            "supplier_name": supplier.name,
            "recipient": recipient.country,
            "recipient_name": recipient.name,
            "transfers": len(lines),
            "other_routes_told": sum(not line["only_route"] for line in lines),
            "denied": sum(bool(line["origins_against"]) for line in lines),
            "statuses": dict(sorted(statuses.items())),
            "lines": list(lines),
        },
    }


def _rank(pair: tuple[tuple[Side, Side], Sequence[object]]) -> tuple[int, tuple[str, ...]]:
    route, lines = pair
    return -len(lines), tuple(part or "" for side in route for part in side)
