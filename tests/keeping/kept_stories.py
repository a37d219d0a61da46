"""Steps that fill a store (documents, readings, judgements), and what its register must then be, made without it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from judged import add_judgement
from notation import read_claim
from sqlalchemy import select
from syndicated import document

from armstrace.document import Capture, Document, Fact
from armstrace.export.jsonl import claim_to_dict
from armstrace.export.lines import line_to_dict
from armstrace.export.transfers import transfer_to_dict
from armstrace.group.clusters import group_claims
from armstrace.group.compared import Judgement
from armstrace.group.copies import find_copies
from armstrace.judging import Saying, judge_claim, open_claim
from armstrace.keeping.stages import Stages
from armstrace.keeping.telling import paired_judgements
from armstrace.keeping.update import Updated, update_register
from armstrace.register.known import known_from
from armstrace.register.merge import as_known_on, merge_claims
from armstrace.register.types import Transfer
from armstrace.registering import each_line_page, each_page
from armstrace.retractions import tie_retractions
from armstrace.reviewing import review_claims
from armstrace.store.judgements import Judgement as Decision
from armstrace.store.readings import Reading
from armstrace.store.register_schema import CHANGES, REGISTER_FACTS, REGISTER_TABLES
from armstrace.store.repository import Store
from armstrace.store.transfers import TransferQuery
from armstrace.told import Group, Told
from armstrace.versions import later_versions, make_version

NOW = "2031-06-01T00:00:00Z"


@dataclass(frozen=True)
class Add:
    """A document comes: sentences, outlet, day, agency, address, correction, title; ``moment`` of its capture."""

    name: str
    sentences: tuple[str, ...]
    outlet: str | None = None
    day: str | None = "2031-03-01"
    agency: str | None = None
    page: str | None = None
    correction: str | None = None
    moment: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Read:
    """A document that is there is read: one line a claim (``notation``), whose ids are the document's and a number.

    Another ``reader`` gives them other ids.
    """

    name: str
    lines: tuple[str, ...]
    reader: str = ""


@dataclass(frozen=True)
class Judge:
    """A person says that two claims tell of one transfer, or that they do not."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True)
class Review:
    """A person accepts or rejects a claim, or corrects a field of it."""

    claim: str
    verdict: str
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Undo:
    """A person takes back what was said last of a claim."""

    claim: str


Step = Add | Read | Judge | Review | Undo


def take(store: Store, steps: Iterable[Step]) -> None:
    """Take steps; those that speak of what is not there are passed over."""
    for number, step in enumerate(steps):
        if isinstance(step, Add):
            add(store, step)
        elif isinstance(step, Read):
            if store.document(step.name):
                read(store, step, f"reader {number} {store.counts()['judgements']} {step.lines}")
        elif isinstance(step, Review):
            for holder in _holders(store, step.claim):
                add_judgement(
                    store, Decision(holder, step.claim, step.verdict, "a reader", NOW, step.field, step.value)
                )
        elif isinstance(step, Undo):
            if _holders(store, step.claim) and open_claim(store, step.claim).last:
                judge_claim(store, step.claim, Saying("undo", "a reader", NOW))
        elif holder := next(iter(_holders(store, step.left)), None):
            given = Decision(holder, step.left, f"{'same' if step.same else 'different'}-transfer", "a reader", NOW)
            add_judgement(store, replace(given, value=step.right))


def add(store: Store, step: Add) -> None:
    made = document(step.name, step.sentences, outlet=step.outlet, day=step.day, agency=step.agency)
    facts = (*made.facts, Fact("correction", step.correction, None)) if step.correction else made.facts
    made = replace(made, metadata=replace(made.metadata, url=step.page, title=step.title), facts=facts)
    store.add_document(made, made.text.encode(), Capture(f"{step.name}.html", step.moment), NOW)


def read(store: Store, step: Read, extractor: str) -> None:
    told = [read_claim(line, f"{step.name}-{number}{step.reader}") for number, line in enumerate(step.lines)]
    claims = [(one.claim, claim_to_dict(one.claim)) for one in told]
    store.save_reading(Reading(step.name, extractor, NOW, claims))


def _holders(store: Store, claim: str) -> list[str]:
    return [one.id for one in store.documents() if any(c.id == claim for c in store.claims(one.id))]


def register_lines(store: Store) -> list[str]:
    """Return the kept register, one line of JSON a transfer."""
    rows = (row for page in each_page(store, TransferQuery(rejected=True)) for row in page)
    return [json.dumps(row.shape) for row in rows]


def make_finding(verdict: str, measure: str, **more: str) -> dict[str, str]:
    """Return a finding as the law would give it, as far as the register looks into one."""
    return {"verdict": verdict, "measure": measure, "instrument": "resolution 1", "paragraph": "2", **more}


def lines_as_of(store: Store, day: str | None) -> list[tuple[str, dict]]:
    """Return the lines of the kept register of today, or as they stood on a day."""
    rows = (row for page in each_line_page(store, TransferQuery(as_of=day, rejected=True)) for row in page)
    return [(row.transfer_id, row.shown) for row in rows]


def expected_as_of(transfers: Iterable[Transfer], stages: Stages, day: str | None) -> list[tuple[str, dict]]:
    """Return what these lines must be: each transfer merged of what was known on the day."""
    then = [one if day is None else as_known_on(one, day, stages.origins) for one in transfers]
    return [(one.id, line_to_dict(one, stages.check(one), stages.countries)) for one in then if one]


def expected_lines(store: Store, stages: Stages) -> list[str]:
    """Return what the register of a store must be, in its public shape."""
    return [json.dumps(transfer_to_dict(transfer)) for transfer in expected_transfers(store, stages)]


def expected_transfers(store: Store, stages: Stages) -> list[Transfer]:
    """Return what the register of a store must be, made of all documents, claims and judgements at once."""
    documents = list(store.documents())
    families = {member: family[0] for family in find_copies(documents).families for member in family}
    told = list(_tell(store, documents, families))
    with store.database.read() as connection:
        judgements: Sequence[Judgement] = paired_judgements(connection).judgements
    groups = group_claims(told, stages.names, judgements)
    transfers = [merge_claims(Group(one.claims, one.context), stages.origins) for one in groups]
    return sorted(transfers, key=lambda t: (known_from(t.claims[0].published) or "9999-99-99", t.id))


def _tell(store: Store, documents: list[Document], families: dict[str, str]) -> Iterator[Told]:
    pages: dict[str, list[Document]] = {}
    for one in documents:
        pages.setdefault(one.metadata.url or one.id, []).append(one)
    versions = [[_captured(store, one) for one in page] for page in pages.values() if len(page) > 1]
    following = later_versions(versions)
    notices = tie_retractions(map(make_version, documents), families)
    for one in documents:
        later, since = following.get(one.id, ((), None))
        known = make_version(one)
        known = replace(known, published=since or known.published)
        later = (*later, *notices.get(one.id, ()))
        for claim, review in review_claims(store.claims(one.id), store.judgements(one.id)):
            yield replace(known.tell(claim, families[one.id], later), review=review)


def _captured(store: Store, one: Document):
    moments = [found.capture.moment for found in store.captures(one.id) if found.capture.moment]
    return replace(make_version(one), captured=min(moments, default=None))


def kept_rows(store: Store) -> dict[str, list[tuple]]:
    """Return all rows that the register is kept in."""
    with store.database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in REGISTER_TABLES
            if table not in (CHANGES, REGISTER_FACTS)
        }


def update(store: Store, stages: Stages, *, anew: bool = False) -> Updated:
    return update_register(store, stages, anew=anew)
