"""What the register is made by, beside grouping and merging: given as functions, so that a caller may replace it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from armstrace.document import Document
from armstrace.lexicon.match import Matcher
from armstrace.register.types import FindOrigins, Transfer
from armstrace.told import Told

Check = Callable[[Transfer], Sequence[Mapping[str, Any]]]


def unchecked(_: Transfer) -> Sequence[Mapping[str, Any]]:
    """Return no findings."""
    return ()


def utc_now() -> str:
    """Return the moment, ISO in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Stages(NamedTuple):
    """What the register is made by.

    ``version`` changes with anything that groups and merges; then all is made anew. ``law`` changes with anything that
    checks, and only with that; then only the findings are made anew. ``names`` and ``countries`` (by
    code) are those of the lexicon; ``origins`` returns the origins behind claims of one side; ``compare_claims`` and
    ``compare_documents`` say why two were or were not joined, the latter given the hashes of standing text in them.
    ``check`` returns the findings on a transfer; ``now`` is the clock by which alerts are raised.
    """

    version: str
    names: Matcher
    countries: Mapping[str, str]
    origins: FindOrigins
    compare_claims: Callable[[Told, Told], Sequence[str]]
    compare_documents: Callable[[Document, Document, Collection[int]], Sequence[str]]
    check: Check = unchecked
    law: str = "unchecked"
    now: Callable[[], str] = utc_now
