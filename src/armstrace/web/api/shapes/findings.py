"""A finding as the API gives it."""

from __future__ import annotations

from armstrace.embargo.findings import Verdict
from armstrace.embargo.measures import Body, Direction, Strength
from armstrace.web.api.shapes.base import Shape


class Case(Shape):
    """The answer for one possibility."""

    supposed: str
    """What is supposed, as "from 2018-10-18"."""
    verdict: Verdict
    """What then follows."""
    entry: str
    """Id of the entry that decides."""
    why: str
    """For which reason."""


class Finding(Shape):
    """What one measure says of a transfer. It holds only if the report is true, and is no legal advice."""

    measure: str
    """Key of the measure, as UN-KP."""
    body: Body
    """Who made it."""
    verdict: Verdict
    """The answer."""
    instrument: str
    """Where it stands: instruments joined by "; ", the deciding one first."""
    paragraph: str
    """The paragraphs, as many as instruments."""
    in_force_from: str | None
    """First day on which the deciding entry binds (ISO)."""
    in_force_to: str | None
    """First day on which it no longer does; null while no end is set."""
    decisive: str
    """What decided, in one sentence."""
    would_change: list[str]
    """What would change the answer."""
    entry: str
    """Id of the entry that decides, or comes nearest."""
    direction: Direction | None
    """Supply to, or procurement from, the target."""
    strength: Strength
    """What only urges is never a breach."""
    reached: bool
    """Whether its terms reach the transfer, or may."""
    missing: str | None
    """The party that must be told before anything can be said: supplier or recipient."""
    cases: list[Case]
    """The answer for each possibility, where they differ."""
    disputed: list[str]
    """Who does not accept that the measure stands, and why."""
    caveats: list[str]
    """What is not verified of the record."""
    source: str
    """Address and title of the official text."""
    notice: str
    """What a finding is not."""


class TransferFindings(Shape):
    """What the law says of a transfer."""

    transfer: str
    """Id of the transfer."""
    findings: list[Finding]
    """A finding for each measure that says something of it, the gravest first; with `all` for every measure."""


class CheckAnswer(Shape):
    """What the law says of a transfer in words."""

    question: str
    """How the words were understood, in one line."""
    findings: list[Finding]
    """The findings, the gravest first."""
