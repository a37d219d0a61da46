"""Documents in the order of time, and what is known of them beside their text."""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

from armstrace.document import Document
from armstrace.group.circumstances import outlet_of
from armstrace.group.judging import LONGEST
from armstrace.group.sketches import Hashes, sketch_text

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_PLACE_BITS: Final = 36  # of the hash of an id; the day before it takes 27, so that a place fits a signed 64-bit number


class Frame(NamedTuple):
    """What is known of a document beside its text: its place in the order of time, its id, its outlet and day."""

    place: int
    id: str
    outlet: str | None
    published: str | None

    @property
    def moment(self) -> tuple[int, str]:
        """What puts documents in the order of time; those of one day in an order of their ids' hashes."""
        return self.place, self.id


def frame_of(document: Document) -> Frame:
    """Return the frame of a document."""
    published = document.metadata.published
    return Frame(_place(published, document.id), document.id, outlet_of(document), published)


def sketch_of(document: Document) -> Hashes:
    """Return the sketch of a document, of a very long one that of its beginning."""
    return sketch_text(document.text[:LONGEST])


def _place(published: str | None, identity: str) -> int:
    """Return a place in the order of time as one number: the day, "2022-09" before its days, then a hash of the id."""
    date = _DATE.match(published or "")
    year, month, day = (int(part or 0) for part in date.groups()) if date else (0, 0, 0)
    hashed = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (year * 10_000 + month * 100 + day << _PLACE_BITS) + (int.from_bytes(hashed, "big") >> 64 - _PLACE_BITS)
