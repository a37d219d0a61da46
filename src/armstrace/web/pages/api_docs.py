"""The documentation of the API, made of its OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.web.api.openapi import openapi_document
from armstrace.web.templating import render_page
from armstrace.web.views.api_docs import view_api

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def show_docs(request: Request) -> Response:
    """Return the page."""
    shown = view_api(openapi_document(request.app))
    return render_page(request, "api_docs.html", {"heading": "The API", "shown": shown})
