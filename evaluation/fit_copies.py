"""Fits the weights of the table in group/evidence.py on the tune half of the constructed syndication, and prints them.

    python evaluation/fit_copies.py [--strength 0.3] [--folds 6]

A logistic regression with a ridge over the candidate pairs. A family hangs together by its best links: of the true
pairs those count that are needed for it (its maximum spanning tree under the last fit), the others a little where they
look like copies at all. Two rewritings of one text that took different parts of it are no lesson. Pairs of combined
articles are left out. Beside the table: the adjusted Rand index of the families over a grid of the two thresholds, each
story judged by weights fitted on the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from armstrace.group.candidates import Pair
from armstrace.group.circumstances import agencies_of, compare_circumstances
from armstrace.group.combined import Joint
from armstrace.group.evidence import BIAS, FEATURES, CopyPair, feature_values
from armstrace.group.index import index_documents
from armstrace.group.judging import Judged, comparable, judge_texts
from armstrace.group.overlap import compare_texts
from armstrace.group.settle import Thresholds, settle
from syndication import Half, read_set
from syndication_measures import Labels, adjusted_rand, label, score_pairs

Vector = NDArray[np.float64]
ROUNDS = 5  # of fitting and choosing the needed pairs anew
BESIDE = 0.3  # what a true pair counts that is not needed
STEP = 0.25
GRID = ((0.45, 0.6), (0.5, 0.55), (0.5, 0.6), (0.5, 0.65), (0.5, 0.7), (0.55, 0.65), (0.6, 0.65), (0.65, 0.65))


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate pair: its features, what it shares, and whether it is one family's; None where that is open."""

    pair: Pair
    values: Vector
    joint: Joint
    is_true: bool | None


def cases_of(half: Half) -> list[Case]:
    """Return the candidate pairs of a half."""
    index = index_documents(half.documents)
    texts = {one: comparable(document, frozenset(index.standing_counts)) for one, document in index.documents.items()}
    found = []
    for left, right in sorted(
        (one, other) for one, others in index.near_by_id.items() for other in others if one < other
    ):
        one, other = index.documents[left], index.documents[right]
        judged = judge_texts(one, other, texts[left], texts[right])
        values = feature_values(compare_texts(texts[left], texts[right]), compare_circumstances(one, other))
        is_true = None if (left, right) in half.partial else half.gold[left] == half.gold[right]
        found.append(Case((left, right), np.array(values), judged.joint, is_true))
    return found


def fit(cases: Sequence[Case], strength: float) -> Vector:
    """Return the bias and the weights."""
    known = [case for case in cases if case.is_true is not None]
    values = np.array([[1.0, *case.values] for case in known])
    truth = np.array([bool(case.is_true) for case in known])
    counts = np.ones(len(known))
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        weights = _regress(values, truth, counts, strength)
        scores = values @ weights
        needed = _needed(known, scores)
        counts = np.where(~truth | needed, 1.0, np.where(scores > 0, BESIDE, 0.0))
    return weights


def _regress(values: Vector, truth: NDArray[np.bool_], counts: Vector, strength: float) -> Vector:
    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = values @ weights
        free = np.concatenate([[0.0], weights[1:]])
        likely = 1 / (1 + np.exp(-scores))
        total = float(counts @ (np.logaddexp(0, scores) - truth * scores)) + strength * float(free @ free) / 2
        return total, values.T @ (counts * (likely - truth)) + strength * free

    found: Vector = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def _needed(cases: Sequence[Case], scores: Vector) -> NDArray[np.bool_]:
    """Tell which true pairs stand in the maximum spanning trees of their families."""
    family: dict[str, set[str]] = {}
    needed = np.zeros(len(cases), dtype=bool)
    for at in np.argsort(-scores, kind="stable"):
        left, right = (family.setdefault(one, {one}) for one in cases[at].pair)
        if cases[at].is_true and left is not right:
            needed[at] = True
            left |= right
            family.update(dict.fromkeys(right, left))
    return needed


def families_at(half: Half, cases: Sequence[Case], scores: Vector, least: float, sure: float) -> Labels:
    """Return the families that scores make at two thresholds of likelihood, as ``find_copies`` makes them."""
    agencies = {document.id: agencies_of(document) for document in half.documents}
    days = {document.id: document.metadata.published or "" for document in half.documents}
    judged = [
        Judged(CopyPair(*case.pair, float(chance), ()), case.joint)
        for case, chance in zip(cases, 1 / (1 + np.exp(-scores)), strict=True)
    ]
    return label(half.gold, settle(judged, agencies, days, Thresholds(least, sure)).families)


def cross_fit(half: Half, cases: Sequence[Case], strength: float, folds: int) -> Vector:
    """Return the score of each case by weights fitted on the stories of the other folds."""
    story = {one: int(row["story"]) for one, row in half.rows.items()}
    fold = {number: at % folds for at, number in enumerate(sorted(set(story.values())))}
    scores = np.zeros(len(cases))
    for number in range(folds):
        outside = [case for case in cases if all(fold[story[one]] != number for one in case.pair)]
        weights = fit(outside, strength)
        for at, case in enumerate(cases):
            if fold[story[case.pair[0]]] == number:
                scores[at] = weights @ np.concatenate([[1.0], case.values])
    return scores


def main() -> None:
    """Print the fitted table and what families the thresholds make."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--strength", type=float, default=0.3, help="of the ridge")
    ask.add_argument("--folds", type=int, default=6)
    options = ask.parse_args()
    half = next(half for half in read_set() if half.name == "tune")
    cases = cases_of(half)
    weights = fit(cases, options.strength)
    now = (BIAS, *(feature.weight for feature in FEATURES))
    for name, fitted, used in zip(("bias", *(feature.name for feature in FEATURES)), weights, now, strict=True):
        print(f"{np.round(fitted / STEP) * STEP:>7.2f}  (now {used:g}, exactly {fitted:.2f})  {name}")
    crossed = cross_fit(half, cases, options.strength, options.folds)
    used_scores = np.array([[1.0, *case.values] for case in cases]) @ np.array(now)
    for kept, sure in GRID:
        print(f"kept from {kept}, sure from {sure}", end="")
        for name, scores in (("crossed", crossed), ("now", used_scores)):
            labels = families_at(half, cases, scores, kept, sure)
            pairs = score_pairs(half.gold, labels, half.partial)
            print(
                f"  {name} {adjusted_rand(half.gold, labels):.3f} P {pairs.precision:.3f} R {pairs.recall:.3f}", end=""
            )
        print()


if __name__ == "__main__":
    main()
