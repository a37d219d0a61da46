"""Claims over files, second and third step: blocks made into parts, and what parts with an unknown party choose.

Blocks of one supplier and one recipient know nothing of one another, and a part with an unknown party looks at those of
its known one alone; both are said by ``group.regroup``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from armstrace.batch.joins.told import BLOCKS, Spread, first_told, names
from armstrace.group.clusters import Block, Choice, Fit, block_of, choose_part
from armstrace.group.regroup import Members, find_fits, is_open, parts_of
from armstrace.keeping.told_rows import told_from_json, told_to_json
from armstrace.told import Told

CORES: Final = "cores"  # parts that choose nothing, by their first claim
SIDES: Final = "sides"  # parts with what they may join or be joined by, by the party
CHOSEN: Final = "chosen"  # open parts by the first claim of what they join
_PAIRS: Final = 20_000  # parts compared at once


def make_parts(spread: Spread, bucket: int) -> None:
    """Write the parts of all blocks of a bucket; the claims of the bucket are held, and the scores of one block."""
    blocks: dict[Block, list[Told]] = defaultdict(list)
    for told in first_told(spread.read(BLOCKS, spread.parts, bucket)):
        blocks[block_of(told, names())].append(told)
    parts = [part for block in sorted(blocks, key=repr) for part in _parts(block, blocks[block])]
    spread.write(SIDES, bucket, ((spread.bucket_of(tuple(side)), pack_part(p)) for p in parts for side in _sides(p)))
    cores = (part for part in parts if not is_open(part.block))
    spread.write(CORES, bucket, ((spread.bucket_of(part.ids[0]), pack_part(part)) for part in cores))


def _parts(block: Block, claims: Sequence[Told]) -> Iterator[Members]:
    by_id = {told.claim.id: told for told in claims}
    for ids in parts_of(claims, names(), ()):
        yield Members(block, tuple(by_id[one] for one in ids))


def _sides(part: Members) -> tuple[Block, ...]:
    """Return the open blocks at which a part meets others."""
    if part.block.is_whole:
        return Block(part.block.supplier, None), Block(None, part.block.recipient)
    return (part.block,) if is_open(part.block) else ()


def choose_parts(spread: Spread, bucket: int) -> None:
    """Write what the open parts of a bucket of parties choose; the parts of the bucket are held."""
    opens: dict[Block, list[Members]] = defaultdict(list)
    wholes: dict[Block, list[Members]] = defaultdict(list)
    for line in spread.read(SIDES, spread.buckets, bucket):
        part, _ = unpack_part(line)
        for side in _sides(part):
            (opens if is_open(part.block) else wholes)[side].append(part)
    rows = (row for side in sorted(opens, key=repr) for row in _choices(opens[side], wholes[side]))
    spread.write(
        CHOSEN,
        bucket,
        ((spread.bucket_of(choice.first if choice else part.ids[0]), pack_part(part, choice)) for part, choice in rows),
    )


def _choices(opens: Sequence[Members], wholes: Sequence[Members]) -> Iterator[tuple[Members, Choice | None]]:
    """Yield open parts with what they choose; a side is asked for some parts at a time."""
    block_by_first = {whole.ids[0]: whole.block for whole in wholes}
    step = max(1, _PAIRS // max(1, len(wholes)))
    for at in range(0, len(opens), step):
        some = opens[at : at + step]
        fits: Mapping[str, list[Fit]] = defaultdict(list)
        for part, first, score in find_fits(((one, whole) for one in some for whole in wholes), names(), ()):
            fits[part].append(Fit(score, first, block_by_first[first]))
        for one in some:
            yield one, choose_part(fits[one.ids[0]])


def pack_part(part: Members, choice: Choice | None = None) -> bytes:
    """Return a part and what it chose as a line."""
    return json.dumps([part.block, [told_to_json(told) for told in part.claims], choice]).encode()


def unpack_part(line: bytes) -> tuple[Members, Choice | None]:
    """Return the part of a line and what it chose."""
    block, claims, choice = json.loads(line)
    return Members(Block(*block), tuple(map(told_from_json, claims))), Choice(*choice) if choice else None


def read_parts(lines: Iterable[bytes]) -> tuple[list[Members], dict[str, Choice]]:
    """Return parts and, by the first claim of each that chose, its choice."""
    found = [unpack_part(line) for line in lines]
    return [part for part, _ in found], {part.ids[0]: choice for part, choice in found if choice}
