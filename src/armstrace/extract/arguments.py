"""The labelled arguments of a transfer word: subject, object, possessor, and its prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterator

from armstrace.extract.tree import SUBJECTS, Tree, base, object_of, subject_of

PREPOSITIONS = {
    "to": "to",
    "towards": "to",
    "for": "for",
    "from": "from",
    "with": "with",
    "into": "into",
    "onto": "into",
    "in": "in",
    "through": "through",
    "via": "through",
    "by": "by",
    "of": "of",
    "on": "on",
    "against": "against",
    "between": "between",
    "over": "over",
    "at": "at",
    "among": "between",
}
ITEM_PATH = frozenset({"of", "including", "such as", "like", "worth of", "in"})
# Phrases of a transfer noun that the parse may hang on the verb above it: "lifted its embargo on Vietnam".
_OF_THE_NOUN = frozenset({"to", "from", "by", "on", "against", "with"})
# Who is told of a transfer ("to Congress") does not receive it.
_TELLING = frozenset(
    {"report", "notify", "announce", "disclose", "describe", "explain", "present", "submit", "propose"}
)


def verb_arguments(tree: Tree, verb: int) -> Iterator[tuple[str, int]]:
    """Yield the labelled arguments of a verb; from/to/with phrases also where they hang on the object."""
    obj = object_of(tree, verb)
    yield from _subjects(tree, verb, obj)
    if obj >= 0:
        yield "object", obj
    yield from _destinations(tree, obj)
    for child in tree.children(verb, "iobj"):
        yield "indirect", child
    if tree.children(verb, "obj"):  # "the group was given rifles"
        for child in tree.children(verb, "nsubj:pass"):
            yield "indirect", child
    yield from _prepositional(tree, verb, "obl")
    for holder in object_nouns(tree, obj) if obj >= 0 else ():
        yield from _prepositional(tree, holder, "nmod")
    yield from _shared(tree, verb)


def _destinations(tree: Tree, obj: int) -> Iterator[tuple[str, int]]:
    """Yield where arms are bound: "pistols bound for Haiti"."""
    for clause in tree.children(obj, "acl", "amod") if obj >= 0 else ():
        if tree.token(clause).lemma.lower() in tree.sets["bound"]:
            for place in tree.children(clause, "obl"):
                if tree.prepositions(place) in {"for", "to"}:
                    yield "to", place


def _subjects(tree: Tree, verb: int, obj: int) -> Iterator[tuple[str, int]]:
    if not tree.is_passive(verb):
        subject = subject_of(tree, verb)
        if subject >= 0 and subject != obj:
            yield "subject", subject
    elif obj >= 0 and tree.token(verb).deprel == "amod":  # "Iran's newly acquired missiles"
        for holder in tree.children(obj, "nmod:poss"):
            yield "subject", holder


def _shared(tree: Tree, verb: int) -> Iterator[tuple[str, int]]:
    """Yield the phrases of "buys and ships X to Y": the last verb holds what all share."""
    if tree.children(verb, "obl"):
        return
    for conjunct in tree.children(verb, "conj"):
        if not any(tree.token(c).deprel in SUBJECTS for c in tree.children(conjunct)):
            yield from _prepositional(tree, conjunct, "obl")


def object_nouns(tree: Tree, obj: int) -> list[int]:
    """Return the object with what it is coordinated with and what it counts ("millions of shells")."""
    found, stack = [], tree.conjuncts(obj)
    while stack:
        i = stack.pop(0)
        if i not in found:
            found.append(i)
            stack += tree.children(i, "conj") + [
                c for c in tree.children(i, "nmod") if tree.prepositions(c) in ITEM_PATH
            ]
    return found


def noun_arguments(tree: Tree, noun: int) -> Iterator[tuple[str, int]]:
    """Yield the labelled arguments of a noun: possessor, what stands before it, and its prepositional phrases."""
    for child in tree.children(noun, "nmod:poss"):
        yield "possessive", child
    for child in (*tree.children(noun, "nsubj"), *_equated(tree, noun)):
        yield "subject", child
    for child in tree.children(noun, "compound", "amod", "nmod:desc"):
        yield "compound", child
        for inner in tree.children(child, "compound", "amod"):
            yield "compound", inner
    for holder in object_nouns(tree, noun):
        yield from _prepositional(tree, holder, "nmod")
    yield from _holders(tree, noun)
    yield from _from_governor(tree, noun)


def _holders(tree: Tree, noun: int) -> Iterator[tuple[str, int]]:
    """Yield who has the noun: "Kenya holds an option on six more", "bought 32, with an option on six more"."""
    head, relation = tree.token(noun).head, base(tree.token(noun).deprel)
    has = relation == "obj" and head >= 0 and tree.token(head).lemma.lower() in tree.sets["holding"]
    if has or (relation == "obl" and tree.prepositions(noun) == "with"):
        yield "holder", subject_of(tree, head)


def _equated(tree: Tree, noun: int) -> Iterator[int]:
    """Yield what is said to be the noun: "Russia, Syria's main supplier", "become a buyer"."""
    deprel = tree.token(noun).deprel
    if deprel == "appos":
        yield tree.token(noun).head
    elif deprel == "xcomp":
        yield subject_of(tree, noun)
    yield from tree.children(noun, "appos")


def _from_governor(tree: Tree, noun: int) -> Iterator[tuple[str, int]]:
    """Yield phrases that the parse hangs on the verb above a noun: "halted shipments to Syria"."""
    head = tree.token(noun).head
    if head < 0:
        return
    relation = base(tree.token(noun).deprel)
    governs = tree.token(head).upos == "VERB" and tree.token(head).lemma not in _TELLING
    if relation in {"obj", "nsubj"} and governs:
        for label, index in _prepositional(tree, head, "obl"):
            if label in _OF_THE_NOUN and index > noun:
                yield label, index
    if relation == "obl" and tree.children(head, "nsubj:pass"):
        for agent in tree.children(head, "obl:agent")[:1]:
            yield "by", agent


def _prepositional(tree: Tree, head: int, relation: str) -> Iterator[tuple[str, int]]:
    for child in tree.children(head, relation):
        if tree.token(child).deprel == "nmod:poss":
            continue
        for nested in tree.children(child, "nmod"):
            if tree.prepositions(nested) in {"from", "to"} and relation == "obl" and tree.token(child).upos == "PROPN":
                yield tree.prepositions(nested), nested
        first = tree.prepositions(child).split(" ")[0]
        label = "by" if tree.token(child).deprel == "obl:agent" else PREPOSITIONS.get(first)
        if label:
            yield label, child
