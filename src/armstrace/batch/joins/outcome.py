"""The last step, in one process: what the buckets found put together in order, as it would stand in one file."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from armstrace.batch.joins.settling import copies_name, members_name
from armstrace.batch.joins.work_folder import Folder

FAMILIES: Final = "families.jsonl"
COPIES: Final = "copies.jsonl"
_AT_ONCE: Final = 200  # files that are merged at once

Key = Callable[[str], tuple[str, str]]


def write_families(out: Folder, work: Folder, buckets: int) -> tuple[int, int]:
    """Write the members of families in order of family and document; return how many members, and how many families."""
    members = families = 0
    with out.writing(FAMILIES) as file:
        for line in merged(work, [members_name(at) for at in range(buckets)], _member_key):
            family, document = _member_key(line)
            members += 1
            families += family == document  # a family goes by the first of its members
            file.write(line.encode() + b"\n")
    return members, families


def write_copies(out: Folder, work: Folder, buckets: int) -> None:
    """Write the likely copies in order of their documents."""
    with out.writing(COPIES) as file:
        for line in merged(work, [copies_name(at) for at in range(buckets)], _pair_key):
            file.write(line.encode() + b"\n")


def merged(folder: Folder, names: Sequence[str], key: Key) -> Iterator[str]:
    """Yield the lines of sorted files in order; of many files some at a time are merged to one first."""
    while len(names) > _AT_ONCE:
        names = [_merged_file(folder, names[at : at + _AT_ONCE], key) for at in range(0, len(names), _AT_ONCE)]
    yield from heapq.merge(*(folder.lines(name) for name in names), key=key)


def _merged_file(folder: Folder, names: Sequence[str], key: Key) -> str:
    joint = f"{names[0]}.merged"
    with folder.writing(joint) as file:
        file.writelines(line.encode() + b"\n" for line in merged(folder, names, key))
    return joint


def _member_key(line: str) -> tuple[str, str]:
    row: dict[str, Any] = json.loads(line)
    return row["family"], row["document"]


def _pair_key(line: str) -> tuple[str, str]:
    row: dict[str, Any] = json.loads(line)
    return row["left"], row["right"]
