"""`armstrace judge` and `judgements`: what a person decides, and what is shown of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from register_stories import make_claim
from story_store import NOW, STORY, make_store

from armstrace.cli.main import cli, main
from armstrace.export.jsonl import claim_to_dict
from armstrace.store.open import open_store
from armstrace.store.readings import Reading

NUMBER = 'quantity={"text": "Drones", "low": 30}'
A, B, C, D, E = (letter * 16 for letter in "abcde")


@pytest.fixture(autouse=True)
def _lexicon_of_all_tests(monkeypatch, reader):
    """Load the lexicon once for all tests: most of a second each time otherwise."""
    monkeypatch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return make_store(tmp_path / "x.db", STORY)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def judge(database: str, *arguments: str) -> None:
    found = run("judge", *arguments, "--who", "Ada", "--database", database)
    assert found.exit_code == 0, found.output or found.exception


def lines(*arguments: str) -> list[dict]:
    found = run(*arguments, "--format", "jsonl")
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


def test_a_rejected_claim_does_not_count_and_is_shown_with_who_and_why(database):
    judge(database, A[:8], "reject", "--why", "a \x1b[31mfilm")
    (drones, _) = lines("register", "--database", database)
    assert A not in drones["for"]["claims"]
    assert A in drones["claims"]
    (review,) = drones["reviews"]
    assert (review["claim"], review["state"], review["who"]) == (A, "rejected", "Ada")
    traced = run("trace", A, "--database", database).stdout
    assert "\x1b" not in traced
    words = " ".join(traced.split())
    assert "rejected ordered, 40 (Lima Ledger 2031-03-01): rejected by Ada, " in words
    assert "because: a \ufffd[31mfilm" in words
    assert "rejected by review" in words
    assert "reviewed: 1 of 4 claims, 1 rejected" in " ".join(run("register", "--database", database).stdout.split())


def test_a_corrected_field_counts_and_the_original_stands_beside_it(database):
    judge(database, A, "correct", "--set", 'supplier={"country": "CL"}', "--set", NUMBER, "--why", "misread")
    (found,) = lines("trace", A, "--database", database)
    assert {a["value"]["country"] for a in found["supplier"]} >= {"CL"}
    (review,) = found["reviews"]
    supplier, quantity = review["corrections"]
    assert (supplier["field"], supplier["was"]["country"], supplier["now"]["country"]) == ("supplier", "PE", "CL")
    assert (quantity["was"]["low"], quantity["now"]["low"]) == (40, 30)
    words = " ".join(run("trace", A, "--database", database).stdout.split())
    assert "supplier was read as Peru, is Chile: by Ada, " in words
    assert "corrected by Ada" in words


def test_what_is_accepted_says_so(database):
    judge(database, A, "accept")
    words = " ".join(run("trace", A, "--database", database).stdout.split())
    assert "reviewed 1 of 4 claims" in words
    assert "accepted by Ada" in words


def test_lines_all_rejected_are_shown_if_asked_for(database):
    judge(database, E, "reject")
    assert len(lines("register", "--database", database)) == 1
    assert len(lines("register", "--rejected", "--database", database)) == 2


def test_pairs_are_told_apart(database):
    judge(database, B, "different", "--other", A)
    assert len(lines("register", "--database", database)) == 3
    judge(database, A, "same", "--other", B)
    assert len(lines("register", "--database", database)) == 2
    assert [one["standing"] for one in lines("judgements", "--database", database)] == ["superseded", "in force"]


def test_judgements_are_listed_with_what_is_of_them(database):
    assert "nobody has judged" in run("judgements", "--database", database).stdout
    for verdict in (["reject"], ["correct", "--set", "mode=aid"], ["accept", "--field", "mode"]):
        judge(database, A, *verdict)
    judge(database, B, "accept")
    judge(database, C, "accept")
    again = [make_claim({"id": "f" * 16, "items": ["tanks"]}, "x")], [make_claim({"id": C, "status": "planned"}, "x")]
    with open_store(database, {}) as store:
        for document, claims in zip(("docbbbbbb", "doccccccc"), again, strict=True):
            store.save_reading(Reading(document, "another", NOW, [(one, claim_to_dict(one)) for one in claims]))
    found = lines("judgements", "--database", database)
    assert [(one["verdict"], one["standing"]) for one in found] == [
        ("reject", "superseded"),
        ("correct", "superseded"),
        ("accept", "in force"),
        ("accept", "waiting"),
        ("accept", "outdated"),
    ]
    assert found[0]["judged"]["claim"] == A
    told = run("judgements", "--database", database, "--document", "docbbbbbb").stdout
    assert told.startswith("4 2")
    assert "accept by Ada; waiting: its claim is no longer read so" in told


REFUSED = [
    ((A, "correct"), "sets fields"),
    ((A, "reject", "--set", "mode=aid"), "sets fields"),
    ((A, "same"), "need the other claim"),
    ((A, "same", "--other", A), "is the same claim"),
    ((A, "reject", "--field", "mode"), "a field alone can be accepted"),
    ((A, "accept", "--field", "deal"), "deal: is no field that can be set"),
    ((A, "correct", "--set", "mode=gift"), "mode: must be one of sale, aid"),
    ((A, "correct", "--set", "mode"), "give FIELD=VALUE"),
    (("ab", "accept"), "no claim of this id"),
    (("abcdefab", "accept"), "no claim of this id"),
]


@pytest.mark.parametrize(("arguments", "told"), REFUSED, ids=[" ".join(row[0])[-30:] for row in REFUSED])
def test_what_is_refused_is_not_kept(arguments, told, database, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["judge", *arguments, "--database", database])
    assert ended.value.code in {2, 6}
    assert told in " ".join(capsys.readouterr().err.split())
    assert lines("judgements", "--database", database) == []


def test_the_system_tells_who_judges(database):
    assert run("judge", A, "accept", "--database", database).exit_code == 0
    (one,) = lines("judgements", "--database", database)
    assert one["who"]
