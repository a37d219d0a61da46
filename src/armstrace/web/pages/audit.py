"""What people did, the latest first: for admins."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.export.plain import plain
from armstrace.store.people import Deed
from armstrace.web.desk import Desk
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)

_ON_A_PAGE: Final = 100
_MOST_DIGITS: Final = 15


@router.get("/audit")
def show_audit(request: Request, before: str = "") -> Response:
    """Return a page of what people did; ``before`` is the number of a deed to go on from."""
    desk: Desk = request.app.state.desk
    start = int(before) if before.isascii() and before.isdigit() and len(before) <= _MOST_DIGITS else None
    deeds = list(desk.store.people.deeds(start, _ON_A_PAGE + 1))
    rows = [_shown(number, deed) for number, deed in deeds[:_ON_A_PAGE]]
    further = rows[-1]["number"] if len(deeds) > _ON_A_PAGE else None
    return render_page(request, "audit.html", {"heading": "What people did", "deeds": rows, "further": further})


def _shown(number: int, deed: Deed) -> dict[str, Any]:
    more = "; ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in deed.more.items()
    )
    about = plain(deed.about or "")
    return {
        "number": number,
        "at": deed.at,
        "who": plain(deed.who),
        "did": plain(deed.did),
        "about": about,
        "claim": about if "claim" in deed.did or "judgement" in deed.did else "",
        "more": plain(more),
    }
