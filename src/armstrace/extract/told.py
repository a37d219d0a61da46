"""Arms that a sentence points back to: "the sale", "the system", "we're providing those"."""

from __future__ import annotations

from armstrace.extract.candidate import Candidate
from armstrace.extract.reference import Story
from armstrace.extract.tree import object_of
from armstrace.model import Claim, Item

_RECENT = 6  # sentences
_DEALS = frozenset({"deal", "agreement", "accord", "contract"})
_POINTING = frozenset({"they", "them", "those", "these", "it", "some", "more", "many"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "their"})


def find_told_items(story: Story, candidate: Candidate, earlier: list[Claim]) -> None:
    """Read "The sale", "the system", "we're providing those": the arms told last, or named just before."""
    if candidate.verbal:
        told = _meant_by_object(story, candidate, earlier)
    elif not candidate.items and earlier and _is_told_again(story, candidate, earlier):
        told = earlier[-1].items
    else:
        told = _meant_by_weak(candidate, earlier)
    if told:
        candidate.told, candidate.items = told, []
        candidate.rules.append("arms: those told before")


def _meant_by_weak(candidate: Candidate, earlier: list[Claim]) -> tuple[Item, ...]:
    """Read "The system", "the equipment" with nothing else: the arms of the claim told last."""
    tree = candidate.sentence.tree
    if not earlier or not candidate.items or any(m.strong for m in candidate.items):
        return ()
    definite = any(
        tree.token(d).lemma.lower() in _DEFINITE
        for m in candidate.items
        for d in tree.children(m.head, "det", "nmod:poss")
    )
    return earlier[-1].items if definite else ()


def _meant_by_object(story: Story, candidate: Candidate, earlier: list[Claim]) -> tuple[Item, ...]:
    tree = candidate.sentence.tree
    obj = object_of(tree, candidate.trigger)
    if candidate.items or obj < 0 or tree.token(obj).lemma.lower() not in _POINTING:
        return _meant_by_weak(candidate, earlier)
    before = [m for m in candidate.sentence.items if m.strong and m.head < candidate.trigger and m.carrier < 0]
    if before:
        return (before[-1].item,)
    number = candidate.sentence.number
    previous = [m for m in story.reading.sentences[number - 1].items if m.strong and m.carrier < 0] if number else []
    return (previous[-1].item,) if previous else ()


def _is_told_again(story: Story, candidate: Candidate, earlier: list[Claim]) -> bool:
    """Tell whether a noun without arms ("the deal") points back, and says nothing that makes it another deal.

    In a story about a nuclear or peace deal "the deal" is that one; and what was told far above is not meant.
    """
    tree, noun = candidate.sentence.tree, candidate.trigger
    told = story.sentence_at(earlier[-1].evidence.span.start)
    if candidate.sentence.number - told > _RECENT or (candidate.word in _DEALS and story.other_deal):
        return False
    if candidate.word not in tree.sets["told-again"] or any(
        tree.prepositions(c) == "of" for c in tree.children(noun, "nmod")
    ):
        return False
    before = {
        tree.token(c).lemma.lower() for c in tree.children(noun, "det", "amod", "compound", "nmod:poss", "nmod:desc")
    }
    return bool(before & _DEFINITE) and before - _DEFINITE <= tree.sets["same-deal"]
