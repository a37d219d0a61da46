"""`armstrace settings` and `register --released`: which lines the public sees."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from story_store import STORY, make_store

from armstrace.cli.main import cli
from armstrace.store.open import open_store

A = "a" * 16


@pytest.fixture(autouse=True)
def _lexicon_of_all_tests(monkeypatch, reader):
    """Load the lexicon once for all tests: most of a second each time otherwise."""
    monkeypatch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)


@pytest.fixture
def database(tmp_path) -> str:
    return make_store(tmp_path / "x.db", STORY)


def run(*arguments):
    found = CliRunner().invoke(cli, list(arguments))
    assert found.exit_code == 0, found.output or found.exception
    return found.stdout


def test_the_setting_is_kept_and_recorded(database):
    assert run("settings", "--database", database) == "public: all lines\n"
    assert run("settings", "--released-only", "--database", database) == "public: only released lines\n"
    assert run("settings", "--database", database) == "public: only released lines\n"
    with open_store(database, {}) as store:
        ((_, deed),) = store.people.deeds()
        assert (deed.did, deed.more) == ("release set", {"released_only": True})
    assert run("settings", "--all-lines", "--database", database) == "public: all lines\n"


@pytest.mark.parametrize("as_of", [[], ["--as-of", "2031-12"]])
def test_released_lines_are_those_of_which_a_claim_was_accepted(database, as_of):
    asked = ("register", "--released", "--format", "jsonl", "--database", database, *as_of)
    assert run(*asked) == ""
    run("judge", A, "accept", "--who", "Ada", "--database", database)
    (line,) = run(*asked).splitlines()
    assert A in json.loads(line)["claims"]
    run("judge", A, "undo", "--who", "Ada", "--database", database)
    assert run(*asked) == ""


@pytest.mark.parametrize("asked", ["--released", "the setting"])
def test_what_is_published_is_what_was_released(database, tmp_path, asked):
    if asked == "the setting":
        run("settings", "--released-only", "--database", database)
    command = ["publish", str(tmp_path / "site"), "--database", database, *([asked] if asked == "--released" else [])]
    refused = CliRunner().invoke(cli, command)
    assert refused.exit_code != 0
    run("judge", A, "accept", "--who", "Ada", "--database", database)
    run(*command)
    (line,) = (tmp_path / "site" / "data" / "transfers.jsonl").read_text().splitlines()
    assert A in json.loads(line)["claims"]
    assert json.loads((tmp_path / "site" / "manifest.json").read_text())["only_released"] is True
