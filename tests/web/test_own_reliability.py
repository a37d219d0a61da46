"""The user's own table of how reliable sources are: on every page, in every answer, before grades that say no more."""

from __future__ import annotations

import pytest
from desk_server import asking, make_desk, serving
from story_store import STORY, make_store

from armstrace.register.reliability import read_reliability
from armstrace.store.open import open_store
from armstrace.store.source_grades import Grade, Graded
from armstrace.web.desk import Settings

OWN = "- {names: [Lima Ledger], kind: outlet, grade: E, why: It printed two forged letters this year.}"
GRADED = Grade(Graded("id", ("Lima Ledger",), "outlet", ""), "B", "It corrects its mistakes.", "ann", "2031-06-01")
SAID = {"own": "two forged letters", "people": "corrects its mistakes"}
PAGES = ["/sources", "/transfers/{line}", "/review/{claim}", "/api/v1/transfers/{line}/tree"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = make_store(tmp_path_factory.mktemp("own") / "desk.db", STORY[:2])
    with open_store(path, {}) as opened:
        opened.grades.put(GRADED)
        yield opened


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("table", "said", "unsaid"), [(OWN, "own", "people"), ("[]", "people", "own")])
def test_an_own_table_counts_first(store, page, table, said, unsaid):
    desk = make_desk(store, Settings(reliability=read_reliability(table, "own.yml")))
    with serving(desk) as address, asking(address) as client:
        line = client.get("/api/v1/transfers").json()["items"][0]["transfer"]
        shown = client.get(page.format(line=line, claim="a" * 16)).text
    assert SAID[said] in shown
    assert SAID[unsaid] not in shown


def test_a_tree_has_another_tag_once_a_source_is_graded_otherwise(store):
    with serving(make_desk(store)) as address, asking(address) as client:
        tree = f"/api/v1/transfers/{client.get('/api/v1/transfers').json()['items'][0]['transfer']}/tree"
        tag = client.get(tree).headers["etag"]
        assert client.get(tree, headers={"if-none-match": tag}).status_code == 304
        store.grades.put(GRADED._replace(grade="C", why="It corrects some of its mistakes."))
        assert "some of its mistakes" in client.get(tree, headers={"if-none-match": tag}).text
        store.grades.put(GRADED)
