"""What a target of the fuzzers is: where outside bytes come in, what it begins from, and what must hold of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from armstrace.errors import ArmstraceError

# Words that any parser may trip over: they are in the dictionary of every target.
SIGNS = (
    "\x00", "\u0301", "\u200b", "\u202e", "\ufeff", "\ufffe", "ß", "İ", "ﬁ", "²", "١", "½", "\U0001f680", "\r\n",
    "\u2028",
    "9" * 30, "1" + "0" * 400, "-1", "1e999", "NaN", "99999-12-31", "0000-00-00", "0001-01-01", "9999-12-31",
    "2024-02-30",
)  # fmt: skip
LONE_SURROGATE = "\ud83d".encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Target:
    """One entry of the table.

    Attributes:
        name: by which ``run.py`` and the tests know it.
        reads: the modules that parse there.
        check: reads bytes and asserts what must hold of what comes out; raises only ``errors`` otherwise.
        seeds: what the fuzzers begin from: honest inputs, and those that once were bugs.
        words: signs of the format, for the dictionary.
        holds: in words, what ``check`` asserts beyond "nothing but errors of ours, and in time".
        errors: what may come out; anything else is a bug.
        longest: bytes of one input.
        around: what stands before and behind a long run when growth is measured.
    """

    name: str
    reads: str
    check: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    words: tuple[str, ...] = ()
    holds: str = ""
    errors: tuple[type[Exception], ...] = (ArmstraceError,)
    longest: int = 4096
    around: tuple[tuple[bytes, bytes], ...] = ((b"", b""),)


def told_by(read: Callable[[], object], errors: tuple[type[Exception], ...] = (ArmstraceError,)) -> str:
    """Return what an error of ours says, "" where there is none; anything else comes out."""
    try:
        read()
    except errors as error:
        told = str(error)
    else:
        return ""
    assert told.strip(), "an error says nothing"
    return told


def hold(target: Target, data: bytes) -> str:
    """Read an input and return what was said of it, "" where nothing was amiss.

    Raises:
        AssertionError: something that must hold of what was read does not.
        Exception: whatever is none of the target's own errors; a bug.
    """
    return told_by(lambda: target.check(data), target.errors)


def text_of(data: bytes) -> str:
    """Return bytes as text; lone surrogates come through, as they do out of JSON."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
