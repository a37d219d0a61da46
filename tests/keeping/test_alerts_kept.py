"""Every change of the kept register that can be seen between two updates is told once, whatever becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_stories import Add, Judge, Read, Review, take, update
from syndicated import AFRESH, BARGE, FERRY
from test_keeping_properties import ARRIVALS, JUDGES

from armstrace.alerts.facts import facts_of
from armstrace.alerts.lines import line_from_dict, line_of, line_to_dict
from armstrace.alerts.matching import is_asked_for
from armstrace.alerts.watches import Asks, Kind
from armstrace.keeping.watch_rows import Wish, watch_of
from armstrace.keeping.watches import make_watch, pause_watch, remove_watch
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.registering import each_page, load_transfers, query_for
from armstrace.store.stood import read_stood
from armstrace.store.transfers import TransferQuery

EVERYTHING = Wish("everything", Asks(), frozenset(Kind))
TANKS = "US > IQ; tanks (tanks); {}; when 2031-03-01; by government, US, the Pentagon"
DENIED = "US > IQ; tanks (tanks); delivered; denied; when 2031-03-01; by government, IQ, the ministry"
BARGES = [Add("barge", BARGE, outlet="Holm Post", title="Barge"), Read("barge", (TANKS.format("planned"),))]
FERRIES = [Add("ferry", FERRY, outlet="Courier", day="2031-03-02"), Read("ferry", (DENIED,))]
DELIVERED = f"{TANKS.format('delivered')}; n=20"
DAILIES = [Add("again", AFRESH, outlet="Daily", day="2031-03-05"), Read("again", (DELIVERED,))]
WITH_LAW = ["finding"]  # findings depend on the packaged law, which is not what is tested here


def told(store, watch=None):
    """Return the alerts of a store, the oldest first."""
    found = reversed(store.alerts.alerts(most=10_000))
    return [one for one in found if watch in {None, one.watch}]


def kinds(alert):
    return [one["kind"] for one in alert.body["changes"] if one["kind"] not in WITH_LAW]


def words(alert, kind):
    return [one["words"] for one in alert.body["changes"] if one["kind"] == kind]


def lines_now(store, stages):
    """Return the lines of the kept register as watches see them."""
    rows = {row.id: row for page in each_page(store, TransferQuery(rejected=True)) for row in page}
    found = []
    for transfer in load_transfers(store, stages, list(rows)):
        law = rows[transfer.id].law
        found.append(line_of(transfer, facts_of(transfer, law, stages.countries), law, stages.countries))
    return found


def test_what_is_known_when_a_watch_is_made_is_not_told(store, stages):
    take(store, BARGES)
    make_watch(store, stages, "ann", EVERYTHING)
    assert update(store, stages).transfers == 0
    assert told(store) == []


STORY = [
    (BARGES, ["new-transfer", "new-claim", "new-origin", "status"]),
    (FERRIES, ["new-claim", "denial"]),
    (DAILIES, ["new-claim", "status", "quantity"]),
    ([Review("again-0", "reject")], ["status", "review", "quantity"]),
    ([Review("again-0", "accept")], ["status", "quantity", "review"]),
]


def test_a_story_as_it_goes_on(store, stages):
    make_watch(store, stages, "ann", EVERYTHING)
    for number, (step, expected) in enumerate(STORY):
        take(store, step)
        update(store, stages)
        assert len(told(store)) == number + 1
        assert kinds(told(store)[-1]) == expected
    first, denied, delivered, rejected, _ = told(store)
    assert words(first, "new-transfer") == ["United States → Iraq: tanks"]
    assert words(denied, "denial") == ["government of Iraq denies the status; it does not count against the transfer"]
    assert words(delivered, "status") == ["planned → delivered (2031-03-01)"]
    assert words(rejected, "quantity") == ["20 pieces → no longer told"]
    (headline,) = delivered.body["headlines"]
    assert (headline["outlet"], headline["published"], headline["origin"]) == (
        "Daily",
        "2031-03-05",
        "government of United States",
    )
    assert delivered.body["day"] == "2031-03-05"


BESIDE = "? > ?; arms; kind confirmation; refers barge-0; by government, IQ, the ministry; says The report is right."


def test_what_else_is_said_of_a_line_is_told_where_it_is_attached(store, stages):
    take(store, [*BARGES, Add("other", FERRY), Read("other", ("RU > IN; ships (ships); planned",))])
    make_watch(store, stages, "ann", EVERYTHING)
    page = "https://courier.example/2"
    take(store, [Add("beside", AFRESH, outlet="Courier", day="2031-03-04", page=page), Read("beside", (BESIDE,))])
    update(store, stages)
    update(store, stages, anew=True)
    (alert,) = told(store)
    assert alert.body["title"] == "United States → Iraq: tanks"
    assert kinds(alert) == ["new-origin", "context"]
    assert words(alert, "context") == ["Courier 2031-03-04: confirmation, by the ministry (government, Iraq)"]
    (headline,) = alert.body["headlines"]
    assert (headline["says"], headline["url"], headline["words"]) == ("confirmation", page, "The report is right.")


def test_a_denial_of_a_report_is_told(store, stages):
    take(store, BARGES)
    make_watch(store, stages, "ann", EVERYTHING)
    denied = BESIDE.replace("kind confirmation;", "kind confirmation; denied;")
    take(store, [Add("beside", AFRESH, outlet="Courier"), Read("beside", (denied,))])
    update(store, stages)
    assert [kinds(alert) for alert in told(store)] == [["denial", "context"]]


def test_who_asks_for_every_change_asks_for_kinds_that_are_told_later(store, stages):
    row = make_watch(store, stages, "ann", EVERYTHING)
    assert (row.kinds, watch_of(row).kinds) == ("[]", frozenset(Kind))
    some = make_watch(store, stages, "ann", Wish("some", Asks(), frozenset({Kind.DENIAL})))
    assert watch_of(some).kinds == {Kind.DENIAL}


def test_a_register_made_anew_tells_nothing_again(store, stages):
    make_watch(store, stages, "ann", EVERYTHING)
    take(store, BARGES)
    update(store, stages)
    before = told(store)
    assert len(before) == 1
    assert update(store, stages, anew=True).from_scratch
    assert told(store) == before
    take(store, FERRIES)
    assert update(store, stages, anew=True).from_scratch
    assert [kinds(alert) for alert in told(store)[1:]] == [["new-claim", "denial"]], "what came meanwhile is told"


def test_another_reading_of_known_documents_is_no_new_claim(store, stages):
    take(store, BARGES)
    make_watch(store, stages, "ann", EVERYTHING)
    take(store, [Read("barge", ("? > ?; arms; kind use; says Nothing.", TANKS.format("ordered")))])
    update(store, stages)
    (alert,) = told(store)
    assert kinds(alert) == ["status"], "the claim has another id, and its document is the same"
    assert words(alert, "status") == ["planned → ordered (2031-03-01)"]


def test_a_line_that_is_read_no_more_is_told_of_for_the_last_time(store, stages):
    take(store, BARGES)
    make_watch(store, stages, "ann", EVERYTHING)
    take(store, [Read("barge", ("? > ?; arms; kind use; says Nothing.",))])
    update(store, stages)
    assert [kinds(alert) for alert in told(store)] == [["withdrawal"]]
    assert "no longer in the register" in words(told(store)[0], "withdrawal")[0]


def test_lines_that_become_one_are_nothing_new(store, stages):
    sold = "US > IQ; tanks (tanks); planned; when 2029-01-01"
    take(store, [*BARGES, Add("other", FERRY), Read("other", (sold,))])
    make_watch(store, stages, "ann", EVERYTHING)
    assert len(lines_now(store, stages)) == 2
    take(store, [Judge("barge-0", "other-0", same=True)])
    update(store, stages)
    assert len(lines_now(store, stages)) == 1
    assert not [alert for alert in told(store) if {"new-transfer", "new-claim"} & set(kinds(alert))]


def test_a_paused_watch_is_told_nothing_then_or_later(store, stages):
    row = make_watch(store, stages, "ann", EVERYTHING)
    pause_watch(store, row, "ann", "2031-06-01T00:00:00Z", paused=True)
    take(store, BARGES)
    update(store, stages)
    pause_watch(store, row, "ann", "2031-06-02T00:00:00Z", paused=False)
    take(store, FERRIES)
    update(store, stages)
    assert [kinds(alert) for alert in told(store)] == [["new-claim", "denial"]]
    remove_watch(store, row, "ann", "2031-06-03T00:00:00Z")
    assert told(store) == []


ONCE = st.lists(ARRIVALS, min_size=2, max_size=6, unique_by=lambda pieces: pieces[0].name)  # nothing is read anew
STEPS = st.builds(lambda come, judged: [*come, *judged], ONCE, st.lists(st.tuples(JUDGES), max_size=4))


@settings(max_examples=25, deadline=None)
@given(pieces=STEPS, updates=st.sets(st.integers(0, 16)))
def test_each_difference_between_two_updates_is_told_once(pieces, updates, new_store, stages):
    """Documents and denials that a line did not tell at the update before are told, each once; no others are."""
    steps = [step for piece in pieces for step in piece]
    with new_store() as store:
        make_watch(store, stages, "ann", EVERYTHING)
        before, seen = lines_now(store, stages), 0
        for number, step in enumerate(steps):
            take(store, [step])
            if number in updates or number == len(steps) - 1:
                update(store, stages)
                lines = lines_now(store, stages)
                alerts = told(store)[seen:]
                assert len({alert.line for alert in alerts}) == len(alerts), "one alert a line and update"
                heard = {(a.line, kind, claim) for a in alerts for kind, claim in claims_of(a, "denial", "new-claim")}
                assert heard == {(line.id, kind, claim) for line in lines for kind, claim in new_claims(line, before)}
                before, seen = lines, seen + len(alerts)
        assert stood(store, lines) == {line.id: kept(line) for line in lines}
        update(store, stages, anew=True)
        assert len(told(store)) == seen, "a register made anew is nothing new"


def new_claims(line, before):
    """Return the claims of documents, and of denials, that no line with a claim of this one told before."""
    stood = {(fact.kind, fact.key) for one in before if one.claims.keys() & line.claims for fact in one.facts}
    for fact in line.facts:
        if fact.kind in {Kind.NEW_CLAIM, Kind.DENIAL} and (fact.kind, fact.key) not in stood:
            yield from ((str(fact.kind), claim) for claim in fact.claims)


def claims_of(alert, *wanted):
    return [(one["kind"], c) for one in alert.body["changes"] if one["kind"] in wanted for c in one["claims"]]


def kept(line):
    return replace(line_from_dict(line.id, line_to_dict(line)), claims={})


def stood(store, lines):
    with store.database.read() as connection:
        found = read_stood(connection, [line.id for line in lines])
    return {line: line_from_dict(line, body) for line, body in found.items()}


ASKED = [
    *({"party": asked} for asked in ("US", "iq", "united", "pent", "Kurdish", "nobody", "a")),
    *({"item": asked} for asked in ("tanks", "tan", "arms", "howitzer", "artillery")),
    *({"status": status} for status in (Status.DELIVERED, Status.PLANNED)),
    {"party": "IQ", "item": "tanks", "status": Status.PLANNED},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_watch_asks_for_the_lines_that_a_filter_of_the_register_shows(asked, filled):
    store, lines = filled
    shown = {row.id for page in each_page(store, query_for(Wanted(**asked))) for row in page}
    asks = Asks(**{name: str(value) for name, value in asked.items()})
    assert {line.id for line in lines if is_asked_for(line, asks)} == shown


@pytest.fixture(scope="module")
def filled(new_store, stages):
    with new_store() as store:
        take(store, [*BARGES, *FERRIES, *DAILIES])
        more = ("RU > IQ/Kurdish forces; howitzers (artillery); delivered; sale", "? > IQ; arms; planned")
        take(store, [Add("more", ("Six howitzers came.",), day="2031-04-01"), Read("more", more)])
        update(store, stages)
        yield store, lines_now(store, stages)
