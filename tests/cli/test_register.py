"""`armstrace register`, `trace` and `why` over a small store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from story_store import STORY, make_store

from armstrace.cli.main import cli, main


@pytest.fixture(autouse=True)
def _lexicon_of_all_tests(monkeypatch, reader):
    """Load the lexicon once for all tests: most of a second each time otherwise."""
    monkeypatch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def lines(*arguments: str) -> list[dict]:
    found = run(*arguments, "--format", "jsonl")
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


def safe(text: str) -> bool:
    return not any(mark in text for mark in ("\x1b", "\u202e", "\ud800"))


def test_the_table_reads_well_at_a_hundred_columns(database):
    found = run("register", "--database", database)
    assert found.exit_code == 0
    assert max(map(len, found.stdout.splitlines())) <= 100
    words = " ".join(found.stdout.split())
    for told in ("Peru → Kenya", "12 or more", "delivered", "2 origins, 1", "/ 1 against", "2031-03-31"):
        assert told in words
    assert "conflict: denial" in words
    assert safe(found.stdout)


def test_every_line_holds_every_alternative_and_the_claims_behind_it(database):
    drones, tanks = lines("register", "--database", database)
    assert tanks["claims"] == ["e" * 16]
    assert [a["texts"] for a in drones["quantity"]] == [["40"], ["dozens"], []]
    assert [a["claims"] for a in drones["quantity"]] == [["a" * 16], ["b" * 16], ["d" * 16]]
    assert drones["ranges"] == [{"unit": "pieces", "kinds": ["drones"], "low": 12, "high": None, "up_to": None}]
    assert (drones["for"]["independent"], drones["for"]["not_shown"], drones["against"]["independent"]) == (2, 1, 1)
    assert drones["denials"][0]["target"] == "status"
    assert [(a["side"], a["country"]) for a in drones["accounts"]] == [("supplier", "PE"), ("recipient", "KE")]
    assert drones["credibility"]["digit"] == 3


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--party", "PE"], 2),
        (["--party", "kenya"], 2),
        (["--party", "ken"], 2),
        (["--party", "enya"], 0),
        (["--party", "NO"], 0),
        (["--item", "tanks"], 1),
        (["--item", "Drone"], 1),
        (["--status", "planned"], 1),
        (["--status", "ordered"], 0),
        (["--after", "2031-03-02"], 1),
        (["--before", "2031-02"], 0),
        (["--after", "2031", "--before", "2031-03-01"], 1),
        (["--party", "PE", "--item", "tanks", "--status", "delivered"], 0),
    ],
)
def test_filters(database, options, found):
    assert len(lines("register", "--database", database, *options)) == found


def test_as_known_on_a_day(database):
    found = run("register", "--database", database, "--as-of", "2031-03-04", "--format", "jsonl")
    (drones,) = [json.loads(line) for line in found.stdout.splitlines()]
    assert drones["claims"] == ["a" * 16]
    assert drones["latest"]["status"] == "ordered"
    assert "1 document with claims has no date of publication" in found.stderr
    today = lines("register", "--database", database)[0]
    assert drones["transfer"] == today["transfer"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["register", "--as-of", "yesterday"], 2, "'yesterday' is no date"),
        (["register", "--after", "soon"], 2, "'soon' is no date"),
        (["trace", "ffffffff"], 6, "no transfer or claim of this id"),
        (["trace", "a"], 6, "no transfer or claim of this id"),
        (["why", "aaaaaaaa", "docbbbbbb"], 6, "one is a claim and one a document"),
        (["why", "aaaaaaaa", "nobody"], 6, "nobody: is the id of no claim"),
        (["trace", "aaaaaaaa", "--sources", "/nowhere.yml"], 2, "/nowhere.yml: cannot be read"),
    ],
)
def test_errors_say_what_to_do(database, arguments, code, told, capfd):
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--database", database])
    assert stopped.value.code == code
    assert told in capfd.readouterr().err


def test_an_empty_register_says_so(tmp_path: Path):
    empty = make_store(tmp_path / "empty.db", [])
    assert "the register is empty" in run("register", "--database", empty).stdout


@pytest.mark.parametrize("asked", ["a" * 16, "bbbbbbbb", "AAAAAA"])
def test_every_id_leads_to_the_tree(database, asked):
    (drones, _) = lines("register", "--database", database)
    (traced,) = lines("trace", asked, "--database", database)
    assert traced["transfer"] == drones["transfer"]


def test_the_tree_of_sources_has_the_words_at_each_leaf(database):
    (traced,) = lines("trace", "a" * 16, "--database", database)
    origins = traced["trees"]["for"]
    assert [node["documents"] for node in origins] == [1, 1, 1]
    assert sum(node["key"].startswith("government:") for node in origins) == 2
    (denial,) = traced["trees"]["denials"]
    assert denial["key"] == "government:PE"
    assert denial["rules"]
    node = next(one for one in origins if one["key"] == "government:PE")
    kinds = []
    while node["children"]:
        (node,) = node["children"]
        kinds.append(node["kind"])
    assert kinds == ["source", "outlet", "document", "claim"]
    assert node["label"].endswith("a" * 16)
    assert {r["grade"] for r in traced["reliability"]} == {"F"}


def test_a_trace_for_a_person_is_safe_and_tells_all(database):
    found = run("trace", "a" * 16, "--database", database)
    assert found.exit_code == 0, found.output
    assert safe(found.stdout)
    words = " ".join(found.stdout.split())
    for told in (
        "3, possibly true: 2 independent origins affirm it, but one independent origin denies it.",
        "40 (Lima Ledger, from the government of Peru) dozens (Nairobi Post, from the government of Kenya)",
        "range 12 or more pieces",
        "Peru, the supplier: ordered, 40 (Lima Ledger 2031-03-01); denied: delivered (Lima Ledger 2031-03-09)",
        "Kenya, the recipient: delivered, dozens (Nairobi Post 2031-03-05)",
        "Who says so 3 documents",
        "government of Kenya 1 document",
        "not shown to be independent",
        "Who denies it 1 document",
        "denies the status",
        "By the date of the report",
        "2031-03-09 denied: delivered",
        "What sources say, not what is so.",
    ):
        assert told in words
    assert "[red]Drones[/red]" in words  # markup of a text is text


def test_a_table_of_sources_is_heeded(database, tmp_path):
    table = tmp_path / "mine.yml"
    table.write_text('- {names: [Lima Ledger], grade: B, why: "corrects its errors"}', "utf-8")
    found = run("trace", "a" * 16, "--database", database, "--sources", str(table))
    assert "reliability B usually reliable: corrects its errors" in " ".join(found.stdout.split())


def test_why_two_claims_were_joined(database):
    (found,) = lines("why", "a" * 16, "b" * 16, "--database", database)
    assert found["joined"]
    assert any("two origins" in reason for reason in found["reasons"])
    (found,) = lines("why", "a" * 16, "e" * 16, "--database", database)
    assert not found["joined"]


def test_why_two_documents_were_not_joined(database):
    (found,) = lines("why", "docaaaaaa", "docbbbbbb", "--database", database)
    assert found["kind"] == "documents"
    assert found["reasons"]
    assert safe(run("why", "docaaaaaa", "docdddddd", "--database", database).stdout)


def test_the_register_is_the_same_in_whatever_order_documents_came(tmp_path):
    there = make_store(tmp_path / "there.db", STORY)
    back = make_store(tmp_path / "back.db", STORY[::-1])
    assert lines("register", "--database", there) == lines("register", "--database", back)
    assert run("register", "--database", there).stdout == run("register", "--database", there).stdout
