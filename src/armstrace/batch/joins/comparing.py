"""The sixth and seventh step: of each chunk, what is outlets' standing text, and then which pairs are likely copies.

Both are said by ``group.pair_texts``, as where all documents are in one memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Final

import numpy as np

from armstrace.batch.joins.likely import Likely, Side, pack_likely
from armstrace.batch.joins.numbering import FRAMES
from armstrace.batch.joins.pairing import pairs_name
from armstrace.batch.joins.plan import EDGE, PAIR, Piece
from armstrace.batch.joins.runs import pack_lines, read_blocks, write_runs
from armstrace.batch.joins.texts import Chunk, ChunkTexts
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.group.candidates import pair_of
from armstrace.group.circumstances import agencies_of
from armstrace.group.judging import Judged
from armstrace.group.pair_texts import find_passages, judge_pairs
from armstrace.group.sketches import Hashes

STANDING: Final = "standing/all.npy"  # the hashes of all standing text, sorted
EDGES, ROWS = 0, 1  # blocks of a file of likely copies


def standing_name(number: int) -> str:
    """Return the file of the hashes of standing text that a chunk shows."""
    return f"standing/{number:06}.npy"


def likely_name(number: int) -> str:
    """Return the file of the likely copies of a chunk."""
    return f"likely/{number:06}.runs"


def find_standing(folder: Folder, bases: tuple[int, ...], piece: Piece) -> None:
    """Write the hashes of the standing text that the pairs of a chunk show."""
    pairs = _pairs(folder, _chunk(bases, piece.number))
    known, ids = _open(folder, _chunk(bases, piece.number), pairs[pairs["is_standing"]])
    shown = frozenset(chain.from_iterable(hashes for _, hashes in find_passages(known, ids)))
    folder.write_array(standing_name(piece.number), np.array(sorted(shown), dtype=np.uint64))


def join_standing(folder: Folder, chunks: int) -> None:
    """Write the hashes of the standing text that all chunks show, 8 bytes each; they are held."""
    if not folder.has(STANDING):
        found = np.empty(0, dtype=np.uint64)
        for number in range(chunks):
            found = np.union1d(found, folder.array(standing_name(number)))
        folder.write_array(STANDING, found)


def compare_chunk(folder: Folder, bases: tuple[int, ...], piece: Piece) -> None:
    """Write the likely copies of a chunk: their edges, and a line each."""
    chunk = _chunk(bases, piece.number)
    known, ids = _open(folder, chunk, _pairs(folder, chunk))
    judged, compared = judge_pairs(known, ids, standing_in(folder.array(STANDING)))
    found = [_likely(known, one) for _, one in sorted(judged.items())]
    lines = [pack_likely(one) for one in found]
    run = [_edges(known, found).tobytes(), *pack_lines({0: lines}, 1)]
    write_runs(folder, likely_name(piece.number), len(run), [run], {"compared": compared, "likely": len(found)})


def standing_in(standing: Array) -> Callable[[Hashes], Collection[int]]:
    """Return a function that picks the hashes of standing text, given sorted, out of some hashes."""

    def pick(hashes: Hashes) -> Collection[int]:
        if not len(standing):
            return frozenset()
        places = np.minimum(np.searchsorted(standing, hashes), len(standing) - 1)
        return frozenset(hashes[standing[places] == hashes].tolist())

    return pick


def _chunk(bases: tuple[int, ...], number: int) -> Chunk:
    at = int(np.searchsorted(bases, number, side="right")) - 1
    return Chunk(number, at, number - bases[at])


def _pairs(folder: Folder, chunk: Chunk) -> Array:
    blocks = read_blocks(folder, pairs_name(chunk.range), chunk.local, chunk.local + 1)
    return np.frombuffer(b"".join(blocks), dtype=PAIR)


def _open(folder: Folder, chunk: Chunk, pairs: Array) -> tuple[ChunkTexts, list[tuple[str, str]]]:
    """Return the documents of pairs of a chunk, and the pairs by their ids."""
    ranks = np.unique(np.concatenate([pairs["earlier"], pairs["later"]]))
    parts = np.unique(folder.array(FRAMES)["part"][ranks]).tolist()
    known = ChunkTexts(folder, chunk, parts, ranks.tolist())
    both = zip(pairs["earlier"].tolist(), pairs["later"].tolist(), strict=True)
    return known, [pair_of(known.ids[one], known.ids[other]) for one, other in both]


def _likely(known: ChunkTexts, judged: Judged) -> Likely:
    return Likely(judged, *_sides(known, (judged.pair.left, judged.pair.right)))


def _sides(known: ChunkTexts, ids: Iterable[str]) -> Iterator[Side]:
    for one in ids:
        document = known.document(one)
        yield Side(known.ranks[one], agencies_of(document), document.metadata.published or "")


def _edges(known: ChunkTexts, found: Iterable[Likely]) -> Array:
    rows = [
        (
            *sorted((likely.left.rank, likely.right.rank)),
            sum(known.size(one) for one in (likely.judged.pair.left, likely.judged.pair.right)),
        )
        for likely in found
    ]
    return np.array(rows, dtype=EDGE)
