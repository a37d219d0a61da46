"""All routes of the API, in the order in which its documentation tells of them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from armstrace.web.api import (
    adding,
    claims,
    documents,
    exports,
    flows,
    judgements,
    law,
    openapi,
    others,
    people,
    screening,
    search,
    transfers,
    watches,
)

API_ROUTERS: Final[tuple[APIRouter, ...]] = (
    transfers.router,
    exports.router,
    flows.router,
    others.why_router,
    claims.router,
    documents.router,
    adding.router,
    search.router,
    judgements.router,
    watches.router,
    law.router,
    screening.router,
    others.sources_router,
    people.router,
    others.router,
    openapi.router,
)
