"""``export`` of reports, bundles and a State's year, ``report`` and ``verify``, as users run them."""

import csv
import io
import zipfile

import pytest


def bundled(here, run, *options):
    done = run("export", "--format", "bundle", "-o", "case.zip", *options, cwd=here)
    assert (done.code, done.out) == (0, ""), done.err
    return here / "case.zip"


def test_a_bundle_is_checked_where_no_store_is(filled, run, tmp_path_factory):
    path = bundled(filled, run, "--set", "timestamp=yes")
    data = path.read_bytes()
    assert bundled(filled, run, "--set", "timestamp=yes").read_bytes() == data
    assert run("export", "--format", "bundle", "-o", "named.zip", "--party", "SN", cwd=filled).code == 0
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = run("verify", path, cwd=elsewhere)
    assert done.code == 0
    assert done.out.startswith("checked ")
    assert done.out.endswith("all as it was kept\n")
    assert "2 of claims" in done.out
    assert not list(elsewhere.iterdir())


def test_damage_to_a_bundle_is_told(filled, run):
    path = bundled(filled, run)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Spain delivered two", b"Spain delivered six", 1))
    done = run("verify", path, cwd=filled)
    assert done.code == 6
    assert "case.zip, data/" in done.out
    assert done.out.endswith("1 lost or changed\n")
    path.write_bytes(data[:-100])
    done = run("verify", path, cwd=filled)
    assert done.code == 6
    assert "case.zip: is no ZIP, or is cut short" in done.out


WRONG = [
    (["verify", "none.zip"], 3, "none.zip: cannot be read"),
    (["verify", "case.zip", "--clean"], 2, "a bundle is checked alone"),
    (["export", "--format", "bundle", "--no-quotes"], 2, "holds the documents whole"),
    (["export", "--format", "bundle", "--set", "lists=all"], 2, "give lists=yes"),
    (["export", "--format", "bundle", "-o", "case.html"], 2, "ends in .zip"),
    (["export", "--format", "html", "-o", "all.html"], 2, "--transfer asks for one line alone"),
    (["export", "--format", "html", "--transfer", "0" * 16], 6, "no transfer or claim"),
    (["export", "--format", "un-register"], 2, "--set country="),
    (["export", "--format", "un-register", "--set", "month=5"], 2, "can be asked for country=..."),
]


@pytest.mark.parametrize(("asked", "code", "why"), WRONG)
def test_what_cannot_be_written_or_checked(filled, run, asked, code, why):
    done = run(*asked, cwd=filled)
    assert done.code == code
    assert why in done.err
    assert not list(filled.glob("*.zip"))
    assert not list(filled.glob(".*.part"))


def test_a_report_is_the_format_html_of_one_line(here, database, run):
    line = ("a" * 8, "--database", database)
    told = run("report", *line, cwd=here)
    assert run("export", "--format", "html", "--transfer", *line, cwd=here).out == told.out
    assert run("export", "--format", "html", "--database", database, "-o", "all.zip", cwd=here).code == 0
    with zipfile.ZipFile(here / "all.zip") as archive:
        assert archive.namelist()[-1] == "index.html"
        assert told.out.encode() in [archive.read(name) for name in archive.namelist()]


def test_a_new_file_has_the_rights_of_new_files(here, database, run):
    (here / "other").touch()
    assert run("report", "a" * 8, "--database", database, "-o", "page.html", cwd=here).code == 0
    assert (here / "page.html").stat().st_mode == (here / "other").stat().st_mode


def test_a_year_of_a_state_is_of_reviewed_lines(filled, run):
    asked = "export --format un-register --set country=es --set year=2021 --set direction=exports".split()
    before = run(*asked, cwd=filled).out
    assert "No reviewed line tells of such a delivery" in before
    claim = next(row for row in run("export", "--format", "jsonl", cwd=filled).rows if "patrol boats" in str(row))
    assert run("judge", claim["told"][0]["claim"], "accept", "--who", "ann", cwd=filled).code == 0
    table = run(*asked, cwd=filled).out.removeprefix("\ufeff")
    (row,) = [one for one in csv.DictReader(io.StringIO(table, newline="")) if one["Part"] != "Note"]
    assert row["Part"].startswith("Annex")
    assert (row["B Final importer State(s)"], row["C Number of items"]) == ("Senegal", "2")
    assert "may be VI" in row["Remarks: comments on the transfer"]


def test_help_tells_what_can_be_asked_of_a_format(here, run):
    told = run("export", "--help", cwd=here).out
    assert "--set country=..., year=..., direction=..." in told
    assert "--set lists=..., timestamp=..." in told
