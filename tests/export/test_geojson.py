"""Flows on a map: by the shorter way, cut at the date line, unknown parties without a place, nothing asserted."""

from __future__ import annotations

import io
import json

import pytest
from generated_records import about, registers
from hypothesis import given, settings

from armstrace.export.geojson import geometry_of, load_places, write

WAYS = [
    ("within the old world", (127.2, 40.1), (99.0, 61.7), "LineString", [[127.2, 40.1], [99.0, 61.7]]),
    ("within a state", (30.0, 15.0), (30.0, 15.0), "Point", [30.0, 15.0]),
    ("over the date line eastwards", (170.0, 10.0), (-170.0, 20.0), "MultiLineString",
     [[[170.0, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-170.0, 20.0]]]),
    ("over the date line westwards", (-170.0, 20.0), (170.0, 10.0), "MultiLineString",
     [[[-170.0, 20.0], [-180.0, 15.0]], [[180.0, 15.0], [170.0, 10.0]]]),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "start", "end", "kind", "coordinates"), WAYS)
def test_a_line_goes_the_shorter_way(_name, start, end, kind, coordinates):
    assert geometry_of(start, end) == {"type": kind, "coordinates": coordinates}


@pytest.mark.parametrize(("start", "end"), [(None, (1.0, 1.0)), ((1.0, 1.0), None), (None, None)])
def test_who_is_not_known_has_no_place(start, end):
    assert geometry_of(start, end) is None


def features(records):
    out = io.BytesIO()
    write(iter(records), about(), out)
    return json.loads(out.getvalue())


@settings(max_examples=25, deadline=None)
@given(registers())
def test_every_transfer_is_there_by_every_route_told(records):
    collection = features(records)
    assert collection["type"] == "FeatureCollection"
    assert "never that a transfer took place" in collection["notice"]
    found = set()
    for feature in collection["features"]:
        told = feature["properties"]
        assert told["transfers"] == len(told["lines"]) == sum(told["statuses"].values())
        known = {told["supplier"], told["recipient"]} <= set(load_places())
        assert (feature["geometry"] is not None) == known
        found |= {(told["supplier"], told["recipient"], line["transfer"]) for line in told["lines"]}
    for record in records:
        fields = record.transfer.fields
        sides = [
            {one.value.country for one in side if one.value and one.value.country}
            for side in (fields.supplier, fields.recipient)
        ]
        assert {(a, b, record.transfer.id) for a in sides[0] for b in sides[1]} <= found
        assert record.transfer.id in {line for *_, line in found}
    for record in records:
        mine = [
            one["properties"]
            for one in collection["features"]
            for line in one["properties"]["lines"]
            if line["transfer"] == record.transfer.id
        ]
        assert all(one["other_routes_told"] for one in mine) or len(mine) == 1


@settings(max_examples=25, deadline=None)
@given(registers())
def test_positions_are_degrees_and_bytes_are_the_same_again(records):
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        write(iter(records), about(), out)
    assert outs[0].getvalue() == outs[1].getvalue()
    for longitude, latitude in load_places().values():
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
