"""Sources and outlets as pages show them: how reliable people judge them, and what became of what they said. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from armstrace.export.plain import plain
from armstrace.export.transfer_words import outlet_words
from armstrace.export.wording import CountryNames, chain_words, claim_words, standing_words
from armstrace.model import ClaimKind, Polarity, SourceKind
from armstrace.register.reliability import GRADES, Reliability, Row, grade_source
from armstrace.store.source_grades import Grade
from armstrace.store.sources import SourceQuery, SourceRow, Stretch
from armstrace.told import Told
from armstrace.web.views.words import Stretch as Words
from armstrace.web.views.words import evidence_words

PATH: Final = "/sources"
AT_ONCE: Final = 50
CLAIMS_AT_ONCE: Final = 25
NAMES: Final = ("words", "kind", "country", "sort")
# What the columns sort by, and their headings.
COLUMNS: Final = (
    ("label", "Source", False),
    ("kind", "Kind", False),
    ("country", "Country", False),
    ("", "Reliability", False),
    ("claims", "Claims", True),
    ("transfers", "Transfers told of", True),
    ("confirmed", "Confirmed later", True),
    ("denied", "Denied later", True),
    ("taken_back", "Taken back", True),
    ("last_day", "Last report", False),
)
FIRST: Final = "claims"  # what is sorted by unless something else is asked for


class Heading(NamedTuple):
    """A column: its heading, where it is sorted by (None for not), whether it is, and whether it holds numbers."""

    words: str
    href: str | None
    is_sorted: bool
    is_number: bool


class SourceLine(NamedTuple):
    """A source in the table."""

    href: str
    label: str
    kind: str
    country: str
    grade: Reliability
    claims: int
    carried: int
    transfers: int
    followed: int
    confirmed: int
    denied: int
    taken_back: int
    last_day: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """A page of sources; ``previous`` and ``following`` are addresses, "" for none."""

    headings: tuple[Heading, ...]
    lines: tuple[SourceLine, ...]
    told: str
    asked: Mapping[str, str]
    kinds: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...]
    previous: str
    following: str


class ClaimLine(NamedTuple):
    """A claim of a source: what it says, its words, where it was printed, its transfer ("" for none)."""

    id: str
    says: str
    standing: str
    denied: bool
    words: tuple[Words, ...]
    document: str
    place: str
    chain: str
    transfer: str
    is_carrier: bool
    state: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """The page of one source: its line, other names, who graded it, its claims."""

    line: SourceLine
    names: tuple[str, ...]
    graded: Grade | None
    claims: tuple[ClaimLine, ...]
    told: str
    previous: str
    following: str


def query_of(asked: Mapping[str, str]) -> SourceQuery:
    """Return what is asked of the store; a field left blank asks nothing."""
    return SourceQuery(*(asked.get(name) or None for name in ("words", "kind", "country")))


def stretch_of(page: str, at_once: int) -> tuple[int, Stretch]:
    """Return the number of a page, 1 for what is none, and which rows stand on it."""
    number = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < len("10000000") else 1
    return number, Stretch(at_once, (number - 1) * at_once)


def view_sources(
    rows: Sequence[SourceRow],
    count: int,
    asked: Mapping[str, str],
    page: int,
    known: tuple[Sequence[Row], CountryNames, tuple[Sequence[str], Sequence[str]]],
) -> SourcesView:
    """Return a page of sources; ``known`` are the grades, names of countries, and all kinds and countries there are."""
    grades, names, (kinds, countries) = known
    given = {name: plain(value) for name, value in asked.items()}
    sources = "1 source" if count == 1 else f"{count:,} sources"
    return SourcesView(
        headings=tuple(_heading(column, asked) for column in COLUMNS),
        lines=tuple(_line(row, grades, names) for row in rows),
        told=f"{sources} and outlets are named in claims" if query_of(asked) == SourceQuery() else f"{sources} found",
        asked=given,
        kinds=tuple((kind, kind.replace("-", " ")) for kind in kinds),
        countries=tuple(sorted(((c, plain(names.get(c, c))) for c in countries), key=lambda pair: pair[1])),
        previous=_address(asked, page - 1) if page > 1 else "",
        following=_address(asked, page + 1) if page * AT_ONCE < count else "",
    )


def view_source(
    row: SourceRow,
    claims: Sequence[tuple[Told, bool]],
    page: int,
    known: tuple[Sequence[Row], CountryNames, Grade | None],
) -> SourceView:
    """Return the page of a source with some of its claims, each with whether the source only carried it."""
    grades, names, graded = known
    count = row.claims + row.carried
    here = f"{PATH}/{quote(row.id, safe='')}"
    own = "1 claim" if row.claims == 1 else f"{row.claims:,} claims"
    carried = f", and carried {row.carried:,} of others" if row.carried else ""
    return SourceView(
        line=_line(row, grades, names),
        names=tuple(plain(name) for name in row.known_as if plain(name) != plain(row.label)),
        graded=graded,
        claims=tuple(_claim(told, names, is_carrier=is_carrier) for told, is_carrier in claims),
        told=f"It made {own}{carried}; the latest first",
        previous=f"{here}?page={page - 1}" if page > 1 else "",
        following=f"{here}?page={page + 1}" if page * CLAIMS_AT_ONCE < count else "",
    )


def grade_choices() -> tuple[tuple[str, str], ...]:
    """Return the letters to grade by, with what each is called."""
    return tuple((letter, f"{letter}, {label}") for letter, label in GRADES.items())


def _heading(column: tuple[str, str, bool], asked: Mapping[str, str]) -> Heading:
    key, words, is_number = column
    if not key:
        return Heading(words, None, is_sorted=False, is_number=is_number)
    href = _address({**asked, "sort": key if key != FIRST else ""}, 1)
    return Heading(words, href, is_sorted=(asked.get("sort") or FIRST) == key, is_number=is_number)


def _address(asked: Mapping[str, str], page: int) -> str:
    given = [(name, asked[name]) for name in NAMES if asked.get(name)] + ([("page", str(page))] if page > 1 else [])
    return f"{PATH}?{urlencode(given)}" if given else PATH


def _line(row: SourceRow, grades: Sequence[Row], names: CountryNames) -> SourceLine:
    # A source that goes by several names is graded by any of them.
    found = [
        grade_source(grades, name, SourceKind(row.kind), row.country or None) for name in (row.label, *row.known_as)
    ]
    return SourceLine(
        f"{PATH}/{quote(row.id, safe='')}",
        plain(row.label),
        row.kind.replace("-", " "),
        plain(names.get(row.country, row.country)),
        min(found, key=lambda one: (one.grade == "F", found.index(one))),
        *row[6:13],
        last_day=row.last_day or "no date",
    )


def _claim(told: Told, names: CountryNames, *, is_carrier: bool) -> ClaimLine:
    claim = told.claim
    return ClaimLine(
        id=claim.id,
        says=claim_words(claim, names),
        standing=standing_words(claim),
        denied=claim.polarity is Polarity.DENIED,
        words=evidence_words(claim),
        document=f"/documents/{quote(claim.document, safe='')}?claim={quote(claim.id, safe='')}",
        place=f"{outlet_words(told)}, {told.published or 'no date'}: {plain(told.title or '') or claim.document}",
        chain=chain_words(claim.attribution, names),
        transfer=f"/transfers/{quote(claim.id, safe='')}" if claim.kind is ClaimKind.TRANSFER else "",
        is_carrier=is_carrier,
        state="rejected by review" if told.is_rejected else "",
    )
