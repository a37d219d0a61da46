"""Who supplies whom by a transfer: suppliers and recipients that claims tell together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armstrace.register.types import Alternative, PartyValue, Transfer
from armstrace.store.routes import Route, routes_to_text

_Parties = Sequence[Alternative[PartyValue]]


def routes_text(transfer: Transfer) -> str:
    """Return the routes of a transfer as its line keeps them."""
    return routes_to_text(find_routes(transfer), is_denied=bool(transfer.denied.backing.claims))


def find_routes(transfer: Transfer) -> Iterator[Route]:
    """Yield who supplies whom.

    A claim that tells one side only leaves the other open. It adds nothing where another tells both; else it goes with
    every value that others give for the open side.
    """
    for supplier, recipient in _pairs(transfer.fields.supplier, transfer.fields.recipient):
        yield Route(*_side(supplier), *_side(recipient))


def _pairs(suppliers: _Parties, recipients: _Parties) -> list[tuple[PartyValue | None, PartyValue | None]]:
    sides = [[(a.value, frozenset(a.backing.claims)) for a in side] for side in (suppliers, recipients)]
    told = [(one, other) for one, of_one in sides[0] for other, of_other in sides[1] if of_one & of_other]
    whole = [(one, other) for one, other in told if one and other]
    first, second = {one for one, _ in whole}, {other for _, other in whole}
    open_second = [one for one, other in told if one and not other and one not in first]
    open_first = [other for one, other in told if other and not one and other not in second]
    known_first, known_second = (_or_unknown([value for value, _ in side if value]) for side in sides)
    joined = (
        *((one, other) for one in open_second for other in known_second),
        *((one, other) for other in open_first for one in known_first),
    )
    return list(dict.fromkeys([*whole, *joined])) or [(None, None)]


def _or_unknown(values: Sequence[PartyValue]) -> Sequence[PartyValue | None]:
    return values or (None,)


def _side(value: PartyValue | None) -> tuple[str, str]:
    return (value.country or "", value.organisation or "") if value else ("", "")
