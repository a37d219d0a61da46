"""Who a person is: public figures that the lexicon knows, and the words of a title."""

from __future__ import annotations

from armstrace.extract.reading import SentenceReading
from armstrace.extract.tree import Tree
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Source, SourceKind


def leader_at(sentence: SentenceReading, index: int) -> Source | None:
    """Return a public figure whom the lexicon knows, with the state that he or she speaks for."""
    leaders = sentence.entries(index, EntryKind.LEADER)
    return Source(leaders[0].label, SourceKind.OFFICIAL_NAMED, leaders[0].country, named=True) if leaders else None


def title_words(tree: Tree, index: int) -> list[int]:
    """Return the words under a title, without what is told of events and places ("a veteran of the war in Iraq")."""
    found, open_words = [], [index]
    while open_words:
        word = open_words.pop()
        if tree.token(word).lemma.lower() not in tree.sets["no-party"]:
            found.append(word)
            open_words += tree.children(word)
    return sorted(found)
