"""Changes worked into the register: claims told anew, blocks made anew, the transfers that these reach merged anew.

What follows from a change is worked out while others read and write; it is then written in one short transaction, or
worked out once more where the register has changed meanwhile. So nobody ever sees half of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from armstrace.keeping.alerting import raise_alerts, standing_of
from armstrace.keeping.checks import note_law
from armstrace.keeping.desk import Desk
from armstrace.keeping.lines import line_rows
from armstrace.keeping.regrouping import Parts, Regrouping
from armstrace.keeping.retracting import reached_by_notices
from armstrace.keeping.review_rows import place_reviews, review_row
from armstrace.keeping.rows import claim_rows, transfer_row
from armstrace.keeping.sources import Sources
from armstrace.keeping.stages import Stages
from armstrace.keeping.telling import paired_judgements, tell_claims, with_versions
from armstrace.keeping.told_rows import told_to_json
from armstrace.keeping.touched import Touched
from armstrace.model import ClaimKind
from armstrace.register.merge import merge_claims
from armstrace.register.types import Transfer
from armstrace.store.again import again
from armstrace.store.changes import Pending, forget_changes, next_generation, pending, state_of
from armstrace.store.repository import Store
from armstrace.store.review_queue import ReviewRow, forget_reviews
from armstrace.store.sources import (
    ToldSource,
    forget_told_sources,
    marked_sources,
    sum_up_sources,
    write_marks,
    write_told_sources,
)
from armstrace.store.told import (
    Fitting,
    ToldRow,
    forget_fits,
    forget_told,
    told_about,
    told_of_documents,
    told_of_ids,
    write_choices,
    write_fits,
    write_parts,
    write_told,
)
from armstrace.store.transfer_claims import (
    claims_of_transfers,
    forget_transfers,
    lines_of_transfers,
    write_transfers,
)
from armstrace.store.transfers import LineRow
from armstrace.told import Told


class Worked(NamedTuple):
    """How many claims changed, how many blocks were made anew, and how many transfers."""

    claims: int
    blocks: int
    transfers: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written: ``before`` and ``rows`` are the claims that change, ``moved`` those in other parts now.

    ``sources`` are those of ``rows``; ``lines`` are those of the transfers that are gone, by what they were made of.
    ``reviewed`` are claims of which is written how they are reviewed, ``left`` others that belonged to what is gone.
    """

    before: Mapping[str, ToldRow]
    rows: tuple[ToldRow, ...]
    sources: tuple[ToldSource, ...]
    moved: Mapping[str, str]
    parts: Parts
    gone: frozenset[str]
    lines: Mapping[str, LineRow]
    transfers: tuple[Transfer, ...]
    reviewed: Mapping[str, ReviewRow]
    left: frozenset[str]


@again
def work_in_changes(store: Store, stages: Stages) -> Worked | None:
    """Work all changes that wait into the register; None where there is none.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
    """
    with store.database.read() as connection:
        _, generation = state_of(connection)
        changes = pending(connection, is_new=False)
        sources = Sources(stages.names)
        plan = _plan(connection, changes, stages, sources) if changes else None
    if plan is None:
        return None
    # Row and lines of one transfer after the other: what the law says of both is mostly one answer, kept a short while.
    made = [(transfer_row(one, stages), [*line_rows(one, stages, plan.lines)]) for one in plan.transfers]
    rows, lines = [row for row, _ in made], [line for _, its in made for line in its]
    marks = [mark for transfer in plan.transfers for mark in sources.marks(transfer)]
    standings = [standing_of(transfer, row.law, stages) for transfer, row in zip(plan.transfers, rows, strict=True)]
    with store.database.write() as connection:
        if not next_generation(connection, generation):
            return Worked(0, 0, 0)
        changed = _write(connection, plan)
        write_transfers(connection, rows, lines, [row for one in plan.transfers for row in claim_rows(one)])
        place_reviews(connection, plan.reviewed, plan.left)
        write_marks(connection, marks)
        sum_up_sources(connection, changed | {mark.source_id for mark in marks})
        raise_alerts(connection, standings, stages, generation + 1)
        note_law(connection, stages.law)
        forget_changes(connection, [change.number for change in changes])
    return Worked(len(plan.before.keys() | {row.claim_id for row in plan.rows}), len(plan.parts.blocks), len(rows))


