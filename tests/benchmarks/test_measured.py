"""What benchmarks share: turns that are fair, ratios with their spread, tables as text and as JSON."""

import json
import sys
from argparse import Namespace
from itertools import count

import pytest

from cost_curves import exponent_of
from measured import Column, Report, ratio_of, reporting, run_again, run_apart, spread_of, take_turns


def test_ways_take_turns_piece_by_piece_and_none_is_always_first():
    seen: list[str] = []
    ways = {"one": lambda piece: seen.append(f"one {piece}"), "other": lambda piece: seen.append(f"other {piece}")}

    take_turns(ways, ["a", "b"], 2)

    assert seen == ["one a", "other a", "other b", "one b", "other a", "one a", "one b", "other b"]


def test_each_way_is_told_its_own_time_by_round():
    ticks = count()

    spent = take_turns({"one": str, "other": str}, ["a", "b", "c"], 2, clock=lambda: float(next(ticks)))

    assert spent == {"one": [3.0, 3.0], "other": [3.0, 3.0]}


@pytest.mark.parametrize(
    ("seconds", "peer", "told"),
    [
        ([1.0, 1.0, 1.0], [2.0, 3.0, 1.0], "2 (1-3)"),
        ([4.0], [1.0], "0.25 (0.25-0.25)"),
    ],
)
def test_a_ratio_is_taken_round_by_round(seconds, peer, told):
    assert ratio_of(seconds, peer).told == told


def test_a_spread_is_median_least_and_most():
    assert spread_of([3.0, 1.0, 9.0]) == (3.0, 1.0, 9.0)


@pytest.mark.parametrize(
    ("values", "exponent"),
    [([5.0, 5.0, 5.0], 0.0), ([1.0, 10.0, 100.0], 1.0), ([1.0, 100.0, 10_000.0], 2.0)],
)
def test_the_exponent_is_the_slope_of_the_logarithms(values, exponent):
    assert exponent_of([10, 100, 1000], values) == pytest.approx(exponent)


def test_no_exponent_where_there_is_no_line():
    assert exponent_of([10], [3.0]) is None
    assert exponent_of([10, 100], [0.0, 3.0]) is None


def test_tables_are_markdown(capsys):
    report = Report("some", {"cores": 2}, as_json=False)
    report.table("Speeds", Column("way"), Column("s", ".1f")).add("a|b", 1.25)

    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "some: cores 2"
    assert [[cell.strip() for cell in line.strip("|").split(" | ")] for line in (lines[4], lines[6])] == [
        ["way", "s"],
        ["a\\|b", "1.2"],
    ]


def test_tables_are_json_where_asked_for(capsys):
    with reporting("some", Namespace(json=True)) as report:
        report.table("Speeds", Column("way"), Column("s", ".1f")).add("a", 1.25)
        report.note("all said")

    told = json.loads(capsys.readouterr().out)

    assert told["tables"] == [{"title": "Speeds", "rows": [{"way": "a", "s": 1.25}]}]
    assert (told["benchmark"], told["notes"]) == ("some", ["all said"])


def test_a_row_of_the_wrong_length_is_refused():
    table = Report("some", {}, as_json=True).table("Speeds", Column("way"))

    with pytest.raises(ValueError, match="2 values for 1 columns"):
        table.add("a", 1.0)


def test_what_a_process_of_its_own_takes_is_told():
    ran = run_apart([sys.executable, "-c", "x = bytearray(80 << 20); print(len(x))"])

    assert (ran.output, ran.code) == (f"{80 << 20}\n", 0)
    assert 80 < ran.mebibytes < 120
    assert ran.processor > 0


def test_a_part_that_fails_is_told(tmp_path):
    script = tmp_path / "part.py"
    script.write_text("raise SystemExit(3)")

    with pytest.raises(RuntimeError, match=r"part\.py --all: ended with 3"):
        run_again(str(script), "--all")
