"""How a table of words is written in this package: words in one string, apart by white space or by bars."""

from __future__ import annotations


def read_words(table: str) -> frozenset[str]:
    """Return the words of a table that holds one word between white space."""
    return frozenset(table.split())


def read_phrases(table: str) -> frozenset[str]:
    """Return the phrases of a table that holds phrases between bars; line breaks count as spaces."""
    return frozenset(" ".join(phrase.split()) for phrase in table.split("|"))
