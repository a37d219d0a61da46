"""What the law says of a transfer that somebody asks about, as its page shows it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.embargo.findings import Finding, Question, Verdict
from armstrace.export.findings import findings_to_list, question_words
from armstrace.export.plain import plain
from armstrace.export.wording import CountryNames
from armstrace.model import Status
from armstrace.web.addresses import DESK
from armstrace.web.views.law import VerdictView, view_law

NAMES: Final = ("supplier", "recipient", "item", "date", "status")
STATUSES: Final = tuple((str(one), one.replace("-", " ")) for one in Status)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer to a question; ``missing`` tells what would have to be told, ``outside`` what does not reach it."""

    question: str
    law: tuple[VerdictView, ...]
    missing: tuple[str, ...]
    outside: tuple[tuple[str, str], ...]
    told: str


def view_answer(question: Question, findings: Sequence[Finding], names: CountryNames) -> AnswerView:
    """Return the answer of all measures to a question."""
    bearing = [one for one in findings if one.bears]
    untold = {party: [one.measure for one in findings if one.missing == party] for party in ("supplier", "recipient")}
    reached = "1 measure bears" if len(bearing) == 1 else f"{len(bearing)} measures bear"
    return AnswerView(
        question=question_words(question, names),
        law=view_law(findings_to_list(findings), DESK),
        missing=tuple(f"the {party} is not told: {', '.join(keys)}" for party, keys in untold.items() if keys),
        outside=tuple(
            (one.measure, plain(one.decisive)) for one in findings if not one.bears and one.verdict is Verdict.OUTSIDE
        ),
        told=f"{reached} on it, of {len(findings)}",
    )
