"""The tables of claims: each as it was told, its arms, its chain of sources, what came later, what people judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from armstrace.export.tables import words
from armstrace.export.tables.columns import CLAIM, TRANSFER, Cells, Column, Kind, Place, Row, Table, key, number_key

_ROLES: Final = {"claim": "told", "context": "told_beside"}
_LISTS: Final = ("items", "via", "attribution", "later")


def _claim_rows(shape: Row) -> Iterator[Place]:
    for role, name in _ROLES.items():
        for one in shape[name]:
            yield Place((shape["transfer"], one["claim"]), {**one, "role": role})


def _put_claim(shape: Row, keys: Cells, row: Row) -> None:
    lists: Row = {name: [] for name in _LISTS}
    shape[_ROLES[row.pop("role")]].append({"claim": keys[1], **row, **lists})


def _span(path: str, name: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_from", Kind.WHOLE, "where the words begin in the text: characters before", f"{path}.0", 8),
        Column(f"{name}_to", Kind.WHOLE, "where they end", f"{path}.1", 8),
    )


def _party(name: str, path: str = "") -> tuple[Column, ...]:
    inside = f"{path}." if path else ""
    return (
        Column(f"{name}_country", Kind.TEXT, f"{name}: ISO 3166-1 alpha-2, or EU", f"{inside}country", 8),
        Column(f"{name}_organisation", Kind.TEXT, f"{name}: organisation, group", f"{inside}organisation", 22),
        Column(f"{name}_text", Kind.TEXT, f"{name}: in the words of the text", f"{inside}text", 20),
        *_span(f"{inside}span", name),
    )


_PARTIES: Final = ("supplier", "recipient", "maker")
_OPTIONAL: Final = (*_PARTIES, "quantity", "value", "when")

CLAIMS: Final = Table(
    "claims",
    "a claim: one attributed statement of one document",
    (TRANSFER, CLAIM),
    (
        Column("role", Kind.TEXT, "claim, or context: says something else of the line", "role", 8),
        Column("outlet", Kind.TEXT, "who published the document", "outlet", 18),
        Column("published", Kind.DAY, "when", "published"),
        Column("title", Kind.TEXT, "of the document", "title", 30),
        Column("url", Kind.ADDRESS, "of the document", "", 30, words.address),
        Column("said_by", Kind.LIST, "the chain of sources, the nearest first", "", 24, words.chain),
        Column("evidence", Kind.TEXT, "the sentence it was read from", "evidence.text", 60, blank=""),
        Column("polarity", Kind.TEXT, "affirmed or denied", "polarity", 9),
        Column("status", Kind.TEXT, "how far the transfer is said to have got", "status", 12),
        Column("certainty", Kind.TEXT, "how sure the source is, by its own words", "certainty", 12),
        *_party("supplier", "supplier"),
        *_party("recipient", "recipient"),
        *_party("maker", "maker"),
        Column("quantity_text", Kind.TEXT, "the number as worded", "quantity.text", 16),
        Column("quantity_low", Kind.WHOLE, "lower bound", "quantity.low"),
        Column("quantity_best", Kind.WHOLE, "stated or best number", "quantity.best"),
        Column("quantity_high", Kind.WHOLE, "upper bound", "quantity.high"),
        Column("quantity_unit", Kind.TEXT, "what is counted", "quantity.unit", 10),
        *_span("quantity.span", "quantity"),
        Column("value_text", Kind.TEXT, "the sum as worded", "value.text", 16),
        Column("value_amount", Kind.NUMBER, "stated or best sum", "value.amount"),
        Column("value_low", Kind.NUMBER, "lower bound", "value.low"),
        Column("value_high", Kind.NUMBER, "upper bound", "value.high"),
        Column("value_currency", Kind.TEXT, "ISO 4217", "value.currency", 9),
        *_span("value.span", "value"),
        Column("when_text", Kind.TEXT, "the time as worded", "when.text", 16),
        Column("when_start", Kind.DAY, "first day", "when.start"),
        Column("when_end", Kind.DAY, "last day", "when.end"),
        Column("when_precision", Kind.TEXT, "how exactly it is known", "when.precision"),
        *_span("when.span", "when"),
        Column("kind", Kind.TEXT, "what the claim is about: transfer, confirmation, shortage ...", "kind"),
        Column("mode", Kind.TEXT, "kind of deal", "mode"),
        Column("likelihood_low", Kind.WHOLE, "per cent, where the source states a band (ICD 203)", "likelihood.0", 8),
        Column("likelihood_high", Kind.WHOLE, "per cent", "likelihood.1", 8),
        Column("refers_to", Kind.TEXT, "claim that it confirms or denies", "refers_to", 14),
        Column("document", Kind.TEXT, "id of the document", "document", 14),
        *_span("evidence.span", "evidence"),
        Column("family", Kind.TEXT, "copy family: the first document of one text", "family", 14),
        Column("inferred", Kind.LIST, "what the text does not say itself, and from what it follows", "inferred", 30),
        Column("why", Kind.LIST, "rules by which it was read", "why", 30),
    ),
    _claim_rows,
    _put_claim,
    {
        **{name: f"{name}.text" for name in _OPTIONAL},
        **{f"{name}.span": f"{name}.span.0" for name in (*_PARTIES, "when")},
        "likelihood": "likelihood.0",
    },
)


def _under_claims(name: str) -> Callable[[Row], Iterator[Place]]:
    def rows(shape: Row) -> Iterator[Place]:
        for told in (*shape["told"], *shape["told_beside"]):
            for number, one in enumerate(told[name], 1):
                yield Place((shape["transfer"], told["claim"], number), one)

    return rows


def find_claim(shape: Row, identity: str) -> Row:
    """Return the claim of an id in a record."""
    told: Sequence[Row] = (*shape["told"], *shape["told_beside"])
    return next(one for one in told if one["claim"] == identity)


def _into_claims(name: str) -> Callable[[Row, Cells, Row], None]:
    def put(shape: Row, keys: Cells, row: Row) -> None:
        found: Any = find_claim(shape, keys[1])[name]
        found.append(row)

    return put


_SPAN_GONE: Final = {"span": "span.0"}
_KEYS: Final = (TRANSFER, CLAIM)

ITEMS: Final = Table(
    "items",
    "one kind of arms that a claim tells of",
    (*_KEYS, number_key("number", "of the kind of arms in its claim")),
    (
        Column("designation", Kind.TEXT, "such as Mohajer-6", "designation", 20),
        Column("description", Kind.TEXT, "in the words of the text", "description", 30),
        Column("category", Kind.TEXT, "of the closed list", "category", 16),
        Column("codes", Kind.JSON, "UN Register, SIPRI, Wassenaar, US Munitions List", "codes", 24),
        *_span("span", "words"),
    ),
    _under_claims("items"),
    _into_claims("items"),
)
SOURCES: Final = Table(
    "sources",
    "one link of the chain by which a claim reached its document, the nearest first",
    (*_KEYS, number_key("number", "of the link: 1 is the nearest to the reader")),
    (
        Column("name", Kind.TEXT, "of the source", "name", 30),
        Column("kind", Kind.TEXT, "outlet, government, intelligence ...", "kind", 18),
        Column("country", Kind.TEXT, "ISO 3166-1 alpha-2, or EU", "country", 8),
        Column("reliability", Kind.TEXT, "A to F by the table of sources in force", "", 10, words.reliability),
        Column("named", Kind.YES, "whether it is named", "named", 8),
        Column("channel", Kind.TEXT, "by which it spoke", "channel", 16),
        Column("cue", Kind.TEXT, "word that shows it speaks: said, claimed ...", "cue", 14),
        *_span("span", "words"),
    ),
    _under_claims("attribution"),
    _into_claims("attribution"),
    _SPAN_GONE,
)
VIA: Final = Table(
    "via",
    "a party or place that the arms are said to pass through",
    (*_KEYS, number_key("number", "of the party in its claim")),
    _party("via"),
    _under_claims("via"),
    _into_claims("via"),
    _SPAN_GONE,
)
LATER: Final = Table(
    "later",
    "what the outlet of a claim put in its document's place, or said of it",
    (*_KEYS, number_key("number", "in order of time")),
    (
        Column("document", Kind.TEXT, "the later one", "document", 14),
        Column("since", Kind.DAY, "from when it is known", "since"),
        Column("kind", Kind.TEXT, "version, withdrawal, correction, doubtful or source", "kind"),
        Column("correction", Kind.TEXT, "its words", "correction", 50),
    ),
    _under_claims("later"),
    _into_claims("later"),
)


def _review_rows(shape: Row) -> Iterator[Place]:
    for one in shape["reviews"]:
        yield Place((shape["transfer"], one["claim"]), one)


def _put_review(shape: Row, keys: Cells, row: Row) -> None:
    shape["reviews"].append({"claim": keys[1], **row, "corrections": []})


REVIEWS: Final = Table(
    "reviews",
    "what people judged of a claim",
    _KEYS,
    (
        Column("state", Kind.TEXT, "accepted, corrected, rejected or outdated", "state"),
        Column("who", Kind.TEXT, "judged last", "who", 18),
        Column("at", Kind.TEXT, "when", "at", 22),
        Column("why", Kind.TEXT, "for which reason", "why", 40),
        Column("changed", Kind.LIST, "fields that are read otherwise since", "changed", 20),
    ),
    _review_rows,
    _put_review,
)


def _correction_rows(shape: Row) -> Iterator[Place]:
    for review in shape["reviews"]:
        for one in review["corrections"]:
            yield Place((shape["transfer"], review["claim"], one["field"]), one)


def _put_correction(shape: Row, keys: Cells, row: Row) -> None:
    review = next(one for one in shape["reviews"] if one["claim"] == keys[1])
    review["corrections"].append({"field": keys[2], **row})


CORRECTIONS: Final = Table(
    "corrections",
    "a field of a claim that a person set",
    (*_KEYS, key("field", "of the claim")),
    (
        Column("was", Kind.JSON, "as it was read", "was", 40),
        Column("now", Kind.JSON, "as it is", "now", 40),
        Column("who", Kind.TEXT, "set it", "who", 18),
        Column("at", Kind.TEXT, "when", "at", 22),
        Column("why", Kind.TEXT, "for which reason", "why", 40),
    ),
    _correction_rows,
    _put_correction,
)
