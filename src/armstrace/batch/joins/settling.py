"""The ninth and tenth step: likely copies sorted into buckets, and each bucket settled by ``group.settle``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from armstrace.batch.joins.comparing import ROWS, likely_name
from armstrace.batch.joins.components import COMPONENTS
from armstrace.batch.joins.likely import Likely, Side, ranks_of, unpack_likely
from armstrace.batch.joins.plan import Piece
from armstrace.batch.joins.runs import pack_lines, read_lines, write_runs
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.settle import Settled, settle


class Gathering(NamedTuple):
    """Into how many buckets likely copies are sorted, and the numbers of the first chunk of each range, and of all."""

    buckets: int
    bases: tuple[int, ...]


def gathered_name(number: int) -> str:
    """Return the file of the likely copies of a range by bucket."""
    return f"gathered/{number:06}.runs"


def members_name(number: int) -> str:
    """Return the file of the members of families of a bucket."""
    return f"settled/{number:06}.families.jsonl"


def copies_name(number: int) -> str:
    """Return the file of the likely copies of a bucket; it is the last that is written."""
    return f"settled/{number:06}.copies.jsonl"


def gather_range(folder: Folder, gathering: Gathering, piece: Piece) -> None:
    """Write the likely copies of a range by the bucket in which they are settled; those of one chunk are held."""
    first, end = gathering.bases[piece.number : piece.number + 2]
    buckets = folder.array(COMPONENTS)

    def runs() -> Iterator[list[bytes]]:
        for chunk in range(first, end):
            held: dict[int, list[bytes]] = {}
            for line in read_lines(folder, likely_name(chunk), ROWS):
                held.setdefault(int(buckets[ranks_of(line)[0]]), []).append(line)
            yield pack_lines(held, gathering.buckets)

    write_runs(folder, gathered_name(piece.number), gathering.buckets, runs())


def settle_bucket(folder: Folder, ranges: int, piece: Piece) -> None:
    """Write the families of a bucket, and its likely copies with what they join and why; all of it is held."""
    files = (gathered_name(number) for number in range(ranges))
    found = [unpack_likely(line) for name in files for line in read_lines(folder, name, piece.number)]
    sides = {one: side for likely in found for one, side in _sides(likely)}
    settled = settle(
        [likely.judged for likely in found],
        {one: side.agencies for one, side in sides.items()},
        {one: side.published for one, side in sides.items()},
    )
    for name, rows in (
        (members_name(piece.number), _member_rows(settled.families, sides)),
        (copies_name(piece.number), _copy_rows(settled)),
    ):
        with folder.writing(name) as file:
            file.writelines(json.dumps(row).encode() + b"\n" for row in rows)


def _sides(likely: Likely) -> Iterator[tuple[str, Side]]:
    yield likely.judged.pair.left, likely.left
    yield likely.judged.pair.right, likely.right


def _member_rows(families: Iterable[Sequence[str]], sides: Mapping[str, Side]) -> Iterator[Mapping[str, Any]]:
    """Yield the members of families of two and more, in order of family and document."""
    for family in families:
        days = [day for one in family if (day := sides[one].published)]
        for one in family if len(family) > 1 else ():
            yield {"document": one, "family": family[0], "role": _role(sides[one].published, min(days, default=""))}


def _role(published: str, first: str) -> str:
    """Return what a member is by its day of publishing alone, which does not say who copied whom."""
    return "undated" if not published else "earliest" if published == first else "later"


def _copy_rows(settled: Settled) -> Iterator[Mapping[str, Any]]:
    """Yield the likely copies in order; one that joins nothing was given less by one of the two than by another."""
    for pair in settled.pairs:
        yield {
            "left": pair.left,
            "right": pair.right,
            "likelihood": pair.likelihood,
            "joins": (pair.left, pair.right) not in settled.combined,
            "why": list(pair.reasons),
        }
