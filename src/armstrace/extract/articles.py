"""What an article of a list is: kind and designation by its words alone, for lists have no sentences to parse."""

from __future__ import annotations

import re

from armstrace.document import Span
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.model import Category, Item
from armstrace.text.notice_phrases import load_services

# The head of "pods with insensitive munitions", "assemblies for LAIRCM systems" stands before these.
_HEAD_END = re.compile(r"\s(?:with|for|of|to|in|on|including|that|which|from|by|as)\s|,|\s\(|\s[-–—]\s")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
# A word with capital and figure, its parts joined by signs (T700-GE-701D, M31A2), or a United States type designation
# of electronics, with a blank at times (AN/AAR-57(V)2, "AN/AAQ 24(V)N").
_DESIGNATION = re.compile(
    r"(?<![\w/-])(?:AN/[A-Z]{1,4}[ -]?[0-9]|(?=[A-Za-z/()+.-]*[0-9])[A-Z])"
    r"[A-Za-z0-9]*(?:[/+.-]?(?:\([A-Z0-9]{1,3}\))?[A-Za-z0-9]+)*"
)


def head_of(words: str) -> str:
    """Return the words up to the first that only qualify: of "pods with fuzes" the pods."""
    end = _HEAD_END.search(words)
    return words[: end.start()] if end and end.start() else words


def is_service(words: str) -> bool:
    """Tell whether an entry is a service or a paper ("technical and logistics support services"), no article."""
    found = _WORD.findall(head_of(words))
    return bool(found) and found[-1].lower() in load_services()


def read_article(text: str, span: Span, lexicon: Lexicon) -> Item:
    """Return the item that a list names by the words of ``span``; of an unknown kind where no word tells it."""
    words = span.of(text)
    head = head_of(words)
    within_head = _arms_in(head, lexicon)
    types, nouns = _split(within_head or _arms_in(words, lexicon))
    last = nouns[-1].category if nouns else None
    if within_head and last is Category.COMPONENTS:
        category = Category.COMPONENTS
    else:
        category = next((e.category for e in (*types, *reversed(nouns)) if e.category), Category.OTHER)
    # "F117-PW-100 engines" are no F-117: a part goes by its own designation.
    known = types[0] if types and within_head and category is not Category.COMPONENTS else None
    shaped = _DESIGNATION.search(head)
    designation = known.label if known else shaped.group() if shaped else None
    return Item(designation, words, category, span, lexicon.item_codes.certain(category, words, designation))


def _arms_in(words: str, lexicon: Lexicon) -> list[Entry]:
    """Return the meanings as arms of the names and nouns in some words, listed designations and patterns both."""
    arms = (EntryKind.WEAPON_TYPE, EntryKind.WEAPON_NOUN)
    found: list[tuple[int, Entry]] = []
    for hit in lexicon.matcher.find(words):
        if not any(entry.kind is EntryKind.NOT_ARMS for entry in hit.entries):
            found += [(hit.span.start, entry) for entry in hit.entries if entry.kind in arms][:1]
    found += [(hit.span.start, entry) for hit in lexicon.designations.find(words) for entry in hit.entries]
    return [entry for _, entry in sorted(found, key=lambda each: each[0])]


def _split(arms: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    return (
        [entry for entry in arms if entry.kind is EntryKind.WEAPON_TYPE],
        [entry for entry in arms if entry.kind is EntryKind.WEAPON_NOUN],
    )
