"""All documents in the order of time: the places that ``group.frames`` gives, and ids where two are equal."""

from __future__ import annotations

import itertools
from functools import partial

import pytest
from syndicated import BARGE, FERRY, document

from armstrace.batch.joins.numbering import FRAMES, NO_RANK, RANGES, number_documents, ranks_name
from armstrace.batch.joins.plan import Part, Piece
from armstrace.batch.joins.sketching import sketch_part
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.frames import frame_of, sketch_of

# The hashes of these ids begin with the same 36 bits, so that those of one day stand at one place in time.
ALIKE = (("t31713", "t70829"), ("t192929", "t244461"))


def number(folder, *parts, hashes=10**6):
    for at, documents in enumerate(parts):
        sketch_part(folder, 100, Piece(at, "", Part(str(at), "", partial(list, documents))))
    number_documents(folder, len(parts), hashes)
    return [folder.array(ranks_name(at)).tolist() for at in range(len(parts))]


def test_ids_that_share_a_place_are_in_order_of_ids(tmp_path):
    documents = [document(one, BARGE) for pair in ALIKE for one in pair]
    assert len({frame_of(one).place for one in documents}) == len(ALIKE)
    ordered = sorted(documents, key=lambda one: frame_of(one).moment)
    for at, dealt in enumerate(itertools.permutations(documents)):
        ranks = number(Folder(str(tmp_path / str(at))), dealt[:1], dealt[1:])
        numbered = sorted(zip(itertools.chain(*ranks), dealt, strict=True), key=lambda row: row[0])
        assert [one.id for _, one in numbered] == [one.id for one in ordered]


def test_an_id_that_came_before_has_no_rank(tmp_path):
    a, b, again = document("a", BARGE), document("b", FERRY), document("a", FERRY, day="2020-01-01")
    assert number(Folder(str(tmp_path)), [a], [again, b, b]) in (
        [[0], [NO_RANK, 1, NO_RANK]],
        [[1], [NO_RANK, 0, NO_RANK]],
    )


@pytest.mark.parametrize("hashes", [1, 100, 10**6])
def test_ranges_hold_so_many_hashes_and_those_of_one_document(hashes, tmp_path):
    documents = [document(f"d{at}", BARGE[: 1 + at % 5]) for at in range(20)]
    folder = Folder(str(tmp_path))
    number(folder, documents, hashes=hashes)
    ranges = folder.array(RANGES).tolist()
    ordered = sorted(documents, key=lambda one: frame_of(one).moment)
    sizes = [sum(len(sketch_of(one)) for one in ordered[a:b]) for a, b in itertools.pairwise(ranges)]
    assert (ranges[0], ranges[-1]) == (0, len(folder.array(FRAMES)))
    longest = max(len(sketch_of(one)) for one in documents)
    assert all(size < hashes + longest for size in sizes)
    assert all(sizes)
