"""Where what a page shows leads: at the desk by paths, in a folder of files by names beside one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Addresses:
    """Functions that give addresses; None for what leads nowhere.

    Attributes:
        words: of a claim in its document, by the ids of document and claim.
        measure: of an entry of a legal measure, by the key of the measure and the id of the entry.
    """

    words: Callable[[str, str], str | None]
    measure: Callable[[str, str], str | None]


DESK: Final = Addresses(
    words=lambda document, claim: f"/documents/{document}#claim-{claim}",
    measure=lambda key, entry: f"/law/{key}#entry-{entry}",
)
