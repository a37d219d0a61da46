"""Fits the weights of the relevance gate on the train half of the corpus and on invented everyday news.

    python evaluation/fit_relevance.py [--write]

A text scores what its best window weighs (a smooth maximum while fitting). Weights are not below nothing. Of texts with
claims the worst count most (the loss is a smooth minimum of their scores), because the gate is judged by what it loses;
texts of the corpus without a claim are mostly about arms and count little. The threshold is the highest that loses at
most one in two hundred of all labelled texts with claims, when each fold is scored by weights fitted on the others and
the test half by weights fitted on the train half. The same input gives the same file. ``--write`` writes it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from armstrace.lexicon.load import load_lexicon
from armstrace.relevance.decide import windows_of
from relevance_texts import LabelledText, make_news, read_labelled

Vector = NDArray[np.float64]
FILE = Path(__file__).parent.parent / "src" / "armstrace" / "relevance" / "weights.yml"
RECALL = 0.995
FOLDS = 5
RIDGE = 1.0
CLAIMS = 30.0  # what the texts with claims count together, against 1 for each article without
BESIDE = 0.02  # what a text of the corpus without a claim counts
SHARPNESS = 3.0  # of the smooth maximum over windows
LEAST = 0.005  # a lighter feature is left out of the file
MARGIN = 0.01  # below the lowest score that must pass: weights are rounded
_NONE = -99.0  # score of a text without a window
_HEAD = """\
# Weights of the relevance gate, written by evaluation/fit_relevance.py --write: do not edit. What a feature means is
# told in windows.py and signs.py. Fitted on the train half of evaluation/corpus and on evaluation/relevance/news.txt.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One text by the features of its windows."""

    labelled: LabelledText
    windows: tuple[tuple[str, ...], ...]


def main() -> None:
    """Print what the gate keeps and lets pass, fold by fold; write the file where asked."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--write", action="store_true", help="write the packaged weights")
    options = ask.parse_args()
    lexicon = load_lexicon()
    cases = [
        Case(one, tuple(sorted({tuple(sorted(window.features)) for window in windows_of(one.text, lexicon)})))
        for one in (*read_labelled(), *make_news())
    ]
    halves = {half: [case for case in cases if case.labelled.half == half] for half in ("train", "test", "news")}
    weights, bias = fit([*halves["train"], *halves["news"]])
    held_out = _held_out(halves["train"], halves["news"]) + [
        score(case, weights) + bias for case in halves["test"] if case.labelled.has_claim
    ]
    threshold = sorted(held_out)[math.floor((1 - RECALL) * len(held_out))] - bias - MARGIN
    for half, texts in halves.items():
        for has_claim in (True, False):
            scores = [score(case, weights) for case in texts if case.labelled.has_claim is has_claim]
            passed = sum(one >= threshold for one in scores)
            print(f"{half:5} {'with claims' if has_claim else 'without':11} {passed} of {len(scores)} pass")
    kept = sum(one >= threshold + bias for one in held_out)
    print(f"held out, {FOLDS} folds and the test half: {kept} of {len(held_out)} pass, {kept / len(held_out):.4f}")
    if options.write:
        FILE.write_text(as_yaml(weights, threshold), "utf-8")


def fit(cases: Sequence[Case]) -> tuple[dict[str, float], float]:
    """Return the weights of the features and the bias (what a text must weigh to be as likely as not)."""
    cases = [case for case in cases if case.windows]
    names = sorted({name for case in cases for window in case.windows for name in window})
    table, starts = _table(cases, names)
    claims = np.array([case.labelled.has_claim for case in cases])
    counts = np.array([1.0 if case.labelled.half == "news" else BESIDE for case in cases])
    sizes = np.diff(np.append(starts, table.shape[0]))

    def loss(values: Vector) -> tuple[float, Vector]:
        weights, bias = values[:-1], values[-1]
        sums = table @ weights
        most = np.maximum.reduceat(sums, starts)
        shares = np.exp(SHARPNESS * (sums - np.repeat(most, sizes)))
        totals = np.add.reduceat(shares, starts)
        scores = most + np.log(totals) / SHARPNESS + bias
        lowest = -scores[claims].min()
        worst = np.exp(-scores[claims] - lowest)
        whole = CLAIMS * (lowest + math.log(worst.sum()))
        whole += float((counts * np.logaddexp(0, scores))[~claims].sum()) + RIDGE / 2 * float(weights @ weights)
        slope = np.where(claims, 0.0, counts / (1 + np.exp(-scores)))
        slope[claims] = -CLAIMS * worst / worst.sum()
        by_feature = table.T @ (np.repeat(slope / totals, sizes) * shares) + RIDGE * weights
        return whole, np.append(by_feature, slope.sum())

    start = np.append(np.full(len(names), 0.1), -3.0)
    bounds = [(0.0, None)] * len(names) + [(None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    values = [float(value) for value in found.x]
    return dict(zip(names, values[:-1], strict=True)), values[-1]


def score(case: Case, weights: dict[str, float]) -> float:
    """Return what the best window of a text weighs."""
    return max((sum(weights.get(name, 0.0) for name in window) for window in case.windows), default=_NONE)


def as_yaml(weights: dict[str, float], threshold: float) -> str:
    """Return the file of weights, the heaviest first."""
    kept = sorted(((-value, name) for name, value in weights.items() if value >= LEAST))
    return "\n".join(
        [_HEAD + f"threshold: {threshold:.3f}", "features:", *(f"  {name}: {-v:.3f}" for v, name in kept), ""]
    )


def _held_out(texts: Sequence[Case], news: Sequence[Case]) -> list[float]:
    """Return the scores of texts with claims, each by weights fitted without its fold."""
    scores: list[float] = []
    for fold in range(FOLDS):
        weights, bias = fit([case for number, case in enumerate(texts) if number % FOLDS != fold] + list(news))
        mine = [case for case in texts[fold::FOLDS] if case.labelled.has_claim]
        scores += [score(case, weights) + bias for case in mine]
    return scores


def _table(cases: Sequence[Case], names: Sequence[str]) -> tuple[csr_matrix, NDArray[np.int64]]:
    places = {name: number for number, name in enumerate(names)}
    windows = [window for case in cases for window in case.windows]
    columns = [places[name] for window in windows for name in window]
    ends = np.cumsum([0, *(len(window) for window in windows)])
    starts = np.cumsum([0, *(len(case.windows) for case in cases)])[:-1]
    return csr_matrix((np.ones(len(columns)), columns, ends), (len(windows), len(names))), starts


if __name__ == "__main__":
    main()
