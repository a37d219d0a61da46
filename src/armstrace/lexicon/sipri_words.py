"""Words of SIPRI's trade register: ends of weapon descriptions, and states as it spells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from armstrace.errors import LexiconError
from armstrace.lexicon.schema import LexiconFiles, checked_rows, packaged_data
from armstrace.model import Category

_FILE = "sipri.yml"


@dataclass(frozen=True, slots=True)
class SipriWords:
    """Category by the end of a description, the longest first; name by the code of a state."""

    ends: Mapping[str, Category]
    states: Mapping[str, str]

    def category_of(self, description: str) -> Category | None:
        """Return the category that the end of a description tells; None where no listed end does."""
        words = f" {description.casefold()}"
        return next((category for end, category in self.ends.items() if words.endswith(end)), None)


@cache
def load_sipri_words() -> SipriWords:
    """Return the words of SIPRI's register.

    Raises:
        LexiconError: the packaged file is malformed.
    """
    data = LexiconFiles(packaged_data()).read(_FILE)
    rows = checked_rows(data.get("descriptions"), _FILE, {"category": str, "ends": list}, frozenset())
    ends = {f" {end.casefold()}": _category(row["category"]) for row in rows for end in row["ends"]}
    longest = dict(sorted(ends.items(), key=lambda entry: (-len(entry[0]), entry[0])))
    return SipriWords(longest, dict(data["states"]))


def _category(value: str) -> Category:
    try:
        return Category(value)
    except ValueError as error:
        raise LexiconError(f"{_FILE}: category '{value}' is none of {', '.join(Category)}") from error
