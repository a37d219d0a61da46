"""Reliability of sources, A to F, after the Admiralty (NATO) scale: from a table that the user edits.

It is about sources and stands apart from the credibility of a transfer (``grades``): neither changes the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import yaml

from armstrace.errors import MetadataError
from armstrace.model import SourceKind
from armstrace.register.fields import plain_name
from armstrace.text.yaml_files import parse_given_yaml

GRADES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "reliability cannot be judged",
    }
)
_KEYS: Final = frozenset({"names", "kind", "country", "grade", "why"})


class Row(NamedTuple):
    """One row of the table: whom it is about, the grade, and why."""

    names: frozenset[str]
    kind: SourceKind | None
    country: str | None
    grade: str
    why: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """A letter of the Admiralty scale, what it is called, and why, in one sentence."""

    grade: str
    label: str
    sentence: str


def load_reliability(text: str | None = None, name: str = "sources.yml", stored: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Return the rows of a user's table, if one is given, before those ``stored`` and those of the packaged one.

    Raises:
        MetadataError: a row is malformed; the text names the file and the entry.
    """
    own = read_reliability(text, name) if text is not None else ()
    return (*own, *stored, *_packaged())


@cache
def _packaged() -> tuple[Row, ...]:
    return read_reliability(files("armstrace.register").joinpath("sources.yml").read_text("utf-8"), "sources.yml")


def make_row(names: Sequence[str], kind: SourceKind | None, country: str | None, grade: str, why: str) -> Row:
    """Return a row about who goes by one of some names."""
    return Row(frozenset(map(plain_name, names)), kind, country, grade, why)


def grade_source(rows: Sequence[Row], name: str, kind: SourceKind, country: str | None) -> Reliability:
    """Return how reliable a source is: by the row that says most of it, of several such by the first."""
    plain = plain_name(name)
    fitting = [row for row in rows if _fits(row, plain, kind, country)]
    if not fitting:
        return Reliability("F", GRADES["F"], "no row of the table is about it")
    row = max(fitting, key=lambda r: (bool(r.names), (r.kind is not None) + (r.country is not None)))
    return Reliability(row.grade, GRADES[row.grade], row.why)


def _fits(row: Row, plain: str, kind: SourceKind, country: str | None) -> bool:
    named = not row.names or plain in row.names
    return named and row.kind in {None, kind} and row.country in {None, country}


def read_reliability(text: str, name: str) -> tuple[Row, ...]:
    """Return the rows of one table; ``name`` is that of its file.

    Raises:
        MetadataError: it is no such table; the text says which row is wrong.
    """
    try:
        found = parse_given_yaml(text)
    except yaml.YAMLError as error:
        raise MetadataError(f"{name}: is no YAML ({' '.join(str(error).split())}); correct it") from error
    if not isinstance(found, list):
        raise MetadataError(f"{name}: a list of rows is expected; see the packaged sources.yml for the form")
    return tuple(_read_row(row, f"{name}, row {number}") for number, row in enumerate(found, 1))


def _read_row(row: Any, where: str) -> Row:  # noqa: ANN401 - YAML holds anything
    if not isinstance(row, dict) or set(row) - _KEYS:
        raise MetadataError(f"{where}: give {', '.join(sorted(_KEYS))} and nothing else")
    if str(row.get("grade")) not in GRADES or not isinstance(row.get("why"), str):
        raise MetadataError(f"{where}: 'grade' must be a letter from A to F, and 'why' a reason in words")
    names, kind, country = row.get("names") or [], row.get("kind"), row.get("country")
    if not isinstance(names, list) or not all(isinstance(one, str) and plain_name(one) for one in names):
        raise MetadataError(f"{where}: 'names' must be a list of names in words")
    if kind is not None and kind not in set(SourceKind):
        raise MetadataError(f"{where}: 'kind' must be one of {', '.join(SourceKind)}")
    if country is not None and not isinstance(country, str):
        raise MetadataError(f"{where}: 'country' must be a code in quotation marks, such as 'NO'")
    if not names and kind is None and country is None:
        raise MetadataError(f"{where}: say whom it is about by 'names', 'kind' or 'country'")
    return make_row(names, SourceKind(kind) if kind else None, country, row["grade"], " ".join(row["why"].split()))
