"""Forms: the fields of a text that is laid out as labels and what stands after them.

"(i) Prospective Purchaser: Government of X" is the field ``purchaser``. Which labels there are, and which field each
one names, is told by ``notices.yml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from armstrace.document import Span
from armstrace.text.numerals import FLAGS, GAP, LEFT
from armstrace.text.paragraphs import trim_span
from armstrace.text.tables import flatten, load_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARKER = r"\([ivx]{1,5}\)[ \t]{1,4}(?:\(U\)[ \t])?"
_COLON = r"[ \t]?\*?[ \t]?:"


class Field(NamedTuple):
    """One field: its name, the words of its label, and what stands after them."""

    name: str
    label: Span
    span: Span


class Labels(NamedTuple):
    """The labels of ``notices.yml`` as patterns, and the field that each names."""

    pattern: re.Pattern[str]
    ends: re.Pattern[str]
    names: Mapping[str, str]


def read_fields(text: str) -> tuple[Field, ...]:
    """Return the fields of a text in order; each runs to the next label, marker or end that the table knows."""
    labels = load_labels()
    found = list(labels.pattern.finditer(text))
    ends = [match.start() for match in labels.ends.finditer(text)]
    borders = [*sorted((*(match.start() for match in found), *ends)), len(text)]
    fields = []
    for match in found:
        label = Span(*match.span("label" if match["label"] else "plain"))
        name = labels.names[" ".join(label.of(text).lower().split())]
        end = borders[bisect_left(borders, match.end())]
        fields.append(Field(name, label, trim_span(text, match.end(), end)))
    return tuple(fields)


def phrase_pattern(phrases: Iterable[str]) -> str:
    """Return a pattern of phrases taken literally, longest first, with any gap for their blanks."""
    words = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", GAP) for phrase in words) + ")"


@cache
def load_labels() -> Labels:
    """Return the labels of ``notices.yml``; the same at every call."""
    table = load_table("notices")
    names = {label: field for field, rows in table["labels"].items() for label in flatten(rows)}
    known = phrase_pattern(names)
    anywhere = phrase_pattern(table["anywhere"])
    pattern = (
        rf"(?:(?:^[ \t]*|{LEFT})(?:{_MARKER})|^[ \t]*)(?P<label>{known}){_COLON}"
        rf"|{LEFT}(?P<plain>{anywhere}){_COLON}"
    )
    ending = (*table["ends"], *flatten((*table["refused"], *table["licensed"])))
    ends = rf"(?i:^[ \t]*{phrase_pattern(ending)})|(?:^[ \t]*|(?<=\s)){_MARKER}(?=[A-Z])"
    return Labels(re.compile(pattern, FLAGS | re.MULTILINE), re.compile(ends, re.ASCII | re.MULTILINE), names)
