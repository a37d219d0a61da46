"""How far a transfer has got, in order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from armstrace.model import Status

_STEPS: Final[tuple[Status, ...]] = (
    Status.SOUGHT,
    Status.OFFERED,
    Status.PLANNED,
    Status.APPROVED,
    Status.ORDERED,
    Status.IN_TRANSIT,
    Status.DELIVERED,
    Status.USED,
)
# Seized arms were under way; what is refused, cancelled or not said is no step.
STEP: Final[Mapping[Status, int]] = MappingProxyType(
    {status: number for number, status in enumerate(_STEPS)} | {Status.SEIZED: _STEPS.index(Status.IN_TRANSIT)}
)
