"""What every route of the API does before its own work: access first, then that the address holds nothing unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.errors import StoreError
from armstrace.web.desk import Desk
from armstrace.web.people.access import check_access

PREFIX: Final = "/api/v1"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ApiRoute(APIRoute):
    """A route of the API. Who may not take it is told so before anything of the request is read."""

    def get_route_handler(self) -> Handler:
        """Return what answers a request."""
        answer, allowed = super().get_route_handler(), tuple(sorted(_query_names(self.dependant)))

        async def handle(request: Request) -> Response:
            check_access(request)
            _check_address(request, allowed)
            return await answer(request)

        return handle


def api_router(tag: str) -> APIRouter:
    """Return a router for one kind of resource, by whose name the documentation groups it."""
    return APIRouter(prefix=PREFIX, tags=[tag], route_class=ApiRoute)


def desk_of(request: Request) -> Desk:
    """Return the desk that a request is made to."""
    desk: Desk = request.app.state.desk
    return desk


@contextmanager
def telling_missing() -> Iterator[None]:
    """Tell by 404 what the store says of an id that it does not know; what goes wrong with the store is raised on.

    Raises:
        HTTPException: 404, with what the store says.
    """
    try:
        yield
    except StoreError as error:
        if error.__cause__ is not None:
            raise
        raise HTTPException(404, str(error)) from error


@contextmanager
def telling_conflicts() -> Iterator[None]:
    """Tell by 409 what the store says of what cannot be kept beside what it holds; its own faults are raised on.

    Raises:
        HTTPException: 409, with what the store says.
    """
    try:
        yield
    except StoreError as error:
        if error.__cause__ is not None:
            raise
        raise HTTPException(409, str(error)) from error


def _query_names(dependant: Dependant) -> Iterator[str]:
    for param in dependant.query_params:
        kind = param.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from kind.model_fields
        else:
            yield param.alias
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def _check_address(request: Request, allowed: tuple[str, ...]) -> None:
    """Refuse parameters that do not exist or are given twice: who mistypes a filter must not be given everything."""
    given = request.query_params.multi_items()
    names = Counter(name for name, _ in given)
    if unknown := sorted(names.keys() - set(allowed)):
        known = f"; there are {', '.join(allowed)}" if allowed else "; this takes none"
        raise HTTPException(400, f"there is no parameter {unknown[0][:100]!r} here{known}")
    if twice := [name for name, count in names.items() if count > 1]:
        raise HTTPException(400, f"the parameter {twice[0]!r} is given {names[twice[0]]} times; give it once")
    if any("\0" in value for value in (*request.path_params.values(), *(value for _, value in given))):
        raise HTTPException(400, "the address holds a NUL character (%00), which no id and no word does; leave it out")
