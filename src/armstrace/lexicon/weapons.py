"""Words for arms: nouns by kind, types by name, designation patterns, and look-alikes that are no arms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armstrace.errors import LexiconError
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.nouns import forms
from armstrace.lexicon.parties import Named
from armstrace.lexicon.schema import LexiconFiles, checked_rows
from armstrace.model import Category

_SIGNS = re.compile(r"[\W_]+")
_HYPHEN_DIGIT = re.compile(r"(?<=[A-Za-z])-(?=\d)")


def weapon_nouns(files: LexiconFiles) -> Iterator[Named]:
    """Yield the nouns for arms, singular and plural, in lower case."""
    data = files.read("weapon_kinds.yml")
    rows = checked_rows(
        data.get("kinds"),
        "weapon_kinds.yml",
        {"category": str, "strength": str, "nouns": list},
        frozenset({"plurals", "note"}),
    )
    for row in rows:
        category = read_category(row["category"], "weapon_kinds.yml")
        for noun in row["nouns"]:
            entry = Entry(EntryKind.WEAPON_NOUN, noun, category=category, strong=row["strength"] == "strong")
            for form in forms(noun):
                yield form.lower(), entry
    for phrase in data.get("not_arms") or ():
        for form in forms(phrase):
            yield form.lower(), Entry(EntryKind.NOT_ARMS, phrase)
    for phrase in data.get("not_arms_names") or ():
        yield phrase.lower(), Entry(EntryKind.NOT_ARMS, phrase)
    for phrase in data.get("wmd") or ():
        for form in forms(phrase):
            yield form.lower(), Entry(EntryKind.NOT_ARMS, phrase, detail="wmd")


def weapon_types(files: LexiconFiles) -> Iterator[Named]:
    """Yield weapon types by name, singular and plural; ``country`` is the designing state."""
    data = files.read("weapon_types.yml")
    rows = checked_rows(
        data.get("types"),
        "weapon_types.yml",
        {"name": str, "names": list, "category": str},
        frozenset({"maker", "company", "un_register", "ml", "bare", "note", "sipri", "usml"}),
    )
    for row in rows:
        maker = row.get("maker")
        entry = Entry(
            EntryKind.WEAPON_TYPE,
            row["name"],
            country=maker if isinstance(maker, str) else None,
            category=read_category(row["category"], f"weapon_types.yml ({row['name']})"),
            strong=not row.get("bare"),
        )
        for name in dict.fromkeys(v for n in row["names"] for v in _spellings(n)):
            yield name, entry
            if not name.endswith("s"):
                yield f"{name}s", entry


def not_designations(files: LexiconFiles) -> Iterator[Named]:
    """Yield what looks like a designation and is none ("COVID-19")."""
    for name in files.read("weapon_patterns.yml").get("not_designations") or ():
        yield name, Entry(EntryKind.NOT_ARMS, name)


def name_key(name: str) -> str:
    """Return a name of a type without case, hyphens and spaces: "Scud B", "Scud-B" and "SCUD-B" are one."""
    return _SIGNS.sub("", name.lower())


def _spellings(name: str) -> tuple[str, ...]:
    """Return a designation with its hyphen before digits kept, dropped and made a space ("S-300", "S300", "S 300")."""
    return name, _HYPHEN_DIGIT.sub("", name), _HYPHEN_DIGIT.sub(" ", name)


def read_category(value: str, where: str) -> Category:
    """Return the category of this name; raise ``LexiconError`` naming the place where there is none."""
    try:
        return Category(value)
    except ValueError as error:
        raise LexiconError(f"{where}: category '{value}' is none of {', '.join(Category)}") from error
