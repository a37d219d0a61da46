"""The public shape of a transfer: one JSON object a line, every value beside the claims that give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from armstrace.export.reviews import reviews_to_dicts
from armstrace.model import SourceKind
from armstrace.register.denials import denying_origins
from armstrace.register.grades import grade_transfer, likelihoods
from armstrace.register.history import Change, Step, changes, latest_status, report_history, status_history
from armstrace.register.reliability import Row, grade_source
from armstrace.register.tree import Node, source_tree
from armstrace.register.types import (
    Alternative,
    Backing,
    Denial,
    ItemValue,
    MoneyValue,
    Origin,
    PartyValue,
    Period,
    QuantityValue,
    Revision,
    Side,
    Transfer,
)

_RECORDS = (PartyValue, ItemValue, QuantityValue, MoneyValue, Period)
_FIELDS = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")


def transfer_to_dict(transfer: Transfer) -> dict[str, Any]:
    """Return a transfer as plain values: fields with their alternatives, both sides, history, credibility."""
    credibility = grade_transfer(transfer)
    latest = latest_status(transfer)
    return {
        "transfer": transfer.id,
        "claims": [told.claim.id for told in transfer.claims],
        "context": [told.claim.id for told in transfer.context],
        **{name: [_alternative(a) for a in getattr(transfer.fields, name)] for name in _FIELDS},
        "ranges": [
            {"unit": r.unit, "kinds": [str(k) for k in r.kinds], "low": r.low, "high": r.high, "up_to": r.up_to}
            for r in transfer.ranges
        ],
        "for": _side(transfer.affirmed),
        "against": _side(transfer.denied),
        "denials": [_denial(denial) for denial in transfer.denials],
        "accounts": [{"side": a.side, "country": a.country, "claims": list(a.claims)} for a in transfer.accounts],
        "conflicts": [{"field": c.field, "sentence": c.sentence} for c in transfer.conflicts],
        "revisions": [_revision(revision) for revision in transfer.revisions],
        "reviews": reviews_to_dicts((*transfer.claims, *transfer.context)),
        "credibility": {
            "digit": credibility.digit,
            "label": credibility.label,
            "sentence": credibility.sentence,
        },
        "likelihoods": [list(band) for band in likelihoods(transfer)],
        "latest": step_to_dict(latest) if latest else None,
        "history": [step_to_dict(step) for step in status_history(transfer)],
        "reports": [step_to_dict(step) for step in report_history(transfer)],
        "changes": [_change(change) for change in changes(transfer)],
        "left_out": list(transfer.left_out),
    }


def trees_to_dict(transfer: Transfer) -> dict[str, Any]:
    """Return the trees of sources of a transfer: of those that affirm it, and of all denials of it or a part of it."""
    told = (*transfer.claims, *transfer.context)
    return {
        "for": _nodes(source_tree(told, transfer.affirmed.origins)),
        "denials": _nodes(source_tree(told, denying_origins(transfer))),
    }


def reliability_to_dict(transfer: Transfer, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return how reliable each source and outlet of a transfer is, by name and kind."""
    told = (*transfer.claims, *transfer.context)
    sources = {(s.name, s.kind, s.country) for one in told for s in one.claim.attribution}
    sources |= {(one.outlet, SourceKind.OUTLET, None) for one in told if one.outlet}
    graded = [
        (*key, grade_source(rows, *key)) for key in sorted(sources, key=lambda key: (key[0], key[1], key[2] or ""))
    ]
    return [
        {"name": name, "kind": str(kind), "country": country, "grade": g.grade, "label": g.label, "why": g.sentence}
        for name, kind, country, g in graded
    ]


def step_to_dict(step: Step) -> dict[str, Any]:
    """Return a step of a history as plain values."""
    period = step.period
    return {
        "status": str(step.status),
        "polarity": str(step.polarity),
        "start": period.start if period else None,
        "end": period.end if period else None,
        "precision": str(period.precision) if period else None,
        "reported": step.reported,
        "claims": list(step.claims),
        "origins": list(step.origins),
        "certainties": [
            {"certainty": str(certainty), "likelihood": list(band) if band else None}
            for certainty, band in step.certainties
        ],
        "taken_back": step.taken_back,
        "rejected": step.rejected,
    }


def _alternative(alternative: Alternative[Any]) -> dict[str, Any]:
    value = alternative.value
    plain = value._asdict() if isinstance(value, _RECORDS) else value
    return {"value": plain, "texts": list(alternative.texts), **_backing(alternative.backing)}


def _backing(backing: Backing) -> dict[str, Any]:
    return {
        "claims": list(backing.claims),
        "documents": backing.documents,
        "families": backing.families,
        "independent": backing.independent,
        "not_shown": backing.not_shown,
        "origins": list(backing.origins),
    }


def _side(side: Side) -> dict[str, Any]:
    return {**_backing(side.backing), "origins": [_origin(origin) for origin in side.origins]}


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "origin": origin.key,
        "name": origin.name,
        "country": origin.country,
        "independent": origin.is_shown,
        "claims": list(origin.claims),
        "rules": list(origin.rules),
    }


def _denial(denial: Denial) -> dict[str, Any]:
    return {
        "claim": denial.claim,
        "target": denial.target,
        "rule": denial.rule,
        "denies": list(denial.denies),
        "counts": denial.counts,
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "claim": revision.claim,
        "kind": revision.kind,
        "document": revision.document,
        "since": revision.since,
        "correction": revision.correction,
        "rule": revision.rule,
        "counts": revision.counts,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"day": change.day, "what": change.what, "claim": change.claim}


def _node(node: Node) -> dict[str, Any]:
    return {
        "kind": node.place.kind,
        "key": node.place.key,
        "label": node.place.label,
        "documents": node.documents,
        "families": node.families,
        "claims": list(node.claims),
        "rules": list(node.rules),
        "children": _nodes(node.children),
    }


def _nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    return [_node(node) for node in nodes]
