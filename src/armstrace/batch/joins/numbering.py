"""The second step, in one process: all documents numbered in the order of time, so that joins handle numbers alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from armstrace.batch.joins.plan import FRAME
from armstrace.batch.joins.sketching import frames_name, ids_name
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.errors import InputError

FRAMES: Final = "numbers/frames.npy"
RANGES: Final = "numbers/ranges.npy"
NO_RANK: Final = (1 << 32) - 1  # of a document that came before
_MOST: Final = 1 << 31  # documents: two ranks make one number of 64 bits


def ranks_name(number: int) -> str:
    """Return the file of the ranks of the documents of a part, in their order."""
    return f"numbers/{number:06}.npy"


class _Place(NamedTuple):
    """Where a document stands: the number of its part, and of the document in it."""

    part: int
    row: int


def hashes_of(folder: Folder, parts: int) -> int:
    """Return how many hashes the documents of so many parts hold."""
    return sum(int(folder.array(frames_name(number))["hashes"].sum(dtype=np.int64)) for number in range(parts))


def number_documents(folder: Folder, parts: int, hashes: int) -> None:
    """Write the ranks of all documents, what is known of each by rank, and ranges of ranks with so many hashes each.

    A document whose id came before, in an earlier part or earlier in its own, has no rank. Some 80 bytes a document are
    held.

    Raises:
        InputError: there are too many.
    """
    if folder.has(RANGES):
        return
    sketched = [np.asarray(folder.array(frames_name(number))) for number in range(parts)]
    sizes = [len(one) for one in sketched]
    rows = np.concatenate(sketched)
    if len(rows) >= _MOST:
        raise InputError(f"{len(rows):,} documents are more than can be grouped at once; group fewer than {_MOST:,}")
    at = (
        np.repeat(np.arange(parts, dtype=np.uint32), sizes),
        np.concatenate([np.arange(size, dtype=np.uint32) for size in sizes]),
    )
    order = _in_time(folder, rows["place"], at)
    again = _again(folder, rows["name"], at)
    order = order[~np.isin(order, again)]
    ranks = np.full(len(rows), NO_RANK, dtype=np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    for number, end in enumerate(np.cumsum(sizes).tolist()):
        folder.write_array(ranks_name(number), ranks[end - sizes[number] : end])
    folder.write_array(FRAMES, _frames(rows, at, order))
    folder.write_array(RANGES, _ranges(rows["hashes"][order], hashes))


def _frames(rows: Array, at: tuple[Array, Array], order: Array) -> Array:
    frames = np.empty(len(order), dtype=FRAME)
    for name in ("outlet", "day", "characters"):
        frames[name] = rows[name][order]
    frames["part"], frames["row"] = at[0][order], at[1][order]
    return frames


def _again(folder: Folder, names: Array, at: tuple[Array, Array]) -> Array:
    """Return the places of documents whose id came before."""
    order = np.argsort(names, kind="stable")
    found: list[int] = []
    for alike in _equal_runs(names[order]):
        places = order[alike].tolist()  # in order of part and row
        ids = _ids_of(folder, [_Place(int(at[0][one]), int(at[1][one])) for one in places])
        found += [place for n, place in enumerate(places) if ids[n] in ids[:n]]
    return np.array(found, dtype=np.int64)


def _in_time(folder: Folder, places: Array, at: tuple[Array, Array]) -> Array:
    """Return the order of time: that of places and, where some are equal, of ids."""
    order = np.argsort(places, kind="stable")
    for tied in _equal_runs(places[order]):
        ids = _ids_of(folder, [_Place(int(at[0][one]), int(at[1][one])) for one in order[tied]])
        order[tied] = order[tied][sorted(range(len(ids)), key=ids.__getitem__)]
    return order


def _equal_runs(values: Array) -> Iterator[slice]:
    """Yield the stretches of sorted values that hold one value more than once."""
    if not len(values):
        return
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    ends = np.append(starts[1:], len(values))
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        yield slice(start, end)


def _ids_of(folder: Folder, places: Sequence[_Place]) -> list[str]:
    """Return the ids of documents; those of a part are read once."""
    found: dict[_Place, str] = {}
    for number in sorted({place.part for place in places}):
        rows = {place.row for place in places if place.part == number}
        for row, line in enumerate(folder.lines(ids_name(number))):
            if row in rows:
                found[_Place(number, row)] = json.loads(line)
    return [found[place] for place in places]


def _ranges(hashes: Array, most: int) -> Array:
    """Return the ranks at which ranges of so many hashes, and those of one document, begin, and the end of the last."""
    before = np.cumsum(hashes, dtype=np.int64) - hashes
    is_first = np.concatenate([[True], np.diff(before // most) > 0])[: len(hashes)]
    return np.append(np.flatnonzero(is_first), len(hashes))
