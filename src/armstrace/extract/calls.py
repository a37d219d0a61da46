"""Calls for a transfer, which are no claims: "urged", "we have to arm", "warned against selling"."""

from __future__ import annotations

from armstrace.extract.candidate import Candidate
from armstrace.extract.tree import base
from armstrace.lexicon.entries import TransferWords


def only_calls(candidate: Candidate, head: int, words: TransferWords, *, finite: bool) -> bool:
    """Tell whether a governing word only calls for the transfer: "urged", "we have to arm", "pressure to supply"."""
    tree = candidate.sentence.tree
    token = tree.token(head)
    lemma = token.lemma.lower()
    if token.upos == "VERB" and lemma in words.call_verbs:
        return not finite or lemma in words.call_that
    if token.upos == "VERB" and lemma in words.call_against:
        return "against" in {
            tree.token(c).text.lower() for c in tree.children(word_below(candidate, head), "mark", "case")
        }
    if not candidate.verbal or finite or candidate.frame.roles.get("subject") != "supplier":
        return False
    if token.upos == "NOUN":
        return lemma in words.call_nouns
    return lemma in words.call_duties and complement_of(candidate, head) == "xcomp"


def word_below(candidate: Candidate, head: int) -> int:
    """Return the word under ``head`` on the way down to the transfer word."""
    tree = candidate.sentence.tree
    return next(i for i in (candidate.trigger, *tree.ancestors(candidate.trigger)) if tree.token(i).head == head)


def complement_of(candidate: Candidate, head: int) -> str:
    """Return the relation in which what holds the transfer word stands to ``head``."""
    return base(candidate.sentence.tree.token(word_below(candidate, head)).deprel)
