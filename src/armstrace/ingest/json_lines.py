"""Articles as JSON: an object a line, or one array or object as a whole file.

The names that fields go by are the table ``FIELDS`` in ``article_fields``.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from armstrace.errors import InputError
from armstrace.ingest.article_fields import Row, is_claim, read_article
from armstrace.ingest.raw import Container, Piece, RawText, Unread

LONGEST_LINE = 16 << 20  # bytes; a line of nothing but brackets takes some 20 times as much memory once read
_STEP = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LISTS = ("articles", "items", "results", "documents", "data")  # what the answer of a news service keeps its rows in
_START = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"

Found = RawText | Piece | Unread


def is_json(start: bytes) -> bool:
    """Tell from its start whether a file is JSON Lines of objects, one object or an array of them."""
    return bool(_START.match(start.removeprefix(codecs.BOM_UTF8)))


def unpack_json_lines(container: Container) -> Iterator[Found]:
    """Yield the article of each line, or of each element of one array; what holds none is Unread with its place.

    A line of over 16 MiB is passed over without being kept, and told. Evidence are the bytes of the line.

    Raises:
        InputError: empty, armstrace's own claims, or one array or object of over 16 MiB.
    """
    stream = _as_utf8(container)
    start = _start_of(stream)
    if not start:
        raise InputError(f"{_source(container)}: is empty; there is nothing to read")
    if start[:1] == b"[" or not _first_line_is_object(stream):
        yield from _unpack_whole(container, stream)
        return
    for number, line in enumerate(bounded_lines(stream), 1):
        if line is None:
            yield Unread(f"{_source(container)}, line {number}", f"is longer than {LONGEST_LINE >> 20} MiB; split it")
        elif line.strip():
            yield unpack_line(container, number, line)


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream without their ends; None for one of over 16 MiB, which is not kept."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_STEP)
        yield None


def decode_line(line: bytes) -> str:
    """Return a line as text: UTF-8, else Windows-1252, which old exports are in."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _source(container: Container) -> str:
    return container.capture.source or container.name


def _as_utf8(container: Container) -> BinaryIO:
    stream = container.stream
    mark = stream.read(2)
    stream.seek(0)
    if mark not in _UTF_16:
        return stream
    data = stream.read(LONGEST_LINE + 1)
    if len(data) > LONGEST_LINE:
        raise InputError(f"{_source(container)}: is in UTF-16 and over {LONGEST_LINE >> 20} MiB; save it as UTF-8")
    return io.BytesIO(data.decode("utf-16", "replace").encode("utf-8", "surrogatepass"))


def _start_of(stream: BinaryIO) -> bytes:
    """Return what a stream starts with after white space and a byte order mark; leave it at its start."""
    start = b""
    while not start and (part := stream.read(_STEP)):
        start = part.removeprefix(codecs.BOM_UTF8).lstrip()
    stream.seek(0)
    return start[:64]


def _first_line_is_object(stream: BinaryIO) -> bool:
    """Tell whether the lines are rows of their own, not those of one object over many lines."""
    lines = (line for line in bounded_lines(stream) if line is None or line.removeprefix(codecs.BOM_UTF8).strip())
    first = next(lines, None)
    stream.seek(0)
    if first is None:  # too long a line; the next ones may be rows
        return True
    text = decode_line(first).strip()
    return not (text in ("{", "{}") or (text.startswith("{") and _loads(text) is None and not text.endswith("}")))


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def unpack_line(container: Container, number: int, line: bytes) -> Found:
    """Return the article of one line, by its number from 1; Unread with its place where it holds none.

    Raises:
        InputError: it is the first line, and a claim that armstrace wrote.
    """
    where = f"{_source(container)}, line {number}"
    try:
        values = json.loads(decode_line(line))
    except (ValueError, RecursionError) as error:
        return Unread(where, f"is no JSON ({_reason(error)}); an object a line is expected", line)
    if not isinstance(values, dict):
        return Unread(where, "is no JSON object; an object a line is expected", line)
    if number == 1 and is_claim(values):
        raise InputError(f"{_source(container)}: holds claims that armstrace wrote, no articles; give the documents")
    return read_article(Row(values, f"line {number}", f"{container.name}:{number}", line), container)


def _reason(error: Exception) -> str:
    return (
        f"{error.msg} at character {error.pos + 1}"
        if isinstance(error, json.JSONDecodeError)
        else "nested too deep or a number too long"
    )


def _unpack_whole(container: Container, stream: BinaryIO) -> Iterator[Found]:
    data = stream.read(LONGEST_LINE + 1)
    if len(data) > LONGEST_LINE:
        remedy = "save it as JSON Lines, an object a line (jq -c '.[]')"
        raise InputError(f"{_source(container)}: is one JSON value of over {LONGEST_LINE >> 20} MiB; {remedy}")
    text = decode_line(data).lstrip("\ufeff")
    at = len(text) - len(text.lstrip(_SPACE))
    if text.startswith("[", at):
        yield from _unpack_elements(container, text, at + 1)
        return
    try:
        values, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{_source(container)}: is no JSON ({_reason(error)}); an object a line is expected"
        ) from error
    if is_claim(values):
        raise InputError(f"{_source(container)}: holds claims that armstrace wrote, no articles; give the documents")
    rows = next((r for key in _LISTS if isinstance(r := values.get(key), list) and r and isinstance(r[0], dict)), None)
    if rows is None:
        yield read_article(Row(values, "the object", container.name, text[at:end].encode()), container)
    for number, row in enumerate(rows or (), 1):
        yield _unpack_element(container, number, row, json.dumps(row, ensure_ascii=False, sort_keys=True))


def _unpack_elements(container: Container, text: str, at: int) -> Iterator[Found]:
    """Yield the articles of an array one by one, so that what stands before a broken place is read."""
    number = 0
    while (at := _skip(text, at, _SPACE + ",")) < len(text) and text[at] != "]":
        number += 1
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            where = f"{_source(container)}, element {number}"
            yield Unread(where, f"is no JSON ({_reason(error)}); it and what follows is lost", text[at:].encode())
            return
        yield _unpack_element(container, number, value, text[at:end])
        at = end
    if not number:
        raise InputError(f"{_source(container)}: is an empty JSON array; there is nothing to read")
    if at >= len(text):
        yield Unread(_source(container), f"ends inside its array, after element {number}; what followed is lost")


def _unpack_element(container: Container, number: int, value: object, source: str) -> Found:
    evidence = source.encode("utf-8", "surrogatepass")
    if not isinstance(value, dict):
        where = f"{_source(container)}, element {number}"
        return Unread(where, "is no JSON object; an array of objects is expected", evidence)
    return read_article(Row(value, f"element {number}", f"{container.name}:{number}", evidence), container)


def _skip(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at
