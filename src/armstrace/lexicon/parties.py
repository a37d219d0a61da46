"""Names of parties and speakers: countries, leaders, institutions, groups, bodies, outlets, companies."""

from __future__ import annotations

from collections.abc import Iterator

from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.schema import LexiconFiles, Row, checked_rows

Named = tuple[str, Entry]

_COUNTRY_LISTS = {
    "names": EntryKind.COUNTRY,
    "adjectives": EntryKind.ADJECTIVE,
    "people": EntryKind.PEOPLE,
    "capitals": EntryKind.CAPITAL,
    "seats": EntryKind.SEAT,
    "places": EntryKind.PLACE,
    "nicknames": EntryKind.NICKNAME,
}
NO_STATE = "ZZ"  # heads of international bodies speak for no state
_HISTORIC_LISTS = ("names", "adjectives", "people")


def country_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield every name, adjective, people, capital, seat and place of ``countries.yml``."""
    rows = checked_rows(
        files.read("countries.yml"),
        "countries.yml",
        {"code": str, "names": list},
        frozenset({*_COUNTRY_LISTS, "historic", "weak", "kinds", "note"}),
    )
    for row in rows:
        label = row["names"][0]
        weak = frozenset(row.get("weak") or ())
        for key, kind in _COUNTRY_LISTS.items():
            for name in row.get(key) or ():
                yield name, Entry(kind, label, row["code"], strong=name not in weak)
        for name in weak.difference(*(row.get(key) or () for key in _COUNTRY_LISTS)):
            yield name, Entry(EntryKind.COUNTRY, label, row["code"], strong=False)
        for old in row.get("historic") or ():
            for key in _HISTORIC_LISTS:
                for name in old.get(key) or ():
                    yield (
                        name,
                        Entry(
                            _COUNTRY_LISTS[key],
                            (old.get("names") or [label])[0],
                            row["code"],
                            detail="historic",
                        ),
                    )


def country_kinds(files: LexiconFiles) -> dict[str, frozenset[str]]:
    """Return common noun ("kingdom") -> codes of the countries that the press calls so."""
    kinds: dict[str, set[str]] = {}
    for row in files.read("countries.yml"):
        for kind in row.get("kinds") or ():
            kinds.setdefault(kind.lower(), set()).add(row["code"])
    return {kind: frozenset(codes) for kind, codes in kinds.items()}


def leader_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield the full names and the telling surnames of ``leaders.yml``."""
    required = {"name": str, "country": str, "office": str, "branch": str}
    for row in checked_rows(files.read("leaders.yml"), "leaders.yml", required, frozenset({"aliases", "note"})):
        country = None if row["country"] == NO_STATE else row["country"]
        entry = Entry(EntryKind.LEADER, f"{row['name']}, {row['office']}", country, detail=row["branch"])
        for name in (row["name"], *(row.get("aliases") or ())):
            yield name, entry


def institution_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield institutions whose name alone tells the country."""
    data = files.read("institutions.yml")
    rows = checked_rows(
        data.get("named"),
        "institutions.yml (named)",
        {"names": list, "country": str, "branch": str},
        frozenset({"weak", "note"}),
    )
    for row in rows:
        for name in (*row["names"], *(row.get("weak") or ())):
            strong = name not in (row.get("weak") or ())
            yield (
                name,
                Entry(
                    EntryKind.INSTITUTION,
                    row["names"][0],
                    row["country"],
                    detail=row["branch"],
                    strong=strong,
                ),
            )


def institution_nouns(files: LexiconFiles) -> Iterator[Named]:
    """Yield nouns such as "defence ministry", whose country comes from what stands beside them."""
    data = files.read("institutions.yml")
    rows = checked_rows(
        data.get("patterns"),
        "institutions.yml (patterns)",
        {"heads": list, "branch": str},
        frozenset({"note"}),
    )
    for row in rows:
        for head in row["heads"]:
            yield head, Entry(EntryKind.INSTITUTION_NOUN, head, detail=row["branch"])


def group_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield the names of armed groups; ``country`` is where a claim's recipient acts first."""
    data = files.read("groups.yml")
    rows = checked_rows(
        _part(data, "groups"),
        "groups.yml",
        {"name": str, "names": list, "acts_in": list},
        frozenset({"adjectives", "kind", "weak", "people", "note"}),
    )
    for row in rows:
        weak = frozenset(row.get("weak") or ())
        country = (row["acts_in"] or [None])[0]
        for name in dict.fromkeys((*row["names"], *(row.get("people") or ()), *(row.get("adjectives") or ()), *weak)):
            yield (
                name,
                Entry(
                    EntryKind.GROUP,
                    row["name"],
                    country,
                    detail=row.get("kind") or "",
                    strong=name not in weak,
                    acts_in=tuple(row["acts_in"]),
                ),
            )


