"""Pages from templates, and the addresses of files that browsers may keep for good."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from armstrace.embargo.findings import HONESTY as LAW_HONESTY
from armstrace.export.wording import HONESTY
from armstrace.web.guards.forms import token_for
from armstrace.web.unread import ALERTS, told_unread

_DIGITS: Final = 12

# What the banner leads to.
PLACES: Final = (
    ("/", "Register"),
    ("/review", "Review"),
    ("/search", "Search"),
    ("/map", "Flows"),
    ("/sources", "Sources"),
    ("/law", "Law"),
    ("/lists", "Lists"),
    ("/watches", "Watches"),
    (ALERTS, "Alerts"),
    ("/docs", "API"),
)


def new_environment(layout: str) -> Environment:
    """Return the packaged templates: every value is escaped, and a name that nobody gave is an error.

    Pages that others than the desk show too extend ``layout``.
    """
    made = Environment(
        loader=PackageLoader("armstrace.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(layout=layout, honesty=HONESTY, law_honesty=LAW_HONESTY)
    return made


@cache
def environment() -> Environment:
    """Return the templates of the desk."""
    made = new_environment("base.html")
    made.globals.update(static=static_address, places=PLACES, form_token=token_for, told_unread=told_unread)
    return made


@cache
def static_address(name: str) -> str:
    """Return the address of a packaged file, with a hash of its content: another content is another address.

    Raises:
        OSError: there is no such file.
    """
    content = (files("armstrace.web") / "static" / name).read_bytes()
    return f"/static/{name}?{sha256(content).hexdigest()[:_DIGITS]}"


def is_part(request: Request) -> bool:
    """Tell whether htmx asks, by its own header, for the block ``main`` of a page alone."""
    return bool(request.headers.get("hx-request"))


def render_page(request: Request, template: str, shown: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Return a page of a template; htmx asks for parts of pages by its own header and gets the block ``main`` alone."""
    given = {"request": request, "desk": request.app.state.desk, "is_part": is_part(request), **shown}
    return HTMLResponse(environment().get_template(template).render(given), status_code=status)
