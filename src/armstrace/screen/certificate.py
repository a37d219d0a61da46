"""What was searched, when, against which versions of which lists, and what was found: as plain values, to be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from armstrace.ids import content_id
from armstrace.screen.list_kinds import OFFICIAL, list_title
from armstrace.screen.load import SanctionsList
from armstrace.screen.match import MATCHER, Asked, Hit

SHAPE: Final = 1  # of the certificate; changes with its keys
LIMITS: Final = (
    "A hit is a likeness of names and no identification: compare the entry itself. 'Nothing found' means that no name "
    "on the lists named here, in the versions named here, reached the threshold; it says nothing of other lists, of "
    "owners and controllers, or of names written in ways that no list has. This is not legal advice."
)

Body = dict[str, Any]


class Searched(NamedTuple):
    """One name and what was found of it."""

    asked: Asked
    hits: tuple[Hit, ...]


class Basis(NamedTuple):
    """On what a search stands: the moment (ISO, UTC), the least points of a hit, the lists and when they were added."""

    at: str
    threshold: float
    lists: Sequence[tuple[SanctionsList, str]]


def make_certificate(searched: Sequence[Searched], basis: Basis, program: str) -> Body:
    """Return a certificate as plain values; the same search on the same lists at the same moment gives the same one."""
    keys = {one.key for one, _ in basis.lists}
    body: Body = {
        "certificate": "",
        "shape": SHAPE,
        "searched_at": basis.at,
        "program": program,
        "matcher": MATCHER,
        "threshold": basis.threshold,
        "lists": [_list_body(one, added_at) for one, added_at in sorted(basis.lists, key=lambda pair: pair[0].key)],
        "official_lists_not_searched": [list_title(key) for key in OFFICIAL if key not in keys],
        "searched": [searched_body(one) for one in searched],
        "limits": LIMITS,
    }
    return {**body, "certificate": content_id(body)}


def _list_body(one: SanctionsList, added_at: str) -> Body:
    return {
        "list": one.key,
        "title": list_title(one.key),
        "dated": one.dated or None,
        "sha256": one.sha256,
        "format": one.format,
        "files": [file._asdict() for file in one.files],
        "added_at": added_at,
        "entries": len(one.entries),
        "rows_left_out": [{"place": fault.place, "reason": fault.reason} for fault in one.faults],
    }


def searched_body(one: Searched) -> Body:
    """Return one name and its hits as plain values."""
    asked = one.asked
    return {
        "name": asked.name,
        "kind": str(asked.kind) if asked.kind else None,
        "imo": asked.imo,
        "born": asked.born,
        "country": asked.country,
        "result": "hits" if one.hits else "nothing found",
        "hits": [_hit_body(hit) for hit in one.hits],
    }


def _hit_body(hit: Hit) -> Body:
    entry = hit.entry
    return {
        "points": hit.points,
        "list": hit.list.key,
        "list_dated": hit.list.dated or None,
        "list_sha256": hit.list.sha256,
        "entry": entry.id,
        "kind": str(entry.kind),
        "primary_name": entry.label,
        "matched_name": hit.name.text,
        "matched_name_is": str(hit.name.sort),
        "reasons": [{"feature": r.feature, "points": round(r.points, 3), "words": r.words} for r in hit.reasons],
        "countries": list(entry.countries),
        "born": list(entry.births),
        "identifiers": [{"kind": one.kind, "value": one.value} for one in entry.identifiers],
        "programmes": list(entry.programmes),
        "listed_on": entry.listed_on,
        "remarks": entry.remarks,
    }


def is_certificate(body: Mapping[str, Any]) -> bool:
    """Tell whether a certificate still is what it was: its id is the hash of the rest."""
    return body.get("certificate") == content_id({**body, "certificate": ""})
