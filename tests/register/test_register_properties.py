"""What holds for any group of claims: no order matters, nothing is lost, what is known only grows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from register_stories import NUMBERS, make_told, plain_origins

from armstrace.model import Certainty, Polarity, SourceKind, Status
from armstrace.register.grades import LABELS, RULES, Weighed, grade_transfer
from armstrace.register.history import as_known_on, changes, report_history, status_history
from armstrace.register.known import known_from
from armstrace.register.merge import merge_claims
from armstrace.told import Group

LAST = "2031-12-31"
DAYS = ["2031-01-05", "2031-01-06", "2031-01", "2031-02-01", "2031-03", "2031", LAST]
ONE_VALUED = ("supplier", "recipient", "maker", "quantity", "value", "mode", "status", "when")


def pick(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


ROWS = st.fixed_dictionaries(
    {
        "day": pick(*DAYS),
        "supplier": pick(None, "QN", "QS", "QN Forge"),
        "items": pick(["drones"], ["drones Kestrel"], ["tanks", "drones"], ["other"], []),
        "number": pick(None, 40, 300, *NUMBERS),
        "status": pick(*map(str, Status)),
        "polarity": pick(*map(str, Polarity)),
        "sure": pick(*map(str, Certainty)),
        "from": pick("government QN", "government QO", "official-anonymous", "company Forge", "outlet Ledger"),
        "text": pick("t1", "t2", "t3"),
        "when": pick(None, "2031-01-02", "2031-02-02"),
        "later": pick([], [{"in": "doc-0", "day": "2031-02-02"}], [{"in": "v2", "day": "2031-02-02", "says": "No."}]),
    }
)


@st.composite
def groups(draw: Any) -> Group:
    rows = draw(st.lists(ROWS, min_size=1, max_size=6))
    claims = [make_told({**row, "id": f"c{number}", "in": f"doc-{number}"}) for number, row in enumerate(rows)]
    kinds = st.fixed_dictionaries({"refers_to": pick("c0", "c1"), "polarity": pick(*map(str, Polarity))})
    about = draw(st.lists(kinds, max_size=2))
    context = [
        make_told({**row, "id": f"x{number}", "day": "2031-02-01", "kind": "confirmation", "from": "government QP"})
        for number, row in enumerate(about)
    ]
    return Group(tuple(claims), tuple(context))


@given(groups(), st.randoms())
def test_no_order_matters(group, random):
    claims, context = list(group.claims), list(group.context)
    random.shuffle(claims)
    random.shuffle(context)
    assert merge_claims(Group(tuple(claims), tuple(context)), plain_origins) == merge_claims(group, plain_origins)


@given(groups())
def test_as_known_on_the_last_day_is_the_transfer(group):
    transfer = merge_claims(group, plain_origins)
    assert as_known_on(transfer, LAST, plain_origins) == transfer


@given(groups())
def test_what_is_known_only_grows_and_never_tells_of_what_came_later(group):
    transfer = merge_claims(group, plain_origins)
    before: set[str] = set()
    for day in sorted({str(known_from(day)) for day in DAYS}):
        known = as_known_on(transfer, day, plain_origins)
        claims = {told.claim.id for told in known.claims} if known else set()
        assert claims >= before
        assert claims == {t.claim.id for t in transfer.claims if str(known_from(t.published)) <= day}
        if known:
            assert known.id == transfer.id
            assert all(str(known_from(revision.since)) <= day for revision in known.revisions)
            assert as_known_on(known, day, plain_origins) == known
        before = claims


@given(groups())
def test_as_known_on_is_what_the_documents_of_then_alone_make(group):
    day = "2031-02-01"
    known = as_known_on(merge_claims(group, plain_origins), day, plain_origins)
    then = [told for told in group.claims if str(known_from(told.published)) <= day]
    if not then:
        assert known is None
        return
    told = [replace(t, later=tuple(x for x in t.later if str(known_from(x.since)) <= day)) for t in then]
    assert known == merge_claims(Group(tuple(told), group.context), plain_origins)


@given(groups())
def test_an_undated_document_is_left_out_and_told(group):
    undated = replace(group.claims[0], published=None)
    known = as_known_on(merge_claims(Group((undated, *group.claims[1:])), plain_origins), LAST, plain_origins)
    if len(group.claims) == 1:
        assert known is None
    else:
        assert known is not None
        assert known.left_out == (undated.claim.id,)
        assert undated not in known.claims


@given(groups())
def test_every_claim_that_counts_gives_each_field_one_value(group):
    transfer = merge_claims(group, plain_origins)
    void = {revision.claim for revision in transfer.revisions if not revision.counts}
    counting = [told.claim for told in transfer.claims if told.claim.id not in void]
    affirmed = [claim.id for claim in counting if claim.polarity is Polarity.AFFIRMED]
    expected = affirmed or [c.id for c in counting] or [told.claim.id for told in transfer.claims]
    for name in ONE_VALUED:
        given_by = [claim for a in getattr(transfer.fields, name) for claim in a.backing.claims]
        assert sorted(given_by) == sorted(expected)


@given(groups())
def test_every_denial_that_counts_is_tied_to_something(group):
    transfer = merge_claims(group, plain_origins)
    ids = {told.claim.id for told in transfer.claims}
    for denial in transfer.denials:
        assert set(denial.denies) <= ids
    assert set(transfer.denied.backing.claims) == {denial.claim for denial in transfer.denials if denial.counts}


@given(groups())
def test_histories_hold_the_same_claims_in_order(group):
    transfer = merge_claims(group, plain_origins)
    told = [t.claim for t in transfer.claims]
    expected = sorted(c.id for c in told if c.status is not Status.UNSPECIFIED or c.polarity is Polarity.DENIED)
    for history in (status_history(transfer), report_history(transfer)):
        assert sorted(claim for step in history for claim in step.claims) == expected
    days = [change.day for change in changes(transfer)]
    assert days == sorted(days)
    reported = [step.reported for step in report_history(transfer)]
    assert reported == sorted(reported)


@given(groups())
def test_every_line_has_a_grade_and_a_sentence(group):
    grade = grade_transfer(merge_claims(group, plain_origins))
    assert grade.label == LABELS[grade.digit]
    assert grade.sentence.endswith(".")
    assert grade.sentence.count(". ") == 0


SMALL = st.integers(0, 3)


@given(st.builds(Weighed, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, st.booleans()))
def test_one_more_denial_never_makes_a_transfer_more_credible(weighed):
    def digit(w: Weighed) -> int:
        return next(rule.digit for rule in RULES if rule.holds(w))

    sure, doubting = min(weighed.sure, weighed.independent), min(weighed.doubting, weighed.independent)
    base = weighed._replace(sure=sure, doubting=doubting, taken_back=0)
    before, after = digit(base), digit(base._replace(against=base.against + 1))
    if before != 6:  # what could not be judged may become doubtful
        assert after >= before


def test_a_government_is_shown_by_its_country_alone():
    claim = make_told({"id": "a", "from": "government QN"})
    assert plain_origins([claim])[0].country == "QN"
    assert claim.claim.attribution[0].kind is SourceKind.GOVERNMENT
