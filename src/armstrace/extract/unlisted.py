"""Sources that no list names: outlets told by the form of their name, and people in the know."""

from __future__ import annotations

import re

from armstrace.extract.reading import Reading, SentenceReading
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Source, SourceKind

# What tells an outlet's country in its name ("Kenyan Tribune", "Nairobi Courier"): names that stand for one state alone.
_NATIONAL = (EntryKind.ADJECTIVE, EntryKind.COUNTRY, EntryKind.CAPITAL)
_OFFICES = (EntryKind.INSTITUTION, EntryKind.COMPANY, EntryKind.THINK_TANK, EntryKind.BODY, EntryKind.GROUP)
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|net|org|info|news|tv)", re.IGNORECASE)
_KNOWING = 3  # words between "people" and "familiar"
_PHRASE = 8  # words after "people" that are told as part of their name
_STATE = re.compile(r"\bstate\b", re.IGNORECASE)


def unlisted_source(reading: Reading, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
    """Return the outlet or the people in the know that a phrase names, where it names such; else None."""
    return named_outlet(reading, sentence, indices) or _people_in_the_know(reading, sentence, index, indices)


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
    told = [e.country for i in name for e in sentence.entries(i, *_NATIONAL) if e.strong and e.country]
    kind = SourceKind.STATE_MEDIA if _STATE.search(" ".join(words)) else SourceKind.OUTLET
    return Source(reading.words(tree.span(name)), kind, told[0] if told else None, named=True)


def _name(sentence: SentenceReading, indices: list[int]) -> list[int]:
    """Return the run of capitalised words that ends a phrase."""
    name: list[int] = []
    for index in reversed(indices):
        if not sentence.tree.token(index).text[:1].isupper() and not _SITE.fullmatch(sentence.tree.token(index).text):
            break
        name.insert(0, index)
    return name


def _people_in_the_know(reading: Reading, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
    """Return unnamed people who are said to know ("two people familiar with the contract"), else None."""
    tree = sentence.tree
    if tree.token(index).lemma.lower() not in tree.sets["people"]:
        return None
    after = [tree.token(i).lemma.lower() for i in range(index + 1, min(len(tree), index + 1 + _KNOWING))]
    if not tree.sets["knowing"].intersection(after):
        return None
    told = [i for i in tree.subtree(index) if i > index and tree.token(i).upos != "PUNCT"]
    phrase = tree.span([*indices, *(i for n, i in enumerate(told[:_PHRASE]) if i == index + 1 + n)])
    return Source(reading.words(phrase), SourceKind.OFFICIAL_ANONYMOUS, None, named=False, span=phrase)
