"""What is known of two documents beside their words: outlets, days, agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from armstrace.document import Document


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of two documents beside their words.

    Attributes:
        same_outlet: the same outlet published both: what they share may be its standing text.
        days: how far apart they were published; None where a day is not known.
        agencies: the agencies that both are marked with.
        are_rivals: both are marked as an agency's, and no agency is the same: agencies seldom copy one another.
    """

    same_outlet: bool
    days: int | None
    agencies: tuple[str, ...]
    are_rivals: bool


def compare_circumstances(left: Document, right: Document) -> Circumstances:
    """Return what is known of two documents beside their words; the same whichever comes first."""
    outlet = outlet_of(left)
    same_outlet = outlet is not None and outlet == outlet_of(right)
    one, other = agencies_of(left), agencies_of(right)
    return Circumstances(
        same_outlet=same_outlet,
        days=days_between(left.metadata.published, right.metadata.published),
        agencies=tuple(sorted(one & other)),
        are_rivals=bool(one and other and not one & other),
    )


def outlet_of(document: Document) -> str | None:
    """Return the outlet of a document in small letters without its article; None where it is unknown."""
    outlet = " ".join((document.metadata.outlet or "").casefold().split()).removeprefix("the ")
    return outlet or None


def agencies_of(document: Document) -> frozenset[str]:
    """Return the agencies that a document is marked with, in small letters ("(AP) -" in its dateline)."""
    marks = (fact.text.casefold().strip(" ()") for fact in document.facts if fact.kind == "wire")
    return frozenset("reuters" if mark == "reuter" else mark for mark in marks if mark)


def days_between(one: str | None, other: str | None) -> int | None:
    """Return how many days lie between two ISO days; None where either is not known to the day."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return None
