"""A watch as the store keeps it, and back."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.alerts.matching import place_of
from armstrace.alerts.watches import Asks, Kind, Watch, read_kinds
from armstrace.store.alerts import WatchRow
from armstrace.store.columns import from_json, to_json


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be told: name, lines, kinds of changes."""

    name: str
    asks: Asks
    kinds: frozenset[Kind]


def watch_of(row: WatchRow) -> Watch:
    """Return a stored watch."""
    kinds = read_kinds(from_json(row.kinds))
    return Watch(row.id, row.owner, row.name, Asks(**from_json(row.asks)), kinds, row.made_at, row.is_paused)


def wish_to_row(wish: Wish) -> tuple[str, str, str]:
    """Return what is asked for and the kinds of changes, as JSON, and where the watch is looked for.

    Who asks for every change asks for those, too, that a later version tells: no kind is named then.
    """
    kinds = [] if wish.kinds == frozenset(Kind) else sorted(map(str, wish.kinds))
    return to_json(wish.asks.given()), to_json(kinds), place_of(wish.asks)
