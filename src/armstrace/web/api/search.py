"""Search over documents and claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from armstrace.model import Category, Status
from armstrace.store import filters
from armstrace.store.columns import to_json
from armstrace.store.readings import StoredClaim
from armstrace.store.repository import Store
from armstrace.store.search import MOST_HITS, Hit, Page
from armstrace.web.api.answers import Listing, Paged, Part, answer_listing
from armstrace.web.api.claims import reviewed
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import gives_page
from armstrace.web.api.params import Day, Words
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes.others import HitPage, SearchHit

router = api_router("Search")


class AskedHits(Paged):
    """What is looked for; all that is given must hold."""

    q: str = Field(default="", max_length=1000)
    """Words that must all occur: "quoted words" stand together, -word must not occur, word* begins so."""
    party: Words | None = None
    """Code of a country (two capitals), or words of the name of a supplier or recipient."""
    item: Words | None = None
    """Words of a designation or description, or a category."""
    category: Category | None = None
    """With arms of this category."""
    status: Status | None = None
    """Claims of this status, and documents with such."""
    outlet: Words | None = None
    """Words of the name of the outlet that published it."""
    after: Day | None = None
    """Not before this day, month or year."""
    before: Day | None = None
    """Not after it."""
    only: Literal["document", "claim"] | None = None
    """Only documents, or only claims."""


@router.get("/search", summary="Search", responses=gives_page(HitPage, SearchHit, "What was found, the best first."))
def search(request: Request, asked: Annotated[AskedHits, Query()]) -> Response:
    """Find documents and claims, the best first. Without words the filters alone count, and the newest come first.

    Of words that very many hold only the 1,000 documents and the 1,000 claims that came last, of those that are all
    that is asked for, are ranked and given: ask for more words, a party or a time to reach others.
    """
    store = desk_of(request).store
    query = filters.Query(
        asked.q,
        asked.party,
        asked.item,
        asked.category,
        asked.after,
        asked.before,
        asked.only,
        asked.status,
        asked.outlet,
    )

    def part(after: Place | None, most: int) -> Part:
        found = store.search(query, Page(min(most, MOST_HITS), after[0] if after else None))
        return Part([to_json(row) for row in _rows(store, found.hits)], (found.cursor,) if found.cursor else None)

    return answer_listing(request, Listing(part, (str,)), asked)


def _rows(store: Store, hits: tuple[Hit, ...]) -> Iterator[dict[str, Any]]:
    stored = [StoredClaim(hit.document, 0, hit.id, hit.body) for hit in hits if hit.body is not None]
    claims = iter(reviewed(store, stored))
    for hit in hits:
        snippet = hit.snippet
        yield {
            "kind": hit.kind,
            "id": hit.id,
            "document": hit.document,
            "version": hit.version,
            "title": hit.title,
            "title_marks": [list(mark) for mark in hit.title_marks],
            "outlet": hit.outlet,
            "url": hit.url,
            "published": hit.published,
            "score": hit.score,
            "snippet": {
                "text": snippet.text,
                "span": list(snippet.span),
                "marks": [list(mark) for mark in snippet.marks],
            },
            "claim": None if hit.body is None else next(claims),
        }
