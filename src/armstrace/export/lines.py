"""A transfer as one row of a register shows it: words and marks, without the claims behind them. Safe to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from armstrace.embargo.findings import Verdict
from armstrace.export.findings import Findings
from armstrace.export.plain import plain
from armstrace.export.reviews import reviewed_words
from armstrace.export.transfer_words import (
    items_words,
    period_words,
    quantity_column,
    route_words,
    standing_words,
    step_words,
)
from armstrace.export.wording import UNKNOWN, CountryNames
from armstrace.model import Polarity
from armstrace.register.grades import grade_transfer
from armstrace.register.history import changes, latest_status
from armstrace.register.types import Transfer

Line = Mapping[str, Any]

MARKED: Final = (Verdict.BREACH, Verdict.DEPENDS, Verdict.UNKNOWN)  # verdicts that a row shows


def line_to_dict(transfer: Transfer, findings: Findings, names: CountryNames) -> dict[str, Any]:
    """Return what a row of the register shows of a transfer.

    ``for`` and ``against`` count origins that are and are not shown to be independent; ``law`` holds verdict and
    measure of each finding that is no "outside"; ``changed`` is the last thing that became known on a day, if any.
    """
    step, grade = latest_status(transfer), grade_transfer(transfer)
    affirmed, denied = transfer.affirmed.backing, transfer.denied.backing
    known = [change for change in changes(transfer) if change.day]
    return {
        "route": route_words(transfer, names),
        "items": items_words(transfer),
        "number": quantity_column(transfer),
        "ranges": [[plain(found.unit), found.low, found.high, found.up_to] for found in transfer.ranges],
        "status": step_words(step) if step else UNKNOWN,
        "denied": bool(step and step.polarity is Polarity.DENIED),
        "period": period_words(step.period) if step and step.period else "",
        "standing": standing_words(transfer),
        "for": [affirmed.independent, affirmed.not_shown],
        "against": [denied.independent, denied.not_shown],
        "credibility": {"digit": grade.digit, "label": grade.label, "sentence": grade.sentence},
        "law": [[one["verdict"], one["measure"]] for one in findings if one["verdict"] in MARKED],
        "conflicts": list(dict.fromkeys(conflict.field for conflict in transfer.conflicts)),
        "reviewed": reviewed_words(transfer),
        "changed": {"day": known[-1].day, "what": plain(known[-1].what)} if known else None,
    }


def law_words(line: Line) -> str:
    """Return the verdicts on a row in short: ``breach if true: UN-KP; depends: UN-IR, EU-RU``."""
    keys = {verdict: [measure for one, measure in line["law"] if one == verdict] for verdict in MARKED}
    return "; ".join(f"{verdict.replace('-', ' ')}: {', '.join(found)}" for verdict, found in keys.items() if found)
