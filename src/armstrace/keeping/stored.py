"""The groups of claims behind transfers that the register holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from armstrace.keeping.told_rows import told_from_json
from armstrace.store.told import told_of_ids
from armstrace.store.transfer_claims import claims_of_transfers
from armstrace.told import Group, Told


def load_groups(connection: Connection, transfers: Iterable[str]) -> dict[str, Group]:
    """Return transfer id -> its claims, with those that say something else of it; only transfers that there are.

    Raises:
        StoreError: a claim cannot be read.
    """
    rows = claims_of_transfers(connection, transfers)
    told = {row.claim_id: told_from_json(row.body) for row in told_of_ids(connection, (row.claim_id for row in rows))}
    members: dict[str, tuple[list[Told], list[Told]]] = {}
    for row in rows:
        members.setdefault(row.transfer_id, ([], []))[row.role == "context"].append(told[row.claim_id])
    return {one: Group(tuple(claims), tuple(context)) for one, (claims, context) in members.items()}
