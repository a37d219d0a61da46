"""The script that measures the reading of notices: what counts as right, on rows of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

import notices
from armstrace.pipeline import Reader

ROW = {
    "transmittal": "99-1",
    "recipient": "Republic of Korea",
    "value_usd_max_estimate": 2316000000,
    "mde_items": [
        {"text": "Up to six (6) M142 launchers", "item": "M142 launchers", "quantity": 6, "approx": "up_to"},
        {"text": "Ten (10) radars (8 installed, 2 spares)", "item": "radars (8 installed, 2 spares)", "quantity": 10,
         "approx": "exact"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"),
    [(2316000000, "$2.316 billion"), (83140000, "$83.14 million"), (950000, "$950000")],
)
def test_sums_are_written_as_notices_write_them(amount: int, words: str) -> None:
    assert notices.money(amount) == words


def test_notes_on_spares_are_no_part_of_an_article() -> None:
    assert list(notices.told_pairs(ROW)) == [("M142 launchers", None, None, 6), ("radars", 10, 10, 10)]


def test_row_that_is_read_wholly_scores_one_everywhere(reader: Reader) -> None:
    for _, tally in notices.tallies(reader, [ROW]):
        assert (tally.right, tally.found, tally.told) == (2, 2, 2)
        assert tally.misses == []


def test_other_number_is_a_miss_and_an_extra() -> None:
    tally = notices.Tally()
    tally.add(ROW, [("M142 launchers", None, None, 6), ("radars", 12, 12, 12)])

    assert (tally.right, tally.found, tally.told) == (1, 2, 2)
    assert len(tally.misses) == 2


def test_file_is_measured_and_the_figures_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n", encoding="utf-8")

    assert notices.main([str(file)]) == 0
    assert "rows 0  articles 0" in capsys.readouterr().out
