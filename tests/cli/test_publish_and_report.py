"""``publish`` and ``report`` as users run them: what they write, say, and refuse."""

import json

import pytest


def test_a_register_is_published_and_published_again(here, database, run):
    asked = ("publish", "site", "--database", database, "--title", "Drones", "--stamp", "2031-07-01")
    done = run(*asked, cwd=here)
    assert done.code == 0
    assert done.out.startswith("2 transfers, 5 claims of 5 documents in ")
    told = json.loads((here / "site" / "manifest.json").read_text("utf-8"))
    assert (told["title"], told["stamp"], told["counts"]["transfers"]) == ("Drones", "2031-07-01", 2)
    before = (here / "site" / "SHA256SUMS").read_bytes()
    assert (
        run("publish", "site", "--database", database, "--title", "Drones", "--stamp", "2031-07-01", cwd=here).code == 0
    )
    assert (here / "site" / "SHA256SUMS").read_bytes() == before


def test_a_day_leaves_out_what_has_no_date_and_says_so(here, database, run):
    done = run("publish", "site", "--database", database, "--as-of", "2031-03-05", cwd=here)
    assert done.code == 0
    assert done.out.startswith("1 transfers, 2 claims")
    assert "no date of publication" in done.err


REFUSED = [
    (["--party", "NO"], 2, "nothing to publish"),
    (["--as-of", "soon"], 2, "is no date"),
    (["--after", "soon"], 2, "is no date"),
    (["--about", "none.md"], 2, "cannot be read"),
    (["--sources", "none.yml"], 2, "cannot be read"),
    (["--status", "lost"], 2, "lost"),
]


@pytest.mark.parametrize("row", REFUSED)
def test_what_cannot_be_published_changes_nothing(here, database, run, row):
    options, code, why = row
    done = run("publish", "site", "--database", database, *options, cwd=here)
    assert done.code == code
    assert why in done.err
    assert not (here / "site").exists()


def test_a_folder_of_others_is_left_alone(here, database, run):
    done = run("publish", "reports", "--database", database, cwd=here)
    assert done.code == 3
    assert "is no publication of armstrace" in done.err
    assert sorted(path.name for path in (here / "reports").iterdir()) == ["sent.txt", "sold.txt"]


def test_who_was_killed_is_told_of(here, database, run):
    (here / ".site.publishing-abc").mkdir()
    done = run("publish", "site", "--database", database, cwd=here)
    assert done.code == 0
    assert ".site.publishing-abc: left by a run that was killed" in done.err


def test_what_publishers_say_is_on_the_page(here, database, run):
    (here / "about.md").write_text("# Why\n\nBecause *we* count.", "utf-8")
    assert run("publish", "site", "--database", database, "--about", "about.md", cwd=here).code == 0
    assert "<p>Because <em>we</em> count.</p>" in (here / "site" / "about.html").read_text("utf-8")


def test_a_report_is_written_to_a_file_or_told(here, database, run):
    done = run("report", "a" * 8, "--database", database, "-o", "report.html", cwd=here)
    assert (done.code, done.out) == (0, "")
    page = (here / "report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "\x1b" not in page
    told = run("report", "a" * 8, "--database", database, cwd=here)
    assert told.out == page


WRONG = [
    (["0" * 16], 6, "no transfer or claim"),
    (["a" * 8, "--as-of", "soon"], 2, "is no date"),
    (["a" * 8, "--as-of", "2030"], 6, "no transfer or claim"),
    (["a" * 8, "--certificate", "beef" * 4], 6, "no certificate"),
    (["a" * 8, "-o", "none/report.html"], 3, "cannot be written"),
]


@pytest.mark.parametrize("row", WRONG)
def test_what_cannot_be_reported(here, database, run, row):
    asked, code, why = row
    done = run("report", *asked, "--database", database, cwd=here)
    assert done.code == code
    assert why in done.err
