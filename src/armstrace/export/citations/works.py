"""What a citation needs of a document: each once, with a key that does not depend on what is cited beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from armstrace.export.addresses import address_iri
from armstrace.export.plain import plain
from armstrace.export.record import Cited, Record
from armstrace.ids import content_id

_ID: Final = re.compile("[0-9a-f]{16,64}")
_MOMENT_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(T|$)")
_LONGEST_NAME: Final = 20  # characters of an outlet in a key
_UNNAMED: Final = "document"


@dataclass(frozen=True, slots=True)
class Work:
    """A document as it is cited; all text is one safe line, "" for what is not known.

    Attributes:
        key: by which it is cited: outlet, year, id.
        title: its own; byline and outlet likewise.
        byline: as it stands, not taken apart into names.
        outlet: who published it.
        language: ISO 639-1.
        published: year, month and day as far as known.
        seen: day on which its bytes came here, as ISO day.
        url: in ASCII, percent-encoded.
        note: how to find the very bytes again.
    """

    key: str
    title: str
    byline: str
    outlet: str
    language: str
    published: tuple[int, ...]
    seen: str
    url: str
    note: str


def cited_works(records: Iterable[Record]) -> list[Work]:
    """Return the documents of records, each once, by key."""
    found = {one.id: one for record in records for one in record.documents.values()}
    return sorted(map(_work, found.values()), key=lambda one: one.key)


def _work(cited: Cited) -> Work:
    published = date_parts(cited.published)
    return Work(
        key=_key(cited, published),
        title=plain(cited.title or ""),
        byline=plain(cited.byline or ""),
        outlet=plain(cited.outlet or ""),
        language=plain(cited.language or ""),
        published=published,
        seen=_day(cited.captured),
        url=address_iri(cited.url) or "" if cited.url else "",
        note=f"Document {plain(cited.id)}, {plain(cited.format)}; SHA-256 of the bytes read: {plain(cited.sha256)}",
    )


def date_parts(text: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO date, as many as it tells; nothing where it is none."""
    parts = (text or "").split("-")
    if len(parts) > 3 or not all(one.isascii() and one.isdigit() for one in parts) or len(parts[0]) != 4:  # noqa: PLR2004
        return ()
    numbers = tuple(map(int, parts))
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return ()
    return numbers


def _key(cited: Cited, published: tuple[int, ...]) -> str:
    """Return letters and digits alone, so that no program stumbles: ``examplewire2031-0a1b...``; never two alike."""
    identity = cited.id if _ID.fullmatch(cited.id) else content_id(cited.id)
    year = f"{published[0]:04}" if published else ""
    return f"{''.join(_letters(cited.outlet or ''))[:_LONGEST_NAME] or _UNNAMED}{year}-{identity}"


def _letters(name: str) -> Iterator[str]:
    return (one for one in unicodedata.normalize("NFKD", name.casefold()) if one.isascii() and one.isalnum())


def _day(moment: str | None) -> str:
    found = _MOMENT_DAY.match(moment or "")
    return found[1] if found and len(date_parts(found[1])) == 3 else ""  # noqa: PLR2004