def group_nouns(files: LexiconFiles) -> Iterator[Named]:
    """Yield nouns for armed actors ("rebels"), whose country comes from what stands beside them or the story."""
    data = files.read("groups.yml")
    rows = checked_rows(data.get("generic"), "groups.yml (generic)", {"nouns": list}, frozenset({"kind", "note"}))
    for row in rows:
        for noun in row["nouns"]:
            yield noun, Entry(EntryKind.GROUP_NOUN, noun, detail=row.get("kind") or "")


def body_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield international bodies; only the European Union and its organs have a code of their own."""
    rows = checked_rows(
        _part(files.read("bodies.yml"), "bodies"),
        "bodies.yml",
        {"names": list},
        frozenset({"code", "country", "kind", "weak", "note"}),
    )
    for row in rows:
        for name in dict.fromkeys((*row["names"], *(row.get("weak") or ()))):
            strong = name not in (row.get("weak") or ())
            yield (
                name,
                Entry(
                    EntryKind.BODY,
                    row["names"][0],
                    row.get("country"),
                    detail=row.get("kind") or "",
                    strong=strong,
                ),
            )


def outlet_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield news outlets; ``detail`` is agency, paper, broadcaster, state-media, magazine, site or blog."""
    rows = checked_rows(
        _part(files.read("outlets.yml"), "outlets"),
        "outlets.yml",
        {"name": str, "names": list, "kind": str},
        frozenset({"country", "weak", "domains", "note"}),
    )
    for row in rows:
        weak = frozenset(row.get("weak") or ())
        for name in dict.fromkeys((row["name"], *row["names"], *weak, *(row.get("domains") or ()))):
            yield (
                name,
                Entry(
                    EntryKind.OUTLET,
                    row["name"],
                    row.get("country"),
                    detail=row["kind"],
                    strong=name not in weak,
                ),
            )


def outlet_towns(files: LexiconFiles) -> dict[str, str]:
    """Return place -> country of the towns after which outlets are named, where no other list holds the name."""
    rows = checked_rows(
        files.read("outlets.yml").get("towns"), "outlets.yml (towns)", {"country": str, "names": list}, frozenset()
    )
    return {name: row["country"] for row in rows for name in row["names"]}


def think_tank_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield think tanks and non-governmental organisations by name; ``detail`` is expert or ngo."""
    data = files.read("speakers.yml")
    rows = checked_rows(
        _part(data, "named"),
        "speakers.yml (named)",
        {"names": list, "kind": str},
        frozenset({"country", "weak", "note", "name"}),
    )
    for row in rows:
        for name in (*row["names"], *(row.get("weak") or ())):
            strong = name not in (row.get("weak") or ())
            yield (
                name,
                Entry(
                    EntryKind.THINK_TANK,
                    row["names"][0],
                    row.get("country"),
                    detail=row["kind"],
                    strong=strong,
                ),
            )


def not_parties(files: LexiconFiles) -> Iterator[Named]:
    """Yield names that hold a country's name and are no party ("Latin America", "New Mexico")."""
    for name in files.read("not_parties.yml")["names"]:
        yield name, Entry(EntryKind.NOT_PARTY, name)


def company_names(files: LexiconFiles) -> Iterator[Named]:
    """Yield arms makers and trading firms."""
    rows = checked_rows(
        _part(files.read("companies.yml"), "companies"),
        "companies.yml",
        {"names": list, "country": str},
        frozenset({"role", "weak", "note"}),
    )
    for row in rows:
        weak = frozenset(row.get("weak") or ())
        for name in dict.fromkeys((*row["names"], *weak)):
            yield (
                name,
                Entry(
                    EntryKind.COMPANY,
                    row["names"][0],
                    row["country"],
                    detail=row.get("role") or "",
                    strong=name not in weak,
                ),
            )


def speaker_nouns(files: LexiconFiles) -> list[Row]:
    """Return the rows of nouns that speak, each with its source kinds."""
    data = files.read("speakers.yml")
    return checked_rows(
        _part(data, "speakers"),
        "speakers.yml",
        {"nouns": list},
        frozenset({"anonymous", "named", "note", "kind"}),
    )


def _part(data: object, key: str) -> object:
    """Return one list of a file that holds several under keys, or the file's only list."""
    return data.get(key) if isinstance(data, dict) else data
