"""What runs without a desk count, for ``--metrics-file``: a file that node_exporter reads, or whoever likes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from armstrace.cli.reading import ReadCounts
from armstrace.observing.deliveries import note_delivery
from armstrace.observing.events import STEPS
from armstrace.observing.exposition import write_metrics
from armstrace.observing.metrics import BATCH, PAGES, SOURCES, Metrics

_EVERY: Final = 5.0  # seconds between two writings of what goes on


class Counting:
    """Counts what a run does; now and then, and at its end, that is written."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._metrics = Metrics()
        self._due = 0.0

    def watched(self, told: str) -> None:
        """Count what a watcher tells, by the name of its class."""
        event = STEPS[told]
        for counter, outcomes in ((self._metrics.sources, SOURCES), (self._metrics.pages, PAGES)):
            if event in outcomes:
                counter.labels(outcomes[event]).inc()
        self._write_now_and_then()

    def took_in(self, outcome: str) -> None:
        """Count a text that came in, by its outcome."""
        self._metrics.taken_in.labels(outcome).inc()

    def read(self, counts: ReadCounts) -> None:
        """Count documents that were read, and such that could not be."""
        self._metrics.reads.labels("read").inc(counts.documents)
        self._metrics.reads.labels("failed").inc(counts.unread)

    def part(self, counts: Mapping[str, int]) -> None:
        """Count the documents of a part of an archive."""
        for outcome in BATCH:
            self._metrics.batch.labels(outcome).inc(counts[outcome])
        self._metrics.batch_claims.inc(counts["claims"])
        self._write_now_and_then()

    def delivered(self, alert: str, state: str, reason: str | None) -> None:
        """Count a try to send an alert, and note it in the log."""
        note_delivery(self._metrics, alert, state, reason)
        self._write_now_and_then()

    def write(self) -> None:
        """Write what was counted, where a file was named.

        Raises:
            InputError: it cannot be written.
        """
        if self._path is not None:
            write_metrics(self._metrics, self._path)
        self._due = time.monotonic() + _EVERY

    def _write_now_and_then(self) -> None:
        if time.monotonic() >= self._due:
            self.write()


@contextmanager
def kept_metrics(path: Path | None) -> Iterator[Counting]:
    """Yield what counts a run, and write it to a file at its end, however it ends.

    Raises:
        InputError: the file cannot be written.
    """
    counting = Counting(path)
    counting.write()
    try:
        yield counting
    finally:
        counting.write()
