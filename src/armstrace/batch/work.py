"""The work of one task: through a shard, and a file for every part of it that is not there yet."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from armstrace.batch.output import Rows, open_rows
from armstrace.batch.places import Folder, open_folder, open_shard
from armstrace.batch.plan import CLAIMS, COUNTS, DOCUMENTS, FAILURES, PARTS, Lane, Options, Shard, parse_part, part_name
from armstrace.batch.reading import Reads, Taken, describe_document, take_record
from armstrace.batch.records import Record, read_records
from armstrace.batch.streams import BrokenReadError, Watched, buffered
from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.export.jsonl import claim_to_dict, json_line
from armstrace.ingest.raw import Unread
from armstrace.model import Claim

_DEADLY = "kills the process that reads it, or takes more memory than there is; read it alone (`armstrace read`)"


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a run have in common: where the output goes, the options, and what loads what reads."""

    out: str
    options: Options
    load: Callable[[], Reads]


class PartDone(NamedTuple):
    """A part that was finished, its counts, and how many bytes of its shard it took."""

    name: str
    counts: dict[str, int]
    size: int


class LaneDone(NamedTuple):
    """A task that came to the end of its shard, and how many parts that has; ``failure`` where it came to none."""

    shard: str
    parts: int
    failure: str | None = None


def work_lane(job: Job, lane: Lane) -> Iterator[PartDone | LaneDone]:
    """Read the parts of a task that are not there yet; yield each once it is finished, and last the end of the shard.

    Raises:
        StoreError: the output cannot be written.
    """
    folder = open_folder(job.out)
    there = finished_parts(folder, lane.shard)
    number = -1
    try:
        with records_of(lane.shard) as (records, place):
            begun = 0
            for number, part in enumerate(_cut(records, job.options.part_size)):
                if number % lane.lanes == lane.lane and number not in there:
                    counts = _write_part(job, folder, _Part(lane, number, part))
                    yield PartDone(part_name(lane.shard, number), counts, max(0, place() - begun))
                deque(part, 0)  # what was not taken is gone past
                begun = place()
    except (BrokenReadError, InputError) as error:
        yield LaneDone(lane.shard.key, 0, str(error))
    else:
        yield LaneDone(lane.shard.key, number + 1)


def finished_parts(folder: Folder, shard: Shard) -> frozenset[int]:
    """Return the numbers of a shard's parts that are finished."""
    parsed = (parse_part(name.removesuffix(".json")) for name in folder.names(PARTS))
    return frozenset(found[1] for found in parsed if found and found[0] == shard.name)


@contextmanager
def records_of(shard: Shard) -> Iterator[tuple[Iterator[Record], Callable[[], int]]]:
    """Enter to get the records of a shard, and what tells how many of its bytes were read.

    Raises:
        InputError: it cannot be opened.
        BrokenReadError: it cannot be read on.
    """
    watched = Watched(open_shard(shard.path), shard.path)
    with buffered(watched) as stream:
        yield read_records(shard, stream), lambda: watched.furthest


def probe_records(job: Job, shard: Shard, span: tuple[int, int]) -> Iterator[bool]:
    """Read some records and write nothing; yield once that is done, if nothing kills this process."""
    reads = job.load()
    with records_of(shard) as (records, _):
        for record in islice(records, *span):
            deque(take_record(record, reads, gate=job.options.gate), 0)
    yield True


def _cut(records: Iterator[Record], size: int) -> Iterator[Iterator[tuple[int, Record]]]:
    """Yield the parts of a shard: each has to be taken to its end before the next."""
    numbered = enumerate(records)
    while (first := next(numbered, None)) is not None:
        yield chain((first,), islice(numbered, size - 1))


class _Part(NamedTuple):
    lane: Lane
    number: int
    records: Iterator[tuple[int, Record]]


def _write_part(job: Job, folder: Folder, part: _Part) -> dict[str, int]:
    """Write the files of a part, and last the one that says that it is finished."""
    name = part_name(part.lane.shard, part.number)
    form = job.options.form
    with ExitStack() as stack:
        files = [stack.enter_context(folder.writing(f"{kind}/{name}.{form}")) for kind in (CLAIMS, DOCUMENTS)]
        claims, documents = (
            open_rows(form, kind, file, keep_text=job.options.keep_texts)
            for kind, file in zip((CLAIMS, DOCUMENTS), files, strict=True)
        )
        tally = _Tally(part.lane.shard.key, job.options, claims, documents)
        reads = job.load()
        for number, record in part.records:
            if number in part.lane.deadly:
                taken = iter([Taken("failed", where=f"{part.lane.shard.key}, record {number}", reason=_DEADLY)])
            else:
                taken = take_record(record, reads, gate=job.options.gate, seen=tally.seen)
            tally.take(number, taken)
        claims.finish()
        documents.finish()
    if tally.failures:
        _write_lines(folder, f"{FAILURES}/{name}.jsonl", tally.failures)
    counts = {count: tally.counts[count] for count in COUNTS}
    report = {"part": name, "shard": part.lane.shard.key, "number": part.number, **counts}
    _write_lines(folder, f"{PARTS}/{name}.json", [report])
    return counts


def _write_lines(folder: Folder, name: str, rows: Iterable[dict[str, object]]) -> None:
    with folder.writing(name) as file:
        file.writelines(json_line(row).encode() + b"\n" for row in rows)


@dataclass(slots=True)
class _Tally:
    """Writes what is taken of a part, and counts."""

    shard: str
    options: Options
    claims: Rows
    documents: Rows
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, object]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, number: int, taken: Iterator[Taken]) -> None:
        self.counts["records"] += 1
        for one in taken:
            self.counts[one.outcome] += 1
            self.counts["documents"] += one.is_text
            self.counts["relevant"] += one.document is not None
            if one.outcome == "failed":
                told = Unread(one.where, one.reason).told
                self.failures.append({"record": number, "where": one.where, "reason": told})
            if one.document:
                self.seen.add(one.document.id)
            if one.document and one.outcome == "read":
                self._write(one.document, one.claims, number)

    def _write(self, document: Document, claims: tuple[Claim, ...], number: int) -> None:
        place = (self.shard, number)
        self.documents.add(describe_document(document, len(claims), place, keep_text=self.options.keep_texts))
        self.counts["claims"] += len(claims)
        for claim in claims:
            self.claims.add(claim_to_dict(claim))
