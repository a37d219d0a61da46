"""What became of alerts that were sent, in the log and in the metrics."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.observing.metrics import Metrics
from armstrace.observing.safe import hosts_only
from armstrace.store.deliveries import DEAD, DELIVERED, WAITING

_EVENTS: Final[Mapping[str, Event]] = MappingProxyType(
    {DELIVERED: Event.ALERT_DELIVERED, WAITING: Event.ALERT_NOT_DELIVERED, DEAD: Event.ALERT_GIVEN_UP}
)


def note_delivery(metrics: Metrics, alert: str, state: str, reason: str | None) -> None:
    """Note one try: the id of the alert and, where it was not taken, why; of its address the host alone."""
    metrics.deliveries.labels(state).inc()
    log(_EVENTS[state], {"alert": alert, "reason": hosts_only(reason) if reason else None})
