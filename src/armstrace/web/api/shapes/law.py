"""Legal measures as the API gives them; the shape of a measure itself is that of ``embargo.measures``."""

from __future__ import annotations

from armstrace.embargo.measures import Body, Level
from armstrace.web.api.shapes.base import Shape


class MeasureLine(Shape):
    """A regime: all dated entries of one body about one target."""

    key: str
    """Issuer and target, as UN-KP."""
    title: str
    """What it is called."""
    body: Body
    """Who made it."""
    entries: int
    """How many dated rules it has."""
    in_force_from: str
    """First day on which one of them binds (ISO)."""
    in_force_to: str | None
    """First day on which none does any more; null while no end is set."""
    date_checked: str
    """The day of the encoder's last look."""
    known_until: str
    """The last day whose law was found then."""
    confidence: Level
    """How sure the encoder is."""


class Measures(Shape):
    """The packaged measures, by key."""

    items: list[MeasureLine]
    """The measures; few, so they are given at once."""
