"""Alerts: for each watch that asks for a line, what became of it, with sources and headlines as they were then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from armstrace.alerts.changes import Change, changes_of, ending_of
from armstrace.alerts.lines import Line
from armstrace.alerts.matching import is_asked_for
from armstrace.alerts.watches import Watch
from armstrace.export.plain import plain
from armstrace.export.transfer_words import origin_words, outlet_words, saying_words
from armstrace.export.wording import HONESTY, UNKNOWN, CountryNames, chain_words
from armstrace.register.backing import voices_of
from armstrace.register.known import in_order
from armstrace.register.types import Transfer

MOST_HEADLINES: Final = 12  # of one alert; how many more there are is told


@dataclass(frozen=True, slots=True)
class Alert:
    """What became of a line (its id and title), for one watch (its id)."""

    watch: str
    line: str
    title: str
    changes: tuple[Change, ...]

    @property
    def day(self) -> str | None:
        """The day from which all of it is known (ISO), None where nobody tells a day."""
        return max((change.day for change in self.changes if change.day), default=None)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims by which it became known, each once."""
        return tuple(dict.fromkeys(claim for change in self.changes for claim in change.claims))


class Raised(NamedTuple):
    """An alert that was raised: its id, id and name of the watch, the transfer, and the moment."""

    alert: str
    watch: str
    watch_name: str
    transfer: str
    raised_at: str


def alert_shape(raised: Raised, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the public shape of an alert: what a program reads, and what is sent to addresses."""
    return {
        "alert": raised.alert,
        "watch": {"id": raised.watch, "name": raised.watch_name},
        "transfer": raised.transfer,
        "raised_at": raised.raised_at,
        **body,
    }


def alerts_of(before: Sequence[Line], after: Line | None, watches: Iterable[Watch]) -> tuple[Alert, ...]:
    """Return what watches are told of a line that stood as in ``before`` and stands as ``after``, None for no more.

    To a watch only what it asks for is there: a line that comes to be so is a new one, and one that ceases to be so is
    told of for the last time. Each change that a watch asks for stands in exactly one alert to it.
    """
    known: dict[tuple[str, ...], tuple[Change, ...]] = {}
    found = []
    for watch in watches:
        seen = [line for line in before if is_asked_for(line, watch.asks)]
        if not seen and (after is None or not is_asked_for(after, watch.asks)):
            continue
        place = tuple(line.id for line in seen)
        if place not in known:
            known[place] = changes_of(seen, after) if after else tuple(map(ending_of, seen))
        changes = tuple(change for change in known[place] if change.kind in watch.kinds)
        if changes:
            shown = after or seen[0]
            found.append(Alert(watch.id, shown.id, shown.title, changes))
    return tuple(found)


def headlines_of(
    transfer: Transfer, claims: Iterable[str], addresses: Mapping[str, str | None], names: CountryNames
) -> list[dict[str, Any]]:
    """Return for each of ``claims``, of a transfer or about it, its source, headline and words, in order of report.

    ``addresses`` are those of documents, by id. What comes back is plain values, kept as they are.
    """
    voices, wanted = voices_of(transfer.voices), set(claims)
    return [
        {
            "claim": told.claim.id,
            "document": told.claim.document,
            "outlet": outlet_words(told),
            "title": plain(told.title or ""),
            "url": addresses.get(told.claim.document),
            "published": told.published,
            "says": saying_words(told),
            "source": chain_words(told.claim.attribution, names),
            "origin": origin_words(voices[told.claim.id], names) if told.claim.id in voices else UNKNOWN,
            "words": plain(told.claim.evidence.text),
        }
        for told in in_order((*transfer.claims, *transfer.context))
        if told.claim.id in wanted
    ]


def alert_body(alert: Alert, headlines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is kept and sent of an alert, beside its ids and moment: changes, headlines, what they are not."""
    return {
        "title": alert.title,
        "day": alert.day,
        "changes": [
            {"kind": str(one.kind), "words": one.words, "day": one.day, "claims": list(one.claims)}
            for one in alert.changes
        ],
        "headlines": list(headlines[-MOST_HEADLINES:]),
        "more_headlines": max(0, len(headlines) - MOST_HEADLINES),
        "notice": HONESTY,
    }
