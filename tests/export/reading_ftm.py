"""Reads what ``ftm`` and ``ftm-statements`` wrote back into plain records: the documented mapping, the other way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_LINE = re.compile(
    r"(?P<name>[a-z_0-9]+)(?: (?P<number>\d+))?(?: part (?P<part>\d+) of \d+)? = (?P<json>.*)", re.DOTALL
)
_LINES_IN = {"Event": "notes", "Article": "notes", "Document": "notes", "Documentation": "description"}
_LINES_IN |= {"Sanction": "description"}
# Keys in the order of the shapes; a list is empty, all else None, where no line tells.
_TRANSFER_LISTS = (
    "claims context supplier recipient maker items quantity value mode via status when ranges denials accounts "
    "conflicts revisions reviews likelihoods history reports changes left_out"
).split()
_TRANSFER = ["transfer", *_TRANSFER_LISTS, "for", "against", "credibility", "latest"]
_CLAIM_LISTS = "items via attribution inferred why later".split()
_CLAIM = (
    "claim document kind supplier recipient maker quantity value mode refers_to status polarity certainty likelihood "
    "when evidence outlet published title family"
).split() + _CLAIM_LISTS
_DOCUMENT = "id title outlet byline language published url format captured sha256".split()
_FINDING_LISTS = ["would_change", "cases", "disputed", "caveats"]
_FINDING = (
    "measure body verdict instrument paragraph in_force_from in_force_to decisive entry direction strength reached "
    "missing source notice"
).split() + _FINDING_LISTS

Entity = Mapping[str, Any]


def read_records(entities: Iterable[Entity]) -> list[dict[str, Any]]:
    """Return the records that entities tell, in the shape of ``record_to_dict``."""
    all_of = list(entities)
    documents = {one["id"]: _row(one, _DOCUMENT, []) for one in all_of if one["schema"] in {"Article", "Document"}}
    claims = [one for one in all_of if one["schema"] == "Documentation"]
    findings = [one for one in all_of if one["schema"] == "Sanction"]
    records = []
    for event in (one for one in all_of if one["schema"] == "Event"):
        row = _row(event, _TRANSFER, _TRANSFER_LISTS)
        own = {one["properties"]["recordId"][0]: _row(one, _CLAIM, _CLAIM_LISTS) for one in _about(event, claims)}
        cited = [documents[one] for one in event["properties"].get("proof", ())]
        records.append(
            row
            | {
                "findings": [_row(one, _FINDING, _FINDING_LISTS) for one in _about(event, findings)],
                "told": [own[claim] for claim in row["claims"]],
                "told_beside": [own[claim] for claim in row["context"]],
                "documents": sorted(map(_document, cited), key=lambda one: one["document"]),
            }
        )
    return records


def read_statements(statements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the entities that statements tell, each in the order of its first statement."""
    found: dict[str, dict[str, Any]] = {}
    for one in statements:
        entity = found.setdefault(one["entity_id"], {"id": one["entity_id"], "schema": one["schema"], "properties": {}})
        if one["prop"] != "id":
            entity["properties"].setdefault(one["prop"], []).append(one["value"])
    return list(found.values())


def _about(event: Entity, entities: Iterable[Entity]) -> list[Entity]:
    return [one for one in entities if event["id"] in one["properties"]["entity"]]


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"document": row["id"], **{name: value for name, value in row.items() if name != "id"}}


def _row(entity: Entity, names: Iterable[str], lists: Iterable[str]) -> dict[str, Any]:
    told: dict[tuple[str, int], dict[int, str]] = {}
    for line in entity["properties"].get(_LINES_IN[entity["schema"]], ()):
        found = _LINE.fullmatch(line)
        assert found, line
        parts = told.setdefault((found["name"], int(found["number"] or 0)), {})
        parts[int(found["part"] or 0)] = found["json"]
    row: dict[str, Any] = dict.fromkeys(names) | {name: [] for name in lists}
    for (name, number), parts in sorted(told.items()):
        text = parts[0] if 0 in parts else "".join(json.loads(part) for _, part in sorted(parts.items()))
        if number:
            row[name].append(json.loads(text))
        else:
            row[name] = json.loads(text)
    return row
