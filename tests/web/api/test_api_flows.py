"""Flows by the API: the pairs that the map shows, by the same filters."""

from __future__ import annotations

import pytest

from armstrace.store.line_query import TransferQuery
from armstrace.store.routes import count_routes
from armstrace.web.api.shapes.flows import Flows

FLOWS = "/api/v1/flows"
ASKED = {
    "": TransferQuery(),
    "recipient=SD": TransferQuery(recipient="SD"),
    "item=drones&by_name=true": TransferQuery(item="drones"),
    "status=delivered&as_of=2020": TransferQuery(statuses=("delivered",), as_of="2020-12-31"),
}


@pytest.mark.parametrize(("asked", "query"), ASKED.items(), ids=lambda one: str(one)[:30])
def test_flows_are_those_of_the_register_by_the_same_filter(client, demo_store, asked, query):
    found = Flows.model_validate_json(client.get(f"{FLOWS}?{asked}").text)
    with demo_store.database.read() as connection:
        counts = count_routes(connection, query, by_name="by_name" in asked)
    assert (found.transfers, found.left_out) == (counts.transfers, counts.left_out)
    assert [(one.transfers, one.moved, one.stopped, one.denied) for one in found.pairs] == [
        (one.transfers, one.moved, one.stopped, one.denied) for one in counts.pairs
    ]
    sides = [(one.supplier and one.supplier.country, one.recipient and one.recipient.country) for one in found.pairs]
    assert sides == [(one.supplier or None, one.recipient or None) for one in counts.pairs]


def test_as_many_lines_are_counted_as_the_register_lists(client):
    for asked in ("", "party=SD", "after=2020", "item=artillery"):
        listed = client.get(f"/api/v1/transfers?limit=500&{asked}").json()["items"]
        assert client.get(f"{FLOWS}?{asked}").json()["transfers"] == len(listed), asked


def test_flows_bear_a_tag_and_take_no_unknown_filter(client):
    tag = client.get(FLOWS).headers["etag"]
    assert client.get(FLOWS, headers={"if-none-match": tag}).status_code == 304
    assert client.get(f"{FLOWS}?recipent=SD").status_code == 400
    assert client.get(f"{FLOWS}?as_of=soon").status_code == 422
