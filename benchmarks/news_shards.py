"""Shards of generated news, of which one document in twenty tells of a transfer; the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from pyarrow import parquet

RELEVANT = 20  # every so many-th document tells of a transfer
_TOLD = (
    "{supplier} sold {number} {arms} to {recipient}, the {supplier} defence ministry said on {day}.",
    "{recipient} will receive {number} {arms} from {supplier} next year, two officials said on {day}.",
    "A spokesman in {recipient} denied on {day} that it had bought {number} {arms} from {supplier}.",
    "{supplier} has delivered {number} {arms} to {recipient}, a minister told reporters on {day}.",
)
_PLAIN = (
    "The council of {place} put off its vote on the new {thing} until {day}, after {number} hours of talks.",
    "Rain is expected in {place} on {day}, and the {thing} may be closed for {number} days.",
    "About {number} people came to see the {thing} in {place}, which opened its doors on {day}.",
    "A teacher from {place} spent {number} years on a book about the {thing}; it comes out on {day}.",
    "The price of the {thing} rose by {number} per cent in {place}, traders said on {day}.",
    "On {day} the museum of {place} showed its {thing} for the first time in {number} years.",
)
_COUNTRIES = "France Spain Kenya Chad Senegal Turkey Brazil India Egypt Poland Norway Jordan Morocco Ghana".split()
_ARMS = ("tanks", "patrol boats", "drones", "howitzers", "helicopters", "artillery shells", "radars")
_PLACES = "Alder Birchwell Corrant Dunmere Eskaville Farrow Glenholt Harwick Islay Jessop Kellan Lorne".split()
_THINGS = ("bridge", "library", "harbour market", "tram line", "swimming hall", "wheat harvest", "river path")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SENTENCES = (8, 30)  # of a document: a short notice to a full report


class Archive(NamedTuple):
    """How many documents, in how many shards of which form, drawn from which seed."""

    documents: int
    shards: int
    form: str
    seed: int


def write_shards(folder: Path, archive: Archive) -> int:
    """Write the documents of an archive; return how many bytes."""
    folder.mkdir()
    drawn = random.Random(archive.seed)  # noqa: S311 (no secret)
    each = -(-archive.documents // archive.shards)
    for shard, first in enumerate(range(0, archive.documents, each)):
        numbers = range(first, min(first + each, archive.documents))
        write_shard(folder / f"news-{shard:04}", archive.form, (make_document(n, drawn) for n in numbers))
    return sum(file.stat().st_size for file in folder.iterdir())


def write_shard(path: Path, form: str, rows: Iterator[dict[str, str]]) -> None:
    """Write one shard, a thousand documents at a time."""
    if form == "jsonl":
        with path.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
        return
    schema = pa.schema([(name, pa.string()) for name in ("id", "outlet", "published", "title", "text")])
    with parquet.ParquetWriter(path.with_suffix(".parquet"), schema, compression="zstd") as writer:
        some: list[dict[str, str]] = []
        for row in rows:
            some.append(row)
            if len(some) == 1000:  # noqa: PLR2004
                writer.write_table(pa.Table.from_pylist(some, schema))
                some = []
        writer.write_table(pa.Table.from_pylist(some, schema))


def make_document(number: int, drawn: random.Random) -> dict[str, str]:
    """Return one document, of which every twentieth tells of a transfer in one of its sentences."""
    sentences = [_sentence(_PLAIN, drawn) for _ in range(drawn.randint(*_SENTENCES))]
    if number % RELEVANT == 0:
        sentences.insert(drawn.randrange(3), _sentence(_TOLD, drawn))
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return {
        "id": f"d{number:08}",
        "outlet": f"The {drawn.choice(_PLACES)} Courier",
        "published": f"2024-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}",
        "title": sentences[0].partition(",")[0],
        "text": "\n\n".join(paragraphs),
    }


def _sentence(forms: tuple[str, ...], drawn: random.Random) -> str:
    supplier, recipient = drawn.sample(_COUNTRIES, 2)
    return drawn.choice(forms).format(
        supplier=supplier,
        recipient=recipient,
        number=drawn.randint(2, 90),
        arms=drawn.choice(_ARMS),
        day=drawn.choice(_DAYS),
        place=drawn.choice(_PLACES),
        thing=drawn.choice(_THINGS),
    )
