"""Transfers over files: the groups of ``group_claims`` over all claims, however these are dealt out."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest
from archive import sent_backwards
from hypothesis import given, settings
from hypothesis import strategies as st
from notation import read_claim

from armstrace.batch.joins.told import ToldPart
from armstrace.batch.joins.transfers import TRANSFERS, group_told
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.clusters import group_claims
from armstrace.group.origins import find_origins
from armstrace.model import ClaimKind

LINES = st.builds(
    "; ".join,
    st.tuples(
        st.builds(
            "{} > {}".format,
            st.sampled_from(["US", "RU", "US/Pentagon", "?"]),
            st.sampled_from(["IQ", "IQ/Kurdish forces", "EG", "?"]),
        ),
        st.sampled_from(["arms", "tanks (tanks)", "Javelin (missiles)", "F-16 (aircraft)"]),
        st.sampled_from(["planned", "ordered", "delivered"]),
        st.sampled_from(["2014-08-11", "2014-08-12", "2014-11-02"]),
        st.sampled_from(["doc a", "doc b", "doc c", "doc d"]),
        st.sampled_from(["in Reuters", "in The Gazette", "by government, US, Pentagon", "denied"]),
    ),
)


@st.composite
def stories(draw):
    """Return claims, and such as say something else of one of them: in its sentence, or by its id."""
    claims = [read_claim(line, f"c{at:02}") for at, line in enumerate(draw(st.lists(LINES, max_size=14)))]
    others = []
    for at, told in enumerate(draw(st.lists(st.sampled_from(claims), max_size=3)) if claims else []):
        refers_to = draw(st.sampled_from([None, told.claim.id]))
        claim = replace(told.claim, id=f"x{at}", kind=ClaimKind.CONFIRMATION, refers_to=refers_to)
        others.append(replace(told, claim=claim))
    return [*claims, *others]


def same(claims):
    return claims


def parts_of(claims, count):
    return [ToldPart(f"part {at}", "1", partial(same, claims[at::count])) for at in range(count)]


def transfers(folder, claims, count, buckets):
    out = Folder(str(folder))
    found = group_told(sent_backwards, out, parts_of(claims, count), buckets)
    rows = [json.loads(line) for line in out.lines(TRANSFERS)]
    assert len(rows) == found.transfers
    return rows


def expected(claims, names):
    """Return the rows for what ``group_claims`` finds of all claims at once."""
    return sorted(
        (
            {
                "transfer": group.id,
                "claims": [told.claim.id for told in group.claims],
                "context": [told.claim.id for told in group.context],
                "origins": [
                    {
                        "key": o.key,
                        "name": o.name,
                        "is_shown": o.is_shown,
                        "claims": list(o.claims),
                        "why": list(o.rules),
                    }
                    for o in find_origins(group.claims, names)
                ],
            }
            for group in group_claims(claims, names)
        ),
        key=lambda row: row["transfer"],
    )


@settings(max_examples=25, deadline=None)
@given(stories(), st.integers(1, 3), st.sampled_from([1, 2, 3]))
def test_dealing_out_changes_nothing(names, tmp_path_factory, claims, count, buckets):
    folder = tmp_path_factory.mktemp("transfers")
    assert transfers(folder, claims, count, buckets) == expected(claims, names)


OPEN = [
    ("RU > ER; Su-27 (aircraft); delivered; 2000-05-22", "an unknown supplier joins the one that fits"),
    ("BG > ER; tanks (tanks); delivered; 2000-05-22", "another"),
    ("? > ER; Su-27 (aircraft); delivered; 2000-05-23", "open"),
    ("? > ER; Su-27 (aircraft); delivered; 2000-05-24; doc o", "open too"),
    ("? > ?; Su-27 (aircraft); delivered; 2000-05-24", "open on both sides: alone"),
]


@pytest.mark.parametrize("buckets", [1, 2, 5])
def test_parts_with_an_unknown_party_find_theirs_in_another_bucket(buckets, names, tmp_path):
    claims = [read_claim(line, f"c{at}") for at, (line, _) in enumerate(OPEN)]
    found = transfers(tmp_path, claims, 2, buckets)
    assert sorted(row["claims"] for row in found) == [["c0", "c2", "c3"], ["c1"], ["c4"]]
    assert found == expected(claims, names)


def test_of_claims_with_one_id_the_first_counts(names, tmp_path):
    claim = read_claim("RU > ER; Su-27 (aircraft); delivered; 2000-05-22", "c0")
    again = replace(claim, outlet="Courier")
    assert transfers(tmp_path, [claim, again], 2, 3) == expected([claim], names)


def test_what_is_done_is_not_done_again_and_what_broke_off_goes_on(tmp_path):
    claims = [read_claim(line, f"c{at}") for at, (line, _) in enumerate(OPEN)]
    whole = transfers(tmp_path / "whole", claims, 2, 3)
    out, most = Folder(str(tmp_path / "broken")), 5
    done = []

    def run(work, tasks):
        for task in tasks:
            if len(done) == most:
                raise InterruptedError
            done.append(f"{work.func.__name__} {task}")
            yield work(task)

    with pytest.raises(InterruptedError):
        group_told(run, out, parts_of(claims, 2), 3)
    most = 100
    group_told(run, out, parts_of(claims, 2), 3)
    assert len(done) == len(set(done)) == 2 + 5 * 3
    group_told(run, out, parts_of(claims, 2), 3)
    assert len(done) == 2 + 5 * 3
    assert [json.loads(line) for line in out.lines(TRANSFERS)] == whole
    assert sorted(path.name for path in (tmp_path / "broken").iterdir()) == ["transfers.json", "transfers.jsonl"]
