"""All routes of the API, in the order in which its documentation tells of them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from armstrace.web.api import (
    adding,
    claims,
    documents,
    exports,
    judgements,
    law,
    openapi,
    others,
    screening,
    search,
    transfers,
)

API_ROUTERS: Final[tuple[APIRouter, ...]] = (
    transfers.router,
    exports.router,
    others.why_router,
    claims.router,
    documents.router,
    adding.router,
    search.router,
    judgements.router,
    law.router,
    screening.router,
    others.sources_router,
    others.router,
    openapi.router,
)
