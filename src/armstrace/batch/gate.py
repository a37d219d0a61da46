"""The relevance gate of a batch: what can hold no transfer costs next to nothing.

It opens for what it cannot judge: tables, which hold rows and no sentences, and files that are neither page nor text
until their text is taken out.
"""

from __future__ import annotations

from io import BytesIO

from armstrace.extract.sipri import FORMAT as SIPRI
from armstrace.ingest.formats import HEAD, Format, tell_format
from armstrace.ingest.raw import RawText
from armstrace.lexicon.load import Lexicon
from armstrace.relevance import may_hold_transfer, may_hold_transfer_markup


def passes_text(raw: RawText, lexicon: Lexicon) -> bool:
    """Tell whether a text, as it came, may hold a transfer; its title is looked at with it."""
    return raw.format == SIPRI or may_hold_transfer(f"{raw.metadata.title or ''}\n{raw.text}", lexicon)


def passes_bytes(data: bytes, lexicon: Lexicon) -> bool:
    """Tell whether bytes, as they came, may hold a transfer: a page is judged with all its menus."""
    is_page = tell_format(data[:HEAD], BytesIO(data)) is Format.HTML
    return not is_page or may_hold_transfer_markup(data, lexicon)
