"""Screening as the API takes and gives it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from armstrace.screen.match import THRESHOLD
from armstrace.web.api.shapes.base import Shape

MOST_NAMES = 500


class AskedName(Shape):
    """A name to be screened, and what else is known."""

    name: str = Field(min_length=1, max_length=500)
    """The name."""
    kind: Literal["person", "organisation", "vessel", "aircraft"] | None = None
    """What it is the name of."""
    imo: str | None = Field(default=None, pattern="^[0-9]{7}$")
    """IMO number of a vessel."""
    born: str | None = Field(default=None, pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
    """Year, month or day of birth."""
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """Code, shown beside the entry's countries; it counts nothing."""


class NewScreening(Shape):
    """Names to be screened against the sanctions lists in force."""

    names: list[AskedName] = Field(min_length=1, max_length=MOST_NAMES)
    """The names."""
    lists: list[str] = Field(default=[], max_length=50)
    """Keys of lists; none for all that are in force."""
    threshold: float = Field(default=THRESHOLD, ge=0.3, le=1.0, allow_inf_nan=False)
    """Least points of a hit."""


class Reason(Shape):
    """Why a name is like another."""

    feature: str
    """What was compared."""
    points: float
    """What it counts."""
    words: str
    """In words."""


class Identifier(Shape):
    """A number that a list gives."""

    kind: str
    """Which."""
    value: str
    """The number."""


class ListHit(Shape):
    """An entry of a list that may be meant: a likeness of names, and no identification."""

    points: float
    """0 to 1."""
    list_: str = Field(alias="list")
    """Key of the list."""
    list_dated: str | None
    """Date of its version."""
    list_sha256: str
    """Hash of its version."""
    entry: str
    """Id of the entry."""
    kind: str
    """What it is."""
    primary_name: str
    """The name it is listed under."""
    matched_name: str
    """The name that answers best."""
    matched_name_is: str
    """Which sort of name that is."""
    reasons: list[Reason]
    """Why."""
    countries: list[str]
    """Of the entry."""
    born: list[str]
    """Dates of birth."""
    identifiers: list[Identifier]
    """Numbers of the entry."""
    programmes: list[str]
    """Under which it is listed."""
    listed_on: str | None
    """Since when."""
    remarks: str | None
    """Of the list."""


class Searched(Shape):
    """One name, and what was found."""

    name: str
    """The name."""
    kind: str | None
    """As asked for."""
    imo: str | None
    """As asked for."""
    born: str | None
    """As asked for."""
    country: str | None
    """As asked for."""
    result: Literal["hits", "nothing found"]
    """Whether there is a hit."""
    hits: list[ListHit]
    """The hits, the most points first."""


class ListFile(Shape):
    """A file that a list was read from."""

    name: str
    """Its name."""
    sha256: str
    """Its hash."""
    size: int
    """Its bytes."""


class RowLeftOut(Shape):
    """A row of a list that could not be read."""

    place: str
    """Where it stands."""
    reason: str
    """Why."""


class SearchedList(Shape):
    """A list that was searched."""

    list_: str = Field(alias="list")
    """Key."""
    title: str
    """Whose list it is."""
    dated: str | None
    """Date of the version."""
    sha256: str
    """Hash of the version."""
    format: str
    """Form in which it was loaded."""
    files: list[ListFile]
    """The files."""
    added_at: str
    """When it was loaded (ISO, UTC)."""
    entries: int
    """How many entries it has."""
    rows_left_out: list[RowLeftOut]
    """What of it could not be read."""


class Certificate(Shape):
    """What was searched, when, against which versions of which lists, and what was found."""

    certificate: str
    """Id: the hash of the rest."""
    shape: int
    """Of the certificate; changes with its keys."""
    searched_at: str
    """When (ISO, UTC)."""
    program: str
    """Which program."""
    matcher: str
    """Which way of comparing."""
    threshold: float
    """Least points of a hit."""
    lists: list[SearchedList]
    """The lists that were searched."""
    official_lists_not_searched: list[str]
    """Official lists that are not loaded."""
    searched: list[Searched]
    """Each name, and what was found."""
    limits: str
    """What the search does not say."""


class ListLine(Shape):
    """A version of a sanctions list in the store."""

    list_: str = Field(alias="list")
    """Key."""
    title: str
    """Whose list it is."""
    dated: str | None
    """Date of the version."""
    sha256: str
    """Hash of the version."""
    format: str
    """Form in which it was loaded."""
    entries: int
    """How many entries it has."""
    rows_left_out: int
    """How many rows could not be read."""
    added_at: str
    """When it was loaded (ISO, UTC)."""
    in_force: bool
    """Whether it is searched."""


class Lists(Shape):
    """The sanctions lists of the store, by key, the newest first."""

    items: list[ListLine]
    """The lists; few, so they are given at once."""
