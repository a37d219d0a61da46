"""What the words for arms mean to the law: the items, who made them, and the end user whom they may name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armstrace.asking import PARTIES, entry_of, read_party
from armstrace.document import Span
from armstrace.embargo.findings import AskedItem, AskedParty
from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.lexicon.type_facts import facts_for
from armstrace.model import Category

_LONGEST = 1000  # characters; parts of parts of parts would go as deep as there are words
_WHITHER = re.compile(r"\b(?:destined for|bound for|for|to|into|in)\s+", re.IGNORECASE)
_MADE = re.compile(r"[- ](?:made|built|designed|produced|manufactured)\b", re.IGNORECASE)
_APART = re.compile(r"[,;&]|\b(?:and|or|with|plus|including)\b", re.IGNORECASE)  # what parts the words of two things
_LISTED = re.compile(r"\s*(?:,|;|\band\b|\bor\b|&)\s*", re.IGNORECASE)
_ARMS = frozenset({EntryKind.WEAPON_TYPE, EntryKind.WEAPON_NOUN})
_MAKERS = frozenset({EntryKind.COUNTRY, EntryKind.ADJECTIVE, EntryKind.PEOPLE})


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What the words for arms say: the items, who made them, and who is to use them where they tell that too."""

    items: tuple[AskedItem, ...]
    makers: tuple[str, ...] = ()
    user: AskedParty | None = None


def read_items(words: str, lexicon: Lexicon) -> AskedWords:
    """Return what the words for arms mean; words in which the lexicon finds no arms are an item that may be none.

    So are words longer than any name of arms: who writes so many may mean anything.
    """
    if len(words) > _LONGEST:
        return AskedWords((_nothing(words),), (), None)
    arms, user = _without_user(words.strip(), lexicon)
    runs = _runs(arms, _arms_hits(arms, lexicon))
    if not runs:
        return AskedWords((_nothing(words),), (), user)
    items = tuple(_item(run, arms) for run in runs)
    makers = (*_told_makers(arms, lexicon), *(maker for run in runs for maker in _designers(run)))
    return AskedWords(items, tuple(dict.fromkeys(makers)), user)


def _nothing(words: str) -> AskedItem:
    return AskedItem(words.strip(), Category.OTHER, None, {}, is_arms=False)


def make_item(words: str, category: Category, designation: str | None) -> AskedItem:
    """Return an item with what is known of its type or kind."""
    measures, has, may_be = facts_for(category, designation, words)
    return AskedItem(words, category, designation, measures, has, may_be)


def _without_user(words: str, lexicon: Lexicon) -> tuple[str, AskedParty | None]:
    """Return the words for the arms alone, and the party that "for ..." or "to ..." names after them."""
    for match in _WHITHER.finditer(words):
        before, rest = words[: match.start()].strip(), words[match.end() :]
        hits = lexicon.matcher.find(rest)
        if hits and entry_of(hits[0], PARTIES) and not entry_of(hits[0], _ARMS) and _arms_hits(before, lexicon):
            return before, read_party(rest, lexicon)
    return words, None


def _arms_hits(words: str, lexicon: Lexicon) -> list[Hit]:
    """Return the arms named in words: by the lists, and by the patterns of designations where no list has them."""
    found = [hit for hit in lexicon.matcher.find(words) if entry_of(hit, _ARMS)]
    for shaped in lexicon.designations.find(words):
        if not any(shaped.span.touches(hit.span) for hit in found):
            found.append(shaped)
    return sorted(found, key=lambda hit: hit.span.start)


def _runs(words: str, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Return the hits that name one thing together: "Shahed-136 drones", "spare parts for tanks"."""
    runs: list[list[Hit]] = []
    for hit in hits:
        between = words[runs[-1][-1].span.end : hit.span.start] if runs else None
        if between is not None and not _APART.search(between):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def _item(run: Sequence[Hit], words: str) -> AskedItem:
    """Return one thing: of the type that names it, else of its last noun; of the first where others say what for."""
    whole = Span(run[0].span.start, run[-1].span.end).of(words)
    entries = [entry for hit in run if (entry := entry_of(hit, _ARMS))]
    types = [entry for entry in entries if entry.kind is EntryKind.WEAPON_TYPE]
    head = entries[0] if _for_what(whole) or not types else types[0]
    if not types and not _for_what(whole):
        head = entries[-1]
    category = head.category or Category.OTHER
    own = [entry.label for entry in types if entry.category is category]
    item = make_item(_described(words, whole), category, own[0] if own else None)
    return replace(item, part_of=_item(run[1:], words)) if _is_part(item, run) else item


def _is_part(item: AskedItem, run: Sequence[Hit]) -> bool:
    """Tell whether the first of several words for arms names parts, and the others what they are for."""
    first = entry_of(run[0], _ARMS)
    parts = item.category is Category.COMPONENTS and len(run) > 1
    return parts and first is not None and first.category is Category.COMPONENTS


def _for_what(whole: str) -> bool:
    return bool(re.search(r"\b(?:for|of|from)\b", whole, re.IGNORECASE))


def _described(words: str, whole: str) -> str:
    """Return the part of a list in which a thing stands, with the words that describe it ("portable missiles")."""
    return next((part.strip() for part in _LISTED.split(words) if whole in part), whole)


def _designers(run: Sequence[Hit]) -> Iterator[str]:
    for hit in run:
        entry = entry_of(hit, {EntryKind.WEAPON_TYPE})
        if entry and entry.country:
            yield entry.country


def _told_makers(words: str, lexicon: Lexicon) -> Iterator[str]:
    for hit in lexicon.matcher.find(words):
        entry = entry_of(hit, _MAKERS)
        if entry and entry.country and _MADE.match(words, hit.span.end):
            yield entry.country
