"""Pages that were made, kept until the register changes: whoever asks again gets them, or is told they are the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from armstrace.web.people.accounts import COOKIE
from armstrace.web.templating import is_part
from armstrace.web.unread import count_unread

MOST_BYTES: Final = 32 << 20
_LARGEST: Final = 1 << 20  # bytes of a page that is kept
_HEADERS: Final = {"cache-control": "private, no-cache", "vary": "cookie, hx-request"}


class _Kept(NamedTuple):
    body: bytes
    tag: str


class KeptPages:
    """Rendered pages, those asked for last, at most so many bytes of them."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._bytes = 0

    def answer(self, request: Request, state: Hashable, make: Callable[[], HTMLResponse]) -> Response:
        """Return the page of a request as it was made for this state, or as ``make`` makes it; 304 for who has it.

        Only what is asked for by one session, in one state, under one address is the same, with the same number of
        unread alerts in its banner. Pages of other status than 200 are not kept.
        """
        who = (request.state.person, request.cookies.get(COOKIE))
        banner = None if is_part(request) else count_unread(request)
        key = (state, str(request.url), banner, *who)
        kept = self._find(key)
        if kept is None:
            made = make()
            if made.status_code != 200:  # noqa: PLR2004 - the one status of a page
                return made
            kept = _Kept(bytes(made.body), f'"{sha256(made.body).hexdigest()[:32]}"')
            self._keep(key, kept)
        headers = {**_HEADERS, "etag": kept.tag}
        if kept.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(kept.body, headers=headers)

    def _find(self, key: Hashable) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        if len(kept.body) > _LARGEST:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = kept
            self._bytes += len(kept.body) - (len(before.body) if before else 0)
            while self._bytes > self._most:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)
