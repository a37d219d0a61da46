"""A desk that is killed, or whose disk is full, while somebody judges: what it acknowledged is kept, and once."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from campaign import spread
from desks import breakable_desk
from scenes import DATABASE, Stage, load_scenes
from shim import FAULTS, NONE, compiled

JUDGED = "/api/v1/judgements"
POINTS = {"kill -9": 2, "kill -9 in the middle of a write": 1, "disk full for a moment": 1, "disk error": 1}


@pytest.fixture(scope="module")
def stage(nursery, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    return Stage(load_scenes()["judge"], nursery, folder / "scene")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return compiled(str(tmp_path_factory.mktemp("library")))


@pytest.fixture(scope="module")
def calls(stage, library, tmp_path_factory):
    """Return how many calls an unbroken judgement takes."""
    with breakable_desk(stage.copy(), tmp_path_factory.mktemp("told"), library) as desk:
        asked = judgement(stage)
        desk.arm(NONE, 0)
        assert desk.ask("POST", JUDGED, asked).status_code == 201
        return desk.count()


def judgement(stage):
    with closing(sqlite3.connect(stage.ready / DATABASE)) as connection:
        (claim,) = connection.execute("SELECT id FROM claims WHERE kind = 'transfer' ORDER BY id").fetchone()
    return {"claim": claim, "verdict": "accept", "why": "seen", "latest": None}


def kept(here):
    with closing(sqlite3.connect(here / DATABASE)) as connection:
        return connection.execute("SELECT claim_id, verdict, who, why FROM judgements").fetchall()


@pytest.mark.parametrize("fault", POINTS)
def test_a_judgement_is_kept_once_or_not_at_all_and_can_be_given_again(stage, library, calls, tmp_path, fault):
    asked = judgement(stage)
    for at in spread(calls, POINTS[fault]):
        here = stage.copy()
        with breakable_desk(here, tmp_path / "told", library) as desk:
            desk.arm(FAULTS[fault], at)
            answer = desk.ask("POST", JUDGED, asked)
            if answer is None:
                desk.process.wait(60)
        assert answer is None or at > 1 or not fault.startswith("kill")  # at the first call it dies before it answers
        found = kept(here)
        assert len(found) <= 1
        assert answer is None or answer.status_code in {201, 500, 503}, answer.text
        assert found or answer is None or answer.status_code != 201, "acknowledged and lost"
        if answer is not None and answer.status_code != 201:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]

        with breakable_desk(here, tmp_path / "told", library) as desk:
            again = desk.ask("POST", JUDGED, asked)
            line = desk.ask("GET", f"/api/v1/transfers/{asked['claim']}").json()
        assert again.status_code == (409 if found else 201)  # who judges again is told that it is there
        assert kept(here) == [(asked["claim"], "accept", "ann", "seen")]
        assert [one["state"] for one in line["reviews"]] == ["accepted"]
        assert stage.nursery.run(["verify"], here).code == 0
