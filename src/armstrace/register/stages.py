"""How far a transfer has got: the steps in their order, and those that end or stop it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from armstrace.model import Status

_STEPS: Final = (
    Status.SOUGHT,
    Status.OFFERED,
    Status.PLANNED,
    Status.APPROVED,
    Status.ORDERED,
    Status.IN_TRANSIT,
    Status.DELIVERED,
    Status.USED,
)
STAGE: Final[Mapping[Status, int]] = MappingProxyType({status: number for number, status in enumerate(_STEPS, 1)})
MOVED: Final = frozenset({Status.IN_TRANSIT, Status.DELIVERED, Status.USED})
CALLED_OFF: Final = frozenset({Status.CANCELLED, Status.REFUSED})
STOPPED: Final = CALLED_OFF | {Status.SEIZED}
