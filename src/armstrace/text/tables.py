"""Word tables of this package: YAML files beside the code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

from armstrace.text.numerals import GAP
from armstrace.text.yaml_files import parse_yaml


@cache
def load_table(name: str) -> Any:  # noqa: ANN401  (YAML is typed by what is done with it)
    """Return the table ``name`` of this package; the same object at every call, not to be changed."""
    return parse_yaml(files("armstrace.text").joinpath(f"{name}.yml").read_text("utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of the words or patterns, longest first, with any gap for their blanks."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)).replace(" ", GAP) + ")"


def flatten(rows: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return the words of a table that is written in several lines."""
    return tuple(word for row in rows for word in row)
