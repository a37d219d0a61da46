"""`armstrace check`: one transfer in words, and the lines of a store; marks and findings in register and trace."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from story_store import make_store

from armstrace.cli.main import cli, main
from armstrace.embargo.findings import HONESTY

FIRST = (
    "measure body verdict instrument paragraph in_force_from in_force_to decisive would_change".split()
)  # the fields of the contract, in its order
SHELLS = ("--supplier", "KP", "--recipient", "RU", "--item", "artillery shells", "--date", "2022-09")
STORY = [
    (
        {
            "id": "a" * 16,
            "supplier": "KP",
            "recipient": "RU",
            "items": ["tanks"],
            "status": "ordered",
            "from": "government US",
        },
        "Lima Ledger",
        "2022-09-06",
    ),
    (
        {
            "id": "b" * 16,
            "supplier": "PE",
            "recipient": "KE",
            "items": ["tanks"],
            "status": "delivered",
            "from": "government KE",
        },
        "Evil \x1b[31m\u202eOutlet\n",
        "2022-09-07",
    ),
    (
        {
            "id": "c" * 16,
            "supplier": "KP",
            "recipient": "SY",
            "items": ["artillery"],
            "status": "delivered",
            "polarity": "denied",
            "from": "government SY",
        },
        "Damascus Daily",
        "2022-09-08",
    ),
]


@pytest.fixture(autouse=True)
def _lexicon_of_all_tests(monkeypatch, reader):
    """Load the lexicon once for all tests: most of a second each time otherwise."""
    monkeypatch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)


@pytest.fixture(scope="module")
def arms(tmp_path_factory) -> str:
    return make_store(tmp_path_factory.mktemp("check") / "x.db", STORY)


def run(*arguments: str) -> Result:
    found = CliRunner().invoke(cli, list(arguments))
    assert found.exit_code == 0, found.output
    return found


def lines(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in run(*arguments, "--format", "jsonl").stdout.splitlines()]


def test_one_finding_a_line_the_contract_first_and_the_notice_on_each():
    found = lines("check", *SHELLS)
    assert [row["measure"] for row in found] == ["UN-KP"]
    for row in found:
        assert list(row)[: len(FIRST)] == FIRST
        assert row["notice"] == HONESTY


def test_all_tells_every_measure():
    found = lines("check", *SHELLS, "--all")
    assert len(found) == len({row["measure"] for row in found}) > 50
    assert {row["verdict"] for row in found} == {"breach-if-true", "outside"}
    assert all(row["decisive"].endswith(".") and row["notice"] == HONESTY for row in found)


def test_a_person_reads_verdict_place_reason_and_the_notice():
    words = " ".join(run("check", *SHELLS).stdout.split())
    assert words.startswith("North Korea → Russia: artillery shells, 2022-09-01 to 2022-09-30 Would breach")
    for told in ("UN-KP resolution 1874 (2009), 9; resolution 1718 (2006), 8(b)", "from 2009-06-12, no end set"):
        assert told in words
    assert words.endswith(HONESTY)
    assert "EU-RU outside." in " ".join(run("check", *SHELLS, "--all").stdout.split())


def test_cases_stand_under_their_finding():
    words = " ".join(run("check", "--recipient", "IS", "--supplier", "IR", "--date", "2012").stdout.split())
    assert "Would breach" in words
    words = " ".join(
        run("check", "--supplier", "IR", "--recipient", "OM", "--item", "drones", "--date", "2021").stdout.split()
    )
    assert "if a range of 300 km or more: breach if true" in words
    assert "if a range below 300 km: outside" in words


def test_nothing_in_the_way_says_so():
    words = " ".join(run("check", "--supplier", "NO", "--recipient", "SE", "--date", "2021").stdout.split())
    assert "None of the" in words
    assert "with --all each says why" in words


def test_the_status_matters():
    (refused,) = [r for r in lines("check", *SHELLS, "--status", "refused", "--all") if r["measure"] == "UN-KP"]
    assert (refused["verdict"], refused["decisive"]) == ("outside", "It was refused, nothing is said to have moved.")


def test_the_lines_of_a_store(arms):
    found = lines("check", "--database", arms)
    assert {(row["measure"], row["verdict"]) for row in found} == {("UN-KP", "breach-if-true")}
    assert [any("Only denials" in one for one in row["caveats"]) for row in found] == [False, True]
    assert found[0]["transfer"] == lines("register", "--database", arms, "--party", "KP")[0]["transfer"]
    assert lines("check", "--database", arms, "--party", "KE") == []
    words = " ".join(run("check", "--database", arms).stdout.split())
    assert "North Korea → Russia" in words
    assert "Peru → Kenya" in words
    assert words.count(HONESTY) == 1


def test_findings_stand_on_every_line_of_the_register(arms):
    korean, peruvian, _ = lines("register", "--database", arms)
    assert [one["measure"] for one in korean["findings"]] == ["UN-KP"]
    assert peruvian["findings"] == []
    assert korean["findings"][0]["notice"] == HONESTY
    words = " ".join(run("register", "--database", arms).stdout.split())
    assert "law: breach if true:" in words
    assert "Not legal advice." in words


def test_findings_stand_in_the_trace(arms):
    (traced,) = lines("trace", "a" * 16, "--database", arms)
    assert [one["verdict"] for one in traced["findings"]] == ["breach-if-true"]
    words = " ".join(run("trace", "a" * 16, "--database", arms).stdout.split())
    assert "Arms embargoes" in words
    assert "resolution 1874 (2009), 9" in words


def test_hostile_words_are_shown_safely():
    found = run("check", "--supplier", "KP", "--recipient", "RU", "--item", "[red]tanks\x1b[2J\u202e", "--date", "2022")
    assert "\x1b" not in found.stdout
    assert "\u202e" not in found.stdout
    assert "[red]" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "ended_so"),
    [
        (("--supplier", "Atlantis"), (2, "no country, group, company or body known")),
        (("--date", "2022-13"), (2, "give a day, month, year or range")),
        (("--supplier", "KP", "--party", "RU"), (2, "--party is for the transfers of the store")),
        (("--supplier", "KP", "--as-of", "2022"), (2, "--as-of is for the transfers of the store")),
        (("--database", "nowhere.db"), (6, "nowhere.db")),
    ],
)
def test_mistakes_have_a_remedy_and_a_code(capsys, monkeypatch, tmp_path, arguments, ended_so):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    code, told = ended_so
    assert ended.value.code == code
    assert told in capsys.readouterr().err


def test_the_readme_shows_what_the_command_prints():
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    _, _, block = page.partition("$ armstrace check ")
    command, _, shown = block.partition("```")[0].partition("\n")
    assert run("check", *shlex.split(command)).stdout.split() == shown.split()
