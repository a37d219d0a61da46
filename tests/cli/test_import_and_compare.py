"""``armstrace import sipri`` and ``armstrace compare``."""

from __future__ import annotations

import csv
import io
import json

from registers_made import make_file, make_row, many_rows

PRESS = "Sweden delivered 10 Gannet-2 trainer aircraft to Peru in May 2014, a Swedish official said.\n"


def test_five_hundred_rows_go_in_and_out_again(tmp_path, run):
    rows = many_rows(500)
    rows[77][4] = "several"
    (tmp_path / "register.csv").write_text(make_file(rows), encoding="latin-1")
    ran = run("import", "sipri", "register.csv", cwd=tmp_path)
    assert ran.code == 3
    assert "register.csv, line 90: 'several' in column 5, Number ordered, is no whole number" in ran.err
    assert "1 kept aside" in ran.out
    assert run("export", "--format", "sipri-csv", "-o", "out.csv", cwd=tmp_path).code == 0
    found = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"), newline="")))[12:]
    kept = [row[:12] + row[13:] for row in rows if row[4] != "several"]
    assert sorted(row[:12] + row[13:] for row in found) == sorted(kept)
    aside = run("verify", cwd=tmp_path)
    assert "line 90" in aside.out + aside.err
    again = run("import", "sipri", "out.csv", cwd=tmp_path)
    assert (again.code, "written by armstrace" in again.err) == (3, True)


def test_a_later_file_takes_the_place_of_the_earlier(tmp_path, run):
    old, new = (make_row(number_delivered=n, years=y, sipri_tiv_of_delivered_weapons="") for n, y in (
        ("2", "2013"), ("12", "2013; 2014"),
    ))  # fmt: skip
    (tmp_path / "old.csv").write_text(make_file([old]), encoding="utf-8")
    (tmp_path / "new.csv").write_text(make_file([new], day="10 Mar 2031"), encoding="utf-8")
    assert run("import", "sipri", "old.csv", cwd=tmp_path).code == 0
    ran = run("import", "sipri", "new.csv", cwd=tmp_path)
    assert (ran.code, "version 2" in ran.out) == (0, True)
    lines = run("export", "--format", "sipri-csv", cwd=tmp_path).out.splitlines()[12:]
    assert len(lines) == 1
    assert "Gannet-2,trainer aircraft,12,,2013; 2014,New" in lines[0]


def test_where_the_press_and_sipri_differ(tmp_path, run):
    (tmp_path / "register.csv").write_text(make_file([make_row(), make_row(supplier="Chad")]), encoding="utf-8")
    (tmp_path / "press.txt").write_text(PRESS, encoding="utf-8")
    assert run("import", "sipri", "register.csv", cwd=tmp_path).code == 0
    assert run("add", "press.txt", "--published", "2014-06-01", "--outlet", "Post", cwd=tmp_path).code == 0
    told = run("compare", "--format", "jsonl", cwd=tmp_path)
    assert [
        (r["kind"], r["of"], r["sipri"]["words"], r["press"]["words"]) for r in map(json.loads, told.out.splitlines())
    ] == [("number", "delivered", ["12"], ["10"])]
    assert "only SIPRI has it 1" in told.err
    person = run("compare", cwd=tmp_path).out
    assert "another number (delivered)" in person
    table = run("compare", "--format", "csv", "--kind", "only-list", cwd=tmp_path).out
    assert "only-list" in table
    assert run("compare", "--party", "CN", cwd=tmp_path).out == "differences: none\n"


def test_what_is_no_register_says_what_to_give(tmp_path, run):
    (tmp_path / "press.txt").write_text(PRESS, encoding="utf-8")
    ran = run("import", "sipri", "press.txt", cwd=tmp_path)
    assert ran.code == 3
    assert "is no trade register of SIPRI's" in ran.err
