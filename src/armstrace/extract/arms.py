"""The arms that a phrase or a transfer word names: heads, examples, packages, and those that stand close by."""

from __future__ import annotations

from armstrace.extract.arguments import ITEM_PATH, object_nouns
from armstrace.extract.candidate import Candidate
from armstrace.extract.reading import ItemMention, Reading, SentenceReading
from armstrace.extract.tree import Tree, base, object_of
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Category, Item

_MAX_DEPTH = 8
_REACH = 10  # words after a transfer word within which arms count as its own where the parse shows no path
_LISTING = frozenset({"include", "comprise", "cover", "contain", "involve", "consist"})
MILITARY = frozenset({"military", "defense", "defence", "lethal", "arms"})
_STOPS = frozenset({"VERB", "AUX", "PUNCT", "SCONJ"})


def items_under(sentence: SentenceReading, index: int) -> list[ItemMention]:
    """Return the arms that a phrase names: head, conjuncts, "of"-phrases, examples, arms before a package noun."""
    if index < 0:
        return []
    tree = sentence.tree
    reach, stack, depth = set[int](), [(index, 0)], 0
    while stack:
        i, depth = stack.pop()
        if i in reach or depth > _MAX_DEPTH:
            continue
        reach.add(i)
        for child in tree.children(i, "conj", "appos", "nmod", "compound", "nummod", "amod", "nmod:desc"):
            relation = tree.token(child).deprel
            if relation == "nmod:poss" or (
                base(relation) == "nmod" and relation != "nmod:desc" and not _counts_arms(sentence, i, child)
            ):
                continue
            stack.append((child, depth + 1))
    return [m for m in sentence.items if m.head in reach and _stands_for_arms(sentence, m, index)]


def _counts_arms(sentence: SentenceReading, noun: int, child: int) -> bool:
    """Tell whether "of X" is what a noun counts, packages or is ("batch of rifles", not "regulation of")."""
    tree = sentence.tree
    if not tree.prepositions(child) and any(m.head == child for m in sentence.items):
        return True
    if tree.prepositions(child) not in ITEM_PATH:
        return False
    token = tree.token(noun)
    lemma = token.lemma.lower()
    return (
        lemma in tree.sets["measures"]
        or lemma in tree.sets["packages"]
        or token.upos in {"NUM", "SYM"}
        or any(m.head == noun for m in sentence.items)
    )


def _stands_for_arms(sentence: SentenceReading, mention: ItemMention, index: int) -> bool:
    """Arms before a noun are meant only if it packages or trades them ("arms cache", not "arms dealer")."""
    if mention.carrier < 0 or (mention.carrier == index and sentence.tree.token(index).upos != "NOUN"):
        return True
    lemma = sentence.tree.token(mention.carrier).lemma.lower()
    return lemma in sentence.tree.sets["packages"] or bool(sentence.entries(mention.carrier, EntryKind.WEAPON_NOUN))


def nearby_items(candidate: Candidate) -> list[ItemMention]:
    """Return arms that stand before the transfer noun, or close after the word with no verb or comma between."""
    tree = candidate.sentence.tree
    carried = [m for m in candidate.sentence.items if m.carrier == candidate.trigger]
    if carried:
        return carried
    listed = _listed_items(candidate)
    if listed or not _may_look_on(tree, candidate):
        return listed
    for mention in candidate.sentence.items:
        first = tree.at(mention.item.span.start)
        between = range(candidate.trigger + 1, first)
        if candidate.trigger < first <= candidate.trigger + _REACH and not any(
            tree.token(i).upos in _STOPS for i in between
        ):
            return [mention] if _stands_for_arms(candidate.sentence, mention, mention.head) else []
    return []


def _may_look_on(tree: Tree, candidate: Candidate) -> bool:
    """Look for arms beyond the arguments only where the object measures them, or "of" follows the noun."""
    if candidate.verbal:
        obj = object_of(tree, candidate.trigger)
        return obj >= 0 and (
            tree.token(obj).lemma.lower() in tree.sets["measures"] or tree.token(obj).upos in {"NUM", "SYM"}
        )
    following = candidate.trigger + 1
    return following < len(tree) and tree.token(following).text.lower() == "of"


def _listed_items(candidate: Candidate) -> list[ItemMention]:
    """Return the arms of a relative clause that lists them ("the sale, which includes tanks")."""
    tree = candidate.sentence.tree
    found: list[ItemMention] = []
    for holder in object_nouns(tree, candidate.trigger) if not candidate.verbal else ():
        for clause in tree.children(holder, "acl"):
            if tree.token(clause).lemma.lower() in _LISTING:
                found += items_under(candidate.sentence, object_of(tree, clause))
    return found


def military_phrase(reading: Reading, candidate: Candidate) -> list[ItemMention]:
    """Return "military contracts", "defence deal" as arms of an unnamed kind: the words themselves."""
    tree = candidate.sentence.tree
    if candidate.verbal:
        return []
    for child in tree.children(candidate.trigger, "amod", "compound"):
        if tree.token(child).lemma.lower() in MILITARY:
            span = tree.span([child, candidate.trigger] if child < candidate.trigger else [candidate.trigger, child])
            item = Item(None, reading.words(span), Category.OTHER, span)
            return [ItemMention(candidate.trigger, -1, item, strong=True)]
    return []
