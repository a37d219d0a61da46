"""Whether the desk is there: for whoever watches it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

router = APIRouter(include_in_schema=False)


@router.get("/health")
def show_health() -> Response:
    """Return "ok"."""
    return PlainTextResponse("ok\n")
