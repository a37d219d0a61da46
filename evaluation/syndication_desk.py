"""What an edit of the syndication set may know of the desk that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edit may know: its argument, the seed, who is to be called Mr or Ms, the outlet's own furniture."""

    argument: str = ""
    seed: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    top: Paragraphs = ()
    bottom: Paragraphs = ()

    def number(self, default: int) -> int:
        """Return the argument as a number."""
        return int(self.argument) if self.argument else default

    def chance(self, *place: object) -> float:
        """Return a number in [0, 1) that depends on the seed and the place alone, on any machine."""
        digest = sha256("|".join(map(str, (self.seed, *place))).encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48
