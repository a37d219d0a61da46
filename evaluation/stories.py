"""Real stories whose copies and origins are known: groups and independent origins, counted and compared.

``python evaluation/stories.py FOLDER`` reads a folder with ``clusters.json``, ``index.jsonl``, ``texts`` and ``gold``.
It groups the claims of each story twice, those that the packaged reader finds and those that a person labelled, and
counts who stands behind the largest group: the one told in the most documents.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armstrace.document import Document, Span
from armstrace.group.clusters import Group, group_claims
from armstrace.grouping import load_stages
from armstrace.ids import content_id
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.text import read_text_file
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    Value,
    When,
)
from armstrace.pipeline import Reader, load_reader, make_document, read_report
from armstrace.register.merge import merge_claims
from armstrace.register.types import FindOrigins, Side
from armstrace.text.sentences import split_sentences
from armstrace.told import Group as ToldGroup
from armstrace.told import Told

_UNNAMED = re.compile(r"unspecified|reports|unnamed|not named")
_PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its documents, and what is known of it."""

    name: str
    documents: tuple[Document, ...]
    families: Mapping[str, str]
    origins: int


def main(arguments: list[str] | None = None) -> int:
    """Print the tables and return 0 where all counts are right with the labelled claims, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    reader, find_origins = load_reader(), load_stages().origins
    right = {"reader": True, "labels": True}
    for story in read_stories(folder):
        for kind, told in (("reader", read_claims(story, reader)), ("labels", labelled_claims(story, folder))):
            groups = group_claims(told, reader.lexicon.matcher)
            found = standing_of(central_group(groups), find_origins)
            count = found.backing.independent
            right[kind] &= count == story.origins
            print(f"\n## {story.name}, claims of the {kind}: independent origins {count}/{story.origins}")
            print("\n".join(describe(groups, found)))
    print("\n" + "; ".join(f"{kind}: {'all right' if ok else 'not all right'}" for kind, ok in right.items()))
    return 0 if right["labels"] else 1


def read_stories(folder: Path) -> Iterator[Story]:
    """Yield the stories of a folder."""
    given = read_metadata(folder / "index.jsonl")
    for row in json.loads((folder / "clusters.json").read_text(encoding="utf-8"))["clusters"]:
        documents = (
            make_document(read_text_file(folder / "texts" / f"{text}.txt"), given.get(text)) for text in row["texts"]
        )
        families = {text: text for text in row["texts"]}
        for pair in row["near_copies"]:
            first = min(families[text] for text in pair["texts"])
            families.update(dict.fromkeys(pair["texts"], first))
        yield Story(row["cluster"], tuple(documents), families, row["independent_origins"])


def read_claims(story: Story, reader: Reader) -> list[Told]:
    """Return the claims that the packaged reader finds in a story."""
    return [
        _told(claim, document, story) for document in story.documents for claim in read_report(reader, document).claims
    ]


def labelled_claims(story: Story, folder: Path) -> list[Told]:
    """Return the claims that a person labelled in a story."""
    found = []
    for document in story.documents:
        gold = json.loads((folder / "gold" / f"{document.id}.json").read_text(encoding="utf-8"))
        claims = (labelled_claim(row, number, document) for number, row in enumerate(gold["claims"]))
        found += [_told(claim, document, story) for claim in claims]
    return found


def labelled_claim(row: Mapping[str, Any], number: int, document: Document) -> Claim:
    """Return a labelled claim as a value; its evidence is the sentence that holds its anchor."""
    start = max(0, " ".join(document.text.split("\n")).find(row["anchor"]))
    span = next((s for s in split_sentences(document.text) if s.start <= start < s.end), Span(0, 0))
    quantity, value, when = row.get("quantity"), row.get("value"), row.get("when")
    maker = row.get("maker")
    return Claim(
        id=content_id(document.id, number),
        document=document.id,
        kind=ClaimKind.TRANSFER,
        evidence=Evidence(span.of(document.text), span),
        supplier=_party(row, "supplier"),
        recipient=_party(row, "recipient"),
        maker=Party(maker, None, maker, None) if isinstance(maker, str) else None,
        items=tuple(_item(item, span) for item in row.get("items") or ()),
        quantity=_quantity(quantity, span) if quantity else None,
        value=Value(str(value), value["amount"], None, None, value["currency"], span) if value else None,
        status=Status(row["status"]),
        polarity=Polarity(row["polarity"]),
        certainty=Certainty(row["certainty"]),
        when=When(when, when, when, _PRECISIONS[len(when)]) if when else None,
        attribution=tuple(_source(source) for source in row["attribution"]),
    )


def central_group(groups: Iterable[Group]) -> Group:
    """Return the group told in the most documents, of those the one with the most claims."""
    return max(groups, key=lambda g: (len({t.claim.document for t in g.claims}), len(g.claims), g.id))


def standing_of(group: Group, find_origins: FindOrigins) -> Side:
    """Return who affirms the transfer of a group, as the register counts."""
    return merge_claims(ToldGroup(group.claims, group.context), find_origins).affirmed


def describe(groups: Iterable[Group], found: Side) -> Iterator[str]:
    """Yield the groups of a story with their claims, then the origins with their rules."""
    for group in groups:
        yield f"group {group.id[:6]}: {len(group.claims)} claims"
        for told in group.claims:
            yield f"    {_line(told)}"
    for origin in found.origins:
        shown = "independent" if origin.is_shown else "not shown to be independent"
        yield f"  origin {origin.name} ({shown}), {len(origin.claims)} claims: {'; '.join(origin.rules)}"


def _line(told: Told) -> str:
    claim = told.claim
    sides = [p and "/".join(filter(None, (p.country, p.organisation))) for p in (claim.supplier, claim.recipient)]
    arms = ", ".join(item.designation or item.description for item in claim.items)
    chain = " < ".join(source.name for source in claim.attribution)
    return f"{claim.document} {sides[0]} -> {sides[1]}: {arms}; {claim.status} {claim.polarity}; {chain}".replace(
        "\n", " "
    )


def _told(claim: Claim, document: Document, story: Story) -> Told:
    known = document.metadata
    return Told(claim, known.outlet, known.published, story.families[document.id], known.title)


def _party(row: Mapping[str, Any], role: str) -> Party | None:
    country, organisation = row.get(role), row.get(f"{role}_org")
    if not country and not organisation:
        return None
    return Party(country, organisation, organisation or country or "", None)


def _item(row: Mapping[str, Any], span: Span) -> Item:
    described = row.get("description") or row.get("designation") or ""
    return Item(row.get("designation"), described, Category(row["category"]), span)


def _quantity(row: Mapping[str, Any], span: Span) -> Quantity:
    return Quantity(str(row.get("text")), row.get("low"), row.get("best"), row.get("high"), "pieces", span)


def _source(row: Mapping[str, Any]) -> Source:
    kind = SourceKind(row["kind"])
    unnamed = kind is SourceKind.OFFICIAL_ANONYMOUS or (kind is SourceKind.OUTLET and _UNNAMED.search(row["name"]))
    return Source(row["name"], kind, row["country"], named=not unnamed)


if __name__ == "__main__":
    sys.exit(main())
