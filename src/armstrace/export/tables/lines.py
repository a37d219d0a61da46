"""The tables of lines: the register itself, every value of every field, what numbers span, and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from armstrace.embargo.findings import Verdict
from armstrace.export.tables import words
from armstrace.export.tables.columns import TRANSFER, Cells, Column, Kind, Place, Row, Table, key, number_key

FIELDS: Final = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")
_PARTY: Final = ("country", "organisation")
_PARTS: Final = {
    **dict.fromkeys(("supplier", "recipient", "maker", "via"), _PARTY),
    "items": ("category", "designation"),
    "quantity": ("low", "best", "high", "unit"),
    "value": ("amount", "low", "high", "currency"),
    "when": ("start", "end", "precision"),
}
_WORD: Final = "word"
_COUNTS: Final = ("documents", "families", "independent", "not_shown")
_BACKING: Final = ("claims", *_COUNTS, "origins")


def backing_columns(path: str = "", name: str = "") -> tuple[Column, ...]:
    """Return the columns of who stands behind something."""
    return (
        Column(f"{name}claims", Kind.LIST, "ids of the claims that give it, in order of report", f"{path}claims", 16),
        Column(f"{name}documents", Kind.WHOLE, "how many documents these stand in", f"{path}documents"),
        Column(f"{name}families", Kind.WHOLE, "how many texts, copies counted once", f"{path}families"),
        Column(f"{name}independent", Kind.WHOLE, "origins shown to be independent of each other", f"{path}independent"),
        Column(f"{name}not_shown", Kind.WHOLE, "origins not shown to be independent", f"{path}not_shown"),
    )


def _line_rows(shape: Row) -> Iterator[Place]:
    yield Place((shape["transfer"],), {**shape, "bands": [_band(band) for band in shape["likelihoods"]]})


def _put_line(shape: Row, _keys: Cells, row: Row) -> None:
    shape["likelihoods"] = [read_band(band) for band in row.pop("bands")]
    for side in ("for", "against"):
        shape[side].update(row.pop(side))
    shape.update(row)


def _band(band: list[int]) -> str:
    return "-".join(map(str, band))


def read_band(words: str) -> list[int]:
    """Return a band of likelihood that stands as ``55-80``."""
    return [int(end) for end in words.split("-")]


TRANSFERS: Final = Table(
    "transfers",
    "a line of the register: one movement, with all that is told of it in short",
    (TRANSFER,),
    (
        Column("route", Kind.TEXT, "from whom to whom, in words", "", 30, words.route),
        Column("suppliers", Kind.LIST, "countries of all suppliers told (ISO 3166-1, EU)", "", 10, words.suppliers),
        Column("recipients", Kind.LIST, "countries of all recipients told", "", 10, words.recipients),
        Column("items", Kind.TEXT, "the arms, in words", "", 30, words.arms),
        Column("categories", Kind.LIST, "categories of the arms", "", 16, words.categories),
        Column("number", Kind.TEXT, "how many, in words", "", 18, words.number),
        Column(
            "quantity_low", Kind.WHOLE, "least number, where all are of a unit and kind", "", 12, words.span_of("low")
        ),
        Column("quantity_high", Kind.WHOLE, "greatest number, likewise", "", 12, words.span_of("high")),
        Column("unit", Kind.TEXT, "what is counted, likewise", "", 10, words.span_of("unit")),
        Column("status", Kind.TEXT, "how far it got by the last word", "", 12, words.latest("status")),
        Column("denied", Kind.YES, "whether only denials tell how far it got", "", 8, words.is_denied),
        Column("status_from", Kind.DAY, "first day on which that may have been", "", 12, words.latest("start")),
        Column("status_to", Kind.DAY, "last day on which it may", "", 12, words.latest("end")),
        Column("first_report", Kind.DAY, "day by which it was first reported", "", 12, words.first_report),
        Column("last_report", Kind.DAY, "day by which it was last reported", "", 12, words.last_report),
        Column("origins_for", Kind.WHOLE, "origins shown to be independent", "for.independent"),
        Column("origins_for_not_shown", Kind.WHOLE, "origins not shown to be independent", "for.not_shown"),
        Column("origins_against", Kind.WHOLE, "origins that deny it", "", 12, words.against),
        Column("credibility", Kind.WHOLE, "digit of the Admiralty code, 1 to 6", "credibility.digit"),
        Column("credibility_label", Kind.TEXT, "what the digit means", "credibility.label", 20),
        Column("claim_count", Kind.WHOLE, "claims that it is made of", "", 12, words.claims),
        Column("breach_if_true", Kind.LIST, "measures it breaks if true", "", 16, words.measures_of(Verdict.BREACH)),
        Column("depends", Kind.LIST, "measures where it depends", "", 16, words.measures_of(Verdict.DEPENDS)),
        Column(
            "unknown", Kind.LIST, "measures of which too little is known", "", 16, words.measures_of(Verdict.UNKNOWN)
        ),
        Column("credibility_sentence", Kind.TEXT, "why it is graded so", "credibility.sentence", 40),
        Column("likelihoods", Kind.LIST, "bands in per cent that sources state (ICD 203)", "bands", 16),
        *(one for one in backing_columns("for.", "for_") if one.path not in {"for.independent", "for.not_shown"}),
        *backing_columns("against.", "against_"),
        Column("left_out", Kind.LIST, "claims that have no date: as known on a day only", "left_out", 16),
    ),
    _line_rows,
    _put_line,
)


def _value_rows(shape: Row) -> Iterator[Place]:
    for field in FIELDS:
        for number, one in enumerate(shape[field], 1):
            yield Place((shape["transfer"], field, number), {**_ALL_PARTS, **one, **_parts(one["value"])})


_ALL_PARTS: Final = {name: None for parts in ((_WORD,), *_PARTS.values()) for name in parts}


def _parts(value: Any) -> Row:  # noqa: ANN401 - a word or a row
    return {"known": value is not None, **(value if isinstance(value, dict) else {_WORD: value})}


def _put_value(shape: Row, keys: Cells, row: Row) -> None:
    field, parts = keys[1], _PARTS.get(keys[1])
    value = {name: row[name] for name in parts} if parts else row[_WORD]
    backing = {name: row[name] for name in ("texts", *_BACKING)}
    shape[field].append({"value": value if row["known"] else None, **backing})


VALUES: Final = Table(
    "values",
    "one value that claims give for one field of a line, with who stands behind it",
    (
        TRANSFER,
        key("field", f"of the line: {', '.join(FIELDS)}"),
        number_key("number", "of the value in its field, the best backed first"),
    ),
    (
        Column("known", Kind.YES, "no where these claims leave it unknown", "known", 8),
        Column("word", Kind.TEXT, "mode or status: a word of the closed list", "word"),
        Column("country", Kind.TEXT, "of a party: ISO 3166-1 alpha-2, or EU", "country", 8),
        Column("organisation", Kind.TEXT, "of a party: organisation, group, company, vessel", "organisation", 24),
        Column("category", Kind.TEXT, "of arms", "category", 14),
        Column("designation", Kind.TEXT, "of arms, where one is told", "designation", 18),
        Column("low", Kind.NUMBER, "lower bound of a number or sum", "low"),
        Column("best", Kind.WHOLE, "stated or best number", "best"),
        Column("high", Kind.NUMBER, "upper bound of a number or sum", "high"),
        Column("unit", Kind.TEXT, "what is counted", "unit", 10),
        Column("amount", Kind.NUMBER, "stated or best sum", "amount"),
        Column("currency", Kind.TEXT, "of the sum: ISO 4217", "currency", 9),
        Column("start", Kind.DAY, "of a time: first day", "start"),
        Column("end", Kind.DAY, "of a time: last day", "end"),
        Column("precision", Kind.TEXT, "how exactly the time is known", "precision"),
        Column("texts", Kind.LIST, "the words of the documents", "texts", 40),
        *backing_columns(),
        Column("origins", Kind.LIST, "keys of the origins that give it", "origins", 24),
    ),
    _value_rows,
    _put_value,
)


def _range_rows(shape: Row) -> Iterator[Place]:
    for number, one in enumerate(shape["ranges"], 1):
        yield Place((shape["transfer"], number), one)


def _put_range(shape: Row, _keys: Cells, row: Row) -> None:
    shape["ranges"].append(row)


RANGES: Final = Table(
    "ranges",
    "what all numbers of one unit and kind of arms span",
    (TRANSFER, number_key("number", "of the range in its line")),
    (
        Column("unit", Kind.TEXT, "what is counted", "unit", 10),
        Column("kinds", Kind.LIST, "categories of arms", "kinds", 18),
        Column("low", Kind.WHOLE, "least lower bound; blank where none is told", "low"),
        Column("high", Kind.WHOLE, "greatest upper bound; blank where one has none", "high"),
        Column("up_to", Kind.WHOLE, "least upper bound of numbers without a lower one", "up_to"),
    ),
    _range_rows,
    _put_range,
)


def _origin_rows(shape: Row) -> Iterator[Place]:
    for side in ("for", "against"):
        for number, one in enumerate(shape[side]["origins"], 1):
            yield Place((shape["transfer"], side, number), one)


def _put_origin(shape: Row, keys: Cells, row: Row) -> None:
    shape[keys[1]]["origins"].append(row)


ORIGINS: Final = Table(
    "origins",
    "one actor at the far end of chains, who affirms or denies a line",
    (TRANSFER, key("side", "for or against"), number_key("number", "of the origin on its side")),
    (
        Column("origin", Kind.TEXT, "key: equal for what is one origin", "origin", 24),
        Column("name", Kind.TEXT, "to show", "name", 30),
        Column("country", Kind.TEXT, "of the government that it is", "country", 8),
        Column("independent", Kind.YES, "whether it is shown to be independent", "independent"),
        Column("claims", Kind.LIST, "ids of its claims", "claims", 16),
        Column("rules", Kind.LIST, "why they are one, in words", "rules", 40),
    ),
    _origin_rows,
    _put_origin,
)
