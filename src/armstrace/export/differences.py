"""Where the press and a list differ, a line a difference: for a person, as JSON Lines, as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from armstrace.export.jsonl import json_line
from armstrace.export.plain import plain
from armstrace.export.spreadsheet import csv_line_of_others
from armstrace.export.transfer_words import items_words, route_words
from armstrace.export.wording import CountryNames
from armstrace.register.beside import Difference, Differs, Said
from armstrace.register.types import Transfer

WORDS: Final[Mapping[Differs, str]] = MappingProxyType(
    {
        Differs.ONLY_LIST: "only SIPRI has it",
        Differs.ONLY_PRESS: "only the press has it",
        Differs.DENIED: "SIPRI lists what somebody denies",
        Differs.PARTY: "another party",
        Differs.STATUS: "another step",
        Differs.NUMBER: "another number",
        Differs.NUMBER_MAY_BE_ONE: "a number that may be the same",
        Differs.YEAR: "another year",
    }
)
_COLUMNS: Final = (
    "transfer", "route", "items", "kind", "of", "sipri", "press", "sipri_claims", "press_claims",
)  # fmt: skip
CSV_HEADER: Final = csv_line_of_others(_COLUMNS).rstrip("\r\n")


def difference_to_dict(transfer: Transfer, found: Difference) -> dict[str, Any]:
    """Return a difference as plain values; the words of each side as documents have them."""
    return {
        "transfer": transfer.id,
        "kind": str(found.kind),
        "of": found.of or None,
        "sipri": {"words": list(found.listed.words), "claims": list(found.listed.claims)},
        "press": {"words": list(found.press.words), "claims": list(found.press.claims)},
    }


def as_json(transfer: Transfer, found: Difference, _names: CountryNames) -> str:
    """Return a difference as one line of JSON."""
    return json_line(difference_to_dict(transfer, found))


def as_csv(transfer: Transfer, found: Difference, names: CountryNames) -> str:
    """Return a difference as one line of CSV, for spreadsheets; formulas are neutralised."""
    cells = (
        transfer.id,
        route_words(transfer, names),
        items_words(transfer),
        str(found.kind),
        found.of,
        *("; ".join(side.words) for side in (found.listed, found.press)),
        *(" ".join(side.claims) for side in (found.listed, found.press)),
    )
    return csv_line_of_others(cells).rstrip("\r\n")


def as_words(transfer: Transfer, found: Difference, names: CountryNames) -> str:
    """Return a difference as a line for a person."""
    of = f" ({found.of})" if found.of else ""
    sides = f"SIPRI: {_said(found.listed)}; press: {_said(found.press)}"
    line = f"{transfer.id[:8]}  {route_words(transfer, names)}: {items_words(transfer)} - {WORDS[found.kind]}{of}"
    return f"{line}\n          {sides}"


def _said(side: Said) -> str:
    return ", ".join(plain(words) for words in side.words) or "nothing"


FORMATS: Final[Mapping[str, Callable[[Transfer, Difference, CountryNames], str]]] = MappingProxyType(
    {"person": as_words, "jsonl": as_json, "csv": as_csv}
)
