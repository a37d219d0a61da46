"""What this version makes the register by: the one place where origins and comparisons are tied to ``group``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Final

from armstrace.checking import check_question, question_from_transfer
from armstrace.document import Document
from armstrace.embargo.findings import Question
from armstrace.export.findings import findings_to_list
from armstrace.extractor import version_of
from armstrace.group.compare import Reason, compare_claims
from armstrace.group.copies import why_pair
from armstrace.group.origins import find_origins
from armstrace.keeping.stages import Stages
from armstrace.lexicon.load import load_country_labels, load_lexicon
from armstrace.lexicon.match import Matcher
from armstrace.register.types import Origin, Transfer
from armstrace.told import Told

_GOVERNMENT: Final = "government:"
_KEPT_ANSWERS: Final = 256  # of the law, each a few kilobytes
# What groups claims and merges them, once they are read.
GROUPING: Final = (
    "document.py",
    "figures.py",
    "ids.py",
    "kinds.py",
    "model.py",
    "told.py",
    "versions.py",
    "grouping.py",
    "export/jsonl.py",
    "export/transfers.py",
    "retractions.py",
    "reviewing.py",
    "export/lines.py",
    "export/reviews.py",
    "export/transfer_words.py",
    "export/wording.py",
    *"group keeping lexicon register review text".split(),
)
# What checks a line of the register beside that.
CHECKING: Final = ("asked_arms.py", "asking.py", "checking.py", "export/findings.py", "embargo")


@cache
def grouping_version() -> str:
    """Return the version of what groups and merges; of another, a kept register is made anew."""
    return version_of(GROUPING)


@cache
def law_version() -> str:
    """Return the version of what checks: the law and its reading; of another, kept findings are made anew."""
    return version_of(CHECKING)


def load_stages() -> Stages:
    """Return what this version makes the register by.

    Raises:
        LexiconError: a packaged lexicon file is malformed.
    """
    names = load_lexicon().matcher
    return Stages(
        version=grouping_version(),
        names=names,
        countries=load_country_labels(),
        origins=partial(_origins, names),
        compare_claims=partial(_compare, names),
        compare_documents=compare_documents,
        check=_check,
        law=law_version(),
    )


class _Asked:
    """A question that is found again: what it is of from one day to the next is mostly the same."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.question == other.question

    def __hash__(self) -> int:
        asked = self.question
        return hash((asked.suppliers, asked.recipients, asked.times, asked.status))


def _check(transfer: Transfer) -> tuple[Mapping[str, Any], ...]:
    return _findings(_Asked(question_from_transfer(transfer)))


@lru_cache(maxsize=_KEPT_ANSWERS)
def _findings(asked: _Asked) -> tuple[Mapping[str, Any], ...]:
    return tuple(findings_to_list(check_question(asked.question)))


def _origins(names: Matcher, claims: Sequence[Told]) -> tuple[Origin, ...]:
    """Return the origins behind claims, a government with the code of its country."""
    return tuple(
        Origin(
            found.key,
            found.name,
            (found.key.removeprefix(_GOVERNMENT) or None) if found.key.startswith(_GOVERNMENT) else None,
            found.is_shown,
            found.claims,
            found.rules,
        )
        for found in find_origins(claims, names)
    )


def _compare(names: Matcher, one: Told, other: Told) -> tuple[str, ...]:
    """Return how two claims compare, the sum of points first."""
    found = compare_claims(one, other, names)
    return (f"{found.verdict}: {found.score:g} points", *(_told(reason) for reason in found.reasons))


def _told(reason: Reason) -> str:
    points = "rules it out" if reason.points is None else f"{reason.points:+g}"
    return f"{reason.words} ({points})"


def compare_documents(one: Document, other: Document, standing: Collection[int]) -> tuple[str, ...]:
    """Return how likely one of two documents repeats the other, and why, but for the hashes of standing text."""
    pair = why_pair(one, other, standing)
    return (f"that one repeats the other is {pair.likelihood:.0%} likely", *pair.reasons)
