"""The table of words that names have in common, read from ``name_words.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from armstrace.text.word_tables import read_phrases
from armstrace.text.yaml_files import parse_yaml


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by what they tell of a name; phrases are tuples of folded words."""

    legal_forms: Mapping[tuple[str, ...], str]
    titles: frozenset[str]
    particles: frozenset[str]
    common_names: frozenset[str]
    common_words: frozenset[str]
    same_words: Mapping[tuple[str, ...], str]
    vessel_prefixes: frozenset[tuple[str, ...]]


def load_name_words() -> NameWords:
    """Return the packaged table."""
    table: dict[str, Any] = parse_yaml((files("armstrace.screen") / "name_words.yml").read_text(encoding="utf-8"))
    return NameWords(
        {phrase: kind for kind, forms in table["legal_forms"].items() for phrase in _phrases(forms)},
        read_phrases(table["titles"]),
        read_phrases(table["particles"]),
        read_phrases(table["common_names"]),
        read_phrases(table["common_words"]),
        {phrase: str(word) for word, ways in table["same_words"].items() for phrase in _phrases(ways)},
        frozenset(_phrases(table["vessel_prefixes"])),
    )


def _phrases(table: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in sorted(read_phrases(table))]
