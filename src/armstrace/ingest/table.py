"""Which function reads which format; each is loaded when the first file of its format comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final, cast

from armstrace.ingest.formats import Format
from armstrace.ingest.raw import Container, Piece, RawText, Unread

Read = Callable[[Piece], RawText]
Unpack = Callable[[Container], Iterator[Piece | RawText | Unread]]

_READERS: Final[Mapping[Format, str]] = {
    Format.TEXT: "text:read_plain_text",
    Format.HTML: "html:read_html",
    Format.PDF: "pdf:read_pdf",
    Format.DOCX: "docx:read_docx",
    Format.ODT: "odt:read_odt",
}
_UNPACKERS: Final[Mapping[Format, str]] = {
    Format.MAIL: "mail:unpack_mail",
    Format.MBOX: "mail:unpack_mbox",
    Format.FEED: "feeds:unpack_feed",
    Format.JSON_LINES: "json_lines:unpack_json_lines",
    Format.CSV: "csv_rows:unpack_csv",
    Format.SIPRI: "sipri:unpack_trade_register",
    Format.WARC: "warc:unpack_warc",
    Format.WACZ: "wacz:unpack_wacz",
    Format.ZIP: "zip:unpack_zip",
    Format.TAR: "tar:unpack_tar",
    Format.GZIP: "gzipped:unpack_gzip",
}


def is_container(form: Format) -> bool:
    """Tell whether a file of the format may hold several documents."""
    return form in _UNPACKERS


def reader_of(form: Format) -> Read:
    """Return what reads one document of a format."""
    return cast("Read", _load(_READERS[form]))


def unpacker_of(form: Format) -> Unpack:
    """Return what unpacks a container of a format."""
    return cast("Unpack", _load(_UNPACKERS[form]))


@cache
def _load(place: str) -> object:
    module, name = place.split(":")
    return getattr(import_module(f"armstrace.ingest.{module}"), name)
