"""What a person types to search, taken apart: words, "phrases", -without, beginning*. Nothing else has a meaning."""

from __future__ import annotations

import re
from typing import NamedTuple

from armstrace.errors import StoreError
from armstrace.store.words import find_words

MOST_TERMS = 50
MOST_WORDS = 500  # of all of them: each is looked for behind each word of what is shown
_PIECE = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))')


class Term(NamedTuple):
    """Words that must (or must not) stand one after the other; of the last one only the beginning if ``prefix``."""

    forms: tuple[str, ...]
    prefix: bool = False
    negated: bool = False


def parse_terms(words: str) -> tuple[Term, ...]:
    """Return the terms of a query; signs that are no words are passed over.

    Raises:
        StoreError: there are more than ``MOST_TERMS``, or of more than ``MOST_WORDS`` words.
    """
    terms: list[Term] = []
    for match in _PIECE.finditer(words):
        shown = match["phrase"] if match["bare"] is None else match["bare"]
        forms = tuple(word.form for word in find_words(shown))
        if forms:
            terms.append(Term(forms, shown.endswith("*"), bool(match["minus"])))
    if len(terms) > MOST_TERMS:
        raise StoreError(f"the search holds {len(terms)} terms; give at most {MOST_TERMS}")
    if (count := sum(len(term.forms) for term in terms)) > MOST_WORDS:
        raise StoreError(f"the search holds {count} words; give at most {MOST_WORDS}")
    return tuple(dict.fromkeys(terms))


def sqlite_query(terms: tuple[Term, ...]) -> str:
    """Return terms as FTS5 takes them: all must be found. Words hold letters and digits alone, so none can end it."""
    return " AND ".join(f'"{" ".join(term.forms)}"{" *" if term.prefix else ""}' for term in terms)


def postgres_query(terms: tuple[Term, ...]) -> str:
    """Return terms as a tsquery: all must be found."""
    return " & ".join(_postgres_term(term) for term in terms)


def _postgres_term(term: Term) -> str:
    words = [f"'{form}'" for form in term.forms]
    if term.prefix:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})"
