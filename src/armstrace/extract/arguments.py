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
_TELLING = frozenset(
    {"report", "notify", "announce", "disclose", "describe", "explain", "present", "submit", "propose"}
)  # "to Congress"


def verb_arguments(tree: Tree, verb: int) -> Iterator[tuple[str, int]]:
    """Yield the labelled arguments of a verb; from/to/with phrases also where they hang on the object."""
    obj = object_of(tree, verb)
    if not tree.is_passive(verb):
        subject = subject_of(tree, verb)
        if subject >= 0 and subject != obj:
            yield "subject", subject
    elif obj >= 0 and tree.token(verb).deprel == "amod":  # "Iran's newly acquired missiles"
        for holder in tree.children(obj, "nmod:poss"):
            yield "subject", holder
    if obj >= 0:
        yield "object", obj
    for child in tree.children(verb, "iobj"):
        yield "indirect", child
    if tree.children(verb, "obj"):  # "the group was given rifles"
        for child in tree.children(verb, "nsubj:pass"):
            yield "indirect", child
    yield from _prepositional(tree, verb, "obl")
    if obj >= 0:
        for holder in object_nouns(tree, obj):
            yield from _prepositional(tree, holder, "nmod")
    for conjunct in tree.children(
        verb, "conj"
    ):  # "buys and ships X to Y": the last verb holds what all share
        if not tree.children(verb, "obl") and not [
            c for c in tree.children(conjunct) if tree.token(c).deprel in SUBJECTS
        ]:
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
    for child in tree.children(noun, "nsubj"):
        yield "subject", child
    if tree.token(noun).deprel in {"appos", "xcomp"}:
        yield (
            "subject",
            tree.token(noun).head if tree.token(noun).deprel == "appos" else subject_of(tree, noun),
        )
    for child in tree.children(noun, "appos"):
        yield "subject", child
    for child in tree.children(noun, "compound", "amod", "nmod:desc"):
        yield "compound", child
        for inner in tree.children(child, "compound", "amod"):
            yield "compound", inner
    for holder in object_nouns(tree, noun):
        yield from _prepositional(tree, holder, "nmod")
    head = tree.token(noun).head
    if (
        head >= 0
        and base(tree.token(noun).deprel) in {"obj", "nsubj"}
        and tree.token(head).upos == "VERB"
        and tree.token(head).lemma not in _TELLING
    ):
        for label, index in _prepositional(tree, head, "obl"):
            if label in {"to", "from", "by"} and index > noun:
                yield label, index
    if head >= 0 and base(tree.token(noun).deprel) == "obl" and tree.children(head, "nsubj:pass"):
        yield "by", tree.children(head, "obl:agent")[0] if tree.children(head, "obl:agent") else -1


def _prepositional(tree: Tree, head: int, relation: str) -> Iterator[tuple[str, int]]:
    for child in tree.children(head, relation):
        if tree.token(child).deprel == "nmod:poss":
            continue
        for nested in tree.children(child, "nmod"):
            if (
                tree.prepositions(nested) in {"from", "to"}
                and relation == "obl"
                and tree.token(child).upos == "PROPN"
            ):
                yield tree.prepositions(nested), nested
        first = tree.prepositions(child).split(" ")[0]
        label = "by" if tree.token(child).deprel == "obl:agent" else PREPOSITIONS.get(first)
        if label:
            yield label, child
