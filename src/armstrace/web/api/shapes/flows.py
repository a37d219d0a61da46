"""Who is said to supply whom, as the API gives it."""

from __future__ import annotations

from armstrace.web.api.shapes.base import Shape


class FlowParty(Shape):
    """A supplier or recipient."""

    country: str | None
    """Code of the country; null where none is told."""
    name: str | None
    """Name of an organisation that stands for no country, or with `by_name` of any; else null."""


class Flow(Shape):
    """A supplier and a recipient, and how many transfers there are between them."""

    supplier: FlowParty | None
    """Who supplies; null where nobody says."""
    recipient: FlowParty | None
    """Who receives; null where nobody says."""
    transfers: int
    """How many lines of the register: what is reported, not what took place."""
    moved: int
    """Of these, said to be under way or to have come."""
    stopped: int
    """Of these, called off, refused or seized."""
    denied: int
    """Of all, those against which a denial counts."""


class Flows(Shape):
    """Pairs, those with most transfers first."""

    pairs: list[Flow]
    """At most 1000."""
    left_out: int
    """How many more pairs there are, with fewer transfers."""
    transfers: int
    """How many lines of the register are all that is asked for; one may stand in several pairs."""
