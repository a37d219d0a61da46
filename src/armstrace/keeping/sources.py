"""Whom claims name as their sources, and the outlets that printed them: one id for whatever names one goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from armstrace.ids import content_id
from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.match import Matcher
from armstrace.model import Source, SourceKind
from armstrace.register.fields import plain_name
from armstrace.register.known import known_from
from armstrace.register.record import mark_sources
from armstrace.register.types import Transfer
from armstrace.store.sources import SourceMark, ToldSource
from armstrace.told import Told

_PRESS: Final = frozenset({SourceKind.OUTLET, SourceKind.STATE_MEDIA})


class _Known(NamedTuple):
    """A source as it is counted: its id, what it is called, its kind and country ("" where nobody knows)."""

    id: str
    label: str
    kind: SourceKind
    country: str


class Sources:
    """Tells sources apart by name, kind and country; an outlet that the lexicon has goes by its name there."""

    def __init__(self, names: Matcher) -> None:
        self._names = names
        self._known: dict[tuple[str, SourceKind, str | None], _Known] = {}

    def told(self, told: Told) -> Iterator[ToldSource]:
        """Yield the sources of a claim, each once: those of its chain, then the outlet that prints what others say."""
        day = known_from(told.published) or ""
        seen: set[str] = set()
        publisher = _publisher(told)
        chain = [(source, False) for source in told.claim.attribution]
        for source, is_carrier in (*chain, *([(publisher, True)] if publisher else [])):
            known = self._find(source)
            if known.id not in seen and known.label:
                seen.add(known.id)
                yield ToldSource(
                    told.claim.id, known.id, known.label, source.name, known.kind, known.country, is_carrier, day
                )

    def marks(self, transfer: Transfer) -> Iterator[SourceMark]:
        """Yield what became of the words of the sources of a transfer."""
        ids = {
            told.claim.id: tuple(row.source_id for row in self.told(told))
            for told in (*transfer.claims, *transfer.context)
        }
        for mark in mark_sources(transfer, lambda told: ids[told.claim.id], self._publisher_id):
            yield SourceMark(
                transfer.id, mark.source, mark.is_followed, mark.is_confirmed, mark.is_denied, mark.is_taken_back
            )

    def _publisher_id(self, told: Told) -> str | None:
        publisher = _publisher(told)
        return self._find(publisher).id if publisher else None

    def _find(self, source: Source) -> _Known:
        key = (source.name, source.kind, source.country)
        if key not in self._known:
            self._known[key] = self._identify(source)
        return self._known[key]

    def _identify(self, source: Source) -> _Known:
        label, kind, country = source.name, source.kind, source.country
        if kind in _PRESS:
            label, kind, country = self._outlet(source)
        label = " ".join(label.split())
        return _Known(content_id("source", plain_name(label) or label, kind, country or ""), label, kind, country or "")

    def _outlet(self, source: Source) -> tuple[str, SourceKind, str | None]:
        """Return an outlet as the lexicon has it, if the whole name is one of its names there."""
        hits = self._names.find(source.name)
        whole = [hit for hit in hits if plain_name(hit.span.of(source.name)) == plain_name(source.name)]
        entry = next((e for hit in whole for e in hit.entries if e.kind is EntryKind.OUTLET and e.strong), None)
        if entry is None:
            return source.name, source.kind, source.country
        kind = SourceKind.STATE_MEDIA if entry.detail == SourceKind.STATE_MEDIA else SourceKind.OUTLET
        return entry.label, kind, entry.country


def _publisher(told: Told) -> Source | None:
    """Return the outlet that published a claim's document; as its chain has it, where it speaks in its own voice."""
    if not told.outlet:
        return None
    own = plain_name(told.outlet)
    spoken = (one for one in told.claim.attribution if one.kind in _PRESS and plain_name(one.name) == own)
    return next(spoken, Source(told.outlet, SourceKind.OUTLET, None, named=True))
