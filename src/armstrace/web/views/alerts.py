"""Alerts as pages and feeds show them: what changed, then who said it, where, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from armstrace.alerts.watches import KIND_WORDS, Kind
from armstrace.export.addresses import href_of
from armstrace.export.plain import plain
from armstrace.store.alerts import StoredAlert
from armstrace.web.views.watches import moment_words

_COLOURS: Final[Mapping[str, str]] = {
    Kind.NEW_TRANSFER: "accent",
    Kind.NEW_ORIGIN: "affirmed",
    Kind.DENIAL: "denied",
    Kind.WITHDRAWAL: "denied",
    Kind.FINDING: "doubt",
}


class ChangeView(NamedTuple):
    """One change: its kind and how that is coloured, in words, and the day from which it is known."""

    kind: str
    colour: str
    words: str
    day: str


class HeadlineView(NamedTuple):
    """A headline: where it stood, its address (None where no link may lead there), who says it, in which words."""

    outlet: str
    published: str
    title: str
    url: str | None
    document: str
    claim: str
    says: str
    source: str
    words: str


class AlertView(NamedTuple):
    """An alert."""

    number: int
    id: str
    watch: str
    watch_id: str
    line: str
    title: str
    raised_at: str
    is_read: bool
    changes: tuple[ChangeView, ...]
    headlines: tuple[HeadlineView, ...]
    more: int


def view_alert(alert: StoredAlert) -> AlertView:
    """Return an alert as it is shown."""
    body = alert.body
    return AlertView(
        alert.number,
        alert.id,
        plain(alert.watch),
        alert.watch_id,
        alert.line,
        plain(body["title"]),
        moment_words(alert.raised_at),
        alert.read_at is not None,
        tuple(map(_change, body["changes"])),
        tuple(map(_headline, body["headlines"])),
        body["more_headlines"],
    )


def _change(told: Mapping[str, Any]) -> ChangeView:
    kind = Kind(told["kind"])
    return ChangeView(KIND_WORDS[kind], _COLOURS.get(kind, ""), plain(told["words"]), told["day"] or "")


def _headline(told: Mapping[str, Any]) -> HeadlineView:
    return HeadlineView(
        plain(told["outlet"]),
        told["published"] or "no date",
        plain(told["title"]) or told["document"],
        href_of(told["url"]),
        told["document"],
        told["claim"],
        plain(told["says"]),
        plain(told["source"]),
        plain(told["words"]),
    )
