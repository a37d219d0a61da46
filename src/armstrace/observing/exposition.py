"""The metrics of a process, or of all that serve one desk, as text that Prometheus reads."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest, write_to_textfile
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from armstrace import __version__
from armstrace.errors import InputError
from armstrace.observing.metrics import Metrics
from armstrace.observing.shared import processes_of, shared_folder

# Of several processes these are no sums: the desk is as old as its oldest, and each has its own bound of open files.
_LEAST: Final = frozenset({"process_start_time_seconds", "process_max_fds"})


def tell_metrics(metrics: Metrics, *more: Collector) -> bytes:
    """Return all metrics in Prometheus' text format 0.0.4: what ``more`` collects, and of every process that shares."""
    return generate_latest(_gathered(metrics, more))


def write_metrics(metrics: Metrics, path: Path) -> None:
    """Write metrics to a file, whole or not at all.

    Raises:
        InputError: it cannot be written.
    """
    try:
        write_to_textfile(str(path), _gathered(metrics, ()))
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another --metrics-file") from error


def _gathered(metrics: Metrics, more: Iterable[Collector]) -> CollectorRegistry:
    registry, folder = CollectorRegistry(), shared_folder()
    for one in more:  # first, for counting a store notes when its register was last seen to be up to date
        registry.register(one)
    if folder is None:
        registry.register(_Own(metrics))
    else:
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Processes(folder))
    registry.register(_About())
    return registry


class _Own(NamedTuple):
    metrics: Metrics

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics without the moments at which each was made, which several processes do not tell either."""
        for metric in self.metrics.collect():
            metric.samples = [one for one in metric.samples if not one.name.endswith("_created")]
            yield metric


class _About:
    def collect(self) -> Iterator[Metric]:
        made = GaugeMetricFamily("armstrace_build_info", "What runs here.", labels=["version", "python"])
        made.add_metric([__version__, platform.python_version()], 1)
        yield made


class _Processes(NamedTuple):
    """Processor, memory and files of all processes that share a folder, else of this one; where /proc tells of them."""

    folder: Path | None

    def collect(self) -> Iterator[Metric]:
        numbers = processes_of(self.folder) if self.folder else [os.getpid()]
        found: dict[str, list[Metric]] = {}
        for number in numbers:
            for metric in ProcessCollector(pid=partial(int, number), registry=None).collect():
                found.setdefault(metric.name, []).append(metric)
        for several in found.values():
            yield _joined(several)
        yield GaugeMetricFamily("armstrace_processes", "Processes of this desk or run.", value=len(numbers))


def _joined(several: list[Metric]) -> Metric:
    first = several[0]
    values = [metric.samples[0].value for metric in several]
    value = min(values) if first.name in _LEAST else sum(values)
    joined = Metric(first.name, first.documentation, first.type)
    joined.add_sample(first.samples[0].name, {}, value)
    return joined