def _plan(connection: Connection, changes: Iterable[Pending], stages: Stages, sources: Sources) -> _Plan:
    named = {change.document for change in changes}
    documents = with_versions(connection, named | reached_by_notices(connection, named))
    now = tell_claims(connection, documents)
    fresh, before = _differences(connection, documents, now)
    judgements, compared = paired_judgements(connection)
    judged = {one for one, told in now.items() if told.claim.document in named and one in compared}
    touched = {*fresh, *before, *judged}
    touched |= {other for one in touched for other in compared.get(one, ())}
    desk = Desk(connection, fresh, before, stages.names)
    parts = Regrouping(connection, desk, stages.names, judgements).regroup(frozenset(touched))
    reached = Touched(connection, desk, parts)
    reached.find(stages.names, judgements, _contexts(connection, fresh, before))
    transfers = tuple(merge_claims(group, stages.origins) for group in reached.groups)
    rows = tuple(desk.row(one) for one in sorted(fresh))
    moved = _moved(connection, desk, fresh)
    lines = {line.made_of: line for line in lines_of_transfers(connection, reached.gone)}
    sourced = tuple(row for one in sorted(fresh) for row in sources.told(fresh[one]))
    told = {one.claim.id: one for group in reached.groups for one in (*group.claims, *group.context)} | fresh
    reviewed = {one: review_row(told[one], stages.names, stages.countries) for one in sorted(told)}
    left = {row.claim_id for row in claims_of_transfers(connection, reached.gone)} - told.keys() - before.keys()
    gone = frozenset(reached.gone)
    return _Plan(before, rows, sourced, moved, parts, gone, lines, transfers, reviewed, frozenset(left))


def _differences(
    connection: Connection, documents: Iterable[str], now: Mapping[str, Told]
) -> tuple[dict[str, Told], dict[str, ToldRow]]:
    """Return the claims that are told otherwise than they are stored, and the rows that are no more or not the same."""
    rows = [*told_of_documents(connection, documents), *told_of_ids(connection, now)]
    stored = {row.claim_id: row for row in rows}
    fresh = {one: told for one, told in now.items() if one not in stored or stored[one].body != told_to_json(told)}
    return fresh, {one: row for one, row in stored.items() if one in fresh or one not in now}


def _contexts(connection: Connection, fresh: Mapping[str, Told], before: Mapping[str, ToldRow]) -> set[str]:
    """Return the claims of other kinds that change, and those that refer to a claim that comes or goes."""
    own = {one for one, told in fresh.items() if told.claim.kind is not ClaimKind.TRANSFER}
    own |= {one for one, row in before.items() if not row.is_transfer}
    return own | {row.claim_id for row in told_about(connection, fresh.keys() ^ before.keys())}


def _moved(connection: Connection, desk: Desk, fresh: Mapping[str, Told]) -> dict[str, str]:
    """Return the parts of the claims that stay as they are and belong to another part now."""
    stored = told_of_ids(connection, desk.parts.keys() - fresh.keys())
    return {row.claim_id: desk.parts[row.claim_id] for row in stored if desk.parts[row.claim_id] != row.part}


def _write(connection: Connection, plan: _Plan) -> set[str]:
    """Write all but the transfers that come; those that are gone go first, for they speak of claims.

    Return the ids of the sources whose sums are no more right.
    """
    changed = marked_sources(connection, plan.gone)
    forget_transfers(connection, plan.gone)
    changed |= forget_told_sources(connection, plan.before)
    forget_reviews(connection, plan.before)
    forget_told(connection, plan.before)
    write_told(connection, plan.rows)
    write_told_sources(connection, plan.sources)
    write_parts(connection, plan.moved)
    forget_fits(connection, plan.parts.gone)
    write_fits(connection, plan.parts.fits)
    chosen = (Fitting(part, *choice) for part, choice in plan.parts.decided.items() if choice)
    write_choices(connection, plan.parts.gone | plan.parts.decided.keys(), chosen)
    return changed | {row.source_id for row in plan.sources}
