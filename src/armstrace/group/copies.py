"""Copy families: documents that reuse one text, whatever their desks did to it, each pair with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final, NamedTuple

from armstrace.document import Document
from armstrace.group.families import Link, find_families
from armstrace.group.overlap import ComparedText, Overlap, compare_texts, compared_text
from armstrace.group.sketches import Key, candidate_pairs, sketch
from armstrace.group.words import compared_words

_WIRE_KINDS: Final = frozenset({"wire", "credit", "source", "dateline", "byline"})
_LONG_RUN: Final = 60  # words; a longer run says no more
_FAR_DAYS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of two documents beside their words.

    Attributes:
        same_outlet: the same outlet published both: what they share may be its standing text.
        days: how far apart they were published; None where a day is not known.
        credited: whom one credits that published or is credited by the other; None for nobody.
    """

    same_outlet: bool
    days: float | None
    credited: str | None


class Feature(NamedTuple):
    """One figure that speaks for or against a copy, its weight, and how it is told."""

    name: str
    value: Callable[[Overlap, Circumstances], float]
    weight: float


# Fitted on the stories marked "tune" of evaluation/syndication (evaluation/fit_copies.py), rounded.
BIAS: Final = -6.0
FEATURES: Final[tuple[Feature, ...]] = (
    Feature("words in shared runs", lambda o, _: o.covered, 6.0),
    Feature("words in shared runs but the longest", lambda o, _: o.covered_rest, 12.0),
    Feature("words in shared runs that are quotations", lambda o, _: o.covered_quoted, -4.0),
    Feature("longest shared run", lambda o, _: min(o.longest, _LONG_RUN) / _LONG_RUN, 2.0),
    Feature("shared vocabulary", lambda o, _: o.vocabulary, 3.0),
    Feature("content in the same order", lambda o, _: o.in_order, 14.0),
    Feature("one outlet", lambda _, c: float(c.same_outlet), -1.5),
    Feature("days apart", lambda _, c: min(c.days or 0.0, _FAR_DAYS) / _FAR_DAYS, -1.5),
    Feature("a common credit", lambda _, c: float(c.credited is not None), 1.5),
)
COPY: Final = 0.5  # probability from which a pair is taken for copies
SURE: Final = 0.9  # and from which one pair alone holds a family together


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two documents of which one repeats the other or both repeat a third: how likely, and why, in words."""

    left: str
    right: str
    likelihood: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """All documents in families (singletons too), each sorted, and the pairs that made them."""

    families: tuple[tuple[str, ...], ...]
    pairs: tuple[CopyPair, ...]


class Prepared(NamedTuple):
    """A document ready to be compared with others."""

    id: str
    outlet: str | None
    published: str | None
    credits: frozenset[str]
    text: ComparedText
    sketch: frozenset[int]

    @property
    def key(self) -> Key:
        """Its place in time."""
        return (self.published or "", self.id)


def prepare(document: Document) -> Prepared:
    """Return a document ready to be compared with others; the costly half of the work, once for each."""
    words = compared_words(document.text)
    credits = frozenset(name for fact in document.facts if fact.kind in _WIRE_KINDS for name in _names_in(fact.text))
    outlet = document.metadata.outlet
    return Prepared(
        document.id,
        outlet.casefold() if outlet else None,
        document.metadata.published,
        credits,
        compared_text(words),
        sketch(words.keys),
    )


# What agencies are called in credits and datelines.
_AGENCIES: Final[Mapping[str, str]] = {
    "reuters": "Reuters",
    "associated press": "Associated Press",
    "(ap)": "Associated Press",
    "agence france-presse": "AFP",
    "(afp)": "AFP",
    "afp": "AFP",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "interfax": "Interfax",
    "dpa": "dpa",
    "(upi)": "UPI",
    "yonhap": "Yonhap",
    "anadolu": "Anadolu",
    "press trust of india": "PTI",
    "(pti)": "PTI",
    "kyodo": "Kyodo",
    "ria novosti": "RIA Novosti",
    "bloomberg": "Bloomberg",
}


def _names_in(credit: str) -> Iterable[str]:
    small = f" {credit.casefold()} "
    return (name for sign, name in _AGENCIES.items() if sign in small)


def find_copies(documents: Iterable[Document]) -> Copies:
    """Return the copy families of documents; the same in whatever order they come.

    1. Sketches that meet make candidates (``sketches``); 2. each candidate is compared word for word (``overlap``) and
    judged by the table of features; 3. sure pairs and pairs that confirm one another make families (``families``).
    """
    return group_copies([prepare(document) for document in documents])


def group_copies(prepared: Sequence[Prepared]) -> Copies:
    """Return the copy families of prepared documents."""
    known = {one.id: one for one in prepared}
    candidates = sorted(candidate_pairs({one.key: one.sketch for one in prepared}))
    judged = (judge_pair(known[left], known[right]) for left, right in candidates)
    pairs = tuple(pair for pair in judged if pair.likelihood >= COPY)
    links = [Link(pair.left, pair.right, is_sure=pair.likelihood >= SURE) for pair in pairs]
    return Copies(find_families(sorted(known), links), pairs)


def judge_pair(left: Prepared, right: Prepared) -> CopyPair:
    """Return how likely one of two documents repeats the other, and why."""
    overlap = compare_texts(left.text, right.text)
    around = _circumstances(left, right)
    score = BIAS + sum(feature.weight * feature.value(overlap, around) for feature in FEATURES)
    return CopyPair(left.id, right.id, 1 / (1 + exp(-score)), tuple(_reasons(overlap, around)))


def _circumstances(left: Prepared, right: Prepared) -> Circumstances:
    same = left.outlet is not None and left.outlet == right.outlet
    shared = sorted(left.credits & right.credits)
    return Circumstances(same, _days_between(left.published, right.published), shared[0] if shared else None)


def _days_between(one: str | None, other: str | None) -> float | None:
    try:
        return float(abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days))
    except ValueError:
        return None


def _reasons(overlap: Overlap, around: Circumstances) -> Iterable[str]:
    yield f"{overlap.covered:.0%} of the shorter text ({overlap.words} words) stands in the other word for word"
    if overlap.longest:
        yield f"the longest shared run has {overlap.longest} words, and there are {len(overlap.runs)}"
    if overlap.covered_quoted:
        yield f"{overlap.covered_quoted:.0%} of it are shared quotations"
    yield f"{overlap.in_order:.0%} of its other content comes in the same order"
    yield f"{overlap.vocabulary:.0%} of its content words are in the other"
    if around.same_outlet:
        yield "one outlet published both"
    if around.credited:
        yield f"both credit {around.credited}"
    if around.days:
        yield f"published {around.days:.0f} days apart"
