"""A person at the desk, and the roles that one may have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a person may; each may all that those before may."""

    NOBODY = 0
    READER = 1
    REVIEWER = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """Return the name to show."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    Attributes:
        name: under which judgements are kept.
        role: what they may.
        key: the id of the API key that they came by, None for a browser or a desk without accounts.
    """

    name: str
    role: Role
    key: str | None = None


NOBODY = Person("", Role.NOBODY)
