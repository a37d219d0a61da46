"""Cursors: behind which place of a listing a page begins, opaque to whoever holds one.

A cursor bears a mark of the listing that it was made for, filters included, so that it is refused by every other.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from starlette.exceptions import HTTPException

from armstrace.store.columns import is_plain, to_json

Place = tuple[Any, ...]  # texts and whole numbers

LONGEST: Final = 2000  # characters of a cursor; the keys of a place are far shorter
_LARGEST: Final = 2**63 - 1  # that a database takes
_DIGITS: Final = 12
_REFUSED: Final = "the cursor is none of this listing with these filters; begin again at the first page"


def listing_mark(path: str, asked: Sequence[tuple[str, str]]) -> str:
    """Return a mark of a listing: of its address, and of what is asked for."""
    return sha256(to_json([path, sorted(asked)]).encode()).hexdigest()[:_DIGITS]


def write_cursor(mark: str, place: Place) -> str:
    """Return the cursor of a place in the listing of a mark."""
    return base64.urlsafe_b64encode(to_json([mark, *place]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, mark: str, kinds: Sequence[type]) -> Place:
    """Return the place of a cursor, of values of these kinds.

    Raises:
        HTTPException: 400, it is none of this listing.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise HTTPException(400, _REFUSED) from error
    if not isinstance(found, list) or found[:1] != [mark] or [type(one) for one in found[1:]] != list(kinds):
        raise HTTPException(400, _REFUSED)
    place = tuple(found[1:])
    if not all(is_plain(one) if isinstance(one, str) else abs(one) <= _LARGEST for one in place):
        raise HTTPException(400, _REFUSED)
    return place
