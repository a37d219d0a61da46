"""Targets: what people type into forms, addresses and the command line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

import seeds
from armstrace.alerts.watches import check_name, read_asks, read_kinds
from armstrace.asked_arms import read_items
from armstrace.asking import is_untold, read_days, read_party
from armstrace.document import Span
from armstrace.lexicon.load import Lexicon, load_country_labels, load_lexicon
from armstrace.screen.certificate import is_certificate
from armstrace.screen.countries import load_country_codes
from armstrace.screen.days import read_american_day, read_day, years_of
from armstrace.screen.entries import ListedKind
from armstrace.screen.index import ListIndex
from armstrace.screen.load import ListFile, read_lists
from armstrace.screen.match import Asked, screen_name
from armstrace.screen.name_words import load_name_words
from armstrace.store.query import parse_terms, sqlite_query
from armstrace.store.snippets import cut_snippet, find_marks
from armstrace.store.words import find_words
from armstrace.web.api.cursors import read_cursor
from armstrace.web.views.register_form import address_of, cursor_from_text, cursor_to_text, query_of, read_asked
from holding import check_spans
from target import Target, text_of, told_by


@cache
def lexicon() -> Lexicon:
    """Return the packaged lexicon, loaded once."""
    return load_lexicon()


@cache
def _countries() -> Mapping[str, str]:
    return load_country_labels()


@cache
def _index() -> ListIndex:
    files = [ListFile("list.xml", lambda: BytesIO((seeds.LISTS / "un.xml").read_bytes()))]
    return ListIndex(read_lists(files, load_country_codes()), load_name_words())


@cache
def _texts() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE told USING fts5(words)")
    connection.execute("INSERT INTO told VALUES (?)", (" ".join(word.form for word in find_words(seeds.STORY)),))
    return connection


def _search(data: bytes) -> None:
    text = text_of(data)
    for word in find_words(text):
        check_spans([Span(word.start, word.end)], text)
        assert word.form
    terms = parse_terms(text)
    for shown in (seeds.STORY, text):
        check_spans(find_marks(shown, terms), shown)
        snippet = cut_snippet(shown, terms)
        check_spans(snippet.marks, snippet.text)
    if any(not term.negated for term in terms):
        _texts().execute("SELECT count(*) FROM told WHERE told MATCH ?", (sqlite_query(terms),)).fetchall()


def _register_form(data: bytes) -> None:
    countries = _countries()
    asked = read_asked(parse_qsl(text_of(data), errors="replace"), countries)
    assert address_of(asked).isascii()
    again = read_asked(parse_qsl(address_of(asked)[2:]), countries)
    assert again.words == asked.words, "a form is not what its own address asks"
    if not asked.problems:
        query_of(asked, countries)
    cursor = cursor_from_text(asked.cursor)
    assert cursor is None or cursor_from_text(cursor_to_text(cursor)) == cursor


def _cursor(data: bytes) -> None:
    text = text_of(data)
    found = cursor_from_text(text)
    assert found is None or cursor_from_text(cursor_to_text(found)) == found
    read_cursor(text, "mark", (str, int))


def _asked(data: bytes) -> None:
    text = text_of(data)
    read_party(text, lexicon())
    read_items(text, lexicon())
    is_untold(text)
    days = read_days(text)
    assert days is None or not (days.first and days.last) or days.first <= days.last


def _name(data: bytes) -> None:
    kind, _, text = text_of(data).partition("\n")
    known = next((one for one in ListedKind if one == kind), None)
    for hit in screen_name(Asked(text, known, born=read_day(kind) or None), _index(), 0.3):
        assert 0 < hit.points <= 1.01
        assert hit.reasons


def _list_days(data: bytes) -> None:
    text = text_of(data)
    for read in (read_day, read_american_day):
        day = read(text)
        assert day == "" or years_of(day), day


def _watch(data: bytes) -> None:
    pairs = dict(parse_qsl(text_of(data), errors="replace"))
    asks = {
        name: pairs.get(name) for name in ("party", "item", "words", "category", "measure", "credibility", "status")
    }
    for read in (
        lambda: read_asks(asks, ("UN-1",)),
        lambda: read_kinds(pairs),
        lambda: check_name(pairs.get("name", "")),
    ):
        told_by(read)


def _certificate(data: bytes) -> None:
    with suppress(ValueError, RecursionError):
        body = json.loads(data)
        assert not isinstance(body, dict) or is_certificate(body) in {True, False}


ASKED: tuple[Target, ...] = (
    Target(
        "search",
        "store.query, words, snippets",
        _search,
        lambda: (b'drones -"no such contract" Ostan* launchers', "“Forty” Kestrel-2 ＫＥＳＴＲＥＬ é é".encode()),
        ('"', "-", "*", "AND ", "NEAR(", "^", ":", "'", "(", ")"),
        "marks lie in the snippet; SQLite takes the query",
        longest=1024,
    ),
    Target(
        "register_form",
        "web.views.register_form",
        _register_form,
        lambda: (
            b"supplier=KP&item=drones&after=2022&before=2024-05&sort=-when&status=ordered&from=W1s",
            b"q=a%00b&as_of=2022-02-30",
        ),
        ("&", "=", "%00", "%ff", "+", "supplier=", "as_of=", "from=", "sort=-"),
        "a form is what its own address asks",
        longest=1024,
    ),
    Target(
        "cursor",
        "web.api.cursors; web.views.register_form",
        _cursor,
        lambda: (b"W1siYSIsMV0sImIiLDBd", b"WyJtYXJrIiwiYSIsMV0"),
        ("W", "e30", "=", "_", "-"),
        "told again it is the same",
        errors=(HTTPException,),
        longest=512,
    ),
    Target(
        "asked",
        "asking, asked_arms, lexicon.match",
        _asked,
        lambda: (b"North Korea", b"Hezbollah fighters", b"2018..2021", b"Mohajer-6 drones for the army", b"unknown"),
        ("..", "-", "'s", " of "),
        "days in order",
        longest=1024,
    ),
    Target(
        "screened_name",
        "screen.match, names, fold, align, scripts",
        _name,
        lambda: (
            b"person\nAnton VASILKOV",
            "\nАнтон Васильков".encode(),
            b"vessel\nOcean Lark IMO 9074729",
            b"organisation\nBALT-KOMPASS Ltd.",
        ),
        ("\n", "Mr. ", " bin ", "-", "'", "IMO 9074729", "김", "ال", "ё"),
        "points between 0 and 1, with reasons",
        longest=512,
    ),
    Target(
        "list_days",
        "screen.days",
        _list_days,
        lambda: (b"6 May 1961", b"circa 1961", b"05/06/1961", b"1961-05"),
        ("circa ", "/", "-", "00", " to "),
        "a day lies in years",
        longest=128,
    ),
    Target(
        "watch_form",
        "alerts.watches",
        _watch,
        lambda: (b"party=KP&category=drones&credibility=2&name=a&new=1",),
        ("&", "=", "%00"),
        longest=512,
    ),
    Target(
        "certificate",
        "screen.certificate",
        _certificate,
        lambda: (b'{"certificate": "a", "searched": [{"name": "b"}]}',),
        ('{"', '": ', "[", "]", "null", "1e400", "\\ud800"),
    ),
)
