"""What the words for a party and for days mean to the law: parts of a question, by the lexicon."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from armstrace.embargo.findings import AskedParty, AskedTime
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.text.calendar_periods import parse_published

_CODE: Final = 2  # letters of a country's code
_UNTOLD = frozenset({"", "unknown", "?"})
_NATIONAL = (
    EntryKind.COUNTRY,
    EntryKind.CAPITAL,
    EntryKind.SEAT,
    EntryKind.NICKNAME,
    EntryKind.PEOPLE,
    EntryKind.ADJECTIVE,
    EntryKind.PLACE,
)
_OF_STATE = frozenset({EntryKind.INSTITUTION, EntryKind.LEADER})
_NAMED = (EntryKind.GROUP, EntryKind.INSTITUTION, EntryKind.COMPANY, EntryKind.BODY)
PARTIES = frozenset({*_NATIONAL, *_OF_STATE, *_NAMED, EntryKind.INSTITUTION_NOUN, EntryKind.GROUP_NOUN})
_OPPOSED = frozenset({"opposition", "government-in-waiting"})


def entry_of(hit: Hit, kinds: Collection[EntryKind]) -> Entry | None:
    """Return the first meaning of a name that is of one of some kinds."""
    return next((entry for entry in hit.entries if entry.kind in kinds), None)


def read_party(words: str, lexicon: Lexicon) -> AskedParty | None:
    """Return the party that a code or words mean; None where they say that nobody knows, or nothing known."""
    words = words.strip()
    if len(words) == _CODE and words.upper() in lexicon.country_labels:
        return AskedParty(words.upper())
    for written in (words, words.title()):
        hits = [hit for hit in lexicon.matcher.find(written) if entry_of(hit, PARTIES)]
        if hits:
            return _party(written, hits)
    return None


def is_untold(words: str | None) -> bool:
    """Tell whether words say that nothing is told."""
    return words is None or words.strip().casefold() in _UNTOLD


def read_days(words: str) -> AskedTime | None:
    """Return the days of ``2022-09-06``, ``2022-09``, ``2022`` or a range ``2018..2021``, open at either end.

    None for what is no date.
    """
    start, dots, end = words.strip().partition("..")
    first = parse_published(start.strip())
    last = parse_published(end.strip()) if dots else first
    missing = (not first and start.strip()) or (dots and not last and end.strip())
    if missing or not (first or last):
        return None
    found = AskedTime(first.start if first else None, last.end if last else None)
    return None if found.first and found.last and found.first > found.last else found


def _party(words: str, hits: Sequence[Hit]) -> AskedParty:
    named = [entry for kind in _NAMED for hit in hits if (entry := entry_of(hit, {kind}))]
    countries = [entry for kind in _NATIONAL for hit in hits if (entry := entry_of(hit, {kind}))]
    leaders = [entry for hit in hits if (entry := entry_of(hit, {EntryKind.LEADER}))]
    group_nouns = [entry.label for hit in hits if (entry := entry_of(hit, {EntryKind.GROUP_NOUN}))]
    places = [hit.span.of(words) for hit in hits if entry_of(hit, {EntryKind.PLACE})]
    acts_in = tuple(dict.fromkeys(code for entry in named for code in entry.acts_in))
    told = [entry.country for entry in (*countries, *named, *leaders) if entry.country]
    names = [entry.label for entry in named] or ([] if _of_state(hits) else group_nouns)
    return AskedParty(
        country=told[0] if told else None,
        names=tuple(dict.fromkeys(names)),
        is_government=_is_government(hits),
        places=tuple(dict.fromkeys(places)),
        acts_in=acts_in,
    )


def _is_government(hits: Sequence[Hit]) -> bool | None:
    """Tell whether a state acts: by its institution or leader; groups are none, but for those that claim to be one."""
    groups = [entry for hit in hits if (entry := entry_of(hit, {EntryKind.GROUP, EntryKind.GROUP_NOUN}))]
    if any(entry.detail in _OPPOSED for entry in groups):
        return None
    if any(entry.kind is EntryKind.GROUP for entry in groups):
        return False
    if _of_state(hits):
        return True
    return False if groups else None


def _of_state(hits: Iterable[Hit]) -> bool:
    kinds = {*_OF_STATE, EntryKind.INSTITUTION_NOUN}
    return any((entry := entry_of(hit, kinds)) and entry.detail not in _OPPOSED for hit in hits)
