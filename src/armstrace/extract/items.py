"""Arms in a sentence: nouns, types and designations joined into one mention per noun phrase."""

from __future__ import annotations

from armstrace.document import Span
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.tree import Tree
from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.model import Category, Item, Quantity

_ARMS = (EntryKind.WEAPON_TYPE, EntryKind.WEAPON_NOUN)
_ORIGIN = (EntryKind.ADJECTIVE, EntryKind.COUNTRY, EntryKind.PEOPLE, EntryKind.CAPITAL, EntryKind.GROUP)
_PHRASE_WIDTH = 6  # words between an arms word and the arms noun that it stands before
_NUMBER_REACH = 5  # words between a number and what it counts
_NOUNS = frozenset({"NOUN", "PROPN", "X", "SYM"})
_INSIDE = frozenset(
    {
        "compound",
        "amod",
        "nmod:desc",
        "flat",
        "nmod:poss",
        "nmod",
        "appos",
        "dep",
        "goeswith",
        "flat:foreign",
        "list",
    }
)
_BETWEEN = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "more",
        "some",
        "other",
        "new",
        "additional",
        "its",
        "their",
        "his",
        "these",
        "those",
    ]
)


def find_items(reading: SentenceReading, lexicon: Lexicon, text: str) -> tuple[ItemMention, ...]:
    """Return the arms named in a sentence, in order; nouns under one head are one mention."""
    hits = [h for h in (*reading.hits, *_designations(reading, lexicon, text)) if _is_arms(reading, h)]
    by_head: dict[int, list[Hit]] = {}
    for hit in hits:
        head = _arms_head(reading, hit, hits)
        by_head.setdefault(head, []).append(hit)
    mentions = (_mention(reading, lexicon, text, head, group) for head, group in sorted(by_head.items()))
    return tuple(m for m in mentions if m)


def _designations(reading: SentenceReading, lexicon: Lexicon, text: str) -> list[Hit]:
    """Return designations that no list holds, by pattern."""
    found: list[Hit] = []
    for hit in lexicon.designations.find(reading.span.of(text)):
        span = Span(reading.span.start + hit.span.start, reading.span.start + hit.span.end)
        if not any(known.span.touches(span) for known in (*reading.hits, *found)):
            found.append(Hit(span, hit.entries))
    return found


def _is_arms(reading: SentenceReading, hit: Hit) -> bool:
    """Tell whether a hit names arms here: a noun by its tag, and an everyday word ("Patriot") only in company."""
    arms = [e for e in hit.entries if e.kind in _ARMS]
    if not arms or any(e.kind is EntryKind.NOT_ARMS for e in hit.entries):
        return False
    head = reading.tree.head_of(hit.span)
    if head < 0:
        return False
    token = reading.tree.token(head)
    if arms[0].kind is EntryKind.WEAPON_NOUN:
        return token.upos in _NOUNS or (
            token.upos in {"ADJ", "VERB"} and token.deprel in {"compound", "amod"} and token.xpos != "VBN"
        )
    if any(e.strong for e in arms):
        return True
    return _in_company(reading, hit, head)


def _in_company(reading: SentenceReading, hit: Hit, head: int) -> bool:
    """An everyday word names a weapon where an arms noun or a number stands with it."""
    tree = reading.tree
    near = [tree.token(head).head, *tree.children(head, "compound", "appos", "flat", "nummod", "nmod:desc")]
    first, last = tree.at(hit.span.start), tree.at(hit.span.end - 1)
    near += [i for i in (first - 2, first - 1, last + 1, last + 2) if 0 <= i < len(tree)]
    if any(tree.token(i).deprel == "nummod" and tree.token(i).head == head for i in near if i >= 0):
        return True
    if any(
        e.kind is EntryKind.WEAPON_NOUN or (e.strong and e.kind is EntryKind.WEAPON_TYPE)
        for i in near
        if i >= 0
        for e in reading.entries(i, *_ARMS)
    ):
        return True
    conjuncts = [c for c in tree.conjuncts(head) if c != head]
    return any(reading.entries(c, *_ARMS) for c in conjuncts) and tree.token(head).text[:1].isupper()


def _arms_head(reading: SentenceReading, hit: Hit, hits: list[Hit]) -> int:
    """Return the arms noun that a hit belongs to: its own head, or the arms noun that it stands before."""
    tree = reading.tree
    head = tree.head_of(hit.span)
    while True:
        token = tree.token(head)
        above = token.head
        if above < 0 or token.deprel not in _INSIDE - {"nmod"} or abs(above - head) > _PHRASE_WIDTH:
            return head
        if not any(tree.head_of(h.span) == above for h in hits if h is not hit):
            return head
        head = above


