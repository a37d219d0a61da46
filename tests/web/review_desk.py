"""A desk whose claims may be judged: a copy of the demo's store for one test, and what its forms hold."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path

from armstrace.store.open import open_store
from armstrace.store.repository import Store

_INPUT = r'<input\b[^>]*?\bname="([^"]+)"[^>]*>'
_SELECT = r'<select\b[^>]*?\bname="([^"]+)"[^>]*>(.*?)</select>'


@contextmanager
def copied_store(store: Store, folder: Path) -> Iterator[Store]:
    """Yield a copy of a store of one file."""
    source, target = Path(store.database.place.name), folder / "copy.db"
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    shutil.copytree(f"{source}.evidence", f"{target}.evidence")
    with open_store(str(target), {}) as copy:
        yield copy


def form_of(page: str, name: str) -> dict[str, str]:
    """Return what a browser would send of a form of a page, by its id."""
    found = re.search(rf'<form[^>]*id="{name}".*?</form>', page, re.DOTALL)
    assert found, f"the page has no form {name}"
    held: dict[str, str] = {}
    for match in re.finditer(_INPUT, found[0]):
        if "checkbox" not in match[0] and ("radio" not in match[0] or "checked" in match[0]):
            value = re.search(r'\bvalue="([^"]*)"', match[0])
            held[match[1]] = unescape(value[1]) if value else ""
    for match in re.finditer(_SELECT, found[0], re.DOTALL):
        chosen = re.search(r"<option selected>([^<]*)", match[2])
        held[match[1]] = unescape(chosen[1]) if chosen else ""
    return held


def urgent(store: Store, number: int = 0) -> str:
    """Return the id of a claim of the queue, counted from the most urgent."""
    from armstrace.store.review_queue import QueueQuery, page_of_queue  # noqa: PLC0415

    with store.database.read() as connection:
        return page_of_queue(connection, QueueQuery(), number + 1).claims[number].claim_id
