"""Buckets of hashes: what is common pairs each holder with a few, and is taken piece by piece."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from syndicated import BARGE, document

from armstrace.batch.joins.neighbours import Shape, bucket_count, join_bucket, neighbours_name
from armstrace.batch.joins.numbering import number_documents
from armstrace.batch.joins.plan import COUNTED, Part, Piece
from armstrace.batch.joins.runs import read_blocks
from armstrace.batch.joins.sketching import sketch_part
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.candidates import NEIGHBOURS, candidate_numbers
from armstrace.group.frames import frame_of, sketch_of

BUCKETS = [(0, 10, 1), (10, 10, 1), (11, 10, 2), (1_000, 10, 128), (10**9, 10, 4096)]


@pytest.mark.parametrize(("hashes", "most", "buckets"), BUCKETS)
def test_there_are_as_many_buckets_as_it_takes(hashes, most, buckets):
    assert bucket_count(hashes, most) == buckets


def test_a_hash_of_all_documents_is_joined_piece_by_piece(tmp_path):
    documents = [document(f"{at:03}", BARGE[2:3], outlet=f"Outlet {at}") for at in range(150)]
    folder, most = Folder(str(tmp_path)), 100
    hashes = len(sketch_of(documents[0]))
    part = Part("march", "1", partial(list, documents))
    sketch_part(folder, most, Piece(0, "sketches of march", part))
    number_documents(folder, 1, 10**6)
    join_bucket(folder, Shape(1, 1, most), Piece(0, "neighbours"))
    runs = [np.frombuffer(block, dtype=COUNTED) for block in read_blocks(folder, neighbours_name(0), 0, 1)]
    assert len(runs) == -(-hashes * len(documents) // most)
    assert max(map(len, runs)) <= most * NEIGHBOURS
    pairs = len(documents) * NEIGHBOURS - NEIGHBOURS * (NEIGHBOURS + 1) // 2
    assert sum(int(run["count"].sum()) for run in runs) == hashes * pairs
    ordered = sorted(documents, key=lambda one: frame_of(one).moment)
    whole = candidate_numbers([sketch_of(one) for one in ordered])
    assert len(np.unique(np.concatenate([run["code"] for run in runs]))) == len(whole) == pairs
