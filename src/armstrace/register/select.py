"""Which lines of a register somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.model import Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for nothing.

    ``party`` is a code or (part of) a name of supplier or recipient, ``item`` words of an item or a category,
    ``status`` the latest one; ``after`` and ``before`` (ISO day, month or year) bound the reports. Lines of which
    people rejected every claim are left out, unless ``rejected`` asks for them too. ``released`` asks for those alone
    that people stand behind; whoever keeps reviews chooses these (``review.release``).
    """

    party: str | None = None
    item: str | None = None
    status: Status | None = None
    after: str | None = None
    before: str | None = None
    rejected: bool = False
    released: bool = False
