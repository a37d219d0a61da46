"""Watches of the store: made, changed, shown. A watch tells of what comes after it was made."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from armstrace.alerts.alert import Raised, alert_shape
from armstrace.alerts.watches import check_name
from armstrace.embargo.law import load_law
from armstrace.ids import content_id
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import update_register
from armstrace.keeping.watch_rows import Wish, wish_to_row
from armstrace.store.alerts import StoredAlert, WatchRow
from armstrace.store.people import Deed
from armstrace.store.repository import Store


def make_watch(store: Store, stages: Stages, owner: str, wish: Wish) -> WatchRow:
    """Make a watch and return it; what the store knows already raises no alert.

    Raises:
        MetadataError: the name is none.
        StoreError: the owner has one of that name.
    """
    update_register(store, stages)
    at, name = stages.now(), check_name(wish.name)
    row = WatchRow(content_id("watch", owner, name, at), owner, name, *wish_to_row(wish), at)
    store.alerts.add(row, Deed(at, owner, "watch made", row.id, {"name": name}))
    return row


def change_watch(store: Store, row: WatchRow, wish: Wish, who: str, at: str) -> None:
    """Put other wishes in the place of those of a watch, from now on.

    Raises:
        MetadataError: the name is none.
        StoreError: its owner has another of that name.
    """
    asks, kinds, place = wish_to_row(wish)
    changed = row._replace(name=check_name(wish.name), asks=asks, kinds=kinds, place=place)
    store.alerts.change(changed, Deed(at, who, "watch changed", row.id))


def pause_watch(store: Store, row: WatchRow, who: str, at: str, *, paused: bool) -> None:
    """Pause a watch or let it go on; what happens while it is paused is not told later."""
    did = "watch paused" if paused else "watch goes on"
    store.alerts.change(row._replace(is_paused=paused), Deed(at, who, did, row.id))


def remove_watch(store: Store, row: WatchRow, who: str, at: str) -> None:
    """Take a watch away, and its alerts."""
    store.alerts.remove(row.id, Deed(at, who, "watch removed", row.id, {"name": row.name}))


@cache  # read-only data of the package
def measure_keys() -> Collection[str]:
    """Return the keys of all packaged legal measures.

    Raises:
        MeasureError: a packaged file is damaged.
    """
    return tuple(sorted(measure.key for measure in load_law().measures))


def stored_shape(alert: StoredAlert) -> dict[str, Any]:
    """Return the public shape of a stored alert."""
    return alert_shape(Raised(alert.id, alert.watch_id, alert.watch, alert.line, alert.raised_at), alert.body)
