"""What edges hold together, by hand and beside a plain search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.batch.joins.comparing import likely_name
from armstrace.batch.joins.components import COMPONENTS, find_components
from armstrace.batch.joins.plan import EDGE
from armstrace.batch.joins.runs import write_runs
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.families import join

# Edges as earlier-later=weight, those of one chunk together; the documents of each bucket, "." for none.
ROWS = [
    ("nothing is likely", [""], 10, "......"),
    ("the next bucket begins where one is full", ["0-1=5 2-3=5", "4-5=5"], 10, "000011"),
    ("one component is never parted, however heavy", ["0-5=90", "1-2=5 5-4=90 3-4=90"], 10, "011000"),
    ("chunks join one another's components", ["0-1=1 2-3=1", "3-4=1 1-2=1"], 1, "00000."),
    ("a chain the wrong way round", ["4-5=1", "3-4=1", "2-3=1", "1-2=1", "0-1=1"], 1, "000000"),
]


def buckets(folder, chunks, documents, most):
    for number, edges in enumerate(chunks):
        write_runs(folder, likely_name(number), 2, [[np.array(edges, dtype=EDGE).tobytes(), b""]])
    count = find_components(folder, documents, len(chunks), most)
    found = folder.array(COMPONENTS).tolist()
    assert count == max(found) + 1
    return found


@pytest.mark.parametrize(("what", "chunks", "most", "expected"), ROWS)
def test_buckets(what, chunks, most, expected, tmp_path):
    edges = [[tuple(map(int, one.replace("=", "-").split("-"))) for one in chunk.split()] for chunk in chunks]
    found = buckets(Folder(str(tmp_path)), edges, 6, most)
    assert "".join("." if one < 0 else str(one) for one in found) == expected, what


EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.integers(1, 9)).filter(lambda e: e[0] != e[1]))


@settings(max_examples=25, deadline=None)
@given(st.lists(EDGES, min_size=1, max_size=3), st.integers(1, 30))
def test_who_hangs_together_is_in_one_bucket(tmp_path_factory, chunks, most):
    found = buckets(Folder(str(tmp_path_factory.mktemp("components"))), chunks, 15, most)
    edges = [(f"{one:02}", f"{other:02}") for chunk in chunks for one, other, _ in chunk]
    root = join([f"{at:02}" for at in range(15)], edges)
    met = {one for edge in edges for one in edge}
    assert all((found[at] >= 0) == (f"{at:02}" in met) for at in range(15))
    assert all(found[int(one)] == found[int(above)] for one, above in root.items())
