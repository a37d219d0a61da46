"""Comparisons, sources, the state of the desk, and what people did."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from armstrace import __version__
from armstrace.extractor import extractor_version
from armstrace.joined import explain_pair
from armstrace.model import SourceKind
from armstrace.register.reliability import Row, grade_source
from armstrace.registering import count_transfers
from armstrace.store import listing
from armstrace.store.changes import state_of
from armstrace.store.columns import to_json
from armstrace.web.api.answers import Listing, Paged, Part, answer, answer_listing
from armstrace.web.api.cursors import Place
from armstrace.web.api.law import law_version, measures
from armstrace.web.api.operations import gives, gives_page
from armstrace.web.api.queries import bring_up_to_date
from armstrace.web.api.routing import api_router, desk_of, telling_missing
from armstrace.web.api.shapes.others import Deed, DeedPage, Joined, SourceLine, SourcePage, State

router = api_router("The desk")
why_router = api_router("Transfers")
sources_router = api_router("Sources")

_LONGEST_ID: Final = 100
PairId = Annotated[str, Query(min_length=1, max_length=_LONGEST_ID, description="Id of a claim or of a document.")]


class AskedSources(Paged):
    """Which sources are asked for."""

    kind: SourceKind | None = None
    """Of this kind."""


@why_router.get("/why", summary="Why two were joined", responses=gives(Joined, "Whether they were, and why.", 404))
def why(request: Request, one: PairId, other: PairId) -> Response:
    """Say why two claims, or two documents, were or were not joined: to one transfer, or to one copy family."""
    desk = desk_of(request)
    bring_up_to_date(desk)
    with telling_missing():
        found = explain_pair(desk.store, desk.stages, (one, other))
    return answer(request, {**found._asdict(), "reasons": list(found.reasons)})


@sources_router.get(
    "/sources", summary="List sources", responses=gives_page(SourcePage, SourceLine, "The sources, by name.")
)
def list_sources(request: Request, asked: Annotated[AskedSources, Query()]) -> Response:
    """List to whom claims are attributed, by name, with how reliable each is (Admiralty scale, A to F)."""
    desk = desk_of(request)
    store, table = desk.store, desk.reliability()

    def part(after: Place | None, most: int) -> Part:
        place = (after[0], after[1], after[2]) if after else None
        with store.database.read() as connection:
            found = listing.list_sources(connection, asked.kind, most + 1, place)
        shown = found[:most]
        following = (shown[-1].name, shown[-1].kind, shown[-1].country) if len(found) > most else None
        return Part([_source(row, table) for row in shown], following)

    return answer_listing(request, Listing(part, (str, str, str)), asked)


@router.get("/status", summary="The state of the desk", responses=gives(State, "Counts and versions."))
def show_status(request: Request) -> Response:
    """Give how much there is, and which versions of program, reader, register and law made the answers."""
    desk, person = desk_of(request), request.state.person
    bring_up_to_date(desk)
    with desk.store.database.read() as connection:
        register, generation = state_of(connection)
    versions = {
        "program": __version__,
        "reader": extractor_version(),
        "register": register,
        "generation": generation,
        "law": law_version(),
        "law_known_until": min(one.known_until for one in measures()).isoformat(),
    }
    counts = {**desk.store.counts(), "transfers": count_transfers(desk.store)}
    return answer(request, {"counts": counts, "versions": versions, "who": person.name, "role": person.role.word})


@router.get(
    "/audit", summary="What people did", responses=gives_page(DeedPage, Deed, "What they did, the latest first.")
)
def list_deeds(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """List what people did beside judging: logins, accounts, keys. For the role admin."""
    people = desk_of(request).store.people

    def part(after: Place | None, most: int) -> Part:
        found = list(people.deeds(after[0] if after else None, most + 1))
        texts = [
            to_json({"number": number, **deed._asdict(), "more": dict(deed.more)}) for number, deed in found[:most]
        ]
        return Part(texts, (found[most - 1][0],) if len(found) > most else None)

    return answer_listing(request, Listing(part, (int,)), asked)


def _source(row: listing.SourceRow, table: tuple[Row, ...]) -> str:
    country = row.country or None
    grade = grade_source(table, row.name, SourceKind(row.kind), country)
    counts = {"claims": row.claims, "documents": row.documents}
    about = {"name": row.name, "kind": row.kind, "country": country}
    return to_json({**about, **counts, "grade": grade.grade, "label": grade.label, "why": grade.sentence})
