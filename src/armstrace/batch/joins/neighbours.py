"""The third step: of each bucket of hashes, which documents are neighbours among the holders of one, and how often.

The rule is that of ``group.candidates``: a hash pairs each holder with the next ``NEIGHBOURS`` in time alone, so a hash
that every document holds gives no more pairs than documents times that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from armstrace.batch.joins.numbering import NO_RANK, RANGES, ranks_name
from armstrace.batch.joins.plan import COUNTED, HELD, KEYS, Piece
from armstrace.batch.joins.runs import cut, read_blocks, write_runs
from armstrace.batch.joins.sketching import sketches_name
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.group import candidates

BITS = 32  # of a rank in a code: the earlier document times 2 to the power of so many, plus the later


class Shape(NamedTuple):
    """In how many pieces the documents come, their hashes are joined, and how many hashes are held at once."""

    parts: int
    buckets: int
    most: int


def neighbours_name(number: int) -> str:
    """Return the file of the neighbours that a bucket gives, by the range of the earlier document."""
    return f"neighbours/{number:06}.runs"


def bucket_count(hashes: int, most: int) -> int:
    """Return into how many buckets so many hashes go, if each should hold so many at most: a power of two."""
    buckets = 1
    while buckets < KEYS and hashes > most * buckets:
        buckets *= 2
    return buckets


def join_bucket(folder: Folder, shape: Shape, piece: Piece) -> None:
    """Write which pairs of documents are neighbours among the holders of how many hashes of a bucket."""
    keys = KEYS // shape.buckets
    hashes, ranks = _holders(folder, shape.parts, piece.number * keys, (piece.number + 1) * keys)
    ranges = folder.array(RANGES)
    runs = (_cut(codes, counts, ranges) for codes, counts in _counted(hashes, ranks, shape.most))
    write_runs(folder, neighbours_name(piece.number), len(ranges) - 1, runs)


def _holders(folder: Folder, parts: int, low: int, high: int) -> tuple[Array, Array]:
    """Return the hashes of some keys and beside each the rank of a document that holds it, in order of both."""
    hashes, ranks = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.int64)]
    for number in range(parts):
        rank_of = folder.array(ranks_name(number))
        for block in read_blocks(folder, sketches_name(number), low, high):
            rows = np.frombuffer(block, dtype=HELD)
            rank = rank_of[rows["row"]].astype(np.int64)
            hashes.append(rows["hash"][rank != NO_RANK])
            ranks.append(rank[rank != NO_RANK])
    all_hashes, all_ranks = np.concatenate(hashes), np.concatenate(ranks)
    order = np.lexsort((all_ranks, all_hashes))
    return all_hashes[order], all_ranks[order]


def _counted(hashes: Array, ranks: Array, most: int) -> Iterator[tuple[Array, Array]]:
    """Yield pairs of neighbours with how often each comes, piece by piece; a pair may come in several pieces."""
    for start in range(0, len(hashes), most):
        end = start + most + candidates.NEIGHBOURS
        codes = list(candidates.neighbour_codes(hashes[start:end], ranks[start:end], 1 << BITS, most))
        counted = candidates.count_codes(np.concatenate(codes), None)
        yield counted[:, 0], counted[:, 1]


def _cut(codes: Array, counts: Array, ranges: Array) -> list[bytes]:
    rows = np.empty(len(codes), dtype=COUNTED)
    rows["code"] = codes
    rows["count"] = np.minimum(counts, np.iinfo(np.uint8).max)  # far more than are asked for
    return cut(rows, np.searchsorted(ranges, codes >> BITS, side="right") - 1, len(ranges) - 1)
