"""A run from its shards to its report: what is finished is passed over, what died is begun again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from armstrace.batch.bisect import Span, find_deadly
from armstrace.batch.engines import Died, Engine
from armstrace.batch.places import Folder, open_folder, shown
from armstrace.batch.plan import (
    PARTS,
    SHARDS,
    Lane,
    Shard,
    describe_run,
    part_name,
    plan_tasks,
    sum_counts,
    why_not_resumed,
)
from armstrace.batch.shards import is_unchanged
from armstrace.batch.work import Job, LaneDone, PartDone, finished_parts, probe_records, work_lane
from armstrace.errors import InputError, SettingsError, StoreError
from armstrace.export.jsonl import json_line

RUN, REPORT, LOG = "batch.json", "report.json", "run.log"
_MOST_DEATHS: Final = 2  # of one part of which no single record is deadly
Tell = Callable[[PartDone], None]


@dataclass(slots=True)
class Ended:
    """How a run ended: the sums of its counts, and why shards are not finished, by their keys."""

    shards: int
    counts: Mapping[str, int]
    unfinished: Mapping[str, str]


def prepare_run(folder: Folder, job: Job, extractor: str, shards: Sequence[Shard]) -> frozenset[str]:
    """Note what a folder is made with, and return the names of the shards that are finished in it.

    Raises:
        SettingsError: it was made with something else; the text says what to do.
    """
    now = describe_run(job.options, extractor, shards)
    kept = folder.read(RUN)
    if kept is None and folder.names(PARTS):
        raise SettingsError(f"{shown(job.out)}: holds parts but no {RUN}, so nobody knows of what; give a new folder")
    if kept is not None:
        reason = why_not_resumed(_loads(kept, job.out), now)
        if reason:
            remedy = "give a new folder, or take this one away; or run again as it was"
            raise SettingsError(f"{shown(job.out)}: {reason}; {remedy}")
    write_report(folder, RUN, now)
    return frozenset(name.removesuffix(".json") for name in folder.names(SHARDS))


def run_shards(job: Job, shards: Sequence[Shard], finished: Iterable[str], engine: Engine, tell: Tell) -> Ended:
    """Read all shards but the ``finished``, write their reports and at last that of the run.

    Raises:
        StoreError: the output cannot be written.
        WorkerError: no worker can be had.
    """
    folder = open_folder(job.out)
    run = _Run(job, folder, engine, tell)
    waiting = plan_tasks(shards, engine.workers, frozenset(finished))
    while waiting:
        waiting = run.round(waiting)
    unfinished = run.unfinished
    reports = [_report(folder, f"{SHARDS}/{shard.name}.json") for shard in shards if shard.key not in unfinished]
    counts = sum_counts(reports)
    if not unfinished:
        write_report(folder, REPORT, {"shards": len(shards), "parts": sum(one["parts"] for one in reports), **counts})
    return Ended(len(shards), counts, unfinished)


@dataclass(slots=True)
class _Run:
    job: Job
    folder: Folder
    engine: Engine
    tell: Tell
    unfinished: dict[str, str] = field(default_factory=dict)
    _ended: Counter[str] = field(default_factory=Counter)
    _deaths: Counter[str] = field(default_factory=Counter)

    def round(self, lanes: Sequence[Lane]) -> list[Lane]:
        """Carry out tasks; return those to be begun again, because their workers died."""
        again: list[Lane] = []
        of_key = {lane.shard.key: lane for lane in lanes}
        for result in self.engine.stream(partial(work_lane, self.job), lanes):
            if isinstance(result, Died):
                again.append(result.task)
            elif isinstance(result, PartDone):
                self.tell(result)
            else:
                self._end(of_key[result.shard], result)
        return [lane for died in again if (lane := self._mend(died)) is not None]

    def _end(self, lane: Lane, done: LaneDone) -> None:
        shard = lane.shard
        if done.failure:
            self.unfinished[shard.key] = done.failure
            return
        self._ended[shard.key] += 1
        if self._ended[shard.key] < lane.lanes:
            return
        if changed := _why_changed(shard):
            self.unfinished[shard.key] = changed
            return
        parts = [_report(self.folder, f"{PARTS}/{part_name(shard, number)}.json") for number in range(done.parts)]
        report = {"shard": shard.key, "name": shard.name, "size": shard.size, "parts": done.parts}
        write_report(self.folder, f"{SHARDS}/{shard.name}.json", {**report, **sum_counts(parts)})

    def _mend(self, lane: Lane) -> Lane | None:
        """Return a task that leaves out the records which kill whoever reads them; None if that does not help."""
        there = finished_parts(self.folder, lane.shard)
        number = next(n for n in range(lane.lane, len(there) * lane.lanes + lane.lanes, lane.lanes) if n not in there)
        size = self.job.options.part_size
        span = (number * size, (number + 1) * size)
        deadly = tuple(n for n in find_deadly(partial(self._dies, lane.shard), span) if n not in lane.deadly)
        name = part_name(lane.shard, number)
        self._deaths[name] += 1
        if deadly or self._deaths[name] < _MOST_DEATHS:
            return replace(lane, deadly=(*lane.deadly, *deadly))
        remedy = "give the workers more memory or take fewer (--workers), and run the same command again"
        self.unfinished[lane.shard.key] = f"{lane.shard.key}: workers died at {name} again and again; {remedy}"
        return None

    def _dies(self, shard: Shard, span: Span) -> bool:
        probe = partial(probe_records, self.job, shard)
        return any(isinstance(result, Died) for result in self.engine.stream(probe, [span], attempts=1))


def _why_changed(shard: Shard) -> str:
    """Return what to tell of a shard that is not what it was when the run began, "" of one that is."""
    try:
        is_same = is_unchanged(shard)
    except InputError as error:
        return str(error)
    return "" if is_same else f"{shard.key}: was changed while it was read; leave it alone, and read into a new folder"


def _report(folder: Folder, name: str) -> dict[str, Any]:
    data = folder.read(name)
    if data is None:
        raise StoreError(f"{name} is not there any more; give a new folder, and leave it alone while a run goes on")
    return _loads(data, name)


def _loads(data: bytes, name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(data))
    except ValueError as error:
        raise StoreError(f"{shown(name)}: {RUN} or a report in it is damaged; give a new folder") from error


def write_report(folder: Folder, name: str, row: Mapping[str, Any]) -> None:
    """Write an object as a file of one line."""
    with folder.writing(name) as file:
        file.write(json_line(row).encode() + b"\n")
