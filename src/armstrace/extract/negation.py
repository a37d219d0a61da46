"""Whether a word is negated: "not", "no longer", "neither", "no missiles went", "sold nothing"."""

from __future__ import annotations

from armstrace.extract.tree import Tree

_NO_SUBJECT = frozenset({"no", "neither"})
_NOTHING = frozenset({"nothing", "none", "nobody"})


def moves_nothing(tree: Tree, index: int) -> bool:
    """Read "took no weapons", "sold nothing", "nothing was delivered"."""
    return any(
        tree.token(word).text.lower() in (_NOTHING if word == argument else _NO_SUBJECT)
        for argument in tree.children(index, "obj", "nsubj", "nsubj:pass")
        for word in (argument, *tree.children(argument, "det", "cc:preconj"))
    )


def is_negated(tree: Tree, index: int, negations: frozenset[str], below: int = -1) -> bool:
    """Tell whether a word is negated, but for the "no" on what stands ``below`` it, which was counted there."""
    words = [
        c for c in tree.children(index, "advmod", "det", "aux", "cc:preconj") if tree.token(c).text.lower() in negations
    ]
    words += [
        c
        for c in tree.children(index, "advmod")
        if any(tree.token(n).text.lower() in negations for n in tree.children(c, "advmod"))
    ]  # "no longer"
    words += [
        n
        for c in tree.children(index, "nsubj", "nsubj:pass")
        for n in tree.children(c, "det", "cc:preconj")
        if tree.token(n).text.lower() in _NO_SUBJECT and c != below
    ]  # "neither Jordan nor Egypt", "no missiles went"
    if any(
        tree.children(c, "advmod") and tree.token(c).text.lower() == "not" and tree.token(c + 1).text.lower() == "only"
        for c in words
        if c + 1 < len(tree)
    ):
        return False
    return bool(words)
