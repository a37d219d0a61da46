"""Alerts raised where the register changes, in the transaction that changes it: none is lost, none is told twice.

How each line stands is kept beside the register. A register that is made anew is compared with that, and not with
nothing; so it raises no alert but of what is otherwise now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from armstrace.alerts.alert import Alert, alert_body, alerts_of, headlines_of
from armstrace.alerts.facts import facts_of
from armstrace.alerts.lines import Line, line_from_dict, line_of, line_to_dict
from armstrace.alerts.matching import Index, places_of
from armstrace.ids import content_id
from armstrace.keeping.stages import Stages
from armstrace.keeping.watch_rows import watch_of
from armstrace.register.types import Transfer
from armstrace.store.stood import (
    NewAlert,
    StoodClaim,
    addresses_of,
    claims_in_register,
    ended_lines,
    has_watches,
    read_stood,
    replace_stood,
    stood_of_documents,
    stood_with_claims,
    watches_at,
    write_alerts,
)


class Standing(NamedTuple):
    """A transfer that was merged or checked anew, with how it stands."""

    transfer: Transfer
    line: Line


_Comparison = tuple[Standing | None, Sequence[Line]]


def standing_of(transfer: Transfer, findings: Sequence[Mapping[str, Any]], stages: Stages) -> Standing:
    """Return how a transfer stands; ``findings`` are those on it, in their public shape."""
    facts = facts_of(transfer, findings, stages.countries)
    return Standing(transfer, line_of(transfer, facts, findings, stages.countries))


def raise_alerts(connection: Connection, merged: Sequence[Standing], stages: Stages, generation: int) -> None:
    """Tell watches what became of lines, and note how these stand now; the register must be written already.

    ``generation`` is that of the register from now on: with watch and line it names an alert.
    """
    ended = ended_lines(connection)
    if has_watches(connection):
        _tell_watches(connection, list(_comparisons(connection, merged, ended)), stages, generation)
    _note(connection, ended, merged)


def raise_findings(connection: Connection, checked: Sequence[Standing], stages: Stages, generation: int) -> None:
    """Tell watches what another law says of lines that are made of the same claims; note how these stand now.

    A register that is being made anew lacks lines: here none is taken for ended. ``generation`` is as in
    ``raise_alerts``.
    """
    if has_watches(connection):
        stood = read_stood(connection, (one.line.id for one in checked))
        known = [(one, [line_from_dict(one.line.id, stood[one.line.id])]) for one in checked if one.line.id in stood]
        _tell_watches(connection, known, stages, generation)
    _note(connection, (), checked)


def _note(connection: Connection, ended: Iterable[str], standings: Sequence[Standing]) -> None:
    lines = {one.line.id: line_to_dict(one.line) for one in standings}
    claims = [StoodClaim(one.line.id, *pair) for one in standings for pair in one.line.claims.items()]
    replace_stood(connection, ended, lines, claims)


def _tell_watches(connection: Connection, comparisons: Sequence[_Comparison], stages: Stages, generation: int) -> None:
    lines = [line for standing, before in comparisons for line in (*before, *([standing.line] if standing else []))]
    rows = watches_at(connection, {place for line in lines for place in places_of(line)})
    index = Index(map(watch_of, rows))
    raised = [(one, alert) for one, before in comparisons for alert in _compare(one, before, index)]
    hooked = {row.id for row in rows if row.hook_url}
    write_alerts(connection, _alerts(connection, raised, stages, generation), hooked)


def _compare(standing: Standing | None, before: Sequence[Line], index: Index) -> tuple[Alert, ...]:
    after = standing.line if standing else None
    return alerts_of(before, after, index.candidates([*before, *([after] if after else [])]))


def _comparisons(connection: Connection, merged: Sequence[Standing], ended: set[str]) -> Iterable[_Comparison]:
    """Yield what was merged with how it stood, and what is no more and has nothing in its place."""
    ancestors = _ancestors(connection, merged)
    wanted = {line for lines in ancestors.values() for line in lines} | ended
    stood = {line: line_from_dict(line, kept) for line, kept in read_stood(connection, wanted).items()}
    for one in merged:
        yield one, [stood[line] for line in ancestors[one.line.id]]
    for line in sorted(ended - {line for lines in ancestors.values() for line in lines}):
        yield None, [stood[line]]


def _ancestors(connection: Connection, merged: Sequence[Standing]) -> Mapping[str, list[str]]:
    """Return for each line the lines that stood with a claim of it.

    A claim that is new, of a document whose claims are all read otherwise now, stood where these did.
    """
    claims = {claim: document for one in merged for claim, document in one.line.claims.items()}
    places: dict[str, set[str]] = defaultdict(set)
    for row in stood_with_claims(connection, claims):
        places[row.claim_id].add(row.line)
    new = {claim: document for claim, document in claims.items() if claim not in places}
    for document, lines in _read_anew(connection, set(new.values())).items():
        for claim in (claim for claim, its in new.items() if its == document):
            places[claim] |= lines
    return {one.line.id: sorted({line for claim in one.line.claims for line in places[claim]}) for one in merged}


def _read_anew(connection: Connection, documents: set[str]) -> Mapping[str, set[str]]:
    """Return the lines in which claims of documents stood that are no longer read so, by document."""
    stood = stood_of_documents(connection, documents)
    still = claims_in_register(connection, [row.claim_id for row in stood])
    found: dict[str, set[str]] = defaultdict(set)
    for row in stood:
        if row.claim_id not in still:
            found[row.document_id].add(row.line)
    return found


def _alerts(
    connection: Connection, raised: Sequence[tuple[Standing | None, Alert]], stages: Stages, generation: int
) -> list[NewAlert]:
    documents = {document for one, alert in raised if one for document in _documents(one.transfer, alert)}
    addresses, at = addresses_of(connection, documents), stages.now()
    found = []
    for standing, alert in raised:
        claims = alert.claims
        headlines = headlines_of(standing.transfer, claims, addresses, stages.countries) if standing else []
        identity = content_id(alert.watch, alert.line, generation)
        found.append(NewAlert(identity, alert.watch, alert.line, at, alert_body(alert, headlines)))
    return found


def _documents(transfer: Transfer, alert: Alert) -> set[str]:
    wanted = set(alert.claims)
    return {told.claim.document for told in (*transfer.claims, *transfer.context) if told.claim.id in wanted}
