"""What watches are told, by the table of cases; and that the index passes over none that asks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from register_stories import make_story, plain_origins

from armstrace.alerts.alert import MOST_HEADLINES, alert_body, alerts_of, headlines_of
from armstrace.alerts.facts import facts_of
from armstrace.alerts.lines import Line, Side, line_from_dict, line_of, line_to_dict
from armstrace.alerts.matching import Index, is_asked_for
from armstrace.alerts.watches import Asks, Kind, Watch, read_asks, read_kinds
from armstrace.register.merge import merge_claims

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "alerts.yml").read_text("utf-8"))
MEASURES = ("UN-QO", "EU-QO", "OSCE-QO", "UN-QZ")


def make_line(told):
    """Return the transfer and the line of a row."""
    transfer = merge_claims(make_story(told), plain_origins)
    findings = [
        {"measure": key, "verdict": verdict, "instrument": f"Resolution of {key}", "paragraph": "paragraph 1"}
        for key, verdict in told.get("findings", {}).items()
    ]
    return transfer, line_of(transfer, facts_of(transfer, findings, {}), findings, {})


def make_watch(row, name="w"):
    return Watch(name, "ann", name, read_asks(row["asks"], MEASURES), read_kinds(row.get("kinds", ())), "2031-01-01")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_watches_are_told(case):
    before = [make_line(case["before"])[1]] if "before" in case else []
    _, after = make_line(case["after"])
    kept = [line_from_dict(line.id, line_to_dict(line)) for line in before]
    for row in case["watches"]:
        alerts = alerts_of(kept, after, [make_watch(row)])
        told = [f"{one.kind}: {one.words}" for alert in alerts for one in alert.changes]
        if "starts" in row:
            assert len(told) == len(row["starts"])
            assert all(one.startswith(start) for one, start in zip(told, row["starts"], strict=True)), told
        else:
            assert told == row["told"], row["asks"]
        assert len(alerts) == bool(told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_line_that_stays_as_it_is_is_not_told_of(case):
    _, after = make_line(case["after"])
    kept = line_from_dict(after.id, line_to_dict(after))
    assert alerts_of([kept], after, [make_watch(row) for row in case["watches"]]) == ()


def test_an_alert_keeps_sources_and_headlines_and_tells_how_many_more_there_are():
    rows = [
        {"id": f"c{n:02}", "status": "planned", "from": "government QN", "day": f"2031-03-{n + 1:02}", "by": "Post"}
        for n in range(MOST_HEADLINES + 3)
    ]
    transfer, line = make_line({"claims": rows})
    (alert,) = alerts_of([], line, [make_watch({"asks": {}})])
    body = alert_body(alert, headlines_of(transfer, alert.claims, {"doc-c05": "https://post.example/5"}, {}))
    assert body["more_headlines"] == 3
    assert [one["claim"] for one in body["headlines"]] == [row["id"] for row in rows[3:]]
    assert body["headlines"][2]["url"] == "https://post.example/5"
    assert body["headlines"][2]["origin"] == "government of QN"
    assert body["day"] == "2031-03-15"


NAMES = st.sampled_from(["", " northern forge", " northern forge\n qn", " north", " a b", " forge\n northern"])
CODES = st.sampled_from([(), ("QN",), ("QO", "QN")])
SIDES = st.builds(Side, CODES, NAMES)
LINES = st.builds(
    Line,
    id=st.just("l"),
    title=st.just("t"),
    status=st.sampled_from(["planned", "delivered"]),
    credibility=st.integers(1, 6),
    supplier=SIDES,
    recipient=SIDES,
    via=SIDES,
    items=NAMES,
    findings=st.dictionaries(st.sampled_from(MEASURES), st.sampled_from(["depends", "unknown"])),
    is_rejected=st.booleans(),
    words=NAMES,
    facts=st.just(()),
    claims=st.just({}),
)
TOLD = st.sampled_from([None, None, "QN", "qo", "nor", "n", "northern forge", "for", "A b", "fo-rge", "x"])
ASKS = st.builds(
    Asks,
    party=TOLD,
    supplier=TOLD,
    recipient=TOLD,
    item=TOLD,
    via=TOLD,
    measure=st.sampled_from([None, *MEASURES]),
    verdict=st.sampled_from([None, "depends"]),
    status=st.sampled_from([None, "planned"]),
    credibility=st.sampled_from([None, 3]),
    words=TOLD,
)


@given(lines=st.lists(LINES, max_size=3), asked=st.lists(ASKS, max_size=8))
def test_the_index_passes_over_no_watch_that_asks_for_a_line(lines, asked):
    watches = [Watch(f"w{n}", "ann", "n", asks, frozenset(Kind), "2031-01-01") for n, asks in enumerate(asked)]
    found = Index(watches).candidates(lines)
    asking = [watch for watch in watches if any(is_asked_for(line, watch.asks) for line in lines)]
    assert {watch.id for watch in asking} <= {watch.id for watch in found}
    assert len({watch.id for watch in found}) == len(found)
