"""A bibliography is read by an independent reader, and nothing in it ends before it does or is taken for a command."""

from __future__ import annotations

import re
from dataclasses import replace

import bibtexparser
import pytest
from generated_records import about, registers
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_story import CITED, DOCUMENT, record, written

from armstrace.export.citations.bibtex import entry
from armstrace.export.citations.works import Work
from armstrace.export.plain import plain

EXPECTED = r"""@online{portdaily2031-0a0a0a0a0a0a0a0a,
  author = {{By A. Scribe}},
  title = {{Norland orders drones}},
  organization = {{Port Daily}},
  date = {2031-02-04},
  language = {en},
  url = {https://port-daily.example/norland?id=7},
  urldate = {2031-02-05},
  note = {Document 0a0a0a0a0a0a0a0a, html; SHA-256 of the bytes read: HASH},
}
""".replace("HASH", "ab" * 32)


def entries(data):
    library = bibtexparser.parse_string(data.decode())
    assert not library.failed_blocks
    assert not library.comments
    return library.entries


def citing(**known):
    one = record()
    return replace(one, documents={DOCUMENT: replace(CITED, **known)})


def test_a_document_is_an_entry():
    assert written("bibtex", [record()]).decode() == EXPECTED


@pytest.mark.parametrize(
    ("known", "kind", "missing"),
    [
        ({}, "online", {"journaltitle"}),
        ({"url": None}, "article", {"url", "urldate", "organization"}),
        ({"url": None, "outlet": None}, "misc", {"url", "journaltitle", "organization"}),
        ({"captured": None}, "online", {"urldate"}),
        ({"published": None, "byline": None}, "online", {"date", "author"}),
        ({"published": "2031-02-31"}, "online", {"date"}),
    ],
)
def test_what_is_not_known_is_not_told(known, kind, missing):
    (found,) = entries(written("bibtex", [citing(**known)]))
    assert found.entry_type == kind
    assert not missing & set(found.fields_dict)


@pytest.mark.parametrize("published", ["2031-02-04", "2031-02", "2031"])
def test_a_date_is_as_precise_as_known(published):
    (found,) = entries(written("bibtex", [citing(published=published)]))
    assert found["date"] == published


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=12) | st.sampled_from(("}{", "\\", "%", "a_b & 50 % $x$ #1 ~ ^ <|> {\\bf x}")))
def test_any_text_comes_back(text):
    title = plain(text)
    work = Work("key-1", title, "", "", "", (), "", "", "note")
    (found,) = entries(entry(work).encode())
    raw = found["title"].removeprefix("{").removesuffix("}")
    assert raw.count("{") == raw.count("}")
    assert typeset(raw) == (title or "Untitled document")


# What TeX sets for a command; any other sign that TeX acts on must not be there.
COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}
TOKEN = re.compile(r"\\(?:(?P<name>[a-z]+)\{\}|(?P<sign>[$&#_%]))|(?P<plain>[^\\{}$&#_%~^<>|])")


def typeset(tex):
    """Return what TeX would set, letter by letter; fail where it would do anything else."""
    seen, place = "", 0
    while place < len(tex):
        found = TOKEN.match(tex, place)
        assert found, tex[place:]
        seen += COMMANDS[found["name"]] if found["name"] else found["sign"] or found["plain"]
        place = found.end()
    return seen


@settings(max_examples=15, deadline=None)
@given(registers())
def test_every_document_is_an_entry_of_its_own(records):
    data = written("bibtex", records, about())
    assert data == written("bibtex", iter(records), about())
    found = entries(data)
    keys = [one.key for one in found]
    assert len(keys) == len({key.lower() for key in keys}) == len({one for rec in records for one in rec.documents})
    assert keys == sorted(keys)
