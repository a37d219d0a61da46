"""Values made fit for a log: no secret in them, no sign that could forge a line or turn it round, not too long."""

from __future__ import annotations

import re
from math import isfinite
from traceback import format_tb
from typing import Final

from armstrace.export.plain import plain, plain_lines

_LONGEST: Final = 1000  # characters of a value
_LONGEST_TRACE: Final = 20_000
_LONGEST_MESSAGE: Final = 300  # of an error that nobody expected: it may quote what it fell over
_MOST_CAUSES: Final = 5
# What authenticates somebody, however it came into a message: keys, secrets of hooks, a header's value.
_SECRETS: Final = re.compile(
    r"(?i)\b(?:armstrace_[\w-]{16,}|whsec_[\w+/=-]+|(?:bearer|basic)\s+[\w.~+/=-]+|"
    r"(?:password|passwd|secret|token|api[_-]?key)(?:=|[\"']:\s*[\"'])[^\s,;&\"']+)"
)
# An address keeps host and path; who logs in there, what is asked, and the part after # are left out: they hold keys.
_ADDRESS: Final = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}://)(?:[^\s/@?#]*@)?([^\s?#\"'<>]*)([?#][^\s\"'<>]*)?")
_HIDDEN: Final = "***"


def safe_line(text: str) -> str:
    """Return text as one line, without secrets."""
    return _cut(_hide(plain(text)), _LONGEST)


def safe_value(value: object) -> object:
    """Return a value of an event: numbers, truth and None as they are, all else as safe text, lists by their parts."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, list | tuple):
        return [safe_value(one) for one in value]
    return safe_line(value if isinstance(value, str) else str(value))


def hosts_only(text: str) -> str:
    """Return text in which addresses tell their host alone: the path of a hook is as good as a password."""
    return _ADDRESS.sub(lambda found: f"{found[1]}{found[2].partition('/')[0]}/…", text)


def trace_of(error: BaseException) -> str:
    """Return where an error came from, with those it came from in turn; of what each says, the beginning.

    The frames show lines of the program, never values.
    """
    told: list[str] = []
    current: BaseException | None = error
    while current is not None and len(told) < _MOST_CAUSES:
        said = next((line for line in str(current).splitlines() if line.strip()), "")
        named = f"{type(current).__module__}.{type(current).__qualname__}: {_cut(said, _LONGEST_MESSAGE)}"
        told.append("".join(format_tb(current.__traceback__)) + named)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return _cut(_hide(plain_lines("\n\nThe above was the cause of:\n\n".join(reversed(told)))), _LONGEST_TRACE)


def _hide(text: str) -> str:
    if "://" in text:
        text = _ADDRESS.sub(lambda found: f"{found[1]}{found[2]}{'?…' if found[3] else ''}", text)
    return _SECRETS.sub(_HIDDEN, text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
