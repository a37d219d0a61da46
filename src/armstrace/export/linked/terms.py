"""Names and values as RDF takes them: IRIs of ASCII, text without half characters, dates as precise as told."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from armstrace.ids import content_id

URN: Final = "urn:armstrace:"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_HASH: Final = re.compile("[0-9a-f]{64}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?")
_JSON_EXACT: Final = 2**53  # beyond it, readers of JSON may round


def named(kind: str, *parts: str) -> str:
    """Return the IRI of a thing of ours: of one with an id by that, percent-encoded (RFC 3986)."""
    return f"{URN}{kind}:{':'.join(quote(one.encode('utf-8', 'surrogatepass'), safe='') for one in parts)}"


def by_content(kind: str, *parts: object) -> str:
    """Return the IRI of a thing of ours that is what it consists of."""
    return f"{URN}{kind}:{content_id(*parts)}"


def bytes_iri(sha256: str) -> str:
    """Return the IRI of bytes by their hash: a name of RFC 6920, which anybody who holds them can check."""
    if not _HASH.fullmatch(sha256):
        return named("capture", sha256)
    digits = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digits}"


def scalar(text: str) -> str:
    """Return text with U+FFFD for each half of a character, which RDF cannot hold; positions stay."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def whole(number: int | None) -> int | str | None:
    """Return a whole number so that no reader of JSON rounds it."""
    return number if number is None or abs(number) < _JSON_EXACT else str(number)


def decimal(number: float | None) -> str | None:
    """Return a number in decimal digits, as ``xsd:decimal`` has them."""
    if number is None:
        return None
    digits = f"{Decimal(repr(number)):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


_Read = Callable[[str], object]
# What an ISO date is, by its length: XML Schema has a type for each precision.
_DATES: Final[dict[int, tuple[str, _Read]]] = {
    10: ("xsd:date", date.fromisoformat),
    7: ("xsd:gYearMonth", lambda text: date.fromisoformat(f"{text}-01")),
    4: ("xsd:gYear", lambda text: date.fromisoformat(f"{text}-01-01")),
}


def date_value(text: str | None) -> Any:  # noqa: ANN401 - a value of JSON-LD
    """Return an ISO day, month or year as a value of its precision; plain text where it is none."""
    if not text:
        return None
    kind, read = _DATES.get(len(text), ("", date.fromisoformat))
    return _typed(text, kind, read) if kind and text.isascii() else scalar(text)


def moment_value(text: str | None) -> Any:  # noqa: ANN401 - a value of JSON-LD
    """Return an ISO moment as a value; plain text where it is none."""
    if not text:
        return None
    return _typed(text, "xsd:dateTime", datetime.fromisoformat) if _MOMENT.fullmatch(text) else scalar(text)


def _typed(text: str, kind: str, read: _Read) -> Any:  # noqa: ANN401
    try:
        read(text)
    except ValueError:
        return scalar(text)
    return {"@value": text, "@type": kind}


def filled(**properties: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return properties of ours without those that hold nothing, their names as in ``at:sourceKind``."""
    return {f"at:{name}": _clean(value) for name, value in properties.items() if value not in (None, "", [], ())}


def _clean(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return scalar(value)
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value
