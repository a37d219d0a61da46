"""The review queue as its page shows it: which claims wait, why, and how many of each state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from armstrace.export.plain import plain
from armstrace.export.transfer_words import outlet_words
from armstrace.export.wording import CountryNames, claim_words, standing_words
from armstrace.model import Status
from armstrace.register.fields import plain_name
from armstrace.review.urgency import reasons_of
from armstrace.store.review_queue import ANY, WAITING, QueueCursor, QueueQuery, ReviewRow
from armstrace.told import ReviewState, Told
from armstrace.web.views.words import Stretch, evidence_words

STATES: Final = (WAITING, *map(str, ReviewState), ANY)
_FILTERS: Final = ("state", "party", "item", "status", "outlet", "transfer")
_LONGEST: Final = 200  # characters of a filter


class Waiting(NamedTuple):
    """A claim of the queue."""

    id: str
    headline: str
    standing: str
    denied: bool
    state: str
    day: str
    outlet: str
    title: str
    words: tuple[Stretch, ...]
    reasons: tuple[str, ...]
    transfer: str | None


class Asked(NamedTuple):
    """What somebody filters the queue by, as it was given; what is none of the known values is left out."""

    state: str = WAITING
    party: str = ""
    item: str = ""
    status: str = ""
    outlet: str = ""
    transfer: str = ""

    @property
    def address(self) -> str:
        """The part of an address that asks for the same, "" for the whole queue."""
        told = {name: value for name, value in self._asdict().items() if value and (name, value) != ("state", WAITING)}
        return urlencode(told)

    @property
    def query(self) -> QueueQuery:
        """The same as it is asked of the store."""
        folded = {name: plain_name(getattr(self, name)) for name in ("party", "item", "outlet") if getattr(self, name)}
        return QueueQuery(self.state, status=self.status or None, transfer=self.transfer or None, **folded)


def read_filters(given: Mapping[str, str]) -> Asked:
    """Return what a query asks for."""
    told = {name: " ".join(given.get(name, "").split())[:_LONGEST] for name in _FILTERS}
    known: dict[str, Iterable[str]] = {"state": STATES, "status": tuple(map(str, Status))}
    kept = {name: value for name, value in told.items() if value and value in known.get(name, (value,))}
    return Asked(**kept)


def filters_of_address(address: str) -> Asked:
    """Return what the part of an address asks for."""
    return read_filters(dict(parse_qsl(address[: 10 * _LONGEST])))


def cursor_text(cursor: QueueCursor | None) -> str:
    """Return a cursor for an address."""
    return "~".join(map(str, cursor)) if cursor else ""


def read_cursor(text: str) -> QueueCursor | None:
    """Return a cursor from an address; None for what is none: the queue then begins at its beginning."""
    parts = text.split("~")
    if len(parts) != len(QueueCursor._fields) or not all(parts[at].isascii() and parts[at].isdigit() for at in (0, 3)):
        return None
    if any(len(part) > len("9" * 9) for part in (parts[0], parts[3])):
        return None
    return QueueCursor(int(parts[0]), parts[1], parts[2], int(parts[3]), parts[4])


def view_waiting(rows: Iterable[ReviewRow], told: Mapping[str, Told], names: CountryNames) -> tuple[Waiting, ...]:
    """Return the claims of a page of the queue."""
    return tuple(_waiting(row, told[row.claim_id], names) for row in rows if row.claim_id in told)


def _waiting(row: ReviewRow, told: Told, names: CountryNames) -> Waiting:
    claim = told.claim
    return Waiting(
        id=claim.id,
        headline=claim_words(claim, names),
        standing=standing_words(claim),
        denied=claim.polarity == "denied",
        state=row.state,
        day=plain(told.published or "no date"),
        outlet=outlet_words(told),
        title=plain(told.title or ""),
        words=evidence_words(claim),
        reasons=reasons_of(row.rank) if row.waits else (),
        transfer=row.transfer_id,
    )
