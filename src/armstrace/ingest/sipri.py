"""SIPRI's trade register: one document, and each line of it that cannot be read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from armstrace.document import Fact, Metadata
from armstrace.errors import InputError
from armstrace.extract.sipri import FORMAT, OUTLET
from armstrace.extract.sipri_rows import Aside, Table, find_table, read_rows
from armstrace.ingest.limits import read_bounded
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.published import read_published
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.text import decode_text

_TITLE: Final = "SIPRI Arms Transfers Database: trade register"
_MADE: Final = re.compile(r"(?:data|information) generated:?\s*(.+)", re.IGNORECASE)
_CHOSEN: Final = re.compile(r"transfers of major\b.*", re.IGNORECASE)
_YEARS: Final = re.compile(r"\b\d{4}\b")


def unpack_trade_register(container: Container) -> Iterator[RawText | Piece | Unread]:
    """Yield a trade register as one document, then each line that is kept aside.

    It is published on the day that the file names; one of the same choice of suppliers and recipients is another
    version of it (the fact "series").

    Raises:
        InputError: it is no trade register of SIPRI's, one that armstrace wrote, or none of its rows can be read.
    """
    source = container.capture.source or container.name
    data = read_bounded(container.stream, source)
    text, encoding = decode_text(data, source)
    table = find_table(text, source)
    rows = list(read_rows(text, source))
    aside = [row for row in rows if isinstance(row, Aside)]
    if len(aside) == len(rows):
        first = f"; line {aside[0].line} {aside[0].reason}" if aside else ""
        raise InputError(f"{source}: no row of the trade register can be read{first}")
    told = Metadata(OUTLET, _made(text, table), _TITLE, published_from="row 'Data generated'", language="en")
    facts = [Fact("series", chosen, None) for chosen in [_series(text, table)] if chosen]
    facts += [Fact("encoding", encoding, None)] if encoding != "UTF-8" else []
    yield RawText(
        container.name,
        text,
        joined_metadata(container.known, told),
        FORMAT,
        tuple(facts),
        evidence=data,
        capture=container.capture,
    )
    yield from (Unread(f"{source}, line {row.line}", row.reason) for row in aside)


def _made(text: str, table: Table) -> str | None:
    return next((read_published(found[1]) for line in _above(text, table) if (found := _MADE.match(line))), None)


def _series(text: str, table: Table) -> str | None:
    """Return by what suppliers and recipients were chosen, whatever the years; None where the file does not say."""
    line = next((line for line in _above(text, table) if _CHOSEN.match(line)), None)
    return f"{_TITLE}: {' '.join(_YEARS.sub('', line).split())}" if line else None


def _above(text: str, table: Table) -> list[str]:
    return [record.span.of(text).strip(' "') for record in table.above]
