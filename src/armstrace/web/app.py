"""The desk as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import as_file, files
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from armstrace import __version__
from armstrace.errors import ArmstraceError
from armstrace.web.api.routes import API_ROUTERS
from armstrace.web.desk import Desk
from armstrace.web.guards.again import Again
from armstrace.web.guards.bodies import Bodies, Room
from armstrace.web.guards.headers import Headers
from armstrace.web.guards.hosts import Hosts
from armstrace.web.guards.people import People
from armstrace.web.guards.timing import Timing
from armstrace.web.kept_pages import KeptPages
from armstrace.web.loaded_lists import LoadedLists
from armstrace.web.observing.draining import draining
from armstrace.web.observing.probes import Probes
from armstrace.web.observing.requests import Requests
from armstrace.web.page_pictures import PagePictures
from armstrace.web.pages import (
    account,
    alerts,
    api_docs,
    audit,
    document,
    export,
    flows,
    law,
    lists,
    login,
    originals,
    outgoing,
    people,
    register,
    review,
    search,
    sign_on,
    sources,
    transfer,
    watches,
)
from armstrace.web.people.access import check_access
from armstrace.web.people.person import Role
from armstrace.web.problems import on_anything, on_http, on_invalid, on_ours
from armstrace.web.sent_exports import Exports

ROUTERS: Final[tuple[APIRouter, ...]] = (
    login.router,
    sign_on.router,
    register.router,
    transfer.router,
    export.router,
    document.router,
    originals.router,
    search.router,
    review.router,
    account.router,
    audit.router,
    people.router,
    watches.router,
    outgoing.router,
    alerts.router,
    flows.router,
    sources.router,
    law.router,
    lists.router,
    api_docs.router,
    *API_ROUTERS,
)


class _Kept(StaticFiles):
    """Files under addresses that change with their content: a browser keeps them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(desk: Desk) -> FastAPI:
    """Return the desk over one store. Whoever made the store closes it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with draining(desk.health, desk.settings.drain):
            yield
        desk.current.close()

    documents = Room("/api/v1/documents", Role.REVIEWER, desk.settings.max_document)
    app = FastAPI(
        lifespan=lifespan,
        title="armstrace",
        version=__version__,
        openapi_url=None,  # it is a route of the API
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(check_access)],
        middleware=[
            Middleware(Requests, metrics=desk.metrics),
            Middleware(Timing),
            Middleware(Headers),
            Middleware(Probes, desk=desk),
            Middleware(Hosts, hosts=desk.settings.hosts),
            Middleware(People, identify=desk.identify),
            Middleware(Bodies, longest=desk.settings.max_body, rooms=(documents,)),
            Middleware(Again),
        ],
    )
    app.state.desk = desk
    app.state.page_pictures = PagePictures()
    app.state.loaded_lists = LoadedLists()
    app.state.kept_pages = KeptPages()
    app.state.exports = Exports()
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(ArmstraceError, on_ours)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_anything)
    for router in ROUTERS:
        app.include_router(router)
    with as_file(files("armstrace.web") / "static") as folder:
        app.mount("/static", _Kept(directory=folder), name="static")
    return app
