"""How a candidate is said to stand: status, polarity, certainty, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from armstrace.model import Certainty, Polarity, Status


@dataclass(slots=True)
class Standing:
    """What grammar says of a candidate: status, polarity, certainty from modals.

    ``call`` is no claim at all; ``soft`` marks a status that rests on a bare infinitive. ``unproven``: nothing was
    found of it, which denies it only where a party itself says so.
    """

    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty | None = None
    call: bool = False
    hypothetical: bool = False
    soft: bool = False
    unproven: bool = False
    governors: list[int] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
