"""What office files and PDFs say of themselves: titles that are none, writers, the day on which they were made."""

from __future__ import annotations

import re
from typing import Final

from armstrace.document import Fact, Metadata
from armstrace.ingest.metadata import tidy
from armstrace.ingest.office_xml import Tag

# What programs write where nobody gave a title, and names of files.
_NO_TITLE: Final = re.compile(
    r"untitled\W*\d*|(?:document|presentation|slide|book|unknown|title|word document|print|scan\w*)\W*\d*|"
    r"microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pptx?|html?|p65|tex|dvi|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR: Final = re.compile(
    r"anonymous|unknown|user|admin(?:istrator)?|owner|author|unspecified|python-docx", re.IGNORECASE
)
# ISO, or as PDF writes it: D:20250311091400+00'00'
_DAY: Final = re.compile(r"(?:D:)?((?:1[89]|20)[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])")
_LANGUAGE: Final = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_LONGEST: Final = 20_000  # characters of one property


def property_title(value: str | None) -> str | None:
    """Return the title that a file carries, None where a program made it up."""
    title = tidy(value)
    return None if title is None or _NO_TITLE.fullmatch(title) else title


def property_author(value: str | None) -> str | None:
    """Return the writer that a file names, None where a program did."""
    writer = tidy(value)
    return None if writer is None or _NO_AUTHOR.fullmatch(writer) else writer


def property_language(value: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag, None for anything else."""
    match = _LANGUAGE.fullmatch(tidy(value) or "")
    return match[1].lower() if match else None


def property_facts(title: str | None, author: str | None, created: str | None) -> tuple[Fact, ...]:
    """Return title, author and day of making as facts that stand outside the text; the day is ISO."""
    day = _DAY.match(created or "")
    named = (
        ("title", property_title(title)),
        ("author", property_author(author)),
        ("created", "-".join(day.groups()) if day else None),
    )
    return tuple(Fact(kind, text, None) for kind, text in named if text)


class Properties:
    """The properties of an office file, from the part that holds them: a handler of its events."""

    _WANTED: Final = (
        "dc:title",
        "dc:creator",
        "dc:language",
        "dcterms:created",
        "meta:creation-date",
        "meta:initial-creator",
    )

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._name: str | None = None

    def start(self, tag: Tag) -> None:
        """Note which property begins."""
        self._name = tag.name if tag.name in self._WANTED else None

    def end(self, name: str) -> None:  # noqa: ARG002  (events have one shape)
        """Note that it ends."""
        self._name = None

    def text(self, text: str) -> None:
        """Take its words; the first of each name counts."""
        if self._name is not None:
            self._values[self._name] = (self._values.get(self._name, "") + text)[:_LONGEST]

    def metadata(self, shown_title: str | None) -> Metadata:
        """Return what the file says of itself; the title that its text shows comes first."""
        return Metadata(
            title=tidy(shown_title) or property_title(self._values.get("dc:title")),
            byline=self._author(),
            language=property_language(self._values.get("dc:language")),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Return title, author and day of making as facts."""
        created = self._values.get("dcterms:created") or self._values.get("meta:creation-date")
        return property_facts(self._values.get("dc:title"), self._author(), created)

    def _author(self) -> str | None:
        # In ODF dc:creator is who changed the file last.
        return property_author(self._values.get("meta:initial-creator") or self._values.get("dc:creator"))
