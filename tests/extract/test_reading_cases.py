"""What a careful reader takes from short texts: the table of cases in tests/cases/reading.yml, whose head explains it.

A row tells the claims that its text holds, each by the fields that the row is about. The transfer claims found must be
exactly those told; claims of another kind count only where the row tells of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from armstrace.document import Metadata
from armstrace.ingest.raw import RawText
from armstrace.model import Claim, ClaimKind, Party
from armstrace.pipeline import Reader, make_document, read_report

Row = dict[str, Any]
Told = dict[str, Any]

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "reading.yml").read_text("utf-8"))
CODE_LENGTH = 2  # of a country's ISO code; any longer name is an organisation's


def rows_of(groups: dict[str, list[Row]]) -> list[Any]:
    return [pytest.param(row, id=f"{group}: {row['text']}") for group, rows in groups.items() for row in rows]


def misses_of(groups: dict[str, list[Row]]) -> list[Any]:
    return [
        pytest.param(row, id=f"{group}: {row['text']}", marks=pytest.mark.xfail(reason=row["reason"]))
        for group, rows in groups.items()
        for row in rows
    ]


def all_rows() -> Iterator[Row]:
    for part in CASES.values():
        for rows in part.values():
            yield from rows


def claims_of(reader: Reader, row: Row) -> tuple[Claim, ...]:
    metadata = Metadata(outlet=row.get("outlet"), published=row.get("published"), title=row.get("title"))
    return read_report(reader, make_document(RawText("case", row["text"]), metadata)).claims


# One line a field that a row may tell: what the claim says of it. Of these the values must be equal.
FIELDS: dict[str, Callable[[Claim], object]] = {
    "kind": lambda c: c.kind,
    "status": lambda c: c.status,
    "polarity": lambda c: c.polarity,
    "certainty": lambda c: c.certainty,
    "mode": lambda c: c.mode,
    "band": lambda c: list(c.likelihood or ()),
    "low": lambda c: c.quantity and c.quantity.low,
    "best": lambda c: c.quantity and c.quantity.best,
    "high": lambda c: c.quantity and c.quantity.high,
    "unit": lambda c: c.quantity and c.quantity.unit,
    "value": lambda c: c.value and c.value.amount,
    "currency": lambda c: c.value and c.value.currency,
    "via": lambda c: [party.country for party in c.via],
    "when": lambda c: c.when and c.when.start,
    "origin": lambda c: c.attribution[-1].kind,
    "origin_country": lambda c: c.attribution[-1].country,
    "links": lambda c: len(c.attribution),
    "refers_to": lambda c: c.refers_to is not None,
}
# Of these the row tells a part, or in a short form.
LOOSE: dict[str, Callable[[Claim, Any], bool]] = {
    "supplier": lambda c, told: is_party(c.supplier, told),
    "recipient": lambda c, told: is_party(c.recipient, told),
    "maker": lambda c, told: is_party(c.maker, told),
    "category": lambda c, told: told in {item.category for item in c.items},
    "items": lambda c, told: all(any(word in item.description for item in c.items) for word in told),
}


def is_party(party: Party | None, told: str | None) -> bool:
    """Tell whether a party is the one told: a country by its code, an organisation by its name, null for none."""
    if told is None or party is None:
        return told is None and (party is None or party.country is None)
    if len(told) == CODE_LENGTH:
        return party.country == told
    return told in (party.organisation or "")


def differences(claim: Claim, told: Told) -> list[str]:
    """Return the fields in which a claim is other than told."""
    unlike = [
        f"{key} is not {told[key]}" for key, holds in LOOSE.items() if key in told and not holds(claim, told[key])
    ]
    return unlike + [
        f"{key} is {value(claim)}, not {told[key]}"
        for key, value in FIELDS.items()
        if told.get(key, ...) != value(claim)
        if key in told
    ]


def wrong_with(claims: tuple[Claim, ...], row: Row) -> list[str]:
    """Return what is wrong with the claims read, in the order of claims and told ones that fits best."""
    told = [{"kind": ClaimKind.TRANSFER, **each} for each in row["claims"]]
    kinds = {ClaimKind.TRANSFER, *(each["kind"] for each in told)}
    found = [claim for claim in claims if claim.kind in kinds]
    if len(found) != len(told):
        return [f"{len(told)} claims told, {len(found)} found: {[summary(claim) for claim in found]}"]
    fits = [
        [wrong for claim, each in zip(order, told, strict=True) for wrong in differences(claim, each)]
        for order in permutations(found)
    ]
    return min(fits, key=len)


def summary(claim: Claim) -> str:
    sides = [party and (party.organisation or party.country) for party in (claim.supplier, claim.recipient)]
    return f"{sides[0]} -> {sides[1]} {claim.kind} {claim.status} {claim.polarity}"


@pytest.mark.parametrize("row", rows_of(CASES["reading"]))
def test_text_gives_the_claims_that_the_table_tells(reader: Reader, row: Row) -> None:
    assert wrong_with(claims_of(reader, row), row) == []


@pytest.mark.parametrize("row", misses_of(CASES["known_misses"]))
def test_known_miss(reader: Reader, row: Row) -> None:
    assert wrong_with(claims_of(reader, row), row) == []


def test_rows_tell_only_fields_that_are_compared() -> None:
    known = {*FIELDS, *LOOSE}

    assert [each for row in all_rows() for each in row["claims"] if set(each) - known] == []


def test_no_text_stands_twice() -> None:
    texts = [row["text"] for row in all_rows()]

    assert len(set(texts)) == len(texts)