def _mention(reading: SentenceReading, lexicon: Lexicon, text: str, head: int, group: list[Hit]) -> ItemMention | None:
    tree = reading.tree
    entries = [(h, next(e for e in h.entries if e.kind in _ARMS)) for h in sorted(group, key=lambda h: h.span)]
    types = [(h, e) for h, e in entries if e.kind is EntryKind.WEAPON_TYPE]
    nouns = [(h, e) for h, e in entries if e.kind is EntryKind.WEAPON_NOUN]
    category = (types or nouns)[0][1].category or Category.OTHER
    if nouns and nouns[-1][1].category is Category.COMPONENTS:
        category = Category.COMPONENTS
    phrase = _phrase(tree, head, group)
    inside = [h.span for h in group if h.span.start <= tree.token(head).end]
    span = Span(min(phrase.start, *(s.start for s in inside)), max(phrase.end, *(s.end for s in inside)))
    designation = types[0][1].label if types else None
    words = span.of(text)
    item = Item(designation, words, category, span, lexicon.item_codes.certain(category, words, designation))
    strong = bool(types) or any(e.strong for _, e in nouns)
    maker, maker_span, supplier_span = _origin(reading, lexicon, text, head)
    token = tree.token(head)
    carrier = token.head if token.deprel in {"compound", "amod", "nmod:desc", "nmod:poss"} and token.head > head else -1
    type_maker = types[0][1].country if types else None
    return ItemMention(head, carrier, item, strong, maker, type_maker, maker_span, supplier_span)


def _phrase(tree: Tree, head: int, group: list[Hit]) -> Span:
    """Return the item's words: its modifiers without article, number, country and the "X-made" before it."""
    indices = tree.noun_phrase(head)
    first_hit = min(h.span.start for h in group)
    kept = [i for i in indices if i <= head]
    while kept and tree.token(kept[0]).start < first_hit and not _describes(tree, kept[0]):
        kept.pop(0)
    return tree.span(kept) if kept else tree.span([head])


def _describes(tree: Tree, index: int) -> bool:
    token = tree.token(index)
    return (
        token.upos in {"ADJ", "NOUN"}
        and token.text[:1].islower()
        and token.text[0].isalpha()
        and token.xpos not in {"JJR", "PDT"}
    )


def _origin(
    reading: SentenceReading, lexicon: Lexicon, text: str, head: int
) -> tuple[str | None, Span | None, Span | None]:
    """Return maker country and its words ("Iranian-made"), or the words of a supplier ("Russian-supplied")."""
    tree = reading.tree
    made, supplied = lexicon.transfer.made, lexicon.transfer.supplied
    for index in [*tree.noun_phrase(head), *tree.children(head, "amod", "compound")]:
        entries = reading.entries(index, *_ORIGIN)
        if not entries:
            continue
        hit = reading.at[index]
        after = text[hit.span.end : hit.span.end + 16].lower().lstrip("-‑– ")
        word = after.split()[0].strip(",.") if after.split() else ""
        if word in supplied:
            return None, None, hit.span
        if word in made:
            return (
                entries[0].country,
                Span(hit.span.start, text.index(word, hit.span.end, hit.span.end + 24) + len(word))
                if word in text[hit.span.end : hit.span.end + 24]
                else hit.span,
                None,
            )
    return None, None, None


def quantity_of(reading: SentenceReading, mention: ItemMention) -> Quantity | None:
    """Return the number that counts an item: before it in its phrase, or "millions of" it; None where there is none."""
    tree = reading.tree
    low = min(mention.item.span.start, tree.token(mention.head).start)
    for quantity in reversed(reading.quantities):
        if quantity.unit == "persons" or (quantity.span.start > low and not mention.item.span.touches(quantity.span)):
            continue
        between = [t for t in tree.tokens if quantity.span.end <= t.start < low]
        if len(between) <= _NUMBER_REACH and all(_bridges(t.text.lower(), t.upos) for t in between):
            return quantity
        return None
    return None


def _bridges(word: str, upos: str) -> bool:
    return (
        word in _BETWEEN or upos in {"ADJ", "NOUN", "PROPN"} or word in {"-", "and", "made", "built"} or upos == "NUM"
    )
