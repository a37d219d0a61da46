"""Whether one of two documents repeats the other: a table of features with weights, each told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from typing import Final, NamedTuple

from armstrace.group.circumstances import Circumstances
from armstrace.group.overlap import Overlap

_LONG_RUN: Final = 60  # words; a longer run says no more
_FAR_DAYS: Final = 30
_RIVALS: Final = "rival agencies"


class Feature(NamedTuple):
    """One figure in [0, 1] that speaks for or against a copy, its weight, and how it is told."""

    name: str
    value: Callable[[Overlap, Circumstances], float]
    weight: float
    told: Callable[[Overlap, Circumstances], str]


# Fitted on the stories marked "tune" of evaluation/syndication (evaluation/fit_copies.py), rounded to a quarter.
BIAS: Final = -3.5
FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        "words in shared runs",
        lambda o, _: o.reused,
        2.25,
        lambda o, _: f"{o.covered:.0%} of the shorter text ({o.words} words) stands word for word in the other",
    ),
    Feature(
        "words in shared runs beside the longest",
        lambda o, _: o.reused_rest,
        1.75,
        lambda o, _: f"{o.covered_rest:.0%} of it without the longest shared run, in {max(0, len(o.runs) - 1)} runs",
    ),
    Feature(
        "longest shared run",
        lambda o, _: min(o.weightiest, _LONG_RUN) / _LONG_RUN,
        2.25,
        lambda o, _: f"the longest shared run has {o.longest} words",
    ),
    Feature(
        "shared vocabulary",
        lambda o, _: o.vocabulary,
        3.75,
        lambda o, _: f"{o.vocabulary:.0%} of its content words are in the other",
    ),
    Feature(
        "content in the same order",
        lambda o, _: o.in_order,
        3.5,
        lambda o, _: f"{o.in_order:.0%} of its content beside the longest run comes in the same order",
    ),
    Feature(
        "shared details",
        lambda o, _: o.details,
        1.75,
        lambda o, _: f"{o.details:.0%} of its own uncommon words that are no names are in the other",
    ),
    Feature(
        "days apart",
        lambda _, c: min(c.days or 0, _FAR_DAYS) / _FAR_DAYS,
        -2.5,
        lambda _, c: f"published {c.days} days apart",
    ),
    Feature(
        "one outlet",
        lambda _, c: float(c.same_outlet),
        -1.25,
        lambda *_: "one outlet published both: what they share may be its standing text",
    ),
    Feature(
        _RIVALS,
        lambda _, c: float(c.are_rivals),
        -3.25,
        lambda *_: "they are marked as of different agencies",
    ),
)
COPY: Final = 0.5  # likelihood from which a pair is kept
SURE: Final = 0.6  # and from which it holds a family together alone
_TELLING: Final = 0.15  # of weight times value: a feature that adds less is not told


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two documents, how likely one repeats the other or both repeat a third, and why, in words."""

    left: str
    right: str
    likelihood: float
    reasons: tuple[str, ...]


def feature_values(overlap: Overlap, around: Circumstances) -> list[float]:
    """Return the values of the features in order of the table."""
    return [feature.value(overlap, around) for feature in FEATURES]


def weigh_pair(overlap: Overlap, around: Circumstances) -> float:
    """Return how likely two documents with so much in common are copies, in [0, 1]."""
    score = BIAS + sum(feature.weight * feature.value(overlap, around) for feature in FEATURES)
    return 1 / (1 + exp(-score))


def as_rivals(pair: CopyPair) -> CopyPair:
    """Return a pair as likely as if both were marked as of different agencies, with the reason."""
    weight = next(feature.weight for feature in FEATURES if feature.name == _RIVALS)
    likelihood = 1 / (1 + exp(-weight) * (1 - pair.likelihood) / pair.likelihood)
    reason = "against a copy: they, or certain copies of them, are marked as of different agencies"
    return CopyPair(pair.left, pair.right, likelihood, (*pair.reasons, reason))


def tell_pair(overlap: Overlap, around: Circumstances) -> Iterator[str]:
    """Yield the reasons in words, the weightiest first, each marked with what it speaks for."""
    shares = [(feature.weight * feature.value(overlap, around), feature) for feature in FEATURES]
    for share, feature in sorted(shares, key=lambda row: -abs(row[0])):
        if abs(share) >= _TELLING:
            yield f"{'for' if share > 0 else 'against'} a copy: {feature.told(overlap, around)}"
    if around.agencies:
        yield f"both are marked as of {', '.join(name.upper() for name in around.agencies)}"
