"""Arms that a sentence points back to: "the sale", "the system", "we're providing those"."""

from __future__ import annotations

from armstrace.extract.candidate import Candidate
from armstrace.extract.items import quantity_of
from armstrace.extract.reference import Story
from armstrace.extract.tree import Tree, object_of, subject_of
from armstrace.kinds import arms_kinds
from armstrace.model import Category, Claim, Item, Polarity, Quantity

_RECENT = 6  # sentences
_RECENT_COUNTED = 10  # the same for a bare number ("40 of them"), which points back more surely
_DEALS = frozenset({"deal", "agreement", "accord", "contract"})
_ADDING = frozenset({"more", "further", "additional", "another", "other"})
_SHARING = _ADDING | {"first", "last", "remaining", "initial"}  # of a number told before
_NUMBERS = frozenset({"dozen", "score", "half", "rest", "remainder", "hundred", "thousand"})
_POINTING = frozenset({"they", "them", "those", "these", "it", "some", "more", "many"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "their"})


def find_told_items(story: Story, candidate: Candidate, earlier: list[Claim]) -> None:
    """Read "The sale", "the system", "we're providing those": the arms told last, or named just before."""
    if candidate.verbal or unsaid_number(candidate) >= 0:
        told = _meant_by_object(story, candidate, earlier)
    elif not candidate.items and earlier and _is_told_again(story, candidate, earlier):
        told = earlier[-1].items
    else:
        told = _meant_by_weak(candidate, earlier)
    if told:
        candidate.number = _number(candidate)
        candidate.told, candidate.items = told, []
        candidate.rules.append("arms: those told before")


def _number(candidate: Candidate) -> Quantity | None:
    """Return how many of the arms told before are meant: "ordered 40 of them", "the first six vehicles"."""
    tree, index = candidate.sentence.tree, unsaid_number(candidate)
    if index < 0:
        counted = (quantity_of(candidate.sentence, m) for m in candidate.items)
        return next((n for n in counted if n), None)
    span = tree.span(sorted([index, *tree.children(index, "nummod")]))
    return next((q for q in candidate.sentence.quantities if q.span.touches(span)), None)


def find_known_arms(candidate: Candidate, earlier: list[Claim]) -> None:
    """Note that who has or fires "the missiles", "them", is the one who got such arms in a claim told before."""
    pointed = bool(candidate.told) or any(_is_definite(candidate.sentence.tree, m.head) for m in candidate.items)
    holders = {p.party.country for p in candidate.recipients}
    if candidate.frame.needs != "foreign-item" or not pointed:
        return
    kinds = arms_kinds((*(m.item for m in candidate.items), *candidate.told)) - {Category.OTHER}
    candidate.foreign = any(
        c.polarity is Polarity.AFFIRMED
        and c.recipient
        and c.recipient.country in holders
        and arms_kinds(c.items) & kinds
        for c in earlier
    )
    if candidate.foreign:
        candidate.rules.append("arms: such as the party got before")


def _is_definite(tree: Tree, noun: int) -> bool:
    return any(tree.token(d).lemma.lower() in _DEFINITE for d in tree.children(noun, "det", "nmod:poss"))


def _meant_by_weak(candidate: Candidate, earlier: list[Claim]) -> tuple[Item, ...]:
    """Read "The system", "the equipment" with nothing else: the arms of the claim told last."""
    tree = candidate.sentence.tree
    if not earlier or not candidate.items or any(m.strong for m in candidate.items):
        return ()
    return earlier[-1].items if any(_is_definite(tree, m.head) for m in candidate.items) else ()


def _meant_by_object(story: Story, candidate: Candidate, earlier: list[Claim]) -> tuple[Item, ...]:
    tree = candidate.sentence.tree
    obj = object_of(tree, candidate.trigger)
    number = unsaid_number(candidate)
    if candidate.items or (number < 0 and (obj < 0 or tree.token(obj).lemma.lower() not in _POINTING)):
        return _meant_by_weak(candidate, earlier)
    before = [m for m in candidate.sentence.items if m.strong and m.head < candidate.trigger and m.carrier < 0]
    if before:
        return (before[-1].item,)
    if number >= 0:
        return _told_lately(story, candidate, earlier)
    at = candidate.sentence.number
    previous = [m for m in story.reading.sentences[at - 1].items if m.strong and m.carrier < 0] if at else []
    return (previous[-1].item,) if previous else ()


def unsaid_number(candidate: Candidate) -> int:
    """Return the number that stands for arms left unsaid: "ordered 40 of them", "a further 24 will arrive"; else -1."""
    tree = candidate.sentence.tree
    moved = (
        subject_of(tree, candidate.trigger)
        if candidate.frame.roles.get("subject") == "item"
        else object_of(tree, candidate.trigger)
    )
    held = [moved] if candidate.verbal else _objects_of_noun(candidate)
    return next((i for i in held if i >= 0 and _leaves_unsaid(tree, i)), -1)


def _objects_of_noun(candidate: Candidate) -> list[int]:
    """Return what a noun is said to be of, for or on, where arms stand there ("an option on 20 more")."""
    tree, roles = candidate.sentence.tree, candidate.frame.roles
    children = tree.children(candidate.trigger, "nmod")
    return [c for c in children if roles.get(tree.prepositions(c), "").startswith("item")]


def _leaves_unsaid(tree: Tree, index: int) -> bool:
    token = tree.token(index)
    of = [c for c in tree.children(index, "nmod") if tree.prepositions(c) == "of"]
    pointed = any(tree.token(c).lemma.lower() in _POINTING for c in of)
    words = {tree.token(c).text.lower() for c in tree.children(index, "amod", "advmod", "det")}
    if token.text.lower() in _ADDING:  # "20 more"
        return bool(tree.children(index, "nummod"))
    if token.upos != "NUM" and token.xpos != "CD" and token.lemma.lower() not in _NUMBERS:
        return False
    return pointed or (bool(words & _SHARING) and not of)


def _told_lately(story: Story, candidate: Candidate, earlier: list[Claim]) -> tuple[Item, ...]:
    if not earlier or not earlier[-1].items:
        return ()
    told = story.sentence_at(earlier[-1].evidence.span.start)
    return earlier[-1].items if candidate.sentence.number - told <= _RECENT_COUNTED else ()


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
