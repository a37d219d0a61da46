"""The register as entities of FollowTheMoney, one a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from armstrace.export.ftm.dataset import dataset_of
from armstrace.export.ftm.entities import entities_of
from armstrace.export.ftm.entity import Entity
from armstrace.export.jsonl import json_line
from armstrace.export.record import About, Out, Record


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write an entity a line, as ``ftm validate`` reads them.

    Raises:
        MetadataError: the data set is asked to have a name that it cannot have.
    """
    dataset = dataset_of(about.options)
    for entity in entities_of(records, about.names):
        out.write(f"{json_line(entity_to_dict(entity, dataset))}\n".encode())


def entity_to_dict(entity: Entity, dataset: str) -> dict[str, Any]:
    """Return an entity as plain values."""
    properties: dict[str, list[str]] = {}
    for value in entity.values:
        properties.setdefault(value.prop, []).append(value.value)
    seen = {"first_seen": entity.seen.first, "last_seen": entity.seen.last}
    return {
        "id": entity.id,
        "schema": entity.schema,
        "properties": properties,
        "datasets": [dataset],
        **{name: moment for name, moment in seen.items() if moment},
    }
