"""The parts and headers of one letter, read so that no letter costs more than itself."""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Final

from armstrace.errors import InputError
from armstrace.ingest.mail_headers import LONGEST_HEADER, decode_header, read_parameter, split_address
from armstrace.ingest.metadata import tidy

# A letter of 64 MiB in base64 has 900,000 lines; what has more, or is nested so that the parser would compare each
# line with very many boundaries, is made to keep it busy.
MOST_LINES: Final = 1_000_000
MOST_COMPARISONS: Final = 20_000_000
MOST_DASHES: Final = 20_000  # lines that look like boundaries
MOST_PARTS: Final = 1000
LONGEST_NAME: Final = 100
_NO_DIGIT: Final = re.compile(rb"[^A-Za-z0-9+/]")
HEADERS: Final = {
    name.lower(): name
    for name in (
        "From", "Date", "Subject", "Message-ID", "List-Id", "Reply-To", "Received",
        "In-Reply-To", "List-Unsubscribe", "List-Post", "Feedback-ID",
    )
}  # fmt: skip
# The parser of the standard library raises these by accident, and no others have been seen.
_ACCIDENTS: Final = (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
_TYPE: Final = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,80})")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter that holds no other parts; ``number`` counts them, ``damage`` says what is wrong with it."""

    number: int
    media_type: str
    data: bytes
    charset: str | None = None
    filename: str | None = None
    is_attached: bool = False
    is_flowed: bool = False
    drops_spaces: bool = False
    damage: str | None = None

    @property
    def label(self) -> str:
        """Return the name of the part, as places and messages give it."""
        return f"part {self.number} {self.media_type}"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: those of its headers that are used, decoded and tidy, its writer's name and address, its parts."""

    headers: Mapping[str, str]
    sender: tuple[str | None, str | None]
    parts: tuple[Part, ...]
    is_cut_off: bool


class _UnopenedMessage(Message):
    """A part that the parser does not open if it is a letter itself: its bytes stay as they were written."""

    def get_content_type(self) -> str:
        media_type = super().get_content_type()
        return "text/plain" if media_type.startswith("message/") else media_type

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]


def parse_letter(data: bytes, source: str) -> Letter:
    """Return the headers and parts of a letter.

    Raises:
        InputError: it is nested or lengthened beyond what is bearable, or cannot be taken apart.
    """
    _check_bounds(data, source)
    try:
        message = email.message_from_bytes(data, _UnopenedMessage, policy=email.policy.compat32)
        parts = tuple(_parts(message, source))
        is_cut_off = any(type(d).__name__ == "CloseBoundaryNotFoundDefect" for d in message.defects)
    except _ACCIDENTS as error:
        raise InputError(f"{source}: is no letter that can be taken apart ({type(error).__name__}: {error})") from error
    raw = _read_headers(message)
    headers = {name: text for name, value in raw.items() if (text := tidy(decode_header(value)))}
    return Letter(headers, split_address(raw.get("From", "")), parts, is_cut_off)


def _read_headers(message: Message) -> dict[str, str]:
    """Return the headers that are used, as they stand: the first of each name, and of the hops the last, the first."""
    found: dict[str, str] = {}
    for key, value in message.raw_items():
        name = HEADERS.get(key.lower())
        if name and (name == "Received" or name not in found):
            found[name] = str(value)[:LONGEST_HEADER]
    return {name: found[name] for name in HEADERS.values() if name in found}


def _check_bounds(data: bytes, source: str) -> None:
    lines = data.count(b"\n") + data.count(b"\r")
    boundaries = data.lower().count(b"boundary")
    if lines > MOST_LINES:
        raise InputError(f"{source}: has more than {MOST_LINES:,} lines; no letter has so many")
    if lines * boundaries > MOST_COMPARISONS or data.count(b"\n--") > MOST_DASHES:
        raise InputError(f"{source}: has more parts inside parts than a letter of its length can bear; not read")


def _parts(message: Message, source: str) -> Iterator[Part]:
    """Yield the innermost parts; a letter inside the letter counts as one."""
    waiting, number = [message], 0
    while waiting:
        part = waiting.pop()
        media_type = _media_type(part)
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
            continue
        number += 1
        if number > MOST_PARTS:
            raise InputError(f"{source}: has more than {MOST_PARTS:,} parts; no letter has so many")
        yield _part(part, number, media_type)


def _part(part: Message, number: int, media_type: str) -> Part:
    disposition = _raw(part, "content-disposition")
    declared = _raw(part, "content-type")
    name = read_parameter(disposition, "filename") or read_parameter(declared, "name")
    data, damage = _payload(part)
    return Part(
        number,
        # A part that should hold parts and shows no boundary is read as the text that it is.
        "text/plain" if media_type.startswith("multipart/") else media_type,
        data,
        read_parameter(declared, "charset"),
        tidy(name),
        disposition.strip().lower().startswith("attachment"),
        (read_parameter(declared, "format") or "").lower() == "flowed",
        (read_parameter(declared, "delsp") or "").lower() == "yes",
        damage,
    )


def _media_type(part: Message) -> str:
    match = _TYPE.match(_raw(part, "content-type"))
    return match[1].lower() if match else str(part.get_default_type())


def _raw(part: Message, name: str) -> str:
    """Return a header as it stands, unfolded; "" where there is none."""
    value = next((value for key, value in part.raw_items() if key.lower() == name), "")
    return " ".join(str(value)[:LONGEST_HEADER].splitlines())


def _payload(part: Message) -> tuple[bytes, str | None]:
    """Return the bytes of a part, and what is wrong with them."""
    try:
        data = part.get_payload(decode=True)
    except _ACCIDENTS as error:
        return b"", f"cannot be decoded ({type(error).__name__}); get the letter again"
    damages = {type(defect).__name__ for defect in part.defects if "Base64" in type(defect).__name__}
    if not isinstance(data, bytes):
        return b"", None
    if "InvalidBase64LengthDefect" in damages:  # cut off; nothing was decoded
        digits = _NO_DIGIT.sub(b"", data)
        data = binascii.a2b_base64(digits[: len(digits) // 4 * 4])
    return data, "its base64 is damaged, and characters may be lost; get the letter again" if damages else None


def safe_name(part: Part) -> str:
    """Return the name of an attachment without folders, or that of its part."""
    base = re.split(r"[/\\]", part.filename or "")[-1].strip(". ")
    return base[:LONGEST_NAME] or f"part {part.number}"
