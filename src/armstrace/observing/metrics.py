"""What a process counts of itself, as Prometheus reads it. Labels are words of closed lists, never what somebody sent.

Where several processes serve one desk, ``shared.sharing`` comes before the first import of this module: Prometheus'
client decides there where its numbers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import Metric

from armstrace.observing.events import Event

# Seconds: half of the desk's pages take under 50 ms, one in a hundred over half a second; exports take minutes.
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
DELIVERIES: Final = ("delivered", "waiting", "dead")
UPDATES: Final = ("done", "failed")
READS: Final = ("read", "failed")
TAKEN_IN: Final = ("new", "version", "known", "unread")
BATCH: Final = ("read", "passed_over", "not_english", "duplicates", "failed")
# What a watcher tells -> what became of asking a source, or of fetching a page that one lists.
SOURCES: Final[Mapping[Event, str]] = MappingProxyType(
    {Event.SOURCE_READ: "read", Event.SOURCE_UNCHANGED: "unchanged", Event.SOURCE_FAILED: "failed"}
)
PAGES: Final[Mapping[Event, str]] = MappingProxyType(
    {Event.PAGE_FETCHED: "fetched", Event.FEED_FETCHED: "in_feed", Event.PAGE_FAILED: "failed"}
)


class Metrics:
    """The metrics of one process; several share their numbers where ``shared.sharing`` says so."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        asked = ("method", "route")
        self.requests = Counter("armstrace_requests", "Requests answered.", (*asked, "status"), registry=registry)
        self.seconds = Histogram(
            "armstrace_request_seconds",
            "Seconds to the last byte of an answer.",
            asked,
            buckets=_SECONDS,
            registry=registry,
        )
        self.in_flight = Gauge(
            "armstrace_requests_in_flight",
            "Requests being answered.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.current = Gauge(
            "armstrace_register_current_timestamp_seconds",
            "When the register was last seen to hold all that was added, read and judged; 0: not since the start.",
            multiprocess_mode="max",
            registry=registry,
        )
        self.updates = _counted(registry, "register_updates", "Times that changes were worked in.", UPDATES)
        self.deliveries = _counted(registry, "alert_deliveries", "Tries to send an alert.", DELIVERIES)
        self.sources = _counted(registry, "source_fetches", "Times that sources were asked.", SOURCES.values())
        self.pages = _counted(registry, "page_fetches", "Pages that sources list.", PAGES.values())
        self.taken_in = _counted(registry, "inputs", "Texts that came in.", TAKEN_IN)
        self.batch = _counted(registry, "batch_documents", "Documents of archives.", BATCH)
        self.batch_claims = Counter("armstrace_batch_claims", "Claims read in archives.", registry=registry)
        self.reads = _counted(registry, "document_reads", "Documents given to the reader.", READS)

    def collect(self) -> Iterable[Metric]:
        """Yield the metrics of this process alone."""
        return self.registry.collect()


def _counted(registry: CollectorRegistry, name: str, about: str, outcomes: Iterable[str]) -> Counter:
    """Return a counter by outcome that tells of each from the start: what is not told cannot be watched."""
    counter = Counter(f"armstrace_{name}", about, ("outcome",), registry=registry)
    for outcome in outcomes:
        counter.labels(outcome)
    return counter
