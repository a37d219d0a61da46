"""What a record is marked with, as machine tags (MISP: ``namespace:predicate="value"``): status, scales, judgements.

Credibility and reliability are tags of MISP's taxonomy admiralty-scale, the likelihood that a source words one of its
taxonomy estimative-language (ICD 203); a likelihood is never told as a confidence. The rest are words of this project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from armstrace.export.findings import Findings
from armstrace.model import Claim, ClaimKind, Polarity
from armstrace.register.grades import grade_transfer, likelihoods
from armstrace.register.history import latest_status
from armstrace.register.reliability import Row, grade_source
from armstrace.register.types import Revision, Transfer
from armstrace.told import Told

_OWN: Final = "armstrace"
# ICD 203 (2 January 2015), D.6.e.(2)(a), by the names of MISP's estimative-language:likelihood-probability.
ESTIMATES: Final = {
    (1, 5): "almost-no-chance",
    (5, 20): "very-unlikely",
    (20, 45): "unlikely",
    (45, 55): "roughly-even-chance",
    (55, 80): "likely",
    (80, 95): "very-likely",
    (95, 99): "almost-certain",
}


def transfer_tags(transfer: Transfer) -> tuple[str, ...]:
    """Return what a line of the register is marked with: credibility, status and whether it is denied."""
    step = latest_status(transfer)
    categories = dict.fromkeys(one.value.category for one in transfer.fields.items if one.value)
    modes = [one.value for one in transfer.fields.mode if one.value]
    sides = ((Polarity.AFFIRMED, transfer.affirmed), (Polarity.DENIED, transfer.denied))
    return (
        _tag("admiralty-scale", "information-credibility", str(grade_transfer(transfer).digit)),
        *_own("status", [step.status] if step else []),
        *_own("polarity", [polarity for polarity, side in sides if side.backing.claims]),
        *_own("category", categories),
        *_own("mode", modes),
        *map(_estimate, likelihoods(transfer)),
        *_own("review", ["rejected"] if transfer.is_rejected else []),
    )


def claim_tags(told: Told, reliability: Sequence[Row], revisions: Iterable[Revision] = ()) -> tuple[str, ...]:
    """Return what a claim is marked with; the reliability is that of the farthest source of its chain."""
    claim = told.claim
    return (
        *_own("kind", [claim.kind]),
        *_own("status", [claim.status] if claim.kind is ClaimKind.TRANSFER else []),
        *_own("polarity", [claim.polarity]),
        *_own("certainty", [claim.certainty]),
        *_own("mode", [claim.mode] if claim.mode != "unspecified" else []),
        *_own("category", dict.fromkeys(item.category for item in claim.items)),
        *([_estimate(claim.likelihood)] if claim.likelihood else []),
        *_reliability(claim, reliability),
        *_own("review", [told.review.state] if told.review else []),
        *_own("revision", dict.fromkeys(one.kind for one in revisions if one.claim == claim.id)),
        *_own("published", [] if told.published else ["unknown"]),
    )


def finding_tags(finding: Findings) -> tuple[str, ...]:
    """Return what findings are marked with: their verdicts."""
    return tuple(_own("verdict", dict.fromkeys(one["verdict"] for one in finding)))


def _reliability(claim: Claim, rows: Sequence[Row]) -> list[str]:
    if not claim.attribution:
        return []
    farthest = claim.attribution[-1]
    grade = grade_source(rows, farthest.name, farthest.kind, farthest.country).grade
    return [_tag("admiralty-scale", "source-reliability", grade.lower())]


def _estimate(band: tuple[int, int]) -> str:
    """Return a band by its name, or in per cent where a person set one that ICD 203 does not have."""
    if band in ESTIMATES:
        return _tag("estimative-language", "likelihood-probability", ESTIMATES[band])
    return _tag(_OWN, "likelihood", f"{band[0]}-{band[1]}")


def _own(predicate: str, values: Iterable[str]) -> list[str]:
    return [_tag(_OWN, predicate, value) for value in values]


def _tag(namespace: str, predicate: str, value: str) -> str:
    return f'{namespace}:{predicate}="{value}"'
