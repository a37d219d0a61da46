"""The public shape of a claim: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from armstrace.document import Span
from armstrace.model import Claim, Item, Party, Quantity, Source, Value, When


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


def jsonl_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield one line of JSON a claim, without the line end; lone surrogates are escaped."""
    for claim in claims:
        line = json.dumps(claim_to_dict(claim), ensure_ascii=False)
        yield line if line.isascii() or _encodes(line) else json.dumps(claim_to_dict(claim))


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
