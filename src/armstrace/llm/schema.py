"""The JSON schema of an answer: quotes and values of closed lists, nothing else.

All keys are required and no other is allowed, as ``strict`` asks for; the enums are those of the model.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from armstrace.model import Category, Certainty, ClaimKind, Mode, Polarity, SourceKind, Status

# A confirmation points to another claim, which one answer about quotes cannot do.
KINDS = tuple(kind for kind in ClaimKind if kind is not ClaimKind.CONFIRMATION)

_QUOTE = {"type": "string"}
_QUOTE_OR_NULL = {"type": ["string", "null"]}
_PARTY = {"$ref": "#/$defs/party"}
_PARTY_OR_NULL = {"anyOf": [_PARTY, {"type": "null"}]}

Schema = dict[str, Any]


def _listed(values: type[StrEnum] | tuple[StrEnum, ...]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


PARTY = {"words": _QUOTE, "country": _QUOTE_OR_NULL, "organisation": _QUOTE_OR_NULL}
ITEM = {"words": _QUOTE, "designation": _QUOTE_OR_NULL, "category": _listed(Category)}
SOURCE = {
    "words": _QUOTE,
    "kind": _listed(SourceKind),
    "country": _QUOTE_OR_NULL,
    "named": {"type": "boolean"},
    "cue": _QUOTE_OR_NULL,
    "channel": _QUOTE_OR_NULL,
}
CLAIM = {
    "evidence": _QUOTE,
    "kind": _listed(KINDS),
    "supplier": _PARTY_OR_NULL,
    "recipient": _PARTY_OR_NULL,
    "maker": _PARTY_OR_NULL,
    "via": _list_of(_PARTY),
    "items": _list_of(_object(ITEM)),
    "quantity": _QUOTE_OR_NULL,
    "value": _QUOTE_OR_NULL,
    "when": _QUOTE_OR_NULL,
    "mode": _listed(Mode),
    "status": _listed(Status),
    "polarity": _listed(Polarity),
    "certainty": _listed(Certainty),
    "attribution": _list_of(_object(SOURCE)),
}
SCHEMA = {**_object({"claims": _list_of(_object(CLAIM))}), "$defs": {"party": _object(PARTY)}}
