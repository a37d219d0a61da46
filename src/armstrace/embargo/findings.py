"""What is asked of the law, and what it answers: a transfer with its doubts, and a finding for each measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armstrace.embargo.measures import Body, Direction, Strength
from armstrace.lexicon.type_facts import Bounds, Measured, Trait
from armstrace.model import Category, Status

HONESTY = "Not legal advice. A finding holds only if the report is true, and only for the law as far as it was checked."


class Verdict(StrEnum):
    """What a measure says of a transfer, the gravest first."""

    BREACH = "breach-if-true"
    DEPENDS = "depends"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class AskedParty:
    """One possible supplier or recipient.

    Attributes:
        country: ISO code; None where not known.
        names: names of armed groups, organisations and companies as the lexicon labels them; empty for a state itself.
        is_government: True where its state acts, False where it is known not to, None where not known.
        places: words that place it below the country ("Darfur").
    """

    country: str | None
    names: tuple[str, ...] = ()
    is_government: bool | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One kind of arms in question; ``has`` holds for sure, ``may_be`` for some of its kind."""

    words: str
    category: Category
    designation: str | None = None
    measures: Mapping[Measured, Bounds] | None = None
    has: frozenset[Trait] = frozenset()
    may_be: frozenset[Trait] = frozenset()


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The days on which it may have taken place, both inclusive; None for no bound on that side.

    ``assumed`` says in words what the days rest on where no source tells them ("the day of the first report").
    """

    first: date | None
    last: date | None
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A transfer as the law is asked of it: every field with all its possibilities, empty where nothing is known."""

    suppliers: tuple[AskedParty, ...]
    recipients: tuple[AskedParty, ...]
    items: tuple[AskedItem, ...]
    times: tuple[AskedTime, ...]
    status: Status = Status.UNSPECIFIED


@dataclass(frozen=True, slots=True)
class Case:
    """The answer for one possibility: what is supposed ("from 2018-10-18", "300 km or more"), and what follows."""

    supposed: str
    verdict: Verdict
    entry: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one measure says of a transfer.

    Attributes:
        measure: its key, such as ``UN-KP``.
        body: who made it.
        verdict: the answer.
        entry: id of the entry that decides; empty where no entry comes near.
        instrument: and ``paragraph``: where it stands; all that apply, the deciding one first, joined by "; ".
        in_force_from: first day on which the deciding entry binds, and ``in_force_to``: first day that it no longer
            does.
        direction: supply to, or procurement from, the target.
        strength: binding or not; what only urges or is political is never a breach.
        decisive: what decided, in one sentence.
        would_change: what would change the answer, a sentence each.
        cases: the answer for each possibility where they differ.
        disputed: who does not accept that the measure stands then, and why, in a sentence each.
        caveats: what is not verified of the record, or lies after the day on which it was last checked.
        source: address and title of the official text.
    """

    measure: str
    body: Body
    verdict: Verdict
    entry: str
    instrument: str
    paragraph: str
    in_force_from: date | None
    in_force_to: date | None
    direction: Direction | None
    strength: Strength
    decisive: str
    would_change: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    disputed: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    source: str = ""
