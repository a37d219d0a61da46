"""The version of what reads: it changes whenever a rule, a word table or the model does, and only then."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from armstrace import __version__

# What decides on a claim of a document: every file of these parts of the package, code, tables and model alike.
PARTS: Final = (
    "document.py",
    "figures.py",
    "ids.py",
    "kinds.py",
    "model.py",
    *"extract language lexicon text".split(),
)
_LENGTH: Final = 10


@cache
def extractor_version() -> str:
    """Return the version of the built-in reader, such as "0.1.0+3f9a0c12de": two that are equal read alike.

    The part after the plus sign is taken from the content of all that decides on a claim (SHA-256; a tenth of a
    second), so that nobody has to remember to raise a number.
    """
    return version_of(PARTS)


def version_of(parts: Sequence[str]) -> str:
    """Return a version that changes whenever one of these modules, packages and tables does."""
    digest = hashlib.sha256()
    for name, file in _walk(files("armstrace"), tuple(parts)):
        data = file.read_bytes()
        digest.update(f"{name}:{len(data)}:".encode())
        digest.update(data)
    return f"{__version__}+{digest.hexdigest()[:_LENGTH]}"


def _walk(folder: Traversable, names: tuple[str, ...], above: str = "") -> Iterator[tuple[str, Traversable]]:
    for name in sorted(names):
        place = folder / name
        if place.is_dir():
            inner = tuple(one.name for one in place.iterdir() if one.name != "__pycache__")
            yield from _walk(place, inner, f"{above}{name}/")
        else:
            yield above + name, place
