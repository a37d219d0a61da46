"""``export`` as users run it, every format alike: same bytes again, filters, days, what must not leave the house."""

from __future__ import annotations

import io
import zipfile

import pytest
from pyarrow import parquet
from running import run_process
from story_store import STORY, make_store

from armstrace.web.exports import ALL_FORMATS

ALL = [form.name for form in ALL_FORMATS]
ASKED = {"un-register": ("country=PE", "year=2031", "direction=exports")}  # what a format must be asked for
HOLD_SENTENCES = set("jsonl xlsx parquet ftm ftm-statements stix prov nanopub claimreview html".split())
TELL_REVIEWERS = HOLD_SENTENCES | {"bundle"}
WITH_ALL_WORDS = {"bundle"}  # what a format holds by its nature: whole documents
PERU_ORDERS, KENYAN_TANKS = "a" * 16, "e" * 16


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Return a folder and a store in which somebody judged a claim for a reason."""
    folder = tmp_path_factory.mktemp("judged")
    database = make_store(folder / "story.db", STORY)
    who = ("--who", "Quillan Ashdown", "--why", "as the minutes have it")
    done = run_process("judge", PERU_ORDERS, "accept", *who, "--database", database, cwd=folder)
    assert done.code == 0, done.err
    return folder, database


def exported(run, judged, name, *options):
    folder, database = judged
    place = folder / "out"
    settings = [word for one in ASKED.get(name, ()) for word in ("--set", one)]
    done = run("export", "--format", name, "-o", place, "--database", database, *settings, *options, cwd=folder)
    assert done.code == 0, done.err
    return place.read_bytes()


def held_in(data: bytes) -> str:
    """Return what a reader of a file sees, what is packed in it included."""
    if data.startswith(b"PAR1"):
        return repr(parquet.read_table(io.BytesIO(data)).to_pylist())
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(held_in(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("name", ALL)
def test_the_same_question_gives_the_same_bytes(run, judged, name):
    assert exported(run, judged, name) == exported(run, judged, name)


@pytest.mark.parametrize("name", ALL)
def test_who_reviewed_stays_in_the_house_unless_asked_for(run, judged, name):
    shown = held_in(exported(run, judged, name))
    assert "Ashdown" not in shown
    assert "as the minutes have it" not in shown
    told = held_in(exported(run, judged, name, "--reviewers"))
    assert ("Ashdown" in told) == (name in TELL_REVIEWERS), "else it could not fail to withhold them"


@pytest.mark.parametrize("name", sorted(set(ALL) - WITH_ALL_WORDS))
def test_sentences_stay_in_the_house_if_asked_for(run, judged, name):
    assert "south" not in held_in(exported(run, judged, name, "--no-quotes"))
    assert ("south" in held_in(exported(run, judged, name))) == (name in HOLD_SENTENCES)


@pytest.mark.parametrize("name", sorted(WITH_ALL_WORDS))
def test_what_holds_whole_documents_is_not_written_without_their_sentences(run, judged, name):
    folder, database = judged
    done = run("export", "--format", name, "-o", folder / "none", "--database", database, "--no-quotes", cwd=folder)
    assert done.code == 2
    assert not (folder / "none").exists()


def test_standard_output_takes_it_too(run, judged):
    folder, database = judged
    done = run("export", "--format", "jsonl", "--database", database, cwd=folder)
    assert done.out.encode() == exported(run, judged, "jsonl")
    assert [len(row["told"]) for row in done.rows] == [4, 1]


CHOICES = [
    ([], 2),
    (["--item", "tanks"], 1),
    (["--party", "PE"], 2),
    (["--status", "planned"], 1),
    (["--as-of", "2031-03-05"], 1),
    (["--reviewed-only"], 1),
    (["--transfer", KENYAN_TANKS], 1),
    (["--party", "NO"], 0),
]


@pytest.mark.parametrize(("options", "lines"), CHOICES, ids=lambda one: " ".join(one) if isinstance(one, list) else "")
def test_lines_are_chosen_as_in_the_register(run, judged, options, lines):
    assert exported(run, judged, "jsonl", *options).count(b"\n") == lines


def test_a_reviewer_is_named_if_asked_for(run, judged):
    assert "Quillan Ashdown" in held_in(exported(run, judged, "jsonl", "--reviewers"))


REFUSED = [
    (["--as-of", "soon"], 2, "is no date"),
    (["--transfer", "0" * 16], 6, "no transfer or claim of this id"),
    (["--set", "colour=red"], 2, "jsonl can be asked for nothing"),
    (["--sources", "none.yml"], 2, "cannot be read"),
    (["-o", "none/out.jsonl"], 3, "none/out.jsonl: cannot be written"),
]


@pytest.mark.parametrize(("options", "code", "why"), REFUSED)
def test_what_cannot_be_exported_says_why_and_leaves_no_file(run, judged, options, code, why):
    folder, database = judged
    kept = folder / "kept.jsonl"
    kept.write_text("as it was", encoding="utf-8")
    before = set(folder.iterdir())
    done = run("export", "--format", "jsonl", "-o", kept, "--database", database, *options, cwd=folder)
    assert done.code == code
    assert why in done.err
    assert kept.read_text("utf-8") == "as it was"
    assert set(folder.iterdir()) == before
