"""Claims over files, the last steps: parts assembled into groups, with what else is said of them and who stands behind.

All of a group is in the bucket of its core; the claims of other kinds meet their group in the bucket of their document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from armstrace.batch.engines import Run
from armstrace.batch.joins.claim_parts import CHOSEN, CORES, choose_parts, make_parts, read_parts
from armstrace.batch.joins.outcome import merged
from armstrace.batch.joins.runs import read_lines
from armstrace.batch.joins.told import (
    BLOCKS,
    CONTEXTS,
    Spread,
    ToldPart,
    ToldPiece,
    file_name,
    first_told,
    names,
    sort_claims,
)
from armstrace.batch.joins.work_folder import Folder
from armstrace.export.jsonl import json_line
from armstrace.extractor import version_of
from armstrace.group.clusters import Group, by_time, places_of_context
from armstrace.group.origins import find_origins
from armstrace.group.regroup import assemble
from armstrace.grouping import grouping_version
from armstrace.ids import content_id
from armstrace.keeping.told_rows import told_from_json, told_to_json
from armstrace.register.known import transfer_id
from armstrace.told import Told

TRANSFERS: Final = "transfers.jsonl"
SUMMARY: Final = "transfers.json"
_CODE: Final = ("batch/joins", "versions.py")  # beside what groups claims
_GROUPS: Final = "groups"
_HOMES: Final = "homes"  # claims with their group, by their document
_SAID: Final = "said"  # claims of other kinds with their group, by its bucket

Task = TypeVar("Task")
Step = Callable[[Spread, int], None]


class Transfers(NamedTuple):
    """How many transfers were found; ``mark`` is of the claims, the buckets and the version that found them."""

    transfers: int
    mark: str


def group_told(run: Run, out: Folder, parts: Sequence[ToldPart], buckets: int) -> Transfers:
    """Write the transfers that the claims of parts tell of, with the origins behind each.

    The groups are those of ``group.group_claims`` over all claims, where a claim refers to none of another document; of
    claims with one id the first counts. The bytes are the same for whatever parts, buckets and workers. A run that was
    broken off goes on where it was; one that is done is not done again.
    """
    ordered = sorted(parts, key=lambda part: part.name)
    version = (grouping_version(), version_of(_CODE))
    mark = content_id(*version, buckets, *(text for part in ordered for text in part[:2]))
    if out.has(SUMMARY):
        known = Transfers(**json.loads("".join(out.lines(SUMMARY))))
        if known.mark == mark:
            out.sub("work-of-claims").remove()  # where the end came between the last two steps
            return known
    spread = Spread(out.sub(f"work-of-claims/{mark}"), len(ordered), buckets)
    _do(run, sort_claims, spread, [(ToldPiece(at, part), file_name(BLOCKS, at)) for at, part in enumerate(ordered)])
    for step, last in _STEPS:
        _do(run, step, spread, [(at, last(at)) for at in range(buckets)])
    count = 0
    with out.writing(TRANSFERS) as file:
        for line in merged(spread.folder, [transfers_name(at) for at in range(buckets)], _transfer_key):
            file.write(line.encode() + b"\n")
            count += 1
    found = Transfers(count, mark)
    with out.writing(SUMMARY) as file:
        file.write(json.dumps(found._asdict(), indent=2).encode() + b"\n")
    out.sub("work-of-claims").remove()
    return found


def _do(run: Run, step: Callable[[Spread, Task], None], spread: Spread, done: Iterable[tuple[Task, str]]) -> None:
    """Do a step for those tasks whose file, the last that it writes, is not there yet."""
    for _ in run(partial(step, spread), [task for task, name in done if not spread.folder.has(name)]):
        pass


def assemble_groups(spread: Spread, bucket: int) -> None:
    """Write the groups of a bucket, and by document which claim is in which; the parts of the bucket are held."""
    lines = [*spread.read(CORES, spread.buckets, bucket), *spread.read(CHOSEN, spread.buckets, bucket)]
    groups = [sorted(claims, key=by_time) for claims in assemble(*read_parts(lines), names(), ())]
    homes = ((_id_of(claims), told) for claims in groups for told in claims)
    spread.write(
        _HOMES,
        bucket,
        (
            (spread.bucket_of(told.claim.document), json.dumps([bucket, home, told_to_json(told)]).encode())
            for home, told in homes
        ),
    )
    rows = (json.dumps([_id_of(claims), [told_to_json(told) for told in claims]]).encode() for claims in groups)
    spread.write(_GROUPS, bucket, ((bucket, row) for row in rows))


def place_contexts(spread: Spread, bucket: int) -> None:
    """Write the claims of other kinds of a bucket of documents by the groups that they belong to."""
    claims: dict[str, list[Told]] = {}
    bucket_of: dict[str, int] = {}
    for line in spread.read(_HOMES, spread.buckets, bucket):
        home, group, body = json.loads(line)
        bucket_of[group] = home
        claims.setdefault(group, []).append(told_from_json(body))
    groups = [Group(one, tuple(held), (), ()) for one, held in sorted(claims.items())]
    belongs = places_of_context(groups, first_told(spread.read(CONTEXTS, spread.parts, bucket)))
    rows = ((group, told) for group, held in sorted(belongs.items()) for told in held)
    spread.write(
        _SAID, bucket, ((bucket_of[group], json.dumps([group, told_to_json(told)]).encode()) for group, told in rows)
    )


def write_transfers(spread: Spread, bucket: int) -> None:
    """Write the groups of a bucket with what else is said of them and the origins behind them, in order of ids."""
    said: dict[str, list[Told]] = {}
    for line in spread.read(_SAID, spread.buckets, bucket):
        group, body = json.loads(line)
        said.setdefault(group, []).append(told_from_json(body))
    groups = [json.loads(line) for line in read_lines(spread.folder, file_name(_GROUPS, bucket), bucket)]
    with spread.folder.writing(transfers_name(bucket)) as file:
        for group, bodies in sorted(groups):
            row = _row(group, [told_from_json(body) for body in bodies], sorted(said.get(group, ()), key=by_time))
            file.write(json_line(row).encode() + b"\n")


def _row(group: str, claims: Sequence[Told], context: Sequence[Told]) -> Mapping[str, Any]:
    return {
        "transfer": group,
        "claims": [told.claim.id for told in claims],
        "context": [told.claim.id for told in context],
        "origins": [
            {
                "key": origin.key,
                "name": origin.name,
                "is_shown": origin.is_shown,
                "claims": list(origin.claims),
                "why": list(origin.rules),
            }
            for origin in find_origins(claims, names())
        ],
    }


def transfers_name(bucket: int) -> str:
    """Return the file of the transfers of a bucket."""
    return f"transfers/{bucket:06}.jsonl"


def _id_of(claims: Sequence[Told]) -> str:
    return transfer_id(claims[0].claim.id)


def _transfer_key(line: str) -> tuple[str, str]:
    return json.loads(line)["transfer"], ""


def _named(name: str) -> Callable[[int], str]:
    return partial(file_name, name)


_STEPS: Final[tuple[tuple[Step, Callable[[int], str]], ...]] = (  # each with the last file that it writes
    (make_parts, _named(CORES)),
    (choose_parts, _named(CHOSEN)),
    (assemble_groups, _named(_GROUPS)),
    (place_contexts, _named(_SAID)),
    (write_transfers, transfers_name),
)
