"""The first step: the hashes of each part's documents, in order, and what is known of them beside their text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from armstrace.batch.joins.plan import HELD, KEY_BITS, KEYS, NO_DAY, SKETCHED, Piece
from armstrace.batch.joins.runs import cut, write_runs
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.document import Document
from armstrace.group.circumstances import days_between
from armstrace.group.frames import frame_of, sketch_of
from armstrace.group.judging import LONGEST
from armstrace.group.sketches import Hashes

_FIRST_DAY: Final = "0001-01-01"


def sketches_name(number: int) -> str:
    """Return the file of the hashes of a part, by their first bits."""
    return f"sketches/{number:06}.runs"


def ids_name(number: int) -> str:
    """Return the file of the ids of the documents of a part, one a line as JSON."""
    return f"sketches/{number:06}.ids"


def frames_name(number: int) -> str:
    """Return the file of what is known of the documents of a part, in their order; it is the last that is written."""
    return f"sketches/{number:06}.npy"


def sketch_part(folder: Folder, most: int, piece: Piece) -> None:
    """Write the sketches of the documents of a part, of which ``most`` hashes and those of one document are held."""
    rows: list[tuple[int, ...]] = []
    with folder.writing(ids_name(piece.number)) as ids:

        def sketches() -> Iterator[Hashes]:
            for document in piece.documents():
                sketch = sketch_of(document)
                rows.append(_row(document, len(sketch)))
                ids.write(json.dumps(document.id).encode() + b"\n")
                yield sketch

        write_runs(folder, sketches_name(piece.number), KEYS, _runs(sketches(), most))
    folder.write_array(frames_name(piece.number), np.array(rows, dtype=SKETCHED))


def _row(document: Document, hashes: int) -> tuple[int, ...]:
    frame = frame_of(document)
    day = days_between(frame.published, _FIRST_DAY)
    return (
        frame.place,
        number_of(document.id),
        number_of(frame.outlet) if frame.outlet else 0,
        NO_DAY if day is None else day,
        min(len(document.text), LONGEST),
        hashes,
    )


def number_of(name: str) -> int:
    """Return a name as a number of 64 bits, equal on every machine; none is 0."""
    found = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(found, "big") or 1


def _runs(sketches: Iterable[Hashes], most: int) -> Iterator[list[bytes]]:
    """Yield sketches as runs of rows, each cut by the first bits of the hashes."""
    held: list[Hashes] = []
    first = size = 0
    for sketch in sketches:
        held.append(sketch)
        size += len(sketch)
        if size >= most:
            yield _cut(held, first)
            first += len(held)
            held, size = [], 0
    if size:
        yield _cut(held, first)


def _cut(held: list[Hashes], first: int) -> list[bytes]:
    rows: Array = np.empty(sum(map(len, held)), dtype=HELD)
    rows["hash"] = np.concatenate(held)
    rows["row"] = np.repeat(np.arange(first, first + len(held)), [len(one) for one in held])
    rows = rows[np.argsort(rows["hash"], kind="stable")]
    return cut(rows, rows["hash"] >> np.uint64(64 - KEY_BITS), KEYS)
