"""Watches and alerts, as the API takes and gives them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from armstrace.alerts.watches import Kind
from armstrace.embargo.findings import Verdict
from armstrace.model import Status
from armstrace.web.api.params import Words
from armstrace.web.api.shapes.base import Page, Shape

_LARGEST = 2**63 - 1


class WatchAsks(Shape):
    """What a line of the register must be; what is null asks for nothing."""

    party: Words | None = None
    """Code, or the beginning of words of a name, of a supplier or recipient."""
    supplier: Words | None = None
    """Likewise, of a supplier."""
    recipient: Words | None = None
    """Likewise, of a recipient."""
    item: Words | None = None
    """A category, or the beginning of words of an item."""
    via: Words | None = None
    """A place or party that it passes through."""
    measure: Words | None = None
    """Key of a legal measure that reaches it, such as UN-KP."""
    verdict: Verdict | None = None
    """What that measure, or any, says of it."""
    status: Status | None = None
    """The latest status."""
    credibility: int | None = Field(default=None, ge=1, le=6)
    """The worst digit of credibility; 1 is the best."""
    words: Words | None = None
    """In titles or sentences of its claims, or in its names: all of them."""


class NewWatch(Shape):
    """A watch to be made, or to be put in the place of one."""

    name: str = Field(min_length=1, max_length=200)
    """What you call it; each of your watches has another name."""
    asks: WatchAsks = WatchAsks()
    """Which lines."""
    changes: list[Kind] = Field(default=[], max_length=100)
    """Which changes matter; none named: every change."""
    paused: bool = False
    """Whether it is paused: what happens meanwhile is not told later."""


class Watch(Shape):
    """A watch on lines of the register."""

    watch: str
    """Its id."""
    owner: str
    """Whose it is."""
    name: str
    """What its owner calls it."""
    asks: WatchAsks
    """Which lines."""
    changes: list[Kind]
    """Which changes matter."""
    paused: bool
    """Whether it is paused."""
    made_at: str
    """When it was made (ISO, UTC); it tells of what came after."""
    sent_to: str | None
    """The address that its alerts are sent to."""
    alerts: int
    """How many alerts there are."""
    unread: int
    """How many of them were not read."""


class WatchPage(Page[Watch]):
    """A page of watches, by owner and name."""


class AlertWatch(Shape):
    """The watch of an alert."""

    id: str
    """Its id."""
    name: str
    """Its name."""


class AlertChange(Shape):
    """What became of a line."""

    kind: Kind
    """What kind of change."""
    words: str
    """In words."""
    day: str | None
    """The day from which it is known."""
    claims: list[str]
    """Ids of the claims by which it became known."""


class Headline(Shape):
    """A claim by which it became known, as it was told then."""

    claim: str
    """Its id."""
    document: str
    """Id of its document."""
    outlet: str
    """Who published that."""
    title: str
    """Headline."""
    url: str | None
    """Address."""
    published: str | None
    """Day, month or year."""
    says: str
    """What it says, in short."""
    source: str
    """Who says so, from the nearest to the farthest."""
    origin: str
    """Who stands behind it."""
    words: str
    """The sentence."""


class Alert(Shape):
    """What became of a line that a watch asks for."""

    alert: str
    """Its id."""
    number: int
    """In the order of coming."""
    watch: AlertWatch
    """The watch."""
    transfer: str
    """Id of the line, as it was then."""
    title: str
    """Route and arms."""
    raised_at: str
    """When (ISO, UTC)."""
    read_at: str | None
    """When its owner noted that it was read."""
    day: str | None
    """The day from which all of it is known."""
    changes: list[AlertChange]
    """What became of it."""
    headlines: list[Headline]
    """Sources and headlines, the last twelve."""
    more_headlines: int
    """How many more there are."""
    notice: str
    """What this is not."""


class AlertPage(Page[Alert]):
    """A page of alerts, the latest first."""


class ReadAlerts(Shape):
    """Alerts that you have read."""

    numbers: list[Annotated[int, Field(ge=1, le=_LARGEST, strict=True)]] = Field(min_length=1, max_length=500)
    """Their numbers."""


class Unread(Shape):
    """What is left to be read."""

    unread: int
    """How many of your alerts are unread."""
