"""Exports sent as they are written: a thread writes, whoever asked takes, and no more of it waits than a few pieces."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import Empty, Full, Queue
from typing import Final, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from armstrace import __version__
from armstrace.errors import MetadataError
from armstrace.export.formats import Format
from armstrace.export.record import Out
from armstrace.exporting import Choice, about_export, versions_of
from armstrace.register.reliability import load_reliability
from armstrace.store.changes import state_of
from armstrace.web.api.answers import is_known, unchanged, weak_tag
from armstrace.web.desk import Desk
from armstrace.web.exports import Material, find_format, write_format

MOST_AT_ONCE: Final = 4  # exports; each reads the register and holds some of it
_PIECE: Final = 1 << 16  # bytes
_WAITING: Final = 8  # pieces
_LOOKS: Final = 0.5  # seconds between two looks at whether anybody still takes them
_LONGEST_NAME: Final = 40
_HEADERS: Final = {
    "cache-control": "private, no-cache",
    "vary": "Authorization, Cookie",
    "content-security-policy": "sandbox; default-src 'none'",  # whoever opens it in a browser runs nothing of it
}


def asked_format(name: str, *, is_of_one: bool) -> Format:
    """Return the format of a name that stands in an address.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        return find_format(name, is_of_one=is_of_one)
    except MetadataError as error:
        raise HTTPException(404, str(error)) from error


class Wish(NamedTuple):
    """What is to be exported: in which format, which lines, by which words they were asked for, with which options."""

    form: Format
    choice: Choice
    asked: dict[str, str]
    options: dict[str, str]


class Exports:
    """The exports of one desk; no more than some are under way at once."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(most)

    def answer(self, request: Request, desk: Desk, wish: Wish) -> Response:
        """Return an export as it is written, or that who asks has it already. The register must be up to date.

        Raises:
            ArmstraceError: it cannot be written; once it has begun, the answer breaks off.
            HTTPException: 503, too many are under way.
        """
        suffix, media_type = wish.form.written_as(wish.options)
        tag = _tag(desk, str(request.url))
        if is_known(request, tag):
            return unchanged(tag)
        pieces = self._pieces(desk, wish)
        first = next(pieces, b"")  # what is wrong from the start is told instead of an answer
        name = f"{file_stem(wish)}{suffix}"
        headers = {**_HEADERS, "etag": tag, "content-disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(_joined(first, pieces), media_type=media_type, headers=headers)

    def _pieces(self, desk: Desk, wish: Wish) -> Iterator[bytes]:
        grades = load_reliability(stored=desk.store.grades.rows())
        about = about_export(desk.store, desk.stages, wish.choice, grades, wish.options)
        material = Material(desk.store, desk.stages, wish.choice, replace(about, asked=wish.asked))
        if not self._free.acquire(blocking=False):
            raise HTTPException(503, "so many exports are under way; ask again in a minute", {"retry-after": "60"})
        return piecewise(lambda out: write_format(wish.form, material, out), self._free.release)


def piecewise(write: Callable[[Out], None], done: Callable[[], object]) -> Iterator[bytes]:
    """Yield what something writes, piece by piece, while it goes on writing in a thread of its own.

    It is stopped where nobody takes the pieces any more; ``done`` is called once, when it ended.

    Raises:
        BaseException: what went wrong in it.
    """
    pipe = _Pipe()

    def run() -> None:
        try:
            write(pipe)
            pipe.end(None)
        except _NobodyTakes:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised where the pieces are taken
            pipe.end(error)
        finally:
            done()

    threading.Thread(target=run, daemon=True, name="export").start()
    return pipe.pieces()


class _NobodyTakes(Exception):  # noqa: N818 - no error: it ends the writing
    """Whoever asked went away."""


class _Pipe:
    """Where a thread writes bytes, and another takes them in pieces."""

    def __init__(self) -> None:
        self._queue: Queue[bytes | BaseException | None] = Queue(_WAITING)
        self._left = threading.Event()
        self._buffer = bytearray()

    def write(self, data: bytes, /) -> None:
        """Take bytes; wait while enough of them are waiting."""
        self._buffer += data
        if len(self._buffer) >= _PIECE:
            self._flush()

    def end(self, error: BaseException | None) -> None:
        """Say that all was written, or what went wrong."""
        try:
            if error is None:
                self._flush()
            self._put(error)
        except _NobodyTakes:
            return

    def pieces(self) -> Iterator[bytes]:
        """Yield the pieces."""
        try:
            while True:
                try:
                    piece = self._queue.get(timeout=_LOOKS)
                except Empty:
                    continue
                if isinstance(piece, BaseException):
                    raise piece
                if piece is None:
                    return
                yield piece
        finally:
            self._left.set()

    def _flush(self) -> None:
        piece = bytes(self._buffer)
        self._buffer.clear()
        if piece:
            self._put(piece)

    def _put(self, piece: bytes | BaseException | None) -> None:
        while not self._left.is_set():
            try:
                self._queue.put(piece, timeout=_LOOKS)
            except Full:
                continue
            return
        raise _NobodyTakes


def file_stem(wish: Wish) -> str:
    """Return the name of the file of an export, without its suffix: letters of ASCII, digits and hyphens alone."""
    parts = ("armstrace", wish.choice.transfer or "register", *wish.options.values(), wish.choice.as_of or "")
    return "-".join(found for part in parts if (found := _safe(part)))


def _safe(part: str) -> str:
    return "".join(sign for sign in part if sign.isascii() and (sign.isalnum() or sign == "-")).strip("-")[
        :_LONGEST_NAME
    ]


def _tag(desk: Desk, *of: object) -> str:
    with desk.store.database.read() as connection:
        state = state_of(connection)
    return weak_tag(__version__, *state, versions_of(desk.store, desk.stages), desk.store.grades.rows(), *of)


def _joined(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from others
