"""What tables say for people beside the values themselves: route, arms, number, standing and law of a line in short."""

from __future__ import annotations

from typing import Any

from armstrace.embargo.findings import Verdict
from armstrace.export.plain import plain
from armstrace.export.record import About, Record
from armstrace.export.tables.columns import Row
from armstrace.export.transfer_words import items_words, quantity_column, route_words
from armstrace.model import SourceKind
from armstrace.register.known import known_from
from armstrace.register.reliability import grade_source


def route(record: Record, _row: Row, about: About) -> str:
    """Return ``North Korea → Russia``."""
    return route_words(record.transfer, about.names)


def arms(record: Record, _row: Row, _about: About) -> str:
    """Return the kinds of arms in words."""
    return items_words(record.transfer)


def number(record: Record, _row: Row, _about: About) -> str:
    """Return the number in words, or what all numbers told span."""
    return quantity_column(record.transfer)


def suppliers(_record: Record, row: Row, _about: About) -> list[str]:
    """Return the codes of the countries of all suppliers that claims give."""
    return _codes(row, "supplier")


def recipients(_record: Record, row: Row, _about: About) -> list[str]:
    """Return the codes of the countries of all recipients that claims give."""
    return _codes(row, "recipient")


def categories(_record: Record, row: Row, _about: About) -> list[str]:
    """Return the categories of all kinds of arms that claims give."""
    return list(dict.fromkeys(one["value"]["category"] for one in row["items"] if one["value"]))


def span_of(name: str) -> Any:  # noqa: ANN401 - a function of a column
    """Return what gives one part of what the numbers span, where they are all of one unit and kind."""

    def part(_record: Record, row: Row, _about: About) -> Any:  # noqa: ANN401 - any value
        return row["ranges"][0][name] if len(row["ranges"]) == 1 else None

    return part


def latest(name: str) -> Any:  # noqa: ANN401 - a function of a column
    """Return what gives one part of the step that it got to."""

    def part(_record: Record, row: Row, _about: About) -> Any:  # noqa: ANN401 - any value
        return row["latest"][name] if row["latest"] else None

    return part


def is_denied(_record: Record, row: Row, _about: About) -> bool:
    """Tell whether all that is known of how far it got are denials."""
    return bool(row["latest"]) and row["latest"]["polarity"] == "denied"


def first_report(record: Record, _row: Row, _about: About) -> str | None:
    """Return the day by which it was first reported."""
    return min(_days(record), default=None)


def last_report(record: Record, _row: Row, _about: About) -> str | None:
    """Return the day by which it was last reported."""
    return max(_days(record), default=None)


def against(_record: Record, row: Row, _about: About) -> int:
    """Return how many origins deny it."""
    return int(row["against"]["independent"] + row["against"]["not_shown"])


def claims(_record: Record, row: Row, _about: About) -> int:
    """Return how many claims it is made of."""
    return len(row["told"])


def measures_of(verdict: Verdict) -> Any:  # noqa: ANN401 - a function of a column
    """Return what gives the keys of the measures that answer so."""

    def keys(record: Record, _row: Row, _about: About) -> list[str]:
        return list(dict.fromkeys(one["measure"] for one in record.findings if one["verdict"] == verdict))

    return keys


def chain(_record: Record, row: Row, _about: About) -> list[str]:
    """Return the names of the sources of a claim, the nearest first."""
    return [plain(source["name"]) for source in row["attribution"]]


def reliability(_record: Record, row: Row, about: About) -> str:
    """Return how reliable a source is by the table of sources, A to F."""
    return grade_source(about.reliability, row["name"], SourceKind(row["kind"]), row["country"]).grade


def address(record: Record, row: Row, _about: About) -> str | None:
    """Return the address of the document that a row is of."""
    document = record.documents.get(row["document"])
    return document.url if document else None


def _codes(row: Row, field: str) -> list[str]:
    codes = (one["value"]["country"] for one in row[field] if one["value"])
    return list(dict.fromkeys(code for code in codes if code))


def _days(record: Record) -> list[str]:
    return [day for told in record.transfer.claims if (day := known_from(told.published))]
