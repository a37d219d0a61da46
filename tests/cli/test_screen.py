"""``armstrace lists`` and ``screen`` as a user runs them."""

from __future__ import annotations

import pytest
from list_samples import ADD_CSV, ALT_CSV, EU_XML, SDN_CSV, UN_XML
from running import SOLD

SUPPLIED = "The Wagner Group supplied 20 rifles to Chad in May 2021, a Spanish official said.\n"
LATER_UN = UN_XML.replace("2026-03-02", "2026-03-09")


@pytest.fixture
def folder(tmp_path):
    files = {"un.xml": UN_XML, "later.xml": LATER_UN, "eu.xml": EU_XML}
    files |= {"sdn.csv": SDN_CSV, "alt.csv": ALT_CSV, "add.csv": ADD_CSV}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content.encode())
    return tmp_path


def test_without_lists_it_says_what_to_download_and_where(run, folder):
    for command in (("lists",), ("screen", "Anton Vasilkov")):
        ran = run(*command, cwd=folder)
        told = ran.out + ran.err
        assert "no sanctions list is loaded" in told
        assert "https://main.un.org/securitycouncil" in told
        assert "https://sanctionslist.ofac.treas.gov" in told
        assert ran.code == (3 if command[0] == "screen" else 0)


def test_load_screen_and_show_the_certificate(run, folder):
    ran = run("lists", "add", "un.xml", "sdn.csv", "alt.csv", "add.csv", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    assert "un: 2 entries of 2026-03-02, in force (new)" in ran.out
    shown = run("lists", cwd=folder).out
    assert "us-sdn" in shown
    assert "no date" in shown
    ran = run("screen", "Anton Vasilkov", "Nikolai Berezin", cwd=folder)
    assert ran.code == 0
    assert '"Nikolai Berezin"\n  nothing found' in ran.out
    assert "1 of 2 names with hits, against un (2026-03-02), us-sdn (no date); certificate " in ran.out
    assert "not loaded, so not searched: European Union" in ran.out
    identity = ran.out.split("certificate ")[1].split()[0]
    told = run("screen", "--certificate", identity, cwd=folder).out
    assert told.startswith(f"SCREENING CERTIFICATE {identity}\n")
    assert "United Nations Security Council Consolidated List, of 2026-03-02" in told
    assert "nothing found" in told
    assert told == run("screen", "--certificate", identity[:8], cwd=folder).out
    (body,) = run("screen", "--certificate", identity, "--format", "jsonl", cwd=folder).rows
    assert body["certificate"] == identity
    assert body["lists"][0]["sha256"] in told


def test_names_of_a_file_as_json_lines(run, folder):
    run("lists", "add", "un.xml", cwd=folder)
    (folder / "names.txt").write_text("Anton Vasilkov\n\nNikolai Berezin\nAnton Vasilkov\n", encoding="utf-8")
    rows = run("screen", "--file", "names.txt", "--format", "jsonl", cwd=folder).rows
    assert [(row["name"], row["result"]) for row in rows] == [
        ("Anton Vasilkov", "hits"),
        ("Nikolai Berezin", "nothing found"),
    ]
    assert {row["certificate"] for row in rows} == {rows[0]["certificate"]}
    assert rows[0]["hits"][0]["list_dated"] == "2026-03-02"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LATER_UN.encode()[:1500], "is cut short"),
        (b"<CONSOLIDATED_LIST xmlns='urn:new'/>", "of a version that armstrace does not know"),
        (b"\x00\xff garbage", "no sanctions list that armstrace knows"),
        (UN_XML.replace("2026-03-02", "2025-01-01").encode(), "is of 2025-01-01 and the list in force of 2026-03-02"),
    ],
)
def test_a_bad_list_changes_nothing_and_the_certificate_says_which_was_in_force(run, folder, content, words):
    run("lists", "add", "un.xml", cwd=folder)
    before = run("lists", "--all", cwd=folder).out
    (folder / "bad").write_bytes(content)
    for files in (("bad",), ("eu.xml", "bad")):
        ran = run("lists", "add", *files, cwd=folder)
        assert ran.code == 3
        assert words in ran.err
        assert "in force" in ran.err
        assert run("lists", "--all", cwd=folder).out == before
    (row,) = run("screen", "Nikolai Berezin", "--format", "jsonl", cwd=folder).rows
    assert "un.xml" in run("screen", "--certificate", row["certificate"], "--format", "jsonl", cwd=folder).out


def test_an_older_or_far_shorter_list_is_taken_when_told_so(run, folder):
    run("lists", "add", "later.xml", cwd=folder)
    assert run("lists", "add", "un.xml", cwd=folder).code == 3
    assert run("lists", "add", "un.xml", "--anyway", cwd=folder).code == 0
    assert "2026-03-02" in run("screen", "x y", cwd=folder).out


def test_parties_of_the_register(run, folder):
    (folder / "a.txt").write_text(f"{SUPPLIED}\n{SOLD}", encoding="utf-8")
    (folder / "un.xml").write_text(UN_XML.replace("BALTKOMPASS TRADING", "WAGNER GRUPPE"), encoding="utf-8")
    run("lists", "add", "un.xml", cwd=folder)
    assert "no name to screen" in run("screen", "--register", cwd=folder).err
    run("add", "a.txt", cwd=folder)
    (row,) = run("screen", "--register", "--format", "jsonl", cwd=folder).rows
    assert (row["name"], row["country"]) == ("Wagner Group", "RU")
    assert [hit["entry"] for hit in row["hits"]] == ["NVe.001"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "no name to screen"),
        (("x", "--born", "soon"), "is no year, month or day"),
        (("x", "--imo", "12"), "is no IMO number"),
        (("x", "--list", "eu"), "no such list is in force"),
        (("--certificate", "ffff"), "no certificate has this id"),
    ],
)
def test_wrong_usage_is_told(run, folder, options, words):
    run("lists", "add", "un.xml", cwd=folder)
    ran = run("screen", *options, cwd=folder)
    assert ran.code in (2, 3, 6)
    assert words in ran.err


def test_text_of_lists_is_safe_to_show(run, folder):
    hostile = UN_XML.replace("BALTKOMPASS TRADING", "BALTKOMPASS TRADING\u202e&#x9b;")
    (folder / "un.xml").write_text(hostile, encoding="utf-8")
    run("lists", "add", "un.xml", cwd=folder)
    ran = run("screen", "Baltkompass Trading", cwd=folder)
    assert "NVe.001" in ran.out
    assert not {"\u202e", "\x9b"} & set(ran.out)
