"""What the watcher fetched, as texts: a page, or those entries of a feed that hold their full text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from armstrace.document import Capture, Metadata
from armstrace.errors import InputError
from armstrace.fetch.events import FetchedFeed, FetchedPage
from armstrace.ingest.feeds import unpack_feed
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.walk import Found, read_piece
from armstrace.webpages import name_of, piece_of


def texts_of(event: FetchedPage | FetchedFeed) -> Iterator[Found]:
    """Yield the texts that an event brings, and what of them could not be read.

    What the feed said of a page (title, day) counts where the page itself says nothing; the outlet that the feeds file
    names counts before the feed's title.
    """
    if isinstance(event, FetchedPage):
        link = event.link
        found = "feed" if link.published else None
        said = Metadata(event.source.outlet, link.published, link.title, published_from=found)
        yield from read_piece(piece_of(event.fetched, said))
    else:
        yield from _entries(event)


def _entries(event: FetchedFeed) -> Iterator[Found]:
    fetched = event.fetched
    capture = Capture(fetched.final_address, fetched.moment, fetched.headers)
    known = Metadata(event.source.outlet, url=fetched.final_address)
    container = Container(name_of(fetched.final_address), io.BytesIO(fetched.body), capture, known)
    wanted = {link.id for link in event.links}
    try:
        for entry in unpack_feed(container):
            if isinstance(entry, Piece) and entry.name in wanted:
                yield from read_piece(entry)
            elif isinstance(entry, RawText) and entry.id in wanted:
                yield entry
    except InputError as error:
        yield Unread(fetched.final_address, str(error))
