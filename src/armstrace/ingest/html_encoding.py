"""The characters of a web page: bytes to text, once, so that places count the characters that everybody sees."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
# Where browsers look for the declaration is the first kilobyte; pages put it later and mean it.
_HEAD = 16_384
_SAMPLE = 65_536
# Encodings whose label promises less than the pages that bear it hold (WHATWG Encoding Standard, section 4.2).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# UTF-7 hides markup from whoever looks at the bytes; what declares UTF-16 in ASCII letters is not in UTF-16.
_NEVER = ("utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
_SEVEN_BITS = ("iso2022_jp", "iso2022_kr", "hz")
# One bad byte in so many is damage; more, and the declared encoding is not that of the page.
_DAMAGE = 200
# Bytes that are no UTF-8, among those that are: what an old system pasted into a new page.
_STRAY = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", "\x80") for byte in range(128, 256)
}
_UTF_16_SHARE = 0.4
_SPARSE = 0.08


def decode_page(data: bytes, hint: str | None = None) -> str:
    """Return the text of a page, without byte order mark; it never fails and keeps every character it can.

    In order: byte order mark, UTF-16 told by its zeros, UTF-8 where all of it is, the encoding that the server
    (``hint``) or the page names, UTF-8 with strays of Windows-1252, what the letters look like, Windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _unmarked_utf_16(data)
    if wide:
        return data.decode(wide, "replace")
    names = [name for name in (_known(hint), *_declared_names(data)) if name]
    if data.isascii():
        seven = next((name for name in names if name in _SEVEN_BITS), "ascii")
        return data.decode(seven, "replace")
    return _as_utf_8(data) or _as_declared(data, names) or _as_guessed(data)


def _unmarked_utf_16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: in markup every second byte is then zero."""
    sample = data[:_HEAD]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) >= _UTF_16_SHARE * half and sample[::2].count(0) < half // 10:
        return "utf-16-le"
    if sample[::2].count(0) >= _UTF_16_SHARE * half and sample[1::2].count(0) < half // 10:
        return "utf-16-be"
    return None


def _declared_names(data: bytes) -> list[str]:
    matches = (_XML_DECLARED.match(data, 0, _HEAD), _DECLARED.search(data, 0, _HEAD))
    return [name for match in matches if match and (name := _known(match[1].decode("ascii")))]


def _known(label: str | None) -> str | None:
    """Return the codec of a label as browsers understand it; None where there is none to be trusted."""
    if not label or not label.isascii() or len(label) > 40:  # noqa: PLR2004 - no label is longer
        return None
    try:
        found = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # Python's registry also holds codecs that are no encodings of text ("zip", "rot13").
    if found.name in _NEVER or not getattr(found, "_is_text_encoding", True):
        return None
    return _WIDER.get(found.name, found.name)


def _as_utf_8(data: bytes) -> str | None:
    """Return the text where the bytes are UTF-8, perhaps with stray bytes of Windows-1252; None where they are not."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    strays = sum(map(text.count, map(chr, _STRAY)))
    leads = _count_bytes(data, 0xC2)  # each character of UTF-8 beyond ASCII begins with one of these
    return text.translate(_STRAY) if leads > 2 * strays else None


def _count_bytes(data: bytes, lowest: int) -> int:
    return len(data) - len(data.translate(None, bytes(range(lowest, 256))))


def _as_declared(data: bytes, names: list[str]) -> str | None:
    high = _count_bytes(data, 0x80)
    for name in names:
        if name == "utf-8":
            continue  # has been tried
        text = data.decode(name, "replace")
        if name == "cp1252" or text.count("\ufffd") <= high // _DAMAGE:  # Windows-1252 lacks five bytes only
            return text
    return None


def _as_guessed(data: bytes) -> str:
    """Return the text in the encoding that its letters look like, else in Windows-1252.

    A few signs beyond ASCII are the quotation marks and accents of English, and too few to guess from.
    """
    sparse = _count_bytes(data, 0x80) < _SPARSE * len(data)
    best = None if sparse else from_bytes(data[:_SAMPLE]).best()
    if best and best.encoding not in ("ascii", "utf_8"):
        text = data.decode(best.encoding, "replace")
        if text.count("\ufffd") <= len(data) // _DAMAGE:
            return text
    return data.decode("cp1252", "replace")
