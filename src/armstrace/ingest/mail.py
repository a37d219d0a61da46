"""Letters (.eml) and mailboxes (mbox): the letter's words, and the documents that it brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from armstrace.document import Capture, Fact, LeftOut
from armstrace.errors import InputError
from armstrace.ingest.limits import MIB, MOST_BYTES, MOST_CHARACTERS, read_bounded
from armstrace.ingest.mail_body import Body, choose_body, end_of_page, open_attachments, page_lines, read_source
from armstrace.ingest.mail_headers import known_charset
from armstrace.ingest.mail_lines import Source, find_forward, read_lines
from armstrace.ingest.mail_metadata import is_forward, is_reply, read_facts, read_metadata
from armstrace.ingest.mail_parts import Letter, Part, parse_letter
from armstrace.ingest.mail_text import MailText, read_mail_text
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.raw import Container, Piece, RawText, Unread

_KEPT_HEADERS: Final = ("From", "Date", "Subject", "Message-ID", "List-Id", "Reply-To", "Received")
_POSTMARK: Final = re.compile(rb"From \S+.{0,60}[0-9]{2}:[0-9]{2}(?::[0-9]{2})?.{0,20}[0-9]{4}")
_GUARDED: Final = re.compile(rb">+From ")
_CHUNK: Final = MIB
MOST_TEXT_LINES: Final = 300_000  # each has its place; more than that is a file of data, not a letter

Item = Piece | RawText | Unread


def unpack_mail(container: Container) -> Iterator[Item]:
    """Yield the words of a letter, then the documents that it brings.

    The plain text is read, unless it is a stub beside a web page, which then goes out as a piece. A forwarded letter
    counts as what it is: with its own writer, day and title; who forwarded it is a fact. A newsletter is one document.
    Places name "part N text/plain" and count the characters of that part once decoded.

    Raises:
        InputError: no letter that can be read, or nothing in it to read.
    """
    source = container.capture.source or container.name
    data = read_bounded(container.stream, source)
    letter = parse_letter(data, source)
    capture = _capture(container.capture, letter)
    body = choose_body(letter.parts)
    if body.page is not None:
        items: list[Item] = [_page(container, letter, body, body.page, capture)]
    else:
        items = list(_text(replace(container, capture=capture), letter, body, data))
    items += open_attachments(container, body, capture)
    if not items:
        raise InputError(f"{source}: holds no text and no document; there is nothing to read")
    yield from items


def _capture(capture: Capture, letter: Letter) -> Capture:
    """Return how the letter came here, with its own headers; of its hops the first, which stands last."""
    kept = tuple((name, letter.headers[name]) for name in _KEPT_HEADERS if name in letter.headers)
    return replace(capture, headers=(*capture.headers, *kept))


def _page(container: Container, letter: Letter, body: Body, page: Part, capture: Capture) -> Piece:
    """Return the web page of a letter; what a reply quotes at its end is cut off, which moves no character."""
    answers = is_reply(letter)
    found = find_forward(list(read_lines(page_lines(page))), is_reply=answers, is_forward=is_forward(letter))
    forward = found[2] if found else None
    end = end_of_page(page) if answers and forward is None else len(page.data)
    notes = [f"{part.label}: {reason}" for part, reason in body.ignored]
    notes += ["quoted letter"] if end < len(page.data) else []
    return Piece(
        container.name,
        page.data[:end],
        replace(capture, source=f"{capture.source}!/{page.label}"),
        joined_metadata(read_metadata(letter, forward), container.known),
        (*read_facts(letter, forward), *(Fact("left out", note, None) for note in notes)),
        page.media_type,
        known_charset(page.charset),
        container.depth + 1,
    )


def _text(container: Container, letter: Letter, body: Body, data: bytes) -> Iterator[Item]:
    """Yield the words of a letter without a web page, and the parts of it that hold none."""
    where = container.capture.source
    sources: list[Source] = []
    for part in body.texts:
        try:
            sources.append(read_source(part, where))
        except InputError as error:
            yield Unread(f"{where}!/{part.label}", str(error), part.data)
    if sum(len(source.text) for source in sources) > MOST_CHARACTERS:
        yield Unread(where, f"{where}: has more than {MOST_CHARACTERS:,} characters; split it", data)
        return
    if sum(source.text.count("\n") for source in sources) > MOST_TEXT_LINES:
        yield Unread(where, f"{where}: has more than {MOST_TEXT_LINES:,} lines of text; split it", data)
        return
    read = read_mail_text(sources, is_reply=is_reply(letter), is_forward=is_forward(letter))
    if read.placed.length:
        yield _raw_text(container, letter, read, (*read.left_out, *_left_out(letter, body)), data)
    elif read.left_out and not body.documents:
        yield Unread(where, f"{where}: holds no words of its own, only {read.left_out[0].reason}", data)


def _raw_text(
    container: Container, letter: Letter, read: MailText, left_out: tuple[LeftOut, ...], data: bytes
) -> RawText:
    return RawText(
        container.name,
        read.placed.text,
        joined_metadata(read_metadata(letter, read.forward), container.known),
        "mail",
        read_facts(letter, read.forward),
        read.placed.places,
        left_out,
        data,
        capture=container.capture,
    )


def _left_out(letter: Letter, body: Body) -> Iterator[LeftOut]:
    for part, reason in body.ignored:
        yield LeftOut(part.filename or "", reason, part.label)
    for part in letter.parts:
        if part.damage:
            yield LeftOut("", part.damage, part.label)
    if letter.is_cut_off:
        yield LeftOut("", "the letter ends before its last part does; words may be missing")


def unpack_mbox(container: Container) -> Iterator[Item]:
    """Yield the letters of a mailbox as pieces, one at a time; a letter that is too long costs itself.

    Raises:
        InputError: the file does not begin with a letter's "From " line.
    """
    source = container.capture.source or container.name
    for number, (letter, size) in enumerate(_letters(container, source), 1):
        where = f"{source}!/letter {number}"
        if size > MOST_BYTES:
            yield Unread(where, f"{where}: is larger than {MOST_BYTES // MIB} MiB, the most of one document; not read")
        else:
            capture = replace(container.capture, source=where)
            yield Piece(
                f"{container.name}/{number}", letter, capture, media_type="message/rfc822", depth=container.depth + 1
            )


def _letters(container: Container, source: str) -> Iterator[tuple[bytes, int]]:
    """Yield each letter and its size; of one that is too long only the start."""
    first = container.stream.readline(_CHUNK)
    if not first.startswith(b"From "):
        raise InputError(f'{source}: is no mailbox (it does not begin with "From "); give a letter as .eml')
    letter = bytearray()
    size, ends_line, is_blank = 0, True, False
    while line := container.stream.readline(_CHUNK):
        begins, ends_line = ends_line, line.endswith(b"\n")
        if begins and is_blank and _POSTMARK.match(line):
            yield bytes(letter), size
            letter.clear()
            size, is_blank = 0, False
            continue
        is_blank = begins and not line.strip()
        size += len(line)
        if size <= MOST_BYTES:
            letter += line[1:] if begins and _GUARDED.match(line) else line
    if size:
        yield bytes(letter), size
