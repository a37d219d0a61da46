"""Whether two claims tell of one movement of arms: points of a literal table, and what no points can outweigh.

The points were set by judgement, from how such stories develop, and are held by ranked cases
(``tests/cases/same_transfer.yml``); none was fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from armstrace.group import alike_arms as arms
from armstrace.group import alike_parties as parties
from armstrace.group import alike_steps as steps
from armstrace.group import alike_story as story
from armstrace.group.pairs import Pair, pair_of
from armstrace.group.subjects import Subject, subject_of
from armstrace.lexicon.match import Matcher
from armstrace.told import Told


class Verdict(StrEnum):
    """Whether two claims tell of one movement; ``contradicted`` where a hard reason speaks against it."""

    SAME = "same"
    DIFFERENT = "different"
    CONTRADICTED = "contradicted"


class Feature(NamedTuple):
    """A question, what a yes is worth, and how it is told."""

    asks: Callable[[Pair], bool]
    points: float
    words: str


class Veto(NamedTuple):
    """A question whose yes no points outweigh, and how it is told."""

    asks: Callable[[Pair], bool]
    words: str


class Reason(NamedTuple):
    """One feature that held: its points (None for a veto) and its words."""

    points: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two claims compare: the sum of points, the verdict, and every reason for either."""

    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


SAME_FROM: Final = 3.25  # points: the same parties and generic arms told of within some days reach it, a year apart not

# Each row looks at one aspect of the claims; ``bounds`` bounds the points of a pair aspect by aspect.
PARTIES: Final[tuple[Feature, ...]] = (
    Feature(parties.has_same_supplier, 1.0, "the same supplier"),
    Feature(parties.lacks_supplier, -0.5, "one names no supplier"),
    Feature(parties.is_made_by_supplier, 0.25, "the supplier of one is the maker in the other"),
    Feature(parties.has_same_maker, 0.5, "made by the same country"),
    Feature(parties.has_other_maker, -1.5, "made by different countries"),
    Feature(parties.has_other_organ, -1.25, "different offices of the supplier, at different steps"),
    Feature(parties.has_same_recipient, 1.5, "the same recipient"),
    Feature(parties.is_same_actor, 0.5, "the same armed group receives"),
    Feature(parties.lacks_recipient, -0.75, "one names no recipient"),
)
ARMS: Final[tuple[Feature, ...]] = (
    Feature(arms.shares_designation, 2.5, "the same type of arms"),
    Feature(arms.shares_category, 1.5, "the same category of arms"),
    Feature(arms.has_kin_category, 0.75, "categories of arms that reports mix up"),
    Feature(arms.is_all_generic, 0.5, "both speak of arms in general"),
    Feature(arms.contradicts_kind, -2.5, "other kinds of one category"),
)
QUANTITY: Final[tuple[Feature, ...]] = (
    Feature(arms.has_equal_quantity, 2.0, "the same number"),
    Feature(arms.overlaps_quantity, 0.5, "numbers that may be one"),
    Feature(arms.differs_in_quantity, -1.5, "numbers that differ"),
    Feature(arms.is_first_part, 0.25, "fewer at a later step: a first part"),
)
VALUE: Final[tuple[Feature, ...]] = (
    Feature(arms.has_equal_value, 2.5, "the same sum"),
    Feature(arms.differs_in_value, -1.5, "sums that differ"),
)
DEAL: Final[tuple[Feature, ...]] = (
    Feature(steps.has_same_mode, 0.25, "the same kind of deal"),
    Feature(steps.has_other_mode, -1.0, "a gift in one, a sale in the other"),
    Feature(steps.has_same_way, 0.75, "the same way taken"),
)
TIME: Final[tuple[Feature, ...]] = (
    Feature(lambda p: steps.is_within(p, 0, 3), 1.5, "at most three days apart"),
    Feature(lambda p: steps.is_within(p, 4, 14), 1.0, "at most two weeks apart"),
    Feature(lambda p: steps.is_within(p, 15, 60), 0.25, "at most two months apart"),
    Feature(lambda p: steps.is_within(p, 61, 365), -0.5, "months apart"),
    Feature(lambda p: steps.is_within(p, 366, 1095), -1.5, "more than a year apart"),
    Feature(lambda p: steps.is_within(p, 1096, 10**6), -3.0, "more than three years apart"),
)
STEPS: Final[tuple[Feature, ...]] = (
    Feature(steps.has_same_status, 1.0, "the same step"),
    Feature(steps.is_progress, 0.5, "steps that follow each other"),
    Feature(steps.is_step_back, -1.0, "an earlier step told half a year after a later one"),
    Feature(steps.is_same_step_again, -1.5, "the same step again, half a year or more apart"),
    Feature(steps.is_wish_beside_delivery, -2.0, "asked for or offered while some has come already"),
    Feature(steps.is_stopped_beside_delivery, -1.0, "refused or cancelled in one, on its way in the other"),
)
STORY: Final[tuple[Feature, ...]] = (
    Feature(story.refers_to_it, 6.0, "one says that it speaks of the other"),
    Feature(story.is_one_row, 6.0, "one row of one list"),
    Feature(story.is_same_sentence, 2.0, "the same sentence"),
    Feature(story.is_same_family, 0.5, "copies of one text"),
    Feature(story.is_worded_alike, 1.0, "told in nearly the same words"),
    Feature(story.has_alike_title, 0.75, "titles alike"),
    Feature(story.is_denial_of_it, 0.0, "one denies what the other says"),  # told, and neither for nor against
)
FEATURES: Final[tuple[Feature, ...]] = (*PARTIES, *ARMS, *QUANTITY, *VALUE, *DEAL, *TIME, *STEPS, *STORY)

