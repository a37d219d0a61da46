"""The public shape of a claim: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from armstrace.document import Span
from armstrace.model import (
    Category,
    Certainty,
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

Row = Mapping[str, Any]


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """Return the claim as plain values, keys in the order of the contract."""
    return {
        "claim": claim.id,
        "document": claim.document,
        "kind": str(claim.kind),
        "supplier": _party(claim.supplier),
        "recipient": _party(claim.recipient),
        "maker": _party(claim.maker),
        "items": [_item(i) for i in claim.items],
        "quantity": _quantity(claim.quantity),
        "value": _value(claim.value),
        "mode": str(claim.mode),
        "via": [_party(p) for p in claim.via],
        "refers_to": claim.refers_to,
        "status": str(claim.status),
        "polarity": str(claim.polarity),
        "certainty": str(claim.certainty),
        "likelihood": list(claim.likelihood) if claim.likelihood else None,
        "when": _when(claim.when),
        "attribution": [_source(s) for s in claim.attribution],
        "evidence": {"text": claim.evidence.text, "span": list(claim.evidence.span)},
        "inferred": list(claim.inferred),
        "why": list(claim.why),
    }


def claim_from_dict(row: Row) -> Claim:
    """Return the claim of a public shape: what ``claim_to_dict`` was given.

    Raises:
        KeyError: a key of the contract is missing.
        ValueError: a word is in none of the closed lists.
    """
    return Claim(
        id=row["claim"],
        document=row["document"],
        kind=ClaimKind(row["kind"]),
        evidence=Evidence(row["evidence"]["text"], Span(*row["evidence"]["span"])),
        supplier=_read_party(row["supplier"]),
        recipient=_read_party(row["recipient"]),
        maker=_read_party(row["maker"]),
        items=tuple(_read_item(item) for item in row["items"]),
        quantity=_read_quantity(row["quantity"]),
        value=_read_value(row["value"]),
        mode=Mode(row["mode"]),
        via=tuple(party for party in map(_read_party, row["via"]) if party),
        refers_to=row["refers_to"],
        status=Status(row["status"]),
        polarity=Polarity(row["polarity"]),
        certainty=Certainty(row["certainty"]),
        likelihood=_read_band(row["likelihood"]),
        when=_read_when(row["when"]),
        attribution=tuple(_read_source(source) for source in row["attribution"]),
        inferred=tuple(row["inferred"]),
        why=tuple(row["why"]),
    )


def json_line(row: Row) -> str:
    """Return plain values as one line of JSON that every reader of JSON Lines takes for one; surrogates are escaped."""
    line = json.dumps(row, ensure_ascii=False)
    return line if line.isascii() or _encodes(line) else json.dumps(row)


def jsonl_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield one line of JSON a claim, without the line end; lone surrogates are escaped."""
    for claim in claims:
        yield json_line(claim_to_dict(claim))


def _encodes(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    # These end a line for many readers of JSON Lines, though not for JSON itself.
    return not any(mark in line for mark in ("\u2028", "\u2029", "\x85"))


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _party(party: Party | None) -> dict[str, Any] | None:
    if party is None:
        return None
    return {
        "country": party.country,
        "organisation": party.organisation,
        "text": party.text,
        "span": _span(party.span),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "designation": item.designation,
        "description": item.description,
        "category": str(item.category),
        "codes": dict(item.codes),
        "span": _span(item.span),
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        "text": quantity.text,
        "low": quantity.low,
        "best": quantity.best,
        "high": quantity.high,
        "unit": quantity.unit,
        "span": _span(quantity.span),
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "text": value.text,
        "amount": value.amount,
        "low": value.low,
        "high": value.high,
        "currency": value.currency,
        "span": _span(value.span),
    }


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "start": when.start,
        "end": when.end,
        "precision": str(when.precision),
        "span": _span(when.span),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": str(source.kind),
        "country": source.country,
        "named": source.named,
        "channel": source.channel,
        "cue": source.cue,
        "span": _span(source.span),
    }


def _read_span(span: list[int] | None) -> Span | None:
    return Span(*span) if span is not None else None


def _read_band(band: list[int] | None) -> tuple[int, int] | None:
    return (band[0], band[1]) if band else None


def _read_party(row: Row | None) -> Party | None:
    if row is None:
        return None
    return Party(row["country"], row["organisation"], row["text"], _read_span(row["span"]))


def _read_item(row: Row) -> Item:
    codes = tuple(row["codes"].items())
    return Item(row["designation"], row["description"], Category(row["category"]), Span(*row["span"]), codes)


def _read_quantity(row: Row | None) -> Quantity | None:
    if row is None:
        return None
    return Quantity(row["text"], row["low"], row["best"], row["high"], row["unit"], Span(*row["span"]))


def _read_value(row: Row | None) -> Value | None:
    if row is None:
        return None
    return Value(row["text"], row["amount"], row["low"], row["high"], row["currency"], Span(*row["span"]))


def _read_when(row: Row | None) -> When | None:
    if row is None:
        return None
    return When(row["text"], row["start"], row["end"], DatePrecision(row["precision"]), _read_span(row["span"]))


def _read_source(row: Row) -> Source:
    return Source(
        row["name"],
        SourceKind(row["kind"]),
        row["country"],
        named=row["named"],
        channel=row["channel"],
        cue=row["cue"],
        span=_read_span(row["span"]),
    )
