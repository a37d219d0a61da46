"""The findings of the register brought to another law, page by page; what groups and merges is left as it is.

The law version and how far its check has come are kept, so that who is broken off goes on there. Each page is worked
out while others read and write, and written in one short transaction, unless the register has changed meanwhile: then
it is worked out once more. Transfers that come or change meanwhile are checked as they are written. What watches are
told of it is written with it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection

from armstrace.keeping.alerting import raise_findings, standing_of
from armstrace.keeping.lines import line_rows
from armstrace.keeping.review_rows import place_reviews
from armstrace.keeping.rows import findings_of
from armstrace.keeping.stages import Stages
from armstrace.keeping.stored import load_groups
from armstrace.register.merge import merge_claims
from armstrace.store.again import again
from armstrace.store.changes import next_generation, state_of
from armstrace.store.checking_state import Checking, checking_of, put_checking, restart_checking
from armstrace.store.columns import from_json
from armstrace.store.database import lock
from armstrace.store.register_schema import REGISTER_LOCK
from armstrace.store.repository import Store
from armstrace.store.transfer_claims import claims_of_transfers, transfers_after, write_findings

PAGE: Final = 200  # transfers: some seconds of work, some milliseconds of writing


class Checked(NamedTuple):
    """How many transfers were checked once more."""

    checked: int


@again
def begin_checks(store: Store, law: str) -> None:
    """Note that the findings are to be those of a version of the law, where they are not."""
    with store.database.read() as connection:
        if checking_of(connection).law == law:
            return
    with store.database.write() as connection:
        lock(connection, REGISTER_LOCK)
        if checking_of(connection).law != law:  # another process may have been faster
            put_checking(connection, Checking(law, ""))


@again
def check_next(store: Store, stages: Stages) -> Checked | None:
    """Check the next transfers whose findings are of another law; None where there are none, or another law is wanted.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
    """
    with store.database.read() as connection:
        _, generation = state_of(connection)
        checking = checking_of(connection)
        if checking.after is None or checking.law != stages.law:
            return None
        ids = transfers_after(connection, checking.after, PAGE)
        groups = load_groups(connection, ids)
    transfers = [merge_claims(groups[one], stages.origins) for one in ids]
    findings = {transfer.id: findings_of(transfer, stages) for transfer in transfers}
    standings = [standing_of(transfer, from_json(findings[transfer.id]), stages) for transfer in transfers]
    lines = [line for transfer in transfers for line in line_rows(transfer, stages, {})]
    after = ids[-1] if len(ids) == PAGE else None
    with store.database.write() as connection:
        lock(connection, REGISTER_LOCK)
        if checking_of(connection) != checking or not next_generation(connection, generation):
            return Checked(0)
        write_findings(connection, findings, lines)
        place_reviews(connection, {}, {row.claim_id for row in claims_of_transfers(connection, ids)})
        raise_findings(connection, standings, stages, generation + 1)
        put_checking(connection, Checking(stages.law, after))
    return Checked(len(ids))


def note_law(connection: Connection, law: str) -> None:
    """Note that transfers were written by a version of the law; if it is not the one wanted, all are checked again."""
    if checking_of(connection).law != law:
        restart_checking(connection)
