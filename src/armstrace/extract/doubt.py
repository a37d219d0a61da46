"""Doubt over a whole clause: "it is unlikely that", "no evidence that", "reports that ... are untrue"."""

from __future__ import annotations

from armstrace.extract.negation import is_negated
from armstrace.extract.standing import Standing
from armstrace.extract.tree import Tree, base
from armstrace.lexicon.entries import Hedges
from armstrace.model import Certainty, Polarity

_THAT_CLAUSES = frozenset({"ccomp", "csubj", "acl"})
_OF = frozenset({"of", "for"})
_NONE = frozenset({"no", "neither"})


def doubt(tree: Tree, here: int, head: int, hedges: Hedges, standing: Standing) -> None:
    """Note what the word above a clause, or the word that judges it, takes back of the clause."""
    that = base(tree.token(here).deprel) in _THAT_CLAUSES
    if (that or _is_proof_of(tree, here, head, hedges)) and _is_lacking(tree, head, hedges):
        standing.unproven = True
        standing.rules.append(f"no {tree.token(head).lemma.lower()} of it")
    for judge in _judges(tree, head) if that else ():
        _judged(tree, judge, hedges, standing)


def _judges(tree: Tree, head: int) -> list[int]:
    """Return the words that may judge a clause: that above it, and of a report what is said of it ("no truth in")."""
    above = tree.token(head).head
    if above < 0:
        return [head]
    said_of = tree.token(head).deprel.startswith("nsubj") and tree.token(above).upos == "ADJ"
    in_it = base(tree.token(head).deprel) in {"nmod", "obl"} and tree.token(above).upos == "NOUN"
    return [head, above] if said_of or in_it else [head]


def _judged(tree: Tree, judge: int, hedges: Hedges, standing: Standing) -> None:
    token = tree.token(judge)
    words = f"no {token.lemma.lower()}" if _has_no(tree, judge) else token.lemma.lower()
    if words in hedges.denials:
        standing.polarity = Polarity.DENIED
        standing.rules.append(f"'{words}' over the clause")
        return
    hedge = hedges.certainty.get(words, Certainty.EXPECTED)
    if hedge not in {Certainty.EXPECTED, Certainty.ALLEGED} and token.upos in {"ADJ", "NOUN"}:
        standing.certainty = standing.certainty or Certainty(hedge)
        standing.rules.append(f"'{words}' over the clause")


def _is_proof_of(tree: Tree, here: int, head: int, hedges: Hedges) -> bool:
    """Tell whether a noun speaks of proof of what stands under it ("evidence of shipments")."""
    named = base(tree.token(here).deprel) == "nmod" and tree.prepositions(here) in _OF
    return named and tree.token(head).lemma.lower() in hedges.unproven


def _is_lacking(tree: Tree, noun: int, hedges: Hedges) -> bool:
    """Tell whether there is said to be no proof: "found no evidence", "did not find any evidence"."""
    token = tree.token(noun)
    if token.upos != "NOUN" or token.lemma.lower() not in hedges.unproven:
        return False
    if _has_no(tree, noun):
        return True
    any_at_all = any(tree.token(c).text.lower() == "any" for c in tree.children(noun, "det"))
    return any_at_all and token.head >= 0 and is_negated(tree, token.head, hedges.negations)


def _has_no(tree: Tree, noun: int) -> bool:
    return any(tree.token(c).text.lower() in _NONE for c in tree.children(noun, "det"))
