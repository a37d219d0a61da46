"""Small invented stories given as claims, as the rows of tests/cases/register.yml tell them."""

from __future__ import annotations

from collections.abc import Sequence
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
    When,
)
from armstrace.register.types import Origin
from armstrace.told import Group, Later, LaterKind, Review, ReviewState, Told

Row = dict[str, Any]
SPAN = Span(0, 1)
NUMBERS = {
    "dozens": (12, None, None),
    "hundreds": (100, None, None),
    "up to 40": (None, None, 40),
    "some 300": (None, 300, None),
}
SHOWN = {SourceKind.GOVERNMENT, SourceKind.COMPANY, SourceKind.NGO, SourceKind.EXPERT}


def make_story(row: Row) -> Group:
    """Return the group of a row: `claims`, and `context` where it tells any."""
    return Group(tuple(map(make_told, row["claims"])), tuple(map(make_told, row.get("context", ()))))


def make_told(row: Row) -> Told:
    """Return one claim as told: everything that the row leaves out is unknown."""
    document = row.get("in", f"doc-{row['id']}")
    later = tuple(
        Later(one["in"], str(one["day"]), one.get("says"), LaterKind(one.get("as", "version")))
        for one in row.get("later", ())
    )
    published = str(row["day"]) if "day" in row else None
    review = Review(ReviewState.REJECTED, "ann", "2031-06-01T00:00:00Z") if row.get("rejected") else None
    known = (row.get("by"), published, row.get("text", document), row.get("title"), later, review)
    return Told(make_claim(row, document), *known)


def make_claim(row: Row, document: str) -> Claim:
    low, high = row.get("band", (None, None))
    return Claim(
        id=row["id"],
        document=document,
        kind=ClaimKind(row.get("kind", "transfer")),
        evidence=Evidence(row.get("words", f"Words of {row['id']}."), SPAN),
        supplier=make_party(row.get("supplier", "QN")),
        recipient=make_party(row.get("recipient", "QO")),
        items=tuple(make_item(words) for words in row.get("items", ["drones"])),
        quantity=make_quantity(row.get("number")),
        mode=Mode(row.get("mode", "unspecified")),
        refers_to=row.get("refers_to"),
        status=Status(row.get("status", "unspecified")),
        polarity=Polarity(row.get("polarity", "affirmed")),
        certainty=Certainty(row.get("sure", "unstated")),
        likelihood=(low, high) if low else None,
        when=make_when(row.get("when")),
        attribution=make_chain(row),
    )


def make_party(told: str | None) -> Party | None:
    """Return a party of "QN", "QN Northern Forge" or "Northern Forge"."""
    if told is None:
        return None
    head, _, rest = told.partition(" ")
    is_code = len(head) == 2
    return Party(head if is_code else None, (rest or None) if is_code else told, told, SPAN)


def make_item(words: str) -> Item:
    """Return an item of "drones" or "drones Kestrel-2"."""
    category, _, designation = words.partition(" ")
    return Item(designation or None, category, Category(category), SPAN)


def make_quantity(told: int | str | None) -> Quantity | None:
    if told is None:
        return None
    low, best, high = (told, told, told) if isinstance(told, int) else NUMBERS[told]
    return Quantity(str(told), low, best, high, "pieces", SPAN)


def make_when(told: str | None) -> When | None:
    return When(str(told), str(told), str(told), DatePrecision.DAY) if told else None


def make_chain(row: Row) -> tuple[Source, ...]:
    """Return the chain of a row: `via` the outlets cited, `from` the far end ("government QN", "company Forge")."""
    outlets = [Source(name, SourceKind.OUTLET, None, named=True) for name in row.get("via", ())]
    if "from" not in row:
        return tuple(outlets)
    kind, _, name = row["from"].partition(" ")
    country = name if kind == "government" else None
    return (*outlets, Source(name or kind, SourceKind(kind), country, named=bool(name)))


def plain_origins(claims: Sequence[Told]) -> tuple[Origin, ...]:
    """Return the origins of claims by their far ends alone; governments and named speakers are shown independent."""
    found: dict[str, list[tuple[Told, Source]]] = {}
    for told in claims:
        chain = told.claim.attribution or (Source(told.outlet or "nobody", SourceKind.OUTLET, None, named=True),)
        far = chain[-1]
        found.setdefault(f"{far.kind}:{far.name}", []).append((told, far))
    return tuple(
        Origin(
            key,
            entries[0][1].name,
            entries[0][1].country,
            entries[0][1].kind in SHOWN and entries[0][1].named,
            tuple(sorted(told.claim.id for told, _ in entries)),
            ("equal far ends",),
        )
        for key, entries in sorted(found.items())
    )
