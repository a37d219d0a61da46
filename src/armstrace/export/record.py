"""The one record that every format is made from: a line of the register with all that an export can say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from armstrace.export.findings import Findings
from armstrace.export.wording import CountryNames
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that claims were read from, as an export cites it.

    Attributes:
        id: the hash of its content.
        title: as it bears it, None where it bears none; so with ``outlet``, ``byline``, ``language`` (ISO 639-1).
        published: ISO day, month or year, or None.
        url: its web address; None where there is none, or one that may tell a secret.
        format: what it was read from: "text", "html", "pdf" ...
        captured: the ISO moment at which its bytes first came here, None where nobody noted it.
        sha256: of these bytes.
    """

    id: str
    title: str | None
    outlet: str | None
    byline: str | None
    language: str | None
    published: str | None
    url: str | None
    format: str
    captured: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A transfer, what the law says of it (in the public shape), and by id the documents that its claims are of."""

    transfer: Transfer
    findings: Findings
    documents: Mapping[str, Cited]


@dataclass(frozen=True, slots=True)
class About:
    """What all records of one export have in common.

    Attributes:
        asked: what they were chosen by, as it was given: ``{"party": "KP"}``.
        as_of: the day, month or year as known on which they stand; None for today's.
        versions: of the program, of what read the documents, of the register, the law and the lists.
        names: of countries, by code.
        reliability: the table of sources by which these are graded.
        options: what is asked of this one format (``Format.options``), by name.
    """

    asked: Mapping[str, str]
    as_of: str | None
    versions: Mapping[str, Any]
    names: CountryNames
    reliability: Sequence[Row] = ()
    options: Mapping[str, str] = field(default_factory=dict)


class Out(Protocol):
    """Where an export goes: bytes, in order; it need not be able to go back."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""


# Writes records, in the order in which they come, and holds as few of them at once as its format lets it.
Write = Callable[[Iterable[Record], About, Out], None]
