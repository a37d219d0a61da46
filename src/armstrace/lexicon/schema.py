"""Reading and checking the lexicon's YAML files; an error names the file and the entry."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from armstrace.errors import LexiconError
from armstrace.text.yaml_files import parse_yaml

Row = dict[str, Any]


def packaged_data() -> Traversable:
    """Return the folder of packaged lexicon files."""
    return files("armstrace.lexicon") / "data"


class LexiconFiles:
    """The YAML files of one lexicon folder; each is parsed once, however many parts read it."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._parsed: dict[str, Any] = {}

    def read(self, name: str) -> Any:  # noqa: ANN401 - YAML holds anything; rows are checked below
        """Return the content of one lexicon file.

        Raises:
            LexiconError: the file is missing or no YAML.
        """
        if name not in self._parsed:
            try:
                text = (self._folder / name).read_text(encoding="utf-8")
                self._parsed[name] = parse_yaml(text)
            except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
                raise LexiconError(f"lexicon file {name} cannot be read: {error}") from error
            _refuse_truths(self._parsed[name], name)
        return self._parsed[name]


def _refuse_truths(content: object, name: str) -> None:
    """Raise ``LexiconError`` where a list holds a truth value: a word such as "no" or "false" that lacks its quotes."""
    below = list(content.values()) if isinstance(content, dict) else content if isinstance(content, list) else []
    for part in below:
        if isinstance(part, bool) and isinstance(content, list):
            raise LexiconError(f'lexicon file {name}: put "no", "on", "false" and their like in quotes')
        _refuse_truths(part, name)


def checked_rows(rows: object, name: str, required: Mapping[str, type], allowed: frozenset[str]) -> list[Row]:
    """Return ``rows`` as a list of mappings that hold every required key with its type and no unknown key.

    Raises:
        LexiconError: naming the file, the number of the entry and the key.
    """
    if not isinstance(rows, list):
        raise LexiconError(f"lexicon file {name}: a list of entries is expected")
    for number, row in enumerate(rows, 1):
        _check_row(row, f"lexicon file {name}, entry {number}", required, allowed)
    return rows


def _check_row(row: object, where: str, required: Mapping[str, type], allowed: frozenset[str]) -> None:
    if not isinstance(row, dict):
        raise LexiconError(f"{where}: keys and values are expected")
    for key, kind in required.items():
        if not isinstance(row.get(key), kind):
            raise LexiconError(f"{where}: '{key}' must be given as {kind.__name__} (found {row.get(key)!r})")
    unknown = set(row) - set(required) - allowed
    if unknown:
        raise LexiconError(f"{where}: unknown key {sorted(map(str, unknown))}")
    for key, value in row.items():
        if isinstance(value, list) and not all(isinstance(v, str | dict) for v in value):
            raise LexiconError(f"{where}: '{key}' holds something that is no text; quote words such as 'NO' and 'ON'")
