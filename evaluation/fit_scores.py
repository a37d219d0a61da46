"""Fits the weights of the table in extract/scoring.py on labelled texts, and prints them beside those in force.

    python evaluation/fit_scores.py CORPUS [--ids FILE] [--strength 1.0]

Every transfer word is a case: right where one of the claims that it would give matches a gold claim
that is mentioned in its sentence.
Logistic regression gives the weights, with a ridge around those in force and no change of sign, rounded to quarters;
what they and the threshold are worth is then measured by reading whole texts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from armstrace.document import Span
from armstrace.evaluate import Gold, similarity
from armstrace.extract.scoring import AT_HOME, FEATURES, THRESHOLD, held_features
from replay import Word, replay_corpus

STEP = 0.25


@dataclass(frozen=True, slots=True)
class Case:
    """One reading of a transfer word: which features hold, and whether it gives a claim of the gold."""

    features: tuple[bool, ...]
    right: bool


def cases_of(word: Word, gold: list[Gold]) -> Iterator[Case]:
    """Yield the case of a transfer word, none where it can be no claim at any score."""
    if not word.judged.unfit:
        told = [g for g in gold if is_told(g, word.sentence.span)]
        right = any(similarity(g, c) > 0 for g in told for c in word.claims)
        yield Case(held_features(word.judged.candidate, word.judged.standing, word.home), right)


def is_told(gold: Gold, sentence: Span) -> bool:
    """Tell whether a gold claim is mentioned in a sentence."""
    places = [Span(*m["trigger"]) for m in gold.get("mentions") or () if m.get("in") != "title"]
    return any(sentence.touches(place) for place in places)


def fit(cases: list[Case], strength: float) -> tuple[NDArray[np.float64], float]:
    """Return weights and threshold near those in force that explain the cases best; no weight changes its sign.

    The weights in force, as points of log odds, are the centre of the ridge: what the cases do not tell stays.
    """
    x = np.array([c.features for c in cases], dtype=np.float64)
    y = np.array([c.right for c in cases], dtype=np.float64)
    now = np.array([*(weight for _, weight, _ in FEATURES), AT_HOME])
    bounds = [(0.0, None) if w > 0 else (None, 0.0) if w < 0 else (None, None) for w in now]

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, threshold = point[:-1], point[-1]
        logit = x @ weights - threshold
        value = float(np.logaddexp(0, logit).sum() - y @ logit) + strength * float(((weights - now) ** 2).sum()) / 2
        gap = 1 / (1 + np.exp(-logit)) - y
        return value, np.append(x.T @ gap + strength * (weights - now), -gap.sum())

    found = minimize(loss, np.append(now, THRESHOLD), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return found.x[:-1], float(found.x[-1])


def main() -> None:
    """Print the fitted table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--ids", type=Path, help="a file with the ids of the texts to fit on, one a line")
    ask.add_argument("--strength", type=float, default=1.0, help="of the ridge")
    options = ask.parse_args()
    cases = [case for word, gold in replay_corpus(options.corpus, options.ids) for case in cases_of(word, gold)]
    weights, threshold = fit(cases, options.strength)
    names = [name for name, _, _ in FEATURES] + ["guns at home"]
    print(f"{len(cases)} cases, {sum(c.right for c in cases)} right")
    for k, name in enumerate(names):
        held = sum(c.features[k] for c in cases)
        right = sum(c.features[k] and c.right for c in cases)
        print(f"{round(float(weights[k]) / STEP) * STEP:>7.2f}  {name}  (held {held}, right {right})")
    print(f"threshold {threshold:.2f} at even chances")


if __name__ == "__main__":
    main()
