"""What all STIX objects of this project have: an id made of what they are about, times, and no word that hides one.

STIX 2.1 (OASIS Standard, 10 June 2021), 2.9: ids may be UUIDv5 of a name space of the producer's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from armstrace.export.plain import plain
from armstrace.ids import content_id
from armstrace.register.known import known_from

Object = Mapping[str, Any]

NAMESPACE: Final[UUID] = uuid5(NAMESPACE_URL, "urn:armstrace:stix")
# Of what no document dates: identities and locations, which are made of their names alone and never change.
UNDATED: Final = "1970-01-01T00:00:00.000Z"
_MOMENT: Final = 19  # characters of an ISO moment without fraction and zone


def object_id(kind: str, *parts: object) -> str:
    """Return the id of an object of a kind, made of what it is about."""
    return f"{kind}--{uuid5(NAMESPACE, content_id(kind, *parts))}"


PRODUCER: Final = object_id("identity", "producer", "armstrace")


def make_object(identity: str, created: str, modified: str, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - any
    """Return an object by this program; a property that is None or empty is left out."""
    told = {name: value for name, value in properties.items() if value is not None and value not in ((), [], "")}
    return {
        "type": identity.partition("--")[0],
        "spec_version": "2.1",
        "id": identity,
        "created_by_ref": PRODUCER,
        "created": created,
        "modified": max(created, modified),
        **told,
    }


def day_moment(published: str | None) -> str | None:
    """Return the beginning of the day from which something published is surely known; None where it is undated."""
    day = known_from(published)
    return f"{day}T00:00:00.000Z" if day else None


def exact_moment(moment: str | None) -> str | None:
    """Return an ISO moment in UTC as STIX writes it."""
    return f"{moment[:_MOMENT]}.000Z" if moment else None


def words(text: str | None, unknown: str = "unknown") -> str:
    """Return text in one line that hides nothing, another word where it shows nothing."""
    return plain(text or "") or unknown
