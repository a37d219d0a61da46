"""Plain text in any encoding."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from armstrace.document import Capture, Fact, Metadata
from armstrace.errors import InputError, refused
from armstrace.ingest.limits import MOST_CHARACTERS
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.raw import Piece, RawText

# The longer mark comes first: that of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 65536
_BINARY_SHARE: Final = 0.02  # of control characters in the sample; a stray one is no reason to refuse a text
_WIDE_SHARE: Final = 0.3  # of NUL bytes on one side of each pair: Latin text in UTF-16 has nearly half
_FOREIGN_SHARE: Final = 0.2  # of bytes above ASCII: more than accents and dashes, so another script
_FOREIGN_BYTES: Final = 12  # of them at least, or their code page is anyone's guess
_CONTROLS: Final = frozenset((*range(9), *range(14, 32)))  # but for white space
_MULTIBYTE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# What the press of the last forty years was saved in; rarer ones would win by chance on short texts.
_CODE_PAGES: Final = (
    "cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r koi8_u iso8859_2 iso8859_5 iso8859_7 iso8859_9 "
    "gb18030 big5 cp932 euc_jp cp949 cp874 cp866"
).split()
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def read_plain_text(piece: Piece) -> RawText:
    """Return the text of a piece as it stands; offsets count its characters, without a byte order mark.

    Raises:
        InputError: empty, no plain text, or longer than a document may be.
    """
    text, encoding = decode_text(piece.data, piece.name, piece.charset)
    facts = (*piece.facts, *((Fact("encoding", encoding, None),) if encoding != "UTF-8" else ()))
    return RawText(
        piece.name,
        text,
        joined_metadata(Metadata(), piece.known),
        "text",
        facts,
        evidence=piece.data,
        capture=piece.capture,
    )


def decode_text(data: bytes, name: str, charset: str | None = None) -> tuple[str, str]:
    """Return bytes as text and the name of their encoding.

    1. a byte order mark; 2. UTF-16 without one, told by its NULs; 3. the ``charset`` that the bringer named, if it
    fits; 4. UTF-8; 5. UTF-8 with stray bytes of Windows-1252, as pasted texts have; 6. Windows-1252 for Latin
    text with few other bytes; 7. what charset-normalizer takes it for. Nothing is ever dropped or replaced.

    Raises:
        InputError: empty, longer than a document may be, or no plain text.
    """
    if not data.strip():
        raise InputError(f"{name}: is empty; there is nothing to read")
    text, encoding = _decoded(data, charset)
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{name}: has more than {MOST_CHARACTERS:,} characters, the most of one document; split it")
    if _looks_binary(text):
        raise InputError(f"{name}: looks like a binary file; give a text, a web page, a PDF, DOCX, e-mail or archive")
    if not text.strip():
        raise InputError(f"{name}: is empty; there is nothing to read")
    return text, encoding


def _decoded(data: bytes, charset: str | None) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in filter(None, (marked, _wide_encoding(data), _known_codec(charset), "utf-8")):
        text = _try(data, encoding)
        if text is not None:
            return text, "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
    if _is_mostly_utf8(data):
        return _decode_mixed(data), "UTF-8 with bytes of Windows-1252"
    return _decode_code_page(data)


def _known_codec(charset: str | None) -> str | None:
    """Return the codec that a charset names; None for unknown ones and for those that decode no bytes to text."""
    try:
        codec = codecs.lookup((charset or "").strip(" \"'"))
    except (LookupError, ValueError):
        return None
    # Every byte is a character in Latin-1, and what is so named is Windows-1252 on the web; UTF-8 comes next anyway.
    return None if codec.name in {"iso8859-1", "ascii"} or not codec._is_text_encoding else codec.name  # noqa: SLF001


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[side::2].count(0) > _WIDE_SHARE * half and sample[1 - side :: 2].count(0) < _BINARY_SHARE * half:
            return encoding
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    whole = len(_MULTIBYTE.findall(data))
    strays = len(_HIGH.findall(_MULTIBYTE.sub(b"", data)))
    return whole > strays


def _decode_mixed(data: bytes) -> str:
    parts: list[str] = []
    done = 0
    for match in _MULTIBYTE.finditer(data):
        parts += (_one_by_one(data[done : match.start()]), match.group().decode("utf-8"))
        done = match.end()
    return "".join((*parts, _one_by_one(data[done:])))


def _one_by_one(data: bytes) -> str:
    """Return Windows-1252, and Latin-1 for the five bytes that it lacks."""
    return _try(data, "cp1252") or "".join(_try(bytes((b,)), "cp1252") or chr(b) for b in data)


def _decode_code_page(data: bytes) -> tuple[str, str]:
    high = len(_HIGH.findall(data[:_SAMPLE]))
    if high >= _FOREIGN_BYTES and high > _FOREIGN_SHARE * len(data[:_SAMPLE]):
        from charset_normalizer import from_bytes  # noqa: PLC0415 - a tenth of a second to load, seldom needed

        best = from_bytes(data, cp_isolation=_CODE_PAGES).best()
        if best is not None:
            return str(best), best.encoding.upper()
    return _one_by_one(data), "Windows-1252"


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return sum(ord(c) in _CONTROLS for c in sample) > _BINARY_SHARE * len(sample)


def read_text_file(path: Path, name: str | None = None) -> RawText:
    """Return the text of a file that is known to be plain text; it goes by its name without the suffix.

    Raises:
        InputError: the file cannot be read, is empty or is no plain text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read {refused(error)}") from error
    text, _ = decode_text(data, str(path))
    return RawText(name or path.stem, text, evidence=data, capture=Capture(str(path)))
