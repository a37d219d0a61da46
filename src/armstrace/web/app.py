"""The desk as an ASGI application."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from armstrace import __version__
from armstrace.errors import ArmstraceError
from armstrace.web.desk import Desk
from armstrace.web.guards.bodies import Bodies
from armstrace.web.guards.headers import Headers
from armstrace.web.guards.hosts import Hosts
from armstrace.web.guards.people import People
from armstrace.web.page_pictures import PagePictures
from armstrace.web.pages import account, audit, document, health, login, originals, people, review, search, transfer
from armstrace.web.people.access import check_access
from armstrace.web.problems import on_anything, on_http, on_ours

ROUTERS: Final[tuple[APIRouter, ...]] = (
    health.router,
    login.router,
    transfer.router,
    document.router,
    originals.router,
    search.router,
    review.router,
    account.router,
    audit.router,
    people.router,
)


class _Kept(StaticFiles):
    """Files under addresses that change with their content: a browser keeps them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(desk: Desk) -> FastAPI:
    """Return the desk over one store. Whoever made the store closes it."""
    app = FastAPI(
        title="armstrace",
        version=__version__,
        summary="Reported arms transfers, traced back to who said it.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(check_access)],
        middleware=[
            Middleware(Headers),
            Middleware(Hosts, hosts=desk.settings.hosts),
            Middleware(Bodies, longest=desk.settings.max_body),
            Middleware(People, identify=desk.identify),
        ],
    )
    app.state.desk = desk
    app.state.page_pictures = PagePictures()
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(ArmstraceError, on_ours)
    app.add_exception_handler(Exception, on_anything)
    for router in ROUTERS:
        app.include_router(router)
    with as_file(files("armstrace.web") / "static") as folder:
        app.mount("/static", _Kept(directory=folder), name="static")
    return app
