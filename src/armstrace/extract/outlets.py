"""Outlets: the publishing one, those that only the form of their name tells, and reports without a name."""

from __future__ import annotations

import re

from armstrace.document import Span
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import folded
from armstrace.model import Source, SourceKind

# What tells an outlet's country in its name ("Kenyan Tribune", "Nairobi Courier").
_NATIONAL = frozenset(
    {EntryKind.ADJECTIVE, EntryKind.COUNTRY, EntryKind.CAPITAL, EntryKind.PEOPLE, EntryKind.PLACE, EntryKind.NICKNAME}
)
_OFFICES = frozenset(
    {
        EntryKind.INSTITUTION,
        EntryKind.COMPANY,
        EntryKind.THINK_TANK,
        EntryKind.BODY,
        EntryKind.GROUP,
        EntryKind.NOT_PARTY,
    }
)
_TOWN = 3  # words of the longest name of a town
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|net|org|info|news|tv)", re.IGNORECASE)
_STATE = re.compile(r"\bstate\b", re.IGNORECASE)
_ABOUT = frozenset({"on", "for", "against"})  # "Panel on South Sudan" is of another place


def named_outlet(reading: Reading, sentence: SentenceReading, indices: list[int]) -> Source | None:
    """Return the outlet that a phrase names by a name of the press's own form ("the Lakeside Courier"), else None.

    Its country is told only by a strong name or an adjective within the name.
    """
    tree = sentence.tree
    name = _name(sentence, indices)
    words = [tree.token(i).text for i in name]
    if not words or any(e.kind in _OFFICES for i in name for e in sentence.entries(i)):
        return None
    formed = len(words) > 1 and (words[-1] in tree.sets["outlet-heads"] or words[0] in tree.sets["outlet-openings"])
    if not formed and not _SITE.fullmatch(words[-1]):
        return None
    whole = reading.words(tree.span(name))
    kind = SourceKind.STATE_MEDIA if _STATE.search(whole) else SourceKind.OUTLET
    return Source(whole, kind, country_in_name(whole, reading.lexicon), named=True)


def country_in_name(name: str, lexicon: Lexicon) -> str | None:
    """Return the one country that an outlet's name tells, by a strong name, an adjective or a town; else None."""
    entries = [e for hit in lexicon.matcher.find(name) for e in hit.entries]
    words = folded(name).replace("-", " ").split()
    if _ABOUT & {*words} or any(e.kind in _OFFICES for e in entries):
        return None
    told = {e.country for e in entries if e.kind in _NATIONAL and e.strong and e.country}
    runs = (" ".join(words[i : i + n]) for n in range(1, _TOWN + 1) for i in range(len(words) - n + 1))
    told |= {lexicon.towns[run] for run in runs if run in lexicon.towns}
    return told.pop() if len(told) == 1 else None


def _name(sentence: SentenceReading, indices: list[int]) -> list[int]:
    """Return the run of capitalised words that ends a phrase."""
    name: list[int] = []
    for index in reversed(indices):
        if not sentence.tree.token(index).text[:1].isupper() and not _SITE.fullmatch(sentence.tree.token(index).text):
            break
        name.insert(0, index)
    return name


def outlet_kind(entry: Entry) -> SourceKind:
    """Return whether an outlet is state media or any other outlet."""
    return SourceKind.STATE_MEDIA if entry.detail == "state-media" else SourceKind.OUTLET


def publisher(reading: Reading) -> Source:
    """Return the publishing outlet as the source of what it says in its own voice; it has no span."""
    metadata = reading.document.metadata
    if reading.outlet:
        return Source(
            metadata.outlet or reading.outlet.label,
            outlet_kind(reading.outlet),
            reading.outlet.country,
            named=True,
        )
    return Source(metadata.outlet or "the publishing outlet", SourceKind.OUTLET, None, named=bool(metadata.outlet))


def outlet_names(reading: Reading) -> tuple[str, ...]:
    """Return the names of the publishing outlet: as given, and as the lexicon has it."""
    given = reading.document.metadata.outlet
    return (*([given] if given else ()), *([reading.outlet.label] if reading.outlet else ()))


def unnamed_reports(words: str, span: Span) -> Source:
    """Return the unnamed reports that "reportedly" speaks of."""
    return Source(words, SourceKind.OUTLET, None, named=False, span=span)
