"""Who is said to supply whom as pages show it: a map, a matrix, a network, each with its table. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.export.plain import plain
from armstrace.export.wording import UNKNOWN, CountryNames
from armstrace.pictures.flows import Addresses, Flow, draw_flows, flow_words, is_mapped, kind_of
from armstrace.pictures.network import MOST, Member, Tie, Ways, draw_network, weigh_parties
from armstrace.pictures.world import REGIONS, WHOLE, Region
from armstrace.store.routes import RouteCount, RouteCounts
from armstrace.web.views.flow_filter import FlowFilter

_SIDE: Final = 40  # suppliers and recipients of the matrix that stand by themselves; the others are summed up
_SHADES: Final = 5
_MOST_ROWS: Final = 250  # of a table below a picture
_MOST_FLOWS: Final = 250  # lines on the map; more nobody can follow
MAP: Final = "/map"
MATRIX: Final = "/map/matrix"
NETWORK: Final = "/map/network"


class Choice(NamedTuple):
    """A link of several, one of which is where the reader is."""

    name: str
    href: str
    is_here: bool


class FlowRow(NamedTuple):
    """A line of the table of flows: both sides, where its lines are (None for nowhere), counts, how it is drawn."""

    supplier: str
    recipient: str
    href: str | None
    transfers: int
    moved: int
    stopped: int
    denied: int
    kind: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map with all flows as a table, those that it leaves out first told why."""

    picture: Markup
    regions: tuple[Choice, ...]
    rows: tuple[FlowRow, ...]
    unmapped: tuple[FlowRow, ...]
    told: str
    left_out: str


class Cell(NamedTuple):
    """A cell of the matrix: how many, the words, where it leads, how dark (0 to 5), whether all are denied."""

    transfers: int
    words: str
    href: str | None
    shade: int
    is_denied: bool


