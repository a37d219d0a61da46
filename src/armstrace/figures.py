"""Precision, recall and F1."""

from __future__ import annotations

from typing import NamedTuple


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def figures_of(matched: int, predicted: int, gold: int) -> Figures:
    """Return precision, recall and F1 of counts; 0 where they are not defined."""
    precision = matched / predicted if predicted else 0.0
    recall = matched / gold if gold else 0.0
    return Figures(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def head_figures(met: int, meeting: int, said: int, true: int) -> Figures:
    """Return the figures of ``met`` gold heads and of ``meeting`` found spans: one span may meet several heads."""
    precision, recall = meeting / said if said else 0.0, met / true if true else 0.0
    return Figures(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)
