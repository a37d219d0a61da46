"""The register as statements of FollowTheMoney: a value a line, with the document that it stands in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Final

from armstrace.export.ftm.dataset import dataset_of
from armstrace.export.ftm.entities import entities_of
from armstrace.export.ftm.entity import Entity, Value
from armstrace.export.record import About, Out, Record

_ENTITY_ITSELF: Final = "id"  # the property of the statement that there is such an entity
_quoted: Final = json.JSONEncoder(ensure_ascii=False).encode


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a statement a line, as ``ftm aggregate-statements -f json`` reads them; those of an entity together.

    Raises:
        MetadataError: the data set is asked to have a name that it cannot have.
    """
    dataset = dataset_of(about.options)
    for entity in entities_of(records, about.names):
        out.write("".join(statement_lines(entity, dataset)).encode())


def statement_lines(entity: Entity, dataset: str) -> Iterator[str]:
    """Yield the statements of an entity, a line of JSON each: that it is, then one a value.

    Put together by hand: there are some forty a claim, and an encoder takes thrice the time for it.
    """
    identity, schema, data = _quoted(entity.id), _quoted(entity.schema), _quoted(dataset)
    for value in (Value(_ENTITY_ITSELF, entity.id), *entity.values):
        seen = value.seen or entity.seen
        yield (
            f'{{"canonical_id": {identity}, "entity_id": {identity}, "prop": {_quoted(value.prop)}, '
            f'"schema": {schema}, "value": {_quoted(value.value)}, "dataset": {data}, "lang": {_text(value.lang)}, '
            f'"original_value": {_text(value.original)}, "first_seen": {_text(seen.first)}, '
            f'"last_seen": {_text(seen.last)}, "external": false, "origin": {_text(seen.origin)}, '
            f'"id": "{statement_id(dataset, entity.id, value)}"}}\n'
        )


def statement_id(dataset: str, entity: str, value: Value) -> str:
    """Return the id of a statement as followthemoney makes it (``Statement.make_key``, 4.11): SHA-1 of what it says."""
    lang = f"@{value.lang}" if value.lang else ""
    key = f"{dataset}.{entity}.{value.prop}.{value.value}{lang}"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()


def _text(text: str | None) -> str:
    return "null" if text is None else _quoted(text)
