"""Claims in one line, as the tables of cases write them.

``US > IQ/Kurdish forces; rifles (small-arms), F-16 (aircraft); delivered; 2014-08-11; n=20..30; in Reuters``

First supplier > recipient ("?" is unknown), then the arms: with a capital first a designation, else a description, the
category behind it (none: arms in general). Then, in any order: a status, "denied", a mode, the day of publication,
"when DAY" or "when DAY..DAY", "n=N", "n=LOW..HIGH" (either end may be missing) with a unit, "value=AMOUNT CODE",
"made CODE", "via CODE", "row N" (of a list), "doc NAME", "copy FAMILY", "in OUTLET", "says SENTENCE", "title TITLE",
"id NAME", "refers NAME", "kind KIND" and "by SOURCE < SOURCE": each "kind, country or ?, name", a
leading "~" for one that is not named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from armstrace.document import Span
from armstrace.kinds import ROW
from armstrace.model import (
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Mode,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    Value,
    When,
)
from armstrace.told import Told

_NOWHERE = Span(0, 1)
_ITEM = re.compile(r"(?P<name>.*?)\s*(?:\((?P<category>[a-z-]+)\))?")
_NUMBER = re.compile(r"(?P<low>\d*)(?P<range>\.\.)?(?P<high>\d*)(?: (?P<unit>\w+))?")


@dataclass
class _Row:
    name: str
    claim: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    says: str = ""
    place: Span | None = None


def read_claim(line: str, name: str) -> Told:
    """Return the claim that one line tells; ``name`` is its id and document where the line gives none."""
    parties, arms, *rest = [part.strip() for part in line.split(";")]
    supplier, recipient = parties.split(" > ")
    row = _Row(name)
    row.claim = {
        "id": name,
        "document": name,
        "supplier": _party(supplier),
        "recipient": _party(recipient),
        "items": tuple(_item(item) for item in arms.split(", ") if item),
    }
    for part in rest:
        _take(row, part)
    row.claim.setdefault("kind", ClaimKind.TRANSFER)
    place = row.place or (Span(0, len(row.says)) if row.says else Span(*_place(line)))
    claim = Claim(evidence=Evidence(row.says, place), **row.claim)
    told = {"outlet": None, "published": None, "family": claim.document, **row.told}
    return Told(claim=claim, **told)


def _place(line: str) -> tuple[int, int]:
    """Return a place of its own for each line, so that two lines are not in one sentence by chance."""
    start = sum(ord(c) * i for i, c in enumerate(line, 1))
    return start, start + 1


def _party(text: str) -> Party | None:
    if text == "?":
        return None
    country, _, organisation = text.partition("/")
    return Party(country or None, organisation or None, text, _NOWHERE)


def _item(text: str) -> Item:
    found = _ITEM.fullmatch(text)
    assert found, text
    name, category = found["name"], found["category"]
    return Item(name if name[:1].isupper() else None, name, Category(category or "other"), _NOWHERE)


def _take(row: _Row, part: str) -> None:
    word, _, rest = part.partition(" ")
    if part in set(Status):
        row.claim["status"] = Status(part)
    elif part in set(Mode):
        row.claim["mode"] = Mode(part)
    elif part == "denied":
        row.claim["polarity"] = Polarity.DENIED
    elif part[:4].isdigit():
        row.told["published"] = part
    elif part.startswith("n="):
        row.claim["quantity"] = _quantity(part[2:])
    elif part.startswith("value="):
        amount, currency = part[6:].split()
        row.claim["value"] = Value(part, float(amount), None, None, currency, _NOWHERE)
    else:
        _WORDS[word](row, rest)


def _quantity(text: str) -> Quantity:
    found = _NUMBER.fullmatch(text)
    assert found, text
    low, high = (int(found[end]) if found[end] else None for end in ("low", "high"))
    unit = found["unit"] or "pieces"
    if not found["range"]:
        return Quantity(text, low, low, low, unit, _NOWHERE)
    return Quantity(text, low, None, high, unit, _NOWHERE)


def _when(row: _Row, rest: str) -> None:
    start, _, end = rest.partition("..")
    row.claim["when"] = When(rest, start, end or start, DatePrecision.DAY)


def _row(row: _Row, rest: str) -> None:
    row.claim["why"] = (ROW,)
    row.place = Span(100 * int(rest), 100 * int(rest) + 90)


def _sources(row: _Row, rest: str) -> None:
    row.claim["attribution"] = tuple(_source(one.strip()) for one in rest.split(" < "))


def _source(text: str) -> Source:
    kind, country, name = (part.strip() for part in text.split(",", 2))
    return Source(name.lstrip("~"), SourceKind(kind), None if country == "?" else country, not name.startswith("~"))


_WORDS: Mapping[str, Any] = {
    "when": _when,
    "by": _sources,
    "made": lambda row, rest: row.claim.update(maker=Party(rest, None, rest, _NOWHERE)),
    "via": lambda row, rest: row.claim.update(via=(Party(rest, None, rest, _NOWHERE),)),
    "row": _row,
    "doc": lambda row, rest: row.claim.update(document=rest),
    "id": lambda row, rest: row.claim.update(id=rest),
    "refers": lambda row, rest: row.claim.update(refers_to=rest),
    "kind": lambda row, rest: row.claim.update(kind=ClaimKind(rest)),
    "copy": lambda row, rest: row.told.update(family=rest),
    "in": lambda row, rest: row.told.update(outlet=rest),
    "title": lambda row, rest: row.told.update(title=rest),
    "says": lambda row, rest: setattr(row, "says", rest),
}