VETOES: Final[tuple[Veto, ...]] = (
    # the cheapest that hold most often first
    Veto(story.is_other_row, "two rows of one list"),
    Veto(arms.contradicts_category, "different categories of arms"),
    Veto(arms.contradicts_designation, "different types of arms"),
    Veto(parties.has_other_supplier, "different suppliers"),
    Veto(parties.has_other_recipient, "different recipients"),
    Veto(arms.contradicts_quantity, "numbers that cannot be one"),
    Veto(arms.contradicts_value, "sums that cannot be one"),
    Veto(steps.is_same_step_long_after, "the same step at dates more than a year apart"),
    Veto(story.is_narrower_denial, "a denial that one office supplies does not deny the supply"),
    Veto(story.is_kept_apart, "told apart in one sentence"),
)


def compare_claims(left: Told, right: Told, names: Matcher) -> Comparison:
    """Return how two claims compare, the same whichever comes first.

    ``names`` (``Lexicon.matcher``) tells which names stand for one group, company or type of arms.
    """
    return compare_subjects(subject_of(left, names), subject_of(right, names))


def compare_subjects(left: Subject, right: Subject) -> Comparison:
    """Return how two claims compare, once made subjects."""
    pair = pair_of(left, right)
    vetoes = [Reason(None, veto.words) for veto in VETOES if veto.asks(pair)]
    held = [Reason(feature.points, feature.words) for feature in FEATURES if feature.asks(pair)]
    score = sum(reason.points for reason in held if reason.points is not None)
    if vetoes:
        return Comparison(score, Verdict.CONTRADICTED, (*vetoes, *held))
    return Comparison(score, Verdict.SAME if score >= SAME_FROM else Verdict.DIFFERENT, tuple(held))


def score_subjects(left: Subject, right: Subject) -> float | None:
    """Return the points of two claims without their reasons; None where a veto holds."""
    pair = pair_of(left, right)
    if any(veto.asks(pair) for veto in VETOES):
        return None
    return sum_points(FEATURES, pair)


def sum_points(features: Iterable[Feature], pair: Pair) -> float:
    """Return the points of the features that hold for two claims."""
    return sum(feature.points for feature in features if feature.asks(pair))
