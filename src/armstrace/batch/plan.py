"""What a run does, as values: shards, parts and their names, who reads which, and what a resumed run must find."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from armstrace.ids import content_id

LAYOUT: Final = 1  # raised whenever OUT looks otherwise
PART_SIZE: Final = 2_000  # records: some seconds of work, which is what a worker's death costs
CLAIMS, DOCUMENTS, FAILURES, PARTS, SHARDS = "claims", "documents", "failures", "parts", "shards"
FOLDERS: Final = (CLAIMS, DOCUMENTS, FAILURES, PARTS, SHARDS)
JSONL, PARQUET = "jsonl", "parquet"
# What a part counts, in the order in which it is told.
COUNTS: Final = (
    *("records", "documents", "passed_over", "relevant", "read", "claims", "not_english", "duplicates", "failed"),
)
_TASKS_A_WORKER: Final = 4  # so that the last ones to finish leave the others idle for a small part of the run
_HARMLESS: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_STEM: Final = 60
_HASH: Final = 8


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of an archive: ``key`` is its path below what was given, ``content`` tells whether it is still the same.

    ``path`` leads to it from here, and goes into no output.
    """

    key: str
    path: str
    size: int
    content: str

    @property
    def name(self) -> str:
        """The name that its parts bear: harmless in every file system, and another for every other key."""
        stem = _HARMLESS.sub("_", self.key.rpartition("/")[2]).lstrip(".")[:_LONGEST_STEM]
        return f"{stem or 'shard'}-{content_id(self.key)[:_HASH]}"


@dataclass(frozen=True, slots=True)
class Options:
    """What decides on the bytes of a run's output, beside its input and the extractor."""

    form: str = JSONL
    part_size: int = PART_SIZE
    keep_texts: bool = False
    gate: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """A task: of a shard every ``lanes``-th part from ``lane`` on; ``deadly`` records are not read but told."""

    shard: Shard
    lane: int = 0
    lanes: int = 1
    deadly: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.shard.key


def part_name(shard: Shard, number: int) -> str:
    """Return the name of a part, without what follows the last point."""
    return f"{shard.name}.{number:06}"


def parse_part(name: str) -> tuple[str, int] | None:
    """Return the shard's name and the number of a part, None where it is none."""
    match = re.fullmatch(r"(.+)\.([0-9]{6,})", name)
    return (match[1], int(match[2])) if match else None


def lanes_for(shards: int, workers: int) -> int:
    """Return among how many tasks each shard is divided, so that all workers are busy almost to the end.

    Each of them goes through the whole shard and reads its own parts only; so there are no more than needed.
    """
    return max(1, min(workers, -(-_TASKS_A_WORKER * workers // max(shards, 1))))


def plan_tasks(shards: Sequence[Shard], workers: int, finished: Collection[str] = ()) -> list[Lane]:
    """Return the tasks for all shards but those of the names in ``finished``."""
    waiting = [shard for shard in shards if shard.name not in finished]
    lanes = lanes_for(len(waiting), workers)
    return [Lane(shard, lane, lanes) for shard in waiting for lane in range(lanes)]


def describe_run(options: Options, extractor: str, shards: Sequence[Shard]) -> dict[str, Any]:
    """Return what ``batch.json`` holds."""
    return {
        "layout": LAYOUT,
        "extractor": extractor,
        "options": {
            "format": options.form,
            "part_size": options.part_size,
            "keep_texts": options.keep_texts,
            "gate": options.gate,
        },
        "shards": {shard.key: {"name": shard.name, "size": shard.size, "content": shard.content} for shard in shards},
    }


def why_not_resumed(kept: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """Return why a run may not go on in the folder of another, None where it may: new shards are welcome."""
    for word in ("layout", "extractor"):
        if kept.get(word) != now[word]:
            return f"was made by another version ({word} {kept.get(word)}; this one is {now[word]})"
    for option, value in now["options"].items():
        was = kept.get("options", {}).get(option)
        if was != value:
            return f"was made with other options ({option} was {was}, and is {value} now)"
    for key, shard in kept.get("shards", {}).items():
        if key not in now["shards"]:
            return f"was made of other input: {key} was among it, and is not now"
        if shard != now["shards"][key]:
            return f"was made of other input: {key} has changed since"
    return None


def sum_counts(all_counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of counts, by name."""
    return {name: sum(counts[name] for counts in all_counts) for name in COUNTS}