class MatrixRow(NamedTuple):
    """A supplier with its cells and its sum."""

    name: str
    href: str | None
    cells: tuple[Cell | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Suppliers down, recipients across, those with most transfers first; ``columns`` are names, links and sums."""

    columns: tuple[tuple[str, str | None, int], ...]
    rows: tuple[MatrixRow, ...]
    told: str
    left_out: str


class PartyRow(NamedTuple):
    """A party of the network: how many transfers it supplies, how many it receives, of how many partners."""

    name: str
    href: str | None
    supplied: int
    received: int
    partners: int


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The network with its parties as a table."""

    picture: Markup
    rows: tuple[PartyRow, ...]
    told: str
    left_out: str


def pictures_of(asked: FlowFilter, here: str) -> tuple[Choice, ...]:
    """Return the links between the three pictures, all of what is asked."""
    shown = (("Map", MAP), ("Matrix", MATRIX), ("Network", NETWORK))
    return tuple(Choice(name, asked.address(path), path == here) for name, path in shown)


def region_of(key: str) -> Region:
    """Return the region of a key, the world for none."""
    return next((region for region in REGIONS if region.key == key), WHOLE)


def view_map(counts: RouteCounts, asked: FlowFilter, names: CountryNames, region: Region) -> MapView:
    """Return the map of a region."""
    mapped = [pair for pair in counts.pairs if is_mapped(_flow(pair))]
    unmapped = [pair for pair in counts.pairs if not is_mapped(_flow(pair))]
    addresses = Addresses(
        lambda supplier, recipient: asked.lines(supplier=supplier, recipient=recipient),
        lambda code: asked.lines(party=code),
    )
    return MapView(
        picture=draw_flows(map(_flow, mapped[:_MOST_FLOWS]), names, addresses, region),
        regions=tuple(Choice(r.name, asked.address(MAP, region=r.key), r == region) for r in REGIONS),
        rows=tuple(_row(pair, asked, names) for pair in mapped[:_MOST_ROWS]),
        unmapped=tuple(_row(pair, asked, names) for pair in unmapped[:_MOST_ROWS]),
        told=_told(counts),
        left_out=_left_out(
            (len(mapped) - _MOST_FLOWS, "pairs with fewer transfers have no line on the map"),
            (len(unmapped) - _MOST_ROWS, "pairs without a place on the map are not listed"),
            (counts.left_out, "pairs with the fewest transfers are not told apart here"),
        ),
    )


def view_matrix(counts: RouteCounts, asked: FlowFilter, names: CountryNames) -> MatrixView:
    """Return the matrix; beyond the first forty, suppliers and recipients are summed up as others."""
    suppliers, recipients = Counter[_Side](), Counter[_Side]()
    for pair in counts.pairs:
        suppliers[pair[0:2]] += pair.transfers
        recipients[pair[2:4]] += pair.transfers
    down, across = _first(suppliers), _first(recipients)
    cells: dict[tuple[_Side | None, _Side | None], list[RouteCount]] = {}
    for pair in counts.pairs:
        one, other = pair[0:2], pair[2:4]
        cells.setdefault((one if one in down else None, other if other in across else None), []).append(pair)
    most = max((sum(p.transfers for p in same) for same in cells.values()), default=1)
    columns = [*across, *([None] if len(recipients) > len(across) else [])]
    rows = [*down, *([None] if len(suppliers) > len(down) else [])]
    return MatrixView(
        columns=tuple(
            (_side_words(side, names), _side_address(side, asked, "recipient"), _sum(cells, 1, side))
            for side in columns
        ),
        rows=tuple(
            MatrixRow(
                _side_words(side, names),
                _side_address(side, asked, "supplier"),
                tuple(_cell(cells.get((side, other)), asked, names, most) for other in columns),
                _sum(cells, 0, side),
            )
            for side in rows
        ),
        told=_told(counts),
        left_out=_left_out((counts.left_out, "pairs with the fewest transfers are not told apart here")),
    )


def view_network(counts: RouteCounts, asked: FlowFilter, names: CountryNames) -> NetworkView:
    """Return the network of all parties that are told; who is unknown is no party."""
    ties = [
        Tie(_member(p.supplier, p.supplier_name, names), _member(p.recipient, p.recipient_name, names), p.transfers)
        for p in counts.pairs
        if any(p[0:2]) and any(p[2:4])
    ]
    supplied, received, partners = Counter[Member](), Counter[Member](), dict[Member, set[Member]]()
    for tie in ties:
        supplied[tie.supplier] += tie.transfers
        received[tie.recipient] += tie.transfers
        partners.setdefault(tie.supplier, set()).add(tie.recipient)
        partners.setdefault(tie.recipient, set()).add(tie.supplier)
    ways = Ways(lambda party: _party_address(party, asked), lambda tie: _tie_address(tie, asked))
    weights = weigh_parties(ties)
    rows = [
        PartyRow(party.label, _party_address(party, asked), supplied[party], received[party], len(partners[party]))
        for party in islice(weights, _MOST_ROWS)
    ]
    return NetworkView(
        picture=draw_network(ties, ways),
        rows=tuple(rows),
        told=_told(counts),
        left_out=_left_out(
            (len(weights) - MOST, "parties with fewer transfers are not in the picture"),
            (counts.left_out, "pairs with the fewest transfers are not told apart here"),
        ),
    )


_Side = tuple[str, ...]


def _flow(pair: RouteCount) -> Flow:
    return Flow(pair.supplier, pair.recipient, pair.transfers, pair.moved, pair.stopped, pair.denied)


def _row(pair: RouteCount, asked: FlowFilter, names: CountryNames) -> FlowRow:
    flow = _flow(pair)
    return FlowRow(
        _side_words(pair[0:2], names),
        _side_words(pair[2:4], names),
        _pair_address(pair, asked),
        *pair[4:8],
        kind=kind_of(flow).name,
    )


def _pair_address(pair: RouteCount, asked: FlowFilter) -> str | None:
    """Return where the lines of a pair are; by one side alone where the other has no code to ask for."""
    known = {"supplier": pair.supplier, "recipient": pair.recipient}
    name = pair.supplier_name if not pair.supplier else pair.recipient_name if not pair.recipient else ""
    given = {side: code for side, code in known.items() if code} | ({"party": name} if name else {})
    return asked.lines(**given) if given else None


def _side_words(side: _Side | None, names: CountryNames) -> str:
    if side is None:
        return "all others"
    code, name = side
    return plain(name) or plain(names.get(code, code)) or UNKNOWN


def _side_address(side: _Side | None, asked: FlowFilter, field: str) -> str | None:
    if side is None or not any(side):
        return None
    return asked.lines(**{field: side[0]}) if side[0] else asked.lines(party=side[1])


def _first(sides: Counter[_Side]) -> list[_Side]:
    return sorted(sides, key=lambda side: (-sides[side], side))[:_SIDE]


def _sum(cells: dict[tuple[_Side | None, _Side | None], list[RouteCount]], which: int, side: _Side | None) -> int:
    return sum(pair.transfers for key, same in cells.items() if key[which] == side for pair in same)


def _cell(same: Sequence[RouteCount] | None, asked: FlowFilter, names: CountryNames, most: int) -> Cell | None:
    if not same:
        return None
    transfers = sum(pair.transfers for pair in same)
    is_denied = all(pair.denied >= pair.transfers for pair in same)
    shade = max(1, round(_SHADES * (transfers / most) ** 0.5))
    if len(same) > 1:
        return Cell(transfers, f"{transfers:,} reported transfers", None, shade, is_denied)
    pair = same[0]
    flow = _flow(pair)._replace(supplier=_side_words(pair[0:2], names), recipient=_side_words(pair[2:4], names))
    return Cell(transfers, flow_words(flow, {}), _pair_address(pair, asked), shade, is_denied)


def _member(code: str, name: str, names: CountryNames) -> Member:
    country = plain(names.get(code, code))
    label = plain(name) if name else country
    return Member(code, name, f"{label} ({country})" if name and code else label)


def _party_address(party: Member, asked: FlowFilter) -> str:
    return asked.lines(party=party.name or party.code)


def _tie_address(tie: Tie, asked: FlowFilter) -> str | None:
    sides = (("supplier", tie.supplier), ("recipient", tie.recipient))
    known = {field: party.code for field, party in sides if party.code}
    return asked.lines(**known) if len(known) == len(sides) else None


def _told(counts: RouteCounts) -> str:
    if not counts.transfers:
        return "No line of the register is all that is asked for."
    lines = "1 line" if counts.transfers == 1 else f"{counts.transfers:,} lines"
    pairs = len(counts.pairs) + counts.left_out
    return f"{lines} of the register, between {pairs:,} pair{'' if pairs == 1 else 's'} of parties"


def _left_out(*parts: tuple[int, str]) -> str:
    """Return what is not shown, "" for nothing."""
    return "; ".join(f"{count:,} {what}" for count, what in parts if count > 0)
