"""What somebody asks of the register by its page: read from an address, and written into one."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from armstrace.embargo.findings import Verdict
from armstrace.model import Category, Status
from armstrace.register.fields import plain_name
from armstrace.register.grades import LABELS
from armstrace.registering import check_day
from armstrace.store.line_query import NO_FINDING, TransferQuery
from armstrace.store.transfers import ORDERS, Cursor
from armstrace.text.calendar_periods import parse_published

LONGEST: Final = 200  # characters of a field; nobody looks for more
LONGEST_CURSOR: Final = 4000  # it holds the words of a route
WORDS: Final = ("q", "party", "supplier", "recipient", "item", "measure")
DATES: Final = ("as_of", "after", "before")
DEFAULT_ORDER: Final = "last-change"
# The answers of each kind that can be chosen, several of one kind at once, in the order in which they are shown.
CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "status": [str(one) for one in Status],
    "category": [str(one) for one in Category],
    "credibility": [str(digit) for digit in LABELS],
    "law": [*(str(one) for one in Verdict if one is not Verdict.OUTSIDE), NO_FINDING],
    "reviewed": ["all", "some", "none"],
}
_LARGEST: Final = 2**31
_NO_DATE: Final = "this is no date; give a day, month or year, such as 2022-09-06"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        words: of the fields that hold any, by name (``WORDS`` and ``DATES``).
        chosen: answers by kind (``CHOICES``).
        order: of ``ORDERS``, "-" before it for the other way round.
        cursor: where the page begins, as it stands in the address.
        problems: what is wrong with a field, by its name.
    """

    words: Mapping[str, str]
    chosen: Mapping[str, tuple[str, ...]]
    order: str
    cursor: str
    problems: Mapping[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is asked for but a day and an order."""
        return bool(self.chosen) or any(name != "as_of" for name in self.words)


def read_asked(pairs: Iterable[tuple[str, str]], countries: Mapping[str, str]) -> Asked:
    """Return what an address asks for; ``countries`` are names by code. What no page knows is passed over."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        shown = "".join(c if c.isprintable() else " " for c in value[: LONGEST if name != "from" else LONGEST_CURSOR])
        given.setdefault(name, []).append(shown.strip())
    words = {name: given[name][-1] for name in (*WORDS, *DATES) if given.get(name, [""])[-1]}
    chosen = {
        kind: found for kind, known in CHOICES.items() if (found := tuple(a for a in known if a in given.get(kind, ())))
    }
    order, cursor = given.get("sort", [DEFAULT_ORDER])[-1], given.get("from", [""])[-1]
    problems: dict[str, str] = {name: _NO_DATE for name in DATES if name in words and not _is_date(words[name])}
    problems |= {
        name: "no country has this code or name; give a code such as KP"
        for name in ("supplier", "recipient")
        if name in words and code_of(words[name], countries) is None
    }
    known_order = order if order.removeprefix("-") in ORDERS else DEFAULT_ORDER
    return Asked(words, chosen, known_order, cursor, problems)


def query_of(asked: Asked, countries: Mapping[str, str]) -> TransferQuery:
    """Return it as the store is asked; nothing may be wrong with a field."""
    words, chosen = asked.words, asked.chosen
    first = parse_published(words.get("after"))
    return TransferQuery(
        as_of=check_day(words.get("as_of")),
        party=plain_name(words["party"]) if "party" in words else None,
        item=plain_name(words["item"]) if "item" in words else None,
        words=tuple(plain_name(words.get("q")).split()),
        supplier=code_of(words.get("supplier", ""), countries),
        recipient=code_of(words.get("recipient", ""), countries),
        first_day=first.start.isoformat() if first and first.start else None,
        last_day=check_day(words.get("before")),
        measure=words["measure"].upper() if "measure" in words else None,
        statuses=chosen.get("status", ()),
        categories=chosen.get("category", ()),
        credibilities=chosen.get("credibility", ()),
        verdicts=chosen.get("law", ()),
        reviews=chosen.get("reviewed", ()),
    )


def address_of(asked: Asked, **changes: str) -> str:
    """Return the address of the page that asks for this, with some words, ``sort`` or ``from`` put otherwise.

    What is empty is left out, and so is where the page begins, unless it is given.
    """
    words = {**asked.words, **changes}
    pairs = [(name, words[name]) for name in (*WORDS, *DATES) if words.get(name)]
    pairs += [(kind, answer) for kind, answers in asked.chosen.items() for answer in answers]
    order = changes.get("sort", asked.order)
    pairs += [("sort", order)] * (order != DEFAULT_ORDER)
    pairs += [("from", changes["from"])] if changes.get("from") else []
    return f"/?{urlencode(pairs)}" if pairs else "/"


def cursor_to_text(cursor: Cursor) -> str:
    """Return a cursor as it stands in an address."""
    told = json.dumps([list(cursor.key), cursor.id, int(cursor.is_back)], ensure_ascii=True, separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def cursor_from_text(text: str) -> Cursor | None:
    """Return the cursor that a text of an address tells; None for none and for what is no cursor."""
    try:
        key, identity, back = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    is_key = isinstance(key, list) and all(map(_is_value, [*key, identity])) and isinstance(identity, str)
    return Cursor(tuple(key), identity, bool(back)) if is_key else None


def _is_value(value: object) -> bool:
    """Tell whether a database takes a value to compare with."""
    return (isinstance(value, str) and value.isprintable()) or (type(value) is int and abs(value) < _LARGEST)


def code_of(words: str, countries: Mapping[str, str]) -> str | None:
    """Return the code of a country by its code or name."""
    if words.upper() in countries:
        return words.upper()
    name = plain_name(words)
    return next((code for code, label in countries.items() if name and plain_name(label) == name), None)


def _is_date(text: str) -> bool:
    try:
        return check_day(text) is not None
    except ValueError:
        return False
