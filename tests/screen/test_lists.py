"""Readers of lists: on small lists of every shape, on published ones where they are at hand, on damaged files."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from list_samples import ADD_CSV, ALT_CSV, EU_XML, FTM, SAMPLES, SDN_CSV, SDN_XML, UK_CSV, UN_XML

from armstrace.errors import ListError
from armstrace.screen.countries import load_country_codes
from armstrace.screen.days import read_american_day, read_day
from armstrace.screen.entries import Identifier, ListedKind, ListedName, NameSort
from armstrace.screen.load import ListFile, read_lists

CODES = load_country_codes()
_REAL = "ARMSTRACE_TEST_LISTS"  # a folder of lists as published


def opener(data):
    return lambda: io.BytesIO(data if isinstance(data, bytes) else data.encode())


def read(files, key=None):
    return read_lists([ListFile(name, opener(data)) for name, data in files.items()], CODES, key)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_shape_gives_the_same_entries(name):
    sample = SAMPLES[name]
    (found,) = read(sample.files)
    assert (found.key, found.dated, found.faults) == (sample.key, sample.dated, ())
    assert len(found.entries) == 2 + sample.has_vessel
    person = next(entry for entry in found.entries if entry.kind is ListedKind.PERSON)
    names = {entry.text.replace(",", "").upper(): entry.sort for entry in person.names}
    assert names.get("ANTON VASILKOV", names.get("VASILKOV ANTON")) is NameSort.PRIMARY
    assert names.get("ANTON WASSILKOW", names.get("WASSILKOW ANTON")) is NameSort.ALIAS
    assert names.get("TOSHA") is (NameSort.WEAK if sample.has_weak_alias else None)
    assert names.get("АНТОН ВАСИЛЬКОВ", NameSort.ORIGINAL) is NameSort.ORIGINAL
    assert person.countries == ("RU",)
    assert person.births[0].startswith(("1961", "1960/1961"))
    firm = next(entry for entry in found.entries if entry.label.upper() == "BALTKOMPASS TRADING")
    assert firm.kind is ListedKind.ORGANISATION
    assert firm.countries == ("LV",)
    if sample.has_vessel:
        vessel = next(entry for entry in found.entries if entry.kind is ListedKind.VESSEL)
        assert Identifier("imo", "9074729") in vessel.identifiers


def test_what_else_a_list_says():
    (un,) = read({"un.xml": UN_XML})
    person, firm = un.entries
    assert (person.id, person.listed_on, person.programmes) == ("NVi.001", "2019-05-06", ("Norvik",))
    assert person.remarks == "Said to have shipped mortars."
    assert person.identifiers == (Identifier("Passport", "AB 12345"),)
    assert ListedName("Norvik Impex", NameSort.FORMER) in firm.names
    assert firm.identifiers == (Identifier("imo", "9074729"),)  # told in its remarks


def test_the_version_is_the_hash_of_the_bytes_whatever_the_name_and_order():
    (one,) = read({"sdn.csv": SDN_CSV, "alt.csv": ALT_CSV, "add.csv": ADD_CSV})
    (other,) = read({"x": ADD_CSV, "y": SDN_CSV, "z": ALT_CSV})
    assert one.sha256 == other.sha256
    assert one.entries == other.entries
    assert {file.size for file in one.files} == {len(s.encode()) for s in (SDN_CSV, ALT_CSV, ADD_CSV)}


def test_several_lists_at_once_and_a_name_given_by_hand():
    found = read({"un": UN_XML, "eu": EU_XML, "a": SDN_CSV, "b": ALT_CSV, "c": ADD_CSV})
    assert [one.key for one in found] == ["un", "eu", "us-sdn"]
    assert read({"x": SDN_XML}, "us-consolidated")[0].key == "us-consolidated"
    with pytest.raises(ListError, match="the files are 2"):
        read({"un": UN_XML, "eu": EU_XML}, "un")
    with pytest.raises(ListError, match="is no list that armstrace knows"):
        read({"un": UN_XML}, "gotham")


def test_who_is_only_on_the_list_beside_the_sdn_list():
    only = SDN_CSV.replace('"NORVIK"', '"NS-PLC"')
    assert read({"a": only, "b": ALT_CSV, "c": ADD_CSV})[0].key == "us-consolidated"
    both = SDN_CSV.replace('"NORVIK"', '"NORVIK] [NS-PLC"')
    assert read({"a": both, "b": ALT_CSV, "c": ADD_CSV})[0].key == "us-sdn"


# A bad row costs itself: (files, how many entries are left, what is said of the row)
BAD_ROWS = {
    "UN record without a name": (
        {"l": UN_XML.replace("<FIRST_NAME>BALTKOMPASS TRADING</FIRST_NAME>", "").replace("Norvik Impex", "")},
        1,
        "l, record 2",
    ),
    "UK row too long": ({"l": UK_CSV.replace("06/05/2019,,,\r\n", "06/05/2019,,,,,x\r\n", 1)}, 3, "l, line 4"),
    "UK row with a stray quotation mark": (
        {"l": UK_CSV.replace('"Trades, it is said"', '"Trades" it is said')},
        2,
        "l, line 5",
    ),
    "FollowTheMoney line that is none": ({"l": "{broken\n" + FTM}, 3, "l, line 1"),
    "OFAC row of three cells": (
        {"l": SDN_CSV.replace('70003,"OCEAN', '9,"A","B"\r\n70003,"OCEAN'), "b": ALT_CSV, "c": ADD_CSV},
        3,
        "l, line 3",
    ),
    "FollowTheMoney line in the middle": ({"l": FTM.replace('{"id": "os-2"', '{"id": 2')}, 2, "l, line 3"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_malformed_row_costs_itself_and_is_named(name):
    files, left, place = BAD_ROWS[name]
    (found,) = read(files)
    assert len(found.entries) == left
    assert [fault.place for fault in found.faults] == [place]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_short_is_refused(name):
    sample = SAMPLES[name]
    longest = max(sample.files, key=lambda file: len(sample.files[file]))
    whole = sample.files[longest].encode().rstrip(b"\r\n\x1a")
    for share in (0.35, 0.6, 0.8, 0.97):
        cut = whole[: int(len(whole) * share)]
        with pytest.raises(ListError):
            read({**sample.files, longest: cut})


# What else is refused: (content, words of the error)
REFUSED = {
    "nothing": ("", "is empty"),
    "a web page": ("<!DOCTYPE html><html><body>Please accept</body></html>", "is a web page"),
    "a ZIP file": (b"PK\x03\x04rest", "unpack it"),
    "a gzip file": (b"\x1f\x8b\x08rest", "unpack it"),
    "other XML": ("<rss version='2.0'/>", "no sanctions list that armstrace knows"),
    "other text": ("name,age\nAnn,3\n", "no sanctions list that armstrace knows"),
    "an older version of the EU's XML": (
        EU_XML.replace("http://eu.europa.ec/fpi/fsd/export", "http://eu.europa.ec/fpi/fsd/export/2"),
        "of a version that armstrace does not know",
    ),
    "a column renamed": (UK_CSV.replace("Alias strength", "Strength"), "has no column 'alias strength'"),
    "fewer entries than it says": (SDN_XML.replace(">3</Record_Count>", ">4</Record_Count>"), "is cut short"),
    "no entry": ("<CONSOLIDATED_LIST dateGenerated='2026-01-01'/>", "holds no entry"),
    "one of three files": (SDN_CSV, "give the three together"),
    "a document type": (
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>",
        "no XML that can be read",
    ),
    "a document type after much space": (
        f"<?xml version='1.0'?>{' ' * 70_000}<!DOCTYPE x [<!ENTITY a 'b'>]><CONSOLIDATED_LIST/>",
        "no XML that can be read",
    ),
    "elements without end": ("<CONSOLIDATED_LIST><INDIVIDUALS>" + "<INDIVIDUAL>" * 200, "nested more than"),
    "an entry without end": (
        f"<CONSOLIDATED_LIST><ENTITY><A>{'x' * 5_000_000}</A></ENTITY></CONSOLIDATED_LIST>",
        "more than 4 MiB",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_with_a_remedy(name):
    content, words = REFUSED[name]
    with pytest.raises(ListError, match=words) as error:
        read({"given.file": content})
    assert str(error.value).startswith(("given.file", "--as"))


def test_names_of_no_entry_mean_that_a_file_is_cut_short():
    cut = SDN_CSV[: SDN_CSV.index("70003")]
    with pytest.raises(ListError, match="aliases of entry 70002"):
        read({"a": cut[: cut.index("70002")], "b": ALT_CSV, "c": ADD_CSV})


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(SAMPLES)), st.floats(0, 1))
def test_garbage_never_does_worse_than_an_error_of_ours(garbage, name, where):
    sample = SAMPLES[name]
    file = next(iter(sample.files))
    data = sample.files[file].encode()
    at = int(len(data) * where)
    for content in (garbage, data[:at] + garbage + data[at + len(garbage) :]):
        try:
            found = read({**sample.files, file: content})
        except ListError:
            continue
        assert all(entry.id and entry.names for one in found for entry in one.entries)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("02 May 1961", "1961-05-02"), ("May 1961", "1961-05"), ("circa 1961", "1961"), ("1960 to 1961", "1960/1961"),
        ("dd/mm/1945", "1945"), ("00/00/1975", "1975"), ("31/12/1975", "1975-12-31"), ("24-Jun-2026", "2026-06-24"),
        ("1961-05-02T00:00:00", "1961-05-02"), ("unknown", ""), ("", ""), ("99/99/1961", "1961"), ("1961 to 1921", ""),
    ],
)  # fmt: skip
def test_days_as_lists_write_them(written, day):
    assert read_day(written) == day


def test_american_days_are_read_so_on_american_lists():
    assert read_american_day("03/04/2026") == "2026-03-04"
    assert read_day("03/04/2026") == "2026-04-03"


OFAC_2019 = ["ofac_sdn_2019.csv", "ofac_alt_2019.csv", "ofac_add_2019.csv"]


@pytest.mark.parametrize(
    ("files", "key", "entries", "vessels"),
    [(["UN_consolidated_2026-02-27.xml"], "un", 1003, 0), (OFAC_2019, "us-sdn", 7379, 323)],
)
def test_lists_as_published(files, key, entries, vessels):
    folder = os.environ.get(_REAL)
    if not folder:
        pytest.skip(f"${_REAL} names no folder with lists as published")
    (found,) = read({name: (Path(folder) / name).read_bytes() for name in files})
    assert (found.key, len(found.entries), found.faults) == (key, entries, ())
    assert sum(entry.kind is ListedKind.VESSEL for entry in found.entries) == vessels
