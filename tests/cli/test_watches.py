"""``watches``, ``alerts`` and ``deliver`` as a person uses them."""

from __future__ import annotations

import json

import pytest
from loopback_site import Reply, serving
from story_store import STORY, make_store

from armstrace.store.open import open_store

OWN = ("--owner", "ann")
LINE = "Peru → Kenya: drones"


@pytest.fixture
def here(tmp_path):
    make_store(tmp_path / "armstrace.db", STORY[:1])
    return tmp_path


def go_on(here, until=3):
    make_store(here / "armstrace.db", STORY[1:until])


def test_a_watch_is_told_of_what_comes_after_it(here, run):
    made = run("watches", "add", "kenya", "--recipient", "KE", *OWN, cwd=here)
    assert made.code == 0
    assert "kenya: recipient KE; every change" in made.out
    assert run("alerts", cwd=here).out == "no alert; `armstrace watches list` lists what is watched\n"
    go_on(here)
    rows = run("alerts", "--watch", "kenya", *OWN, "--format", "jsonl", cwd=here).rows
    assert [row["title"] for row in rows] == [LINE]
    assert {change["kind"] for change in rows[0]["changes"]} >= {"new-claim", "new-origin", "denial", "status"}
    assert rows[0]["headlines"][0]["outlet"] == "Nairobi Post"
    shown = run("alerts", cwd=here).out
    assert "status: ordered → delivered" in shown
    assert "Nairobi Post, 2031-03-05: Drones b" in shown
    assert run("alerts", "--since", "2099-01-01", cwd=here).out.startswith("no alert")


def test_what_text_holds_cannot_rewrite_a_terminal(here, run):
    run("watches", "add", "all", *OWN, cwd=here)
    go_on(here, until=5)
    shown = run("alerts", cwd=here).out
    assert "Outlet" in shown
    assert not {"\x1b", "\u202e", "\ud800"} & set(shown)


def test_only_what_matters_is_told_until_it_is_paused_or_removed(here, run):
    run("watches", "add", "denials", "--change", "denial", *OWN, cwd=here)
    run("watches", "add", "tanks", "--item", "tanks", *OWN, cwd=here)
    run("watches", "add", "paused", *OWN, cwd=here)
    assert run("watches", "pause", "paused", *OWN, cwd=here).out == "paused: paused\n"
    listed = run("watches", "list", cwd=here).out
    assert [line.partition("  ")[2] for line in listed.splitlines()] == [
        "ann, denials: every line of the register; denial",
        "ann, paused: every line of the register; every change; paused",
        "ann, tanks: item tanks; every change",
    ]
    go_on(here)
    (row,) = run("alerts", "--format", "jsonl", cwd=here).rows
    assert row["watch"]["name"] == "denials"
    assert [change["kind"] for change in row["changes"]] == ["denial"]
    assert run("watches", "remove", "denials", *OWN, cwd=here).out == "denials: removed\n"
    assert run("alerts", "--format", "jsonl", cwd=here).rows == []


FAULTS = [
    (["--status", "sold"], "status: 'sold' is none"),
    (["--credibility", "0"], "credibility: give 1"),
    (["--credibility", "good"], "credibility: give 1"),
    (["--measure", "UN-XX"], "measure: 'UN-XX' is none"),
    (["--party", "!?"], "party: give words"),
    (["--verdict", "guilty"], "verdict: 'guilty' is none"),
    (["--webhook", "http://outlet.example/"], "give an https address"),
    (["--webhook", "file:///etc/passwd"], "is no http or https address"),
]


@pytest.mark.parametrize(("options", "told"), FAULTS)
def test_what_cannot_be_watched_is_told_and_nothing_is_made(here, run, options, told):
    done = run("watches", "add", "faulty", *options, *OWN, cwd=here)
    assert done.code in {2, 3}
    assert told in done.err
    assert run("watches", "list", cwd=here).out.startswith("there is no watch")


def test_a_name_is_given_once_by_each_owner(here, run):
    assert run("watches", "add", "same", *OWN, cwd=here).code == 0
    again = run("watches", "add", "same", *OWN, cwd=here)
    assert again.code == 6
    assert "ann has a watch 'same' already" in again.err
    assert run("watches", "add", "same", "--owner", "bob", cwd=here).code == 0
    assert "bob has no such watch" in run("watches", "pause", "other", "--owner", "bob", cwd=here).err


def test_alerts_are_delivered_to_a_server_on_this_machine_where_that_is_allowed(here, run):
    with serving({"/hook": Reply(status=204)}) as site:
        address = f"http://127.0.0.1:{site.port}/hook"
        made = run("watches", "add", "sent", "--webhook", address, "--allow-private", *OWN, cwd=here)
        assert "whsec_" in made.out
        assert "whsec_" not in run("watches", "list", cwd=here).out
        go_on(here)
        done = run("deliver", "--allow-private", cwd=here)
        assert (done.code, done.out) == (0, "1 delivered, 0 to be sent again, 0 given up\n")
        assert json.loads(site.asked[0].body)["data"]["title"] == LINE
        make_store(here / "armstrace.db", STORY[3:4])
        refused = run("deliver", cwd=here)
        assert refused.code == 3
        assert "https address" in refused.err
        assert len(site.asked) == 1
    with open_store(str(here / "armstrace.db"), {}) as store:
        assert [deed.did for _, deed in store.people.deeds()][:2] == ["address set", "watch made"]
