"""Likely copies as lines, with what ``group.settle`` asks for of both documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from armstrace.group.combined import Joint
from armstrace.group.evidence import CopyPair
from armstrace.group.judging import Judged

_KEPT: Final = 1 << 14  # sets of words: the copies of one text share mostly the same, and a set is held once


class Side(NamedTuple):
    """One of two documents: its rank in time, the agencies that it is marked with, its day of publishing, or ""."""

    rank: int
    agencies: frozenset[str]
    published: str


class Likely(NamedTuple):
    """A judged pair with what else must be known of its documents, the left one first."""

    judged: Judged
    left: Side
    right: Side


def pack_likely(likely: Likely) -> bytes:
    """Return a likely copy as a line."""
    pair, joint = likely.judged
    row = [
        [pair.left, pair.right, pair.likelihood, pair.reasons],
        [_runs(joint.left_words), _runs(joint.right_words), joint.left_size, joint.right_size],
        *([side.rank, sorted(side.agencies), side.published] for side in (likely.left, likely.right)),
    ]
    return json.dumps(row).encode() + b"\n"


def unpack_likely(line: bytes) -> Likely:
    """Return the likely copy of a line."""
    (left, right, likelihood, reasons), (left_words, right_words, *sizes), *sides = json.loads(line)
    joint = Joint(left, right, _words(tuple(left_words)), _words(tuple(right_words)), *sizes)
    known = (Side(rank, frozenset(agencies), published) for rank, agencies, published in sides)
    return Likely(Judged(CopyPair(left, right, likelihood, tuple(reasons)), joint), *known)


def ranks_of(line: bytes) -> tuple[int, int]:
    """Return the ranks of the documents of a line."""
    _, _, left, right = json.loads(line)
    return left[0], right[0]


def _runs(numbers: Iterable[int]) -> list[int]:
    """Return whole numbers as runs: the first, how many, the next first, and so on."""
    runs: list[int] = []
    for number in sorted(numbers):
        if runs and runs[-2] + runs[-1] == number:
            runs[-1] += 1
        else:
            runs += [number, 1]
    return runs


@lru_cache(maxsize=_KEPT)
def _words(runs: Sequence[int]) -> frozenset[int]:
    return frozenset(_numbers(runs))


def _numbers(runs: Sequence[int]) -> Iterator[int]:
    for first, count in zip(runs[::2], runs[1::2], strict=True):
        yield from range(first, first + count)
