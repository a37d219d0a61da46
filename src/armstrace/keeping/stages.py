"""What the register is made by, beside grouping and merging: given as functions, so that a caller may replace it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from armstrace.document import Document
from armstrace.lexicon.match import Matcher
from armstrace.model import Claim
from armstrace.register.types import FindOrigins, Transfer
from armstrace.store.judgements import StoredJudgement
from armstrace.told import Told

Review = Callable[[Sequence[Claim], Sequence[StoredJudgement]], Sequence[Claim]]
Check = Callable[[Transfer], Sequence[Mapping[str, Any]]]


def as_read(claims: Sequence[Claim], _: Sequence[StoredJudgement]) -> Sequence[Claim]:
    """Return claims as they were read, whatever people judge of them."""
    return claims


def unchecked(_: Transfer) -> Sequence[Mapping[str, Any]]:
    """Return no findings."""
    return ()


class Stages(NamedTuple):
    """What the register is made by.

    ``version`` changes with anything that changes the register; then all is made anew. ``names`` and ``countries`` (by
    code) are those of the lexicon; ``origins`` returns the origins behind claims of one side; ``compare_claims`` and
    ``compare_documents`` say why two were or were not joined, the latter given the hashes of standing text in them.
    ``review`` returns what the judgements on a document make of its claims, ``check`` the findings on a transfer.
    """

    version: str
    names: Matcher
    countries: Mapping[str, str]
    origins: FindOrigins
    compare_claims: Callable[[Told, Told], Sequence[str]]
    compare_documents: Callable[[Document, Document, Collection[int]], Sequence[str]]
    review: Review = as_read
    check: Check = unchecked
