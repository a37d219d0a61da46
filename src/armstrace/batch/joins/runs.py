"""Files that a step writes for many readers: runs of blocks by number, of which each reader takes its own.

A file holds runs, a run one block of bytes for each number from 0 in order; then where each block begins, what the file
says of itself as JSON, and how long these two are. Who wants the blocks of some numbers reads these and nothing else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from armstrace.batch.joins.work_folder import Array, Bytes, Folder

_FOOT: Final = 3  # whole numbers: blocks of a run, bytes of the places, bytes of what the file says of itself
_FAST: Final = 1  # level of compression
_WHOLE: Final = np.dtype("<i8")


def write_runs(
    folder: Folder, name: str, blocks: int, runs: Iterable[Sequence[bytes]], about: Mapping[str, Any] | None = None
) -> None:
    """Write runs of so many blocks each; they are written as they come, and ``about`` is looked at after them."""
    places: list[int] = []
    at = 0
    with folder.writing(name) as file:
        for run in runs:
            places.append(at)
            for block in run:
                file.write(block)
                at += len(block)
                places.append(at)
        index = np.array(places, dtype=_WHOLE).tobytes()
        said = json.dumps(about or {}, sort_keys=True).encode()
        file.write(index)
        file.write(said)
        file.write(np.array([blocks, len(index), len(said)], dtype=_WHOLE).tobytes())


def read_about(folder: Folder, name: str) -> Mapping[str, Any]:
    """Return what a file says of itself."""
    with folder.reading(name) as data:
        foot = _foot(data)
        found: Mapping[str, Any] = json.loads(data.read(foot.said, foot.end))
        return found


def read_blocks(folder: Folder, name: str, low: int, high: int) -> Iterator[bytes]:
    """Yield, of each run of a file, the blocks ``low:high`` as one piece, where they are not empty."""
    size = _WHOLE.itemsize
    with folder.reading(name) as data:
        foot = _foot(data)
        for run in range(foot.places, foot.said, (foot.blocks + 1) * size):
            places = np.frombuffer(data.read(run + low * size, run + (high + 1) * size), dtype=_WHOLE)
            if places[-1] > places[0]:
                yield data.read(int(places[0]), int(places[-1]))


class _Foot(NamedTuple):
    """The blocks of a run, and where in the file the places of blocks and what is said begin, and where that ends."""

    blocks: int
    places: int
    said: int
    end: int


def _foot(data: Bytes) -> _Foot:
    end = data.size - _FOOT * _WHOLE.itemsize
    blocks, places, said = np.frombuffer(data.read(end, data.size), dtype=_WHOLE).tolist()
    return _Foot(blocks, end - said - places, end - said, end)


def cut(rows: Array, numbers: Array, blocks: int) -> list[bytes]:
    """Return rows, which stand in order of their numbers, as the blocks of a run."""
    bounds = np.searchsorted(numbers, np.arange(blocks + 1))
    return [rows[low:high].tobytes() for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]


def pack_lines(held: Mapping[int, Sequence[bytes]], blocks: int) -> list[bytes]:
    """Return lines by the number of their block as the blocks of a run, packed."""
    return [zlib.compress(b"".join(held[at]), _FAST) if at in held else b"" for at in range(blocks)]


def read_lines(folder: Folder, name: str, block: int) -> Iterator[bytes]:
    """Yield the lines of a block of packed lines, with their ends."""
    for packed in read_blocks(folder, name, block, block + 1):
        yield from zlib.decompress(packed).splitlines(keepends=True)
