"""The register as statements of FollowTheMoney: a value a line, with the document that it stands in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from armstrace.export.ftm.dataset import dataset_of
from armstrace.export.ftm.entities import entities_of
from armstrace.export.ftm.entity import Entity, Value
from armstrace.export.jsonl import json_line
from armstrace.export.record import About, Out, Record

_ENTITY_ITSELF: Final = "id"  # the property of the statement that there is such an entity


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a statement a line, as ``ftm aggregate-statements -f json`` reads them; those of an entity together.

    Raises:
        MetadataError: the data set is asked to have a name that it cannot have.
    """
    dataset = dataset_of(about.options)
    for entity in entities_of(records, about.names):
        lines = [json_line(statement) for statement in statements_of(entity, dataset)]
        out.write("".join(f"{line}\n" for line in lines).encode())


def statements_of(entity: Entity, dataset: str) -> Iterator[dict[str, Any]]:
    """Yield the statements of an entity as plain values: that it is, then one a value."""
    for value in (Value(_ENTITY_ITSELF, entity.id), *entity.values):
        seen = value.seen or entity.seen
        yield {
            "canonical_id": entity.id,
            "entity_id": entity.id,
            "prop": value.prop,
            "schema": entity.schema,
            "value": value.value,
            "dataset": dataset,
            "lang": value.lang,
            "original_value": value.original,
            "first_seen": seen.first,
            "last_seen": seen.last,
            "external": False,
            "origin": seen.origin,
            "id": statement_id(dataset, entity.id, value),
        }


def statement_id(dataset: str, entity: str, value: Value) -> str:
    """Return the id of a statement as followthemoney makes it (``Statement.make_key``, 4.11): SHA-1 of what it says."""
    lang = f"@{value.lang}" if value.lang else ""
    key = f"{dataset}.{entity}.{value.prop}.{value.value}{lang}"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
