"""The fourth step: of each range of documents, the candidates whose earlier one is in it, in chunks to be compared.

A chunk holds so much text that its pairs can be compared in one memory, and each part is told which of its documents
which chunk waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter

import numpy as np

from armstrace.batch.joins.neighbours import BITS, Shape, neighbours_name
from armstrace.batch.joins.numbering import FRAMES
from armstrace.batch.joins.plan import COUNTED, NO_DAY, PAIR, WANTED, Piece, Sizes
from armstrace.batch.joins.runs import cut, read_blocks, write_runs
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.group.candidates import LEAST_SHARED, count_codes
from armstrace.group.frames import Frame
from armstrace.group.pair_texts import standing_pairs

_DIGITS = 10  # of a rank as a name, so that names are in the order of ranks


def wanted_name(number: int) -> str:
    """Return the file of the documents that the chunks of a range wait for, by part."""
    return f"wanted/{number:06}.runs"


def pairs_name(number: int) -> str:
    """Return the file of the pairs of a range by chunk; it is the last that is written."""
    return f"pairs/{number:06}.runs"


def pair_range(folder: Folder, shape: Shape, sizes: Sizes, piece: Piece) -> None:
    """Write the candidates of a range, those marked that may show standing text, and the documents they wait for."""
    frames = folder.array(FRAMES)
    codes = _candidates(folder, shape.buckets, piece.number)
    pairs = np.empty(len(codes), dtype=PAIR)
    pairs["earlier"], pairs["later"] = codes >> BITS, codes & ((1 << BITS) - 1)
    pairs["is_standing"] = np.isin(codes, np.array(list(_standing(pairs, frames)), dtype=np.int64))
    chunks = _chunks(pairs, frames, sizes)
    count = int(chunks[-1]) + 1 if len(chunks) else 0
    wanted, part = _wanted(pairs, chunks, frames)
    write_runs(folder, wanted_name(piece.number), shape.parts, [cut(wanted, part, shape.parts)])
    about = {"chunks": count, "pairs": len(pairs)}
    write_runs(folder, pairs_name(piece.number), count, [cut(pairs, chunks, count)], about)


def _candidates(folder: Folder, buckets: int, number: int) -> Array:
    """Return the pairs that are neighbours among the holders of enough hashes, sorted."""
    found = [np.empty(0, dtype=COUNTED)]
    for bucket in range(buckets):
        blocks = read_blocks(folder, neighbours_name(bucket), number, number + 1)
        found.extend(np.frombuffer(block, dtype=COUNTED) for block in blocks)
    rows = np.concatenate(found)
    totals = count_codes(rows["code"], rows["count"].astype(np.int64))
    enough: Array = totals[totals[:, 1] >= LEAST_SHARED, 0]
    return enough


def _standing(pairs: Array, frames: Array) -> Iterator[int]:
    """Yield, as codes, the pairs of stories of one outlet that may show its standing text."""
    earlier, later = frames["outlet"][pairs["earlier"]], frames["outlet"][pairs["later"]]
    same = pairs[(earlier == later) & (earlier != 0)]
    for one, group in groupby(zip(same["earlier"].tolist(), same["later"].tolist(), strict=True), key=itemgetter(0)):
        others = [other for _, other in group]
        known = {frame.id: frame for frame in _stand_ins(frames, (one, *others))}
        near = frozenset(_name(other) for other in others)
        for left, right in standing_pairs(lambda _, known=known: known, lambda _, near=near: near, _name(one)):  # type: ignore[misc]
            yield int(left) << BITS | int(right)


def _stand_ins(frames: Array, ranks: Iterable[int]) -> Iterator[Frame]:
    """Yield frames of documents that go by their ranks, which say all that the order of time does."""
    for rank in ranks:
        row = frames[rank]
        day = None if row["day"] == NO_DAY else date.fromordinal(int(row["day"]) + 1).isoformat()
        yield Frame(rank, _name(rank), str(row["outlet"]) if row["outlet"] else None, day)


def _name(rank: int) -> str:
    return f"{rank:0{_DIGITS}}"


@dataclass
class _Filling:
    """The chunk that is being filled."""

    number: int = 0
    ranks: set[int] = field(default_factory=set)
    characters: int = 0
    pair_characters: int = 0


def _chunks(pairs: Array, frames: Array, sizes: Sizes) -> Array:
    """Return the number of the chunk of each pair: a chunk is closed before it would hold too much."""
    numbers = np.zeros(len(pairs), dtype=np.int64)
    ranks = zip(pairs["earlier"].tolist(), pairs["later"].tolist(), strict=True)
    length = dict(_lengths(pairs, frames))
    chunk = _Filling()
    for at, pair in enumerate(ranks):
        new = sum(length[one] for one in pair if one not in chunk.ranks)
        both = sum(length[one] for one in pair)
        if chunk.ranks and (
            chunk.characters + new > sizes.characters or chunk.pair_characters + both > sizes.pair_characters
        ):
            chunk, new = _Filling(chunk.number + 1), both
        chunk.ranks.update(pair)
        chunk.characters += new
        chunk.pair_characters += both
        numbers[at] = chunk.number
    return numbers


def _lengths(pairs: Array, frames: Array) -> Iterator[tuple[int, int]]:
    ranks = np.unique(np.concatenate([pairs["earlier"], pairs["later"]]))
    yield from zip(ranks.tolist(), frames["characters"][ranks].tolist(), strict=True)


def _wanted(pairs: Array, chunks: Array, frames: Array) -> tuple[Array, Array]:
    """Return the documents that chunks wait for, in order of part and of chunk, and the part of each."""
    codes = np.unique(np.concatenate([chunks << BITS | pairs[side].astype(np.int64) for side in ("earlier", "later")]))
    ranks = codes & ((1 << BITS) - 1)
    wanted = np.empty(len(codes), dtype=WANTED)
    wanted["row"], wanted["chunk"] = frames["row"][ranks], codes >> BITS
    part = frames["part"][ranks].astype(np.int64)
    order = np.argsort(part, kind="stable")
    return wanted[order], part[order]
