"""Watches as their pages show them: what each asks for in words, and the fields of its form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from armstrace.alerts.watches import KIND_WORDS, Kind, Watch
from armstrace.alerts.wording import asks_words, kinds_words
from armstrace.embargo.findings import Verdict
from armstrace.export.plain import plain
from armstrace.model import Status
from armstrace.register.grades import LABELS
from armstrace.store.alerts import WatchRow
from armstrace.store.deliveries import StoredDelivery

Choices = tuple[tuple[str, str], ...]

_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "party": ("Party", "Supplier or recipient: a code such as RU, or the beginning of a name"),
    "supplier": ("Supplier", "A code or a name"),
    "recipient": ("Recipient", "A code or a name"),
    "item": ("Arms", "A category such as drones, or words of a type"),
    "via": ("By way of", "A place or party that it passes through"),
    "words": ("Words", "In headlines or sentences; all of them"),
    "measure": ("Legal measure", ""),
    "verdict": ("What the law says", ""),
    "status": ("Status", ""),
    "credibility": ("Credibility at least", ""),
}
_ANY: Final = ("", "any")
_STATES: Final[Mapping[str, str]] = {"delivered": "affirmed", "waiting": "doubt", "dead": "denied"}


class Field(NamedTuple):
    """A field of the form: a text, or one of ``choices``."""

    name: str
    label: str
    hint: str
    value: str
    choices: Choices


class KindField(NamedTuple):
    """A kind of changes to be ticked."""

    value: str
    label: str
    is_chosen: bool


class FormView(NamedTuple):
    """The form of a watch; ``action`` is where it is sent, ``problem`` what is wrong with it."""

    heading: str
    action: str
    name: str
    fields: tuple[Field, ...]
    kinds: tuple[KindField, ...]
    problem: str


class WatchLine(NamedTuple):
    """A watch in words."""

    id: str
    name: str
    owner: str
    asks: str
    kinds: str
    made_on: str
    is_paused: bool
    unread: int
    total: int
    sent_to: str


class DeliveryView(NamedTuple):
    """How sending one alert went: its number, the state and how it is coloured, tries, moment, and why not."""

    number: int
    state: str
    colour: str
    tries: int
    at: str
    status: str
    reason: str
    next_try: str


def view_form(
    frame: tuple[str, str],
    name: str,
    asked: Mapping[str, str],
    kinds: Collection[str],
    measures: Collection[str],
) -> FormView:
    """Return the form of a watch with what was told of it; ``frame`` is its heading and where it is sent."""
    choices: Mapping[str, Choices] = {
        "measure": (_ANY, *((one, one) for one in measures)),
        "verdict": (_ANY, *((str(one), one.replace("-", " ")) for one in Verdict)),
        "status": (_ANY, *((str(one), str(one)) for one in Status)),
        "credibility": (_ANY, *((str(digit), f"{digit}, {label}") for digit, label in LABELS.items())),
    }
    fields = tuple(Field(one, *_LABELS[one], asked.get(one, ""), choices.get(one, ())) for one in _LABELS)
    ticked = tuple(KindField(str(one), KIND_WORDS[one], not kinds or one in kinds) for one in Kind)
    return FormView(*frame, name, fields, ticked, "")


def view_watch(row: WatchRow, watch: Watch, unread: int, total: int) -> WatchLine:
    """Return a watch in words, with how many alerts there are and how many are unread."""
    return WatchLine(
        row.id,
        plain(row.name),
        plain(row.owner),
        asks_words(watch.asks),
        kinds_words(watch.kinds),
        row.made_at[:10],
        row.is_paused,
        unread,
        total,
        plain(row.hook_url or ""),
    )


def view_delivery(one: StoredDelivery) -> DeliveryView:
    """Return how sending an alert went."""
    told = "" if one.state == "delivered" else plain(one.reason or "")
    wait = moment_words(one.not_before) if one.state == "waiting" else ""
    status = "" if one.status is None else str(one.status)
    at = moment_words(one.last_at) or "not tried yet"
    return DeliveryView(one.number, one.state, _STATES[one.state], one.tries, at, status, told, wait)


def moment_words(moment: str | None) -> str:
    """Return a stored moment as ``2031-03-01 12:00 UTC``, "" for none."""
    return f"{moment[:10]} {moment[11:16]} UTC" if moment else ""
