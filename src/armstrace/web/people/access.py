"""Who may what: a row for every route of the desk. A route without one is refused to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from armstrace.web.people.person import Role


class Route(NamedTuple):
    """A method and the path of a route as it is declared."""

    method: str
    path: str


ACCESS: Final[Mapping[Route, Role]] = MappingProxyType(
    {
        Route("GET", "/login"): Role.NOBODY,
        Route("POST", "/login"): Role.NOBODY,
        Route("GET", "/login/oidc"): Role.NOBODY,
        Route("GET", "/login/oidc/callback"): Role.NOBODY,
        Route("POST", "/logout"): Role.READER,
        Route("GET", "/"): Role.READER,
        Route("GET", "/transfers/{transfer}"): Role.READER,
        Route("GET", "/export/{name}"): Role.READER,
        Route("GET", "/documents/{document}"): Role.READER,
        Route("GET", "/documents/{document}/register"): Role.READER,
        Route("GET", "/documents/{document}/original"): Role.READER,
        Route("GET", "/documents/{document}/pages/{number}.png"): Role.READER,
        Route("GET", "/search"): Role.READER,
        Route("GET", "/audit"): Role.ADMIN,
        Route("GET", "/people"): Role.ADMIN,
        Route("POST", "/people/add"): Role.ADMIN,
        Route("POST", "/people/bind"): Role.ADMIN,
        Route("POST", "/people/change"): Role.ADMIN,
        Route("POST", "/people/revoke"): Role.ADMIN,
        Route("POST", "/people/release"): Role.ADMIN,
        Route("GET", "/account"): Role.READER,
        Route("POST", "/account/password"): Role.READER,
        Route("POST", "/account/keys"): Role.READER,
        Route("POST", "/account/revoke"): Role.READER,
        Route("GET", "/review"): Role.REVIEWER,
        Route("GET", "/review/{claim}"): Role.REVIEWER,
        Route("POST", "/review/{claim}"): Role.REVIEWER,
        Route("POST", "/review/{claim}/undo"): Role.REVIEWER,
        Route("GET", "/map"): Role.READER,
        Route("GET", "/map/matrix"): Role.READER,
        Route("GET", "/map/network"): Role.READER,
        Route("GET", "/sources"): Role.READER,
        Route("GET", "/sources/{source}"): Role.READER,
        Route("POST", "/sources/{source}/grade"): Role.ADMIN,
        Route("GET", "/law"): Role.READER,
        Route("GET", "/law/question"): Role.READER,
        Route("GET", "/law/{key}"): Role.READER,
        Route("GET", "/lists"): Role.READER,
        Route("POST", "/screenings"): Role.REVIEWER,
        Route("GET", "/screenings/{certificate}"): Role.READER,
        Route("GET", "/docs"): Role.NOBODY,
        Route("GET", "/api/v1/openapi.json"): Role.NOBODY,
        Route("GET", "/api/v1/transfers"): Role.READER,
        Route("GET", "/api/v1/transfers/{transfer}"): Role.READER,
        Route("GET", "/api/v1/transfers/{transfer}/tree"): Role.READER,
        Route("GET", "/api/v1/transfers/{transfer}/claims"): Role.READER,
        Route("GET", "/api/v1/transfers/{transfer}/findings"): Role.READER,
        Route("GET", "/api/v1/export"): Role.READER,
        Route("GET", "/api/v1/export/{format}"): Role.READER,
        Route("GET", "/api/v1/why"): Role.READER,
        Route("GET", "/api/v1/claims"): Role.READER,
        Route("GET", "/api/v1/claims/{claim}"): Role.READER,
        Route("GET", "/api/v1/documents"): Role.READER,
        Route("POST", "/api/v1/documents"): Role.REVIEWER,
        Route("GET", "/api/v1/documents/{document}"): Role.READER,
        Route("GET", "/api/v1/documents/{document}/claims"): Role.READER,
        Route("GET", "/api/v1/documents/{document}/original"): Role.READER,
        Route("GET", "/api/v1/search"): Role.READER,
        Route("GET", "/api/v1/judgements"): Role.READER,
        Route("POST", "/api/v1/judgements"): Role.REVIEWER,
        Route("POST", "/api/v1/check"): Role.READER,
        Route("GET", "/api/v1/measures"): Role.READER,
        Route("GET", "/api/v1/measures/{key}"): Role.READER,
        Route("POST", "/api/v1/screen"): Role.READER,
        Route("GET", "/api/v1/screenings/{certificate}"): Role.READER,
        Route("GET", "/api/v1/lists"): Role.READER,
        Route("GET", "/api/v1/sources"): Role.READER,
        Route("GET", "/api/v1/status"): Role.READER,
        Route("GET", "/api/v1/audit"): Role.ADMIN,
        Route("GET", "/api/v1/flows"): Role.READER,
        Route("GET", "/api/v1/watches"): Role.READER,
        Route("POST", "/api/v1/watches"): Role.READER,
        Route("GET", "/api/v1/watches/{watch}"): Role.READER,
        Route("PUT", "/api/v1/watches/{watch}"): Role.READER,
        Route("DELETE", "/api/v1/watches/{watch}"): Role.READER,
        Route("GET", "/api/v1/alerts"): Role.READER,
        Route("POST", "/api/v1/alerts/read"): Role.READER,
        Route("GET", "/api/v1/people"): Role.ADMIN,
        Route("POST", "/api/v1/people"): Role.ADMIN,
        Route("POST", "/api/v1/people/change"): Role.ADMIN,
        Route("GET", "/watches"): Role.READER,
        Route("POST", "/watches"): Role.READER,
        Route("GET", "/watches/new"): Role.READER,
        Route("GET", "/watches/{watch}"): Role.READER,
        Route("POST", "/watches/{watch}"): Role.READER,
        Route("GET", "/watches/{watch}/edit"): Role.READER,
        Route("POST", "/watches/{watch}/pause"): Role.READER,
        Route("POST", "/watches/{watch}/remove"): Role.READER,
        Route("GET", "/watches/{watch}/feed"): Role.NOBODY,  # whoever has its key; the route looks at it
        Route("POST", "/watches/{watch}/feed-key"): Role.READER,
        Route("POST", "/watches/{watch}/hook"): Role.READER,
        Route("POST", "/watches/{watch}/retry"): Role.READER,
        Route("GET", "/alerts"): Role.READER,
        Route("POST", "/alerts/read"): Role.READER,
    }
)


def check_access(request: Request) -> None:
    """Let through who may take the matched route.

    Raises:
        HTTPException: 401 for who has not told who they are, 403 for who may not, or where the route has no row.
    """
    route = Route("GET" if request.method == "HEAD" else request.method, request.scope["route"].path)
    needed = ACCESS.get(route)
    if needed is None:
        raise HTTPException(403, "nobody may do this: the route has no row in the table of access")
    person = request.state.person
    if person.role >= needed:
        return
    if person.role is Role.NOBODY:
        raise HTTPException(401, "log in first", {"www-authenticate": "Bearer"})
    raise HTTPException(403, f"this needs the role {needed.word}; yours is {person.role.word}")
