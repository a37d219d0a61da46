"""Screening by the API: lists, hits, and certificates that stay."""

import pytest
from list_samples import UN_XML

from armstrace.screening import add_lists
from armstrace.web.api.shapes.screening import Certificate, Lists

ADDRESS = "/api/v1/screen"


@pytest.fixture(scope="module", autouse=True)
def lists(own_store, tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "un.xml"
    path.write_text(UN_XML, "utf-8")
    add_lists(own_store, [path], "2031-04-30T00:00:00Z")


def test_a_search_is_made_and_its_certificate_stays(own):
    names = [{"name": "Anton Vasilkov", "kind": "person", "born": "1961"}, {"name": "Quiet Meadow Farm"}]
    answer = own.post(ADDRESS, json={"names": names})
    assert answer.status_code == 201, answer.text
    kept = Certificate.model_validate_json(answer.text)
    assert [one.result for one in kept.searched] == ["hits", "nothing found"]
    assert kept.searched[0].hits[0].primary_name.casefold() == "anton vasilkov"
    assert kept.official_lists_not_searched
    again = own.get(answer.headers["location"])
    assert again.json() == answer.json()
    assert own.get(f"/api/v1/screenings/{kept.certificate[:8]}").json() == answer.json()


def test_the_lists_in_force(own):
    found = Lists.model_validate_json(own.get("/api/v1/lists").text).items
    assert [(one.list_, one.dated, one.in_force) for one in found] == [("un", "2026-03-02", True)]
    assert own.get("/api/v1/lists?all_versions=true").json()["items"]


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"names": []}, 422, "body.names"),
        ({"names": [{"name": ""}]}, 422, "body.names.0.name"),
        ({"names": [{"name": "x", "imo": "12"}]}, 422, "body.names.0.imo"),
        ({"names": [{"name": "x"}] * 501}, 422, "body.names"),
        ({"names": [{"name": "x"}], "threshold": 0}, 422, "body.threshold"),
        ({"names": [{"name": "x"}], "lists": ["mars"]}, 409, "no such list is in force"),
    ],
)
def test_what_cannot_be_screened(own, asked, status, words):
    answer = own.post(ADDRESS, json=asked)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
