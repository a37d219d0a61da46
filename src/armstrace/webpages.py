"""From addresses to texts: what was fetched is handed to the readers of its format, with what the answer says of it."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from armstrace.document import Capture, Metadata
from armstrace.fetch.fetched import Fetched, FetchError, FetchOptions
from armstrace.fetch.network import Network
from armstrace.fetch.polite import fetch_page
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.raw import Piece, Unread
from armstrace.ingest.walk import Found, Knows, read_piece


def read_address(
    address: str,
    options: FetchOptions,
    knows: Knows | None = None,
    *,
    network: Network | None = None,
    ignore_robots: bool = False,
) -> Iterator[Found]:
    """Yield the texts of a web page, feed, PDF or archive at an address, or why it could not be fetched."""
    try:
        fetched = fetch_page(address, options, network, ignore_robots=ignore_robots)
    except FetchError as error:
        yield Unread(address, str(error))
        return
    yield from read_piece(piece_of(fetched), knows)


def piece_of(fetched: Fetched, known: Metadata | None = None) -> Piece:
    """Return what was fetched as a piece to be read; ``known`` is what a feed said of it."""
    declared = Message()
    declared["content-type"] = fetched.header("content-type") or ""
    return Piece(
        name_of(fetched.final_address),
        fetched.body,
        Capture(fetched.final_address, fetched.moment, fetched.headers),
        joined_metadata(known, Metadata(url=fetched.final_address)),
        media_type=declared.get_content_type() if fetched.header("content-type") else None,
        charset=declared.get_content_charset(),
    )


def name_of(address: str) -> str:
    """Return how the document of an address is called: by the last part of its path, else by its host."""
    parts = urlsplit(address)
    last = next((part for part in reversed(parts.path.split("/")) if part), "")
    return tidy(PurePosixPath(unquote(last)).stem) or parts.hostname or address
