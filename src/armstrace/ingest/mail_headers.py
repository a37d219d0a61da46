"""Headers of letters: encoded words, parameters, addresses, days."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_tz
from typing import Final
from urllib.parse import unquote_to_bytes

from armstrace.ingest.metadata import tidy

LONGEST_HEADER: Final = 20_000
_ENCODED: Final = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bq])\?([^?\s]*)\?=", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?<=\?=)\s+(?==\?)")
_ADDRESS: Final = re.compile(r"([^<>]*)<([^<>\s]{0,320})>")
_BARE_ADDRESS: Final = re.compile(r"\s*([^\s<>()@,;]{1,64}@[^\s<>()@,;]{1,255})\s*(?:\(([^()]*)\))?")
_PARAMETER: Final = r";\s*%s(?:\*[0-9]{1,2})?(\*?)\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))"
# Codecs that stand for no characters, or for those of one system.
_NO_CHARSETS: Final = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem")
)
# What is named Latin-1 is Windows-1252, and GB2312 a part of its successor.
_REAL_CHARSETS: Final = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030"}
_EARLIEST: Final = 1970


def read_parameter(header: str, name: str) -> str | None:
    """Return a parameter of a header, also where it is cut in pieces or encoded (RFC 2231); None if absent."""
    pieces = re.findall(_PARAMETER % name, header, re.IGNORECASE)
    if not pieces:
        return None
    if not any(star for star, _, _ in pieces):
        return decode_header("".join(quoted or bare for _, quoted, bare in pieces))
    charset, data = "utf-8", b""
    for number, (star, quoted, bare) in enumerate(pieces):
        value = quoted or bare
        if star and number == 0 and value.count("'") > 1:
            charset, _, value = value.split("'", 2)
        written = _bytes_of(value)
        data += unquote_to_bytes(written) if star else written
    return decode_bytes(data, charset)


def decode_header(value: object) -> str:
    """Return a header's words: encoded words decoded, bytes above ASCII taken as UTF-8 or Windows-1252."""
    text = str(value)
    if not text.isascii():
        text = decode_bytes(_bytes_of(text), None)
    return "".join(_decode_words(_BETWEEN.sub("", text)))


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return text.encode("utf-8", "replace")


def _decode_words(text: str) -> Iterator[str]:
    done, pending, charset = 0, b"", ""
    for match in _ENCODED.finditer(text):
        # Writers cut long words anywhere, also inside a character: neighbours of one charset are decoded as one.
        if match.start() > done or match[1].lower() != charset:
            yield decode_bytes(pending, charset)
            pending = b""
            yield text[done : match.start()]
        charset, done = match[1].lower(), match.end()
        pending += _word_bytes(match[2].lower(), match[3])
    yield decode_bytes(pending, charset)
    yield text[done:]


def _word_bytes(way: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if way == "q":
        return quopri.decodestring(data.replace(b"_", b" "), header=True)
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return data


def decode_bytes(data: bytes, charset: str | None) -> str:
    """Return bytes of a header as text: in their charset if that is one and fits, else UTF-8, else Windows-1252."""
    for encoding in (known_charset(charset), "utf-8", "cp1252"):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1")


def known_charset(charset: str | None) -> str | None:
    """Return a charset that stands for characters and nothing else, None for all other names."""
    try:
        name = codecs.lookup((charset or "").strip()).name
        bytes(4).decode(name, "replace")  # those that stand for bytes, such as base64, refuse
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else _REAL_CHARSETS.get(name, name)


def split_address(raw: object) -> tuple[str | None, str | None]:
    """Return the name and the address of the first writer in a header; what a name pretends to be is no address."""
    text = " ".join(str(raw)[:LONGEST_HEADER].split())
    match = _ADDRESS.match(text)
    if match:
        name, address = match[1].strip().strip('"').replace('\\"', '"'), match[2]
    else:
        bare = _BARE_ADDRESS.match(text)
        name, address = (bare[2] or "", bare[1]) if bare else (text, "")
    return tidy(decode_header(name).strip(" \"'")), tidy(address)


def read_day(value: str | None) -> str | None:
    """Return the day of a date header as its writer's clock had it, in ISO; None where it is none."""
    try:
        parsed = parsedate_tz((value or "")[:200])
        day = date(*parsed[:3]) if parsed else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day.isoformat() if day and day.year >= _EARLIEST else None
