"""Sources that no list names: outlets told by the form of their name, people in the know, voices of a region."""

from __future__ import annotations

from armstrace.extract.outlets import named_outlet
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.model import Source, SourceKind

_KNOWING = 3  # words between "people" and "familiar"
_PHRASE = 8  # words after "people" that are told as part of their name
NOWHERE = ""  # of no one state, whatever state spoke last


def unlisted_source(reading: Reading, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
    """Return the outlet, people in the know or voices of a region that a phrase names, or None."""
    return (
        named_outlet(reading, sentence, indices)
        or _people_in_the_know(reading, sentence, index, indices)
        or _voices_of_a_region(reading, sentence, index, indices)
    )


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


def _voices_of_a_region(reading: Reading, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
    """Return "leaders of Gulf Arab states", "officials from several African countries": they speak for no one state."""
    tree = sentence.tree
    speaker = reading.lexicon.speakers.get(tree.token(index).text.lower())
    if speaker is None or tree.token(index).xpos != "NNS":
        return None
    for states in tree.children(index, "nmod"):
        inside = tree.noun_phrase(states)
        named = any(tree.token(i).text in tree.sets["regions"] for i in inside)
        of_states = tree.token(states).lemma.lower() in tree.sets["groups-of-states"]
        if tree.prepositions(states) in {"of", "from"} and named and of_states:
            phrase = tree.span([*indices, max(inside)])
            return Source(reading.words(phrase), speaker.anonymous, NOWHERE, named=False, span=phrase)
    return None
