"""Who sells, who buys and who says so in an official notice: names of the lexicon, read without a parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from armstrace.document import Span
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.model import Party, Source, SourceKind
from armstrace.text.notices import Notice

_BUYERS = (EntryKind.INSTITUTION, EntryKind.BODY, EntryKind.COUNTRY, EntryKind.PLACE, EntryKind.GROUP)
_AUTHORITIES = (EntryKind.INSTITUTION, EntryKind.COUNTRY, EntryKind.ADJECTIVE)
# Between coordinated purchasers: "the Governments of Lithuania and the Republic of Latvia".
_AND = re.compile(
    r"(?:,|,?\s+and)\s+(?:the\s+)?(?:(?:Government|Republic|Kingdom|State|Sultanate)s?\s+of\s+(?:the\s+)?){0,2}"
)
_LONGEST_NAME = 80
_NAME_END = re.compile(r"[\n(;]")


class Authority(NamedTuple):
    """The state whose government notifies, and that government as the source."""

    party: Party | None
    source: Source


def find_purchasers(text: str, notice: Notice, lexicon: Lexicon) -> tuple[Party, ...]:
    """Return the purchasers, coordinated ones each for itself; the words of the form where no list knows the name."""
    for stretch in notice.purchaser:
        found = parties_in(text, stretch, lexicon)
        if found:
            return found
    if not notice.lists or notice.lists[0].sentence is not None or not notice.purchaser:
        return ()
    start, end = notice.purchaser[0]
    over = _NAME_END.search(text, start, end)
    span = Span(start, over.start() if over else end)
    words = span.of(text).rstrip(" .")
    return (Party(None, words, words, Span(start, start + len(words))),) if 0 < len(words) <= _LONGEST_NAME else ()


def parties_in(text: str, stretch: Span, lexicon: Lexicon) -> tuple[Party, ...]:
    """Return the first party that a stretch names, with those coordinated with it."""
    named = _named(text, stretch, lexicon, _BUYERS)
    parties: list[Party] = []
    for span, entry in named:
        if parties and not _AND.fullmatch(text, _end(parties[-1]), span.start):
            break
        parties.append(_party(text, span, entry))
    return tuple(parties)


def find_authority(text: str, notice: Notice, lexicon: Lexicon) -> Authority:
    """Return the seller and the source: the body that notifies, else the state of the programme that is named.

    Without either the seller is unknown, and the notice itself is the source.
    """
    cue = notice.basis.of(text)
    for stretch in notice.authority:
        for span, entry in _named(text, stretch, lexicon, _AUTHORITIES)[:1]:
            words = span.of(text)
            source = Source(words, SourceKind.GOVERNMENT, entry.country, named=True, cue=cue, span=span)
            return Authority(Party(entry.country, None, words, span), source)
    country, named = notice.programme or (None, None)
    source = Source(cue, SourceKind.DOCUMENT, country, named=True, cue=cue, span=notice.basis)
    return Authority(Party(country, None, named.of(text), named) if named else None, source)


def _named(text: str, stretch: Span, lexicon: Lexicon, kinds: Sequence[EntryKind]) -> list[tuple[Span, Entry]]:
    """Return the names of a stretch that stand for one of the kinds, the kinds counting in their order."""
    found = []
    for hit in lexicon.matcher.find(stretch.of(text)):
        entries = sorted((e for e in hit.entries if e.kind in kinds), key=lambda e: kinds.index(e.kind))
        if entries and not any(e.kind is EntryKind.NOT_PARTY for e in hit.entries):
            found.append((Span(hit.span.start + stretch.start, hit.span.end + stretch.start), entries[0]))
    return found


def _party(text: str, span: Span, entry: Entry) -> Party:
    organisation = None if entry.kind in {EntryKind.COUNTRY, EntryKind.PLACE} else entry.label
    return Party(entry.country, organisation, span.of(text), span)


def _end(party: Party) -> int:
    return party.span.end if party.span else 0
