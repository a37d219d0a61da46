"""When a page says that it was published, to the precision it gives, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from htmldate import find_date
from lxml.html import HtmlElement

from armstrace.ingest.html_json import JsonObject
from armstrace.ingest.html_page import Declared
from armstrace.text.date_words import MONTHS

MADE_OUT = "htmldate"


class Dated(NamedTuple):
    """A day, month or year in ISO form, and where on the page it was found."""

    value: str
    source: str


# In the order of trust; the last ones are set by programs that know only when they wrote the file.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "article.published", "published-date", "publisheddate", "publish-date", "publish_date",
    "publishdate", "published_time", "publication_date", "publication-date", "pubdate", "pub_date", "date_published",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.created", "article_date_original",
    "originalpublicationdate", "ptime", "pdate", "rnews:datepublished", "cxenseparse:recs:publishtime",
    "citation_publication_date", "citation_date", "bt:pubdate", "dc.date", "dcterms.date", "article:created",
    "datecreated", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "lastmod", "last-modified",
    "last_updated", "dc.date.modified", "dcterms.modified", "utime", "revised", "article.updated", "updated_time",
)  # fmt: skip
_ISO = re.compile(r"\s*([12][0-9]{3})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?(?=$|[T\s,])")
_COMPACT = re.compile(r"\s*([12][0-9]{3})([01][0-9])([0-3][0-9])(?:$|[T\s]|[0-9]{4,6}$)")
_NAMED = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]+({_NAMED})\.?,?[\s-]+([12][0-9]{{3}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b({_NAMED})\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([12][0-9]{{3}})\b", re.IGNORECASE)
_ADDRESS_DAY = re.compile(
    rf"/(?P<year>(?:19|20)[0-9]{{2}})[/-](?P<month>[01]?[0-9]|{_NAMED})[/-](?P<day>[0-3]?[0-9])(?=[/_-]|$)",
    re.IGNORECASE,
)
_LONGEST = 100
# No clock is read here: a date from the future is the page's own mistake, and stays one on any day of reading.
_LATEST = "2999-12-31"
_HERE = frozenset(("", "header"))  # roles in which a <time> may be that of the article


def find_published(
    declared: Declared, article: JsonObject, address: str | None, tree: HtmlElement | None
) -> Dated | None:
    """Return when the page says it was published, None where it does not; never a date of modification.

    What the page declares for machines comes before its marked elements, these before a day in its ``address`` and
    this before what htmldate makes out; of the latter only as much counts as the page shows (it fills in days that
    nobody named).
    """
    found = next(_declared_dates(declared, article), None) or _in_address(address or "") or _made_out(tree)
    if found and found.source == MADE_OUT and found.value == find_updated(declared, article):
        return None  # where nothing else is there, htmldate takes the day of the last change
    return found


def _in_address(address: str) -> Dated | None:
    match = _ADDRESS_DAY.search(address)
    day = (
        _checked(match["year"], str(MONTHS.get(match["month"].lower(), match["month"])), match["day"])
        if match
        else None
    )
    return Dated(day, "address") if day else None


def find_updated(declared: Declared, article: JsonObject) -> str | None:
    """Return when the page says it was last changed."""
    given = [read_day(_text(article.get("dateModified")))]
    given += [read_day(content) for key in _UPDATED for name, content in declared.metas if name == key]
    given += [read_day(one.value) for one in declared.moments if "datemodified" in one.marks]
    return next((day for day in given if day), None)


def _declared_dates(declared: Declared, article: JsonObject) -> Iterator[Dated]:
    if day := read_day(_text(article.get("datePublished"))):
        yield Dated(day, "JSON-LD datePublished")
    for key in _PUBLISHED:
        for name, content in declared.metas:
            if name == key and (day := read_day(content)):
                yield Dated(day, f"meta {name}")
    for mark in ("datepublished", "pubdate", "entry-date", "published", ""):
        for one in declared.moments:
            changed = "modif" in one.marks or "updat" in one.marks
            if mark in one.marks and not changed and one.role in _HERE and (day := read_day(one.value)):
                yield Dated(day, f"time {mark}".strip())


def read_day(text: str) -> str | None:
    """Return the day, month or year that a declared date names, None where it names none or could be two.

    A moment counts by the day written, in the time zone written.
    """
    words = text[:_LONGEST]
    iso, compact = _ISO.match(words), _COMPACT.match(words)
    if iso:
        return _checked(iso[1], iso[3], iso[4])
    if compact:
        return _checked(*compact.groups())
    day_first, month_first = _DAY_FIRST.search(words), _MONTH_FIRST.search(words)
    if day_first:
        return _checked(day_first[3], str(MONTHS[day_first[2].lower()]), day_first[1])
    if month_first:
        return _checked(month_first[3], str(MONTHS[month_first[1].lower()]), month_first[2])
    return None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    try:
        found = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return found if day else found[:7] if month else found[:4]


def _text(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""


def _made_out(tree: HtmlElement | None) -> Dated | None:
    if tree is None:
        return None
    try:
        found = find_date(tree, original_date=True, extensive_search=False, max_date=_LATEST)
    except Exception:  # noqa: BLE001 - it raises whatever its parsers do on broken pages; the date then stays unknown
        return None
    shown = _as_shown(found, " ".join(tree.itertext()), tree) if found else None
    return Dated(shown, MADE_OUT) if shown else None


def _as_shown(found: str, words: str, tree: HtmlElement) -> str | None:
    """Return as much of a made-out date as the page's words and attributes hold."""
    day = date.fromisoformat(found)
    names = "(?:" + "|".join(re.escape(name) for name, number in MONTHS.items() if number == day.month) + r")\.?"
    values = " ".join(value for one in tree.iter("time", "meta", "link", "abbr", "span") for value in one.values())
    numbers = rf"{day.year}[-/.]?0?{day.month}[-/.]?0?{day.day}(?![0-9])"
    european = rf"(?<![0-9])0?{day.day}[./-]0?{day.month}[./-]{day.year}"
    american = rf"(?<![0-9])0?{day.month}/0?{day.day}/{day.year}"
    ordinal = r"(?:st|nd|rd|th)?"
    patterns: Sequence[tuple[str, str]] = (
        (rf"{numbers}|{european}|{american}|\b{day.day}{ordinal}\s+{names}|{names}\s+{day.day}{ordinal}\b", found),
        (rf"{names},?\s+{day.year}|{day.year}[-/.]0?{day.month}(?![0-9])", found[:7]),
        (rf"\b{day.year}\b", found[:4]),
    )
    text = f"{words} {values}"
    return next((value for pattern, value in patterns if re.search(pattern, text, re.IGNORECASE)), None)
