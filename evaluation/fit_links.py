"""Fits the weights of the table in extract/links.py on labelled texts, and prints them beside those in force.

    python evaluation/fit_links.py CORPUS [--ids FILE] [--strength 1.0]

Every role of every transfer word that a gold claim is read at is a case; its options are the countries that the
readings and the document propose, and "none is told". A softmax over the options, with a ridge, gives the weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from armstrace.evaluate import Gold
from armstrace.extract.candidate import Candidate
from armstrace.extract.links import LINKS, held_links, weigh
from armstrace.extract.reading import SentenceReading
from armstrace.extract.scene import ROLES, countries_proposed, make_scene
from replay import Word, replay_corpus

NEAR = 40  # characters between the reader's transfer word and the gold's
STEP = 0.25


@dataclass(frozen=True, slots=True)
class Case:
    """One role of one transfer word: the features of each option, which options are right, which one is chosen now."""

    role: str
    options: NDArray[np.float64]
    right: NDArray[np.bool_]
    chosen: int


def cases_of(word: Word, gold: list[Gold]) -> Iterator[Case]:
    """Yield a case for each role of a transfer word that a gold claim is read at."""
    told = told_at(word.sentence, word.readings[0], gold)
    if not told:
        return
    suppliers = frozenset(accepted(told, ROLES[0]))
    for role in ROLES:
        other = suppliers - {None} if role == ROLES[1] else frozenset[str | None]()
        scene = make_scene(word.story, word.readings, role, word.earlier, frozenset(other))
        countries = countries_proposed(scene)
        right = np.array([country in accepted(told, role) for country in countries])
        options = np.array([held_links(scene, country) for country in countries], dtype=np.float64)
        chosen = int(np.argmax([weigh(scene, country) for country in countries]))
        yield Case(role, options, right, chosen)


def told_at(sentence: SentenceReading, candidate: Candidate, gold: list[Gold]) -> list[Gold]:
    """Return the gold claims that are read at a transfer word: those of the mention nearest to it."""
    place = sentence.tree.token(candidate.trigger).start
    near: list[tuple[int, Gold]] = []
    for claim in gold:
        for mention in claim.get("mentions") or ():
            start = mention["trigger"][0]
            inside = sentence.span.start <= start < sentence.span.end and mention.get("in") != "title"
            if inside and abs(start - place) <= NEAR:
                near.append((abs(start - place), claim))
    least = min((distance for distance, _ in near), default=0)
    return [claim for distance, claim in near if distance == least]


def accepted(told: list[Gold], role: str) -> set[Any]:
    """Return the countries that the gold accepts in a role."""
    return {c for g in told for c in (g.get(role), *((g.get("alt") or {}).get(role) or ()))}


def fit(cases: list[Case], strength: float) -> NDArray[np.float64]:
    """Return the weights of all features."""
    usable = [c for c in cases if c.right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = strength * float(weights @ weights) / 2, strength * weights
        for case in usable:
            shares = np.exp(case.options @ weights - (case.options @ weights).max())
            shares /= shares.sum()
            good = shares * case.right
            total -= float(np.log(good.sum() + 1e-12))
            slope += case.options.T @ (shares - good / (good.sum() + 1e-12))
        return total, slope

    found = minimize(loss, np.zeros(len(LINKS)), jac=True, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x
    return weights


def main() -> None:
    """Print the fitted table and how often the choice is right, now and with the fitted weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--ids", type=Path, help="a file with the ids of the texts to fit on, one a line")
    ask.add_argument("--strength", type=float, default=1.0, help="of the ridge")
    options = ask.parse_args()
    cases = [case for word, gold in replay_corpus(options.corpus, options.ids) for case in cases_of(word, gold)]
    weights = np.round(fit(cases, options.strength) / STEP) * STEP
    for weight, (name, now, _) in zip(weights, LINKS, strict=True):
        print(f"{weight:>7.2f}  (now {now:g})  {name}")
    for role in ROLES:
        own = [c for c in cases if c.role == role]
        now = sum(bool(c.right[c.chosen]) for c in own)
        fitted = sum(bool(c.right[int(np.argmax(c.options @ weights))]) for c in own)
        could = sum(bool(c.right.any()) for c in own)
        print(f"{role}: {len(own)} cases, right now {now}, fitted {fitted}, among the options {could}")


if __name__ == "__main__":
    main()
