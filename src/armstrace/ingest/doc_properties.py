"""What office files say of themselves: titles that are none, and the day on which they were made."""

from __future__ import annotations

import re

from armstrace.document import Fact
from armstrace.ingest.metadata import tidy

# What programs write where nobody gave a title, and names of files.
_NO_TITLE = re.compile(
    r"untitled\W*\d*|(?:document|presentation|slide|book|unknown|title|word document|print|scan\w*)\W*\d*|"
    r"microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pptx?|html?|p65|tex|dvi|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"anonymous|unknown|user|admin(?:istrator)?|owner|author|unspecified|python-docx", re.IGNORECASE
)
# ISO, or as PDF writes it: D:20250311091400+00'00'
_DAY = re.compile(r"(?:D:)?((?:1[89]|20)[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(?![0-9]{3}[^0-9])")


def property_title(value: str | None) -> str | None:
    """Return the title that a file carries, None where a program made it up."""
    title = tidy(value)
    return None if title is None or _NO_TITLE.fullmatch(title) else title


def property_facts(title: str | None, author: str | None, created: str | None) -> tuple[Fact, ...]:
    """Return title, author and day of making as facts that stand outside the text; the day is ISO."""
    writer = tidy(author)
    day = _DAY.match(created or "")
    named = (
        ("title", property_title(title)),
        ("author", None if writer is None or _NO_AUTHOR.fullmatch(writer) else writer),
        ("created", "-".join(day.groups()) if day else None),
    )
    return tuple(Fact(kind, text, None) for kind, text in named if text)
