"""What line of the register small stories make: the cases of tests/cases/register.yml, whose head explains them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from register_stories import Row, make_story, plain_origins

from armstrace.register.grades import grade_transfer
from armstrace.register.history import Step, as_known_on, changes, latest_status, report_history, status_history
from armstrace.register.known import transfer_id
from armstrace.register.merge import merge_claims
from armstrace.register.types import Alternative, Backing, Period, QuantityValue, Transfer

CASES: dict[str, Row] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "register.yml").read_text("utf-8"))
MOST_ORDERS = 24


def value_words(alternative: Alternative[Any]) -> str | None:
    value = alternative.value
    if value is None:
        return None
    if isinstance(value, QuantityValue | Period):
        return alternative.texts[0]
    if isinstance(value, tuple):
        return " ".join(part for part in value if part)
    return str(value)


def counts(backing: Backing) -> list[int]:
    return [backing.independent, backing.not_shown, backing.families, backing.documents]


def step_words(step: Step, day: str | None) -> str:
    polarity = "denied " if step.polarity == "denied" else ""
    return f"{day} {polarity}{step.status} {' '.join(step.claims)}{', taken back' if step.taken_back else ''}"


def latest(transfer: Transfer) -> str | None:
    step = latest_status(transfer)
    return step and f"{'denied ' if step.polarity == 'denied' else ''}{step.status}"


def field(name: str) -> Callable[[Transfer], object]:
    return lambda transfer: [value_words(a) for a in getattr(transfer.fields, name)]


# One line a key of `expect`.
READ: dict[str, Callable[[Transfer], object]] = {
    **{name: field(name) for name in ("supplier", "recipient", "items", "quantity", "mode", "status", "when")},
    "range": lambda t: [[r.low, r.high, *([r.up_to] if r.up_to is not None else [])] for r in t.ranges],
    "for": lambda t: counts(t.affirmed.backing),
    "against": lambda t: counts(t.denied.backing),
    "denials": lambda t: {d.claim: [d.target, list(d.denies), d.counts] for d in t.denials},
    "accounts": lambda t: {f"{a.side} {a.country}": list(a.claims) for a in t.accounts},
    "conflicts": lambda t: [c.field for c in t.conflicts],
    "revisions": lambda t: {r.claim: r.kind for r in t.revisions},
    "latest": latest,
    "history": lambda t: [step_words(s, s.period.start if s.period else "no date") for s in status_history(t)],
    "reports": lambda t: [step_words(s, s.reported) for s in report_history(t)],
    "changes": lambda t: [f"{c.day} {c.what}" for c in changes(t)],
    "grade": lambda t: grade_transfer(t).digit,
    "because": lambda t: grade_transfer(t).sentence,
    "left_out": lambda t: list(t.left_out),
}


def check(transfer: Transfer, expect: Row) -> None:
    found = {key: READ[key](transfer) for key in expect if key not in {"as_of", "first"}}
    assert found == {key: expect[key] for key in found}
    if "first" in expect:
        assert transfer.id == transfer_id(expect["first"])


@pytest.mark.parametrize("name", CASES)
def test_a_story_makes_this_line(name: str):
    row = CASES[name]
    check(merge_claims(make_story(row), plain_origins), row["expect"])


@pytest.mark.parametrize("name", [name for name, row in CASES.items() if "as_of" in row["expect"]])
def test_as_known_on(name: str):
    row = CASES[name]
    transfer = merge_claims(make_story(row), plain_origins)
    for day, expect in row["expect"]["as_of"].items():
        known = as_known_on(transfer, str(day), plain_origins)
        if expect is None:
            assert known is None
        else:
            assert known is not None
            assert known.id == transfer.id
            check(known, expect)


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_claims_does_not_matter(name: str):
    group = make_story(CASES[name])
    lines = {
        merge_claims(type(group)(order, group.context[::-1]), plain_origins)
        for order in list(permutations(group.claims))[:MOST_ORDERS]
    }
    assert lines == {merge_claims(group, plain_origins)}
