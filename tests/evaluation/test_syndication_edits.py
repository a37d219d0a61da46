"""Each mechanical desk edit of the syndication set, as a row: what goes in, what comes out."""

from __future__ import annotations

import pytest

from syndication_desk import Desk
from syndication_edits import EDITS, apply_edits, split_sentences

DESK = Desk(seed="99z", people={"Okello": "Mr", "Lind": "Ms"}, top=("Top",), bottom=("Bottom",))
THREE = ("One two three four. Five six seven.", "Eight nine ten.", "Eleven twelve.")
LONG = tuple(f"Sentence {n} of the text has exactly eight words. So has this one that follows it." for n in range(9))

ROWS = [
    ("merge:2", THREE, ("One two three four. Five six seven. Eight nine ten.", "Eleven twelve.")),
    ("split", THREE, ("One two three four.", "Five six seven.", "Eight nine ten.", "Eleven twelve.")),
    ("british", ("The Center sent tons, 4 percent.",), ("The Centre sent tonnes, 4 per cent.",)),
    ("american", ("The defence programme; recolour.",), ("The defense program; recolour.",)),
    ("plain", ("Prior to the purchase of additional arms",), ("Before the buy of more arms",)),
    ("contracted", ("It did not go.",), ("It didn't go.",)),
    ("spelled", ("4 crates, 4 km, $4 million, 14 men",), ("four crates, 4 km, $4 million, 14 men",)),
    ("figures", ("twelve crates of four",), ("12 crates of four",)),
    ("short-money", ("$40 million, 12 percent",), ("$40m, 12%",)),
    ("curly", ('He said "no" and "it\'s".',), ("He said “no” and “it’s”.",)),
    ("straight", ("“no” — ‘yes’",), ("\"no\" -- 'yes'",)),
    ("single", ("He said “no”.",), ("He said 'no'.",)),
    (
        "titles",
        ("Okello went. Jo Okello said.", "Okello, Capt. Okello"),
        ("Okello went. Jo Okello said.", "Mr Okello, Capt. Okello"),
    ),
    (
        "titles",
        ("Ann Lind came to port. Lind left; so did Ann Lind.",),
        ("Ann Lind came to port. Ms Lind left; so did Ann Lind.",),
    ),
    ("said-he", ('"No," Okello said. "Yes," he said.',), ('"No," said Okello. "Yes," said he.',)),
    ("no-on", ("It came on Monday, on time.",), ("It came Monday, on time.",)),
    (
        "yesterday:Monday",
        ("It came on Monday. Monday night was cold.",),
        ("It came yesterday. Monday night was cold.",),
    ),
    (
        "tight",
        ("It also went (as said before) and said that it went, which took all of the night, home.",),
        ("It went and said it went home.",),
    ),
    ("furniture", ("Text.",), ("Top", "Text.", "Bottom")),
    ("telex", ("“No,” he said.",), ('"NO," HE SAID.',)),
    ("wrapped:12", ("one two three four",), ("    one two\nthree four",)),
]


@pytest.mark.parametrize(("edit", "given", "expected"), ROWS)
def test_edit(edit, given, expected):
    assert apply_edits(given, [edit], DESK) == (expected, [edit])


def test_a_cut_leaves_whole_sentences_from_the_start():
    text, _ = apply_edits(LONG, ["cut:40"], DESK)
    assert text == (*LONG[:3], "Sentence 3 of the text has exactly eight words.")[: len(text)]
    assert 0.3 < sum(len(p.split()) for p in text) / sum(len(p.split()) for p in LONG) <= 0.4


def test_a_cut_leaves_the_first_sentence_however_long():
    assert apply_edits(("word " * 99 + "end.", "More."), ["cut:10"], DESK)[0] == ("word " * 99 + "end.",)


def test_struck_sentences_and_changed_places_spare_the_lead():
    thinned, _ = apply_edits(LONG, ["thin:50"], DESK)
    assert thinned[0] == LONG[0]
    assert {s for p in thinned for s in split_sentences(p)} < {s for p in LONG for s in split_sentences(p)}
    swapped, _ = apply_edits(LONG, ["swap:2"], DESK)
    assert swapped[:2] == LONG[:2]
    assert sum(a != b for a, b in zip(swapped, LONG, strict=True)) == 4


def test_misreading_is_the_same_on_every_run_and_another_for_another_document():
    read, _ = apply_edits(LONG, ["ocr:20"], DESK)
    assert read == apply_edits(LONG, ["ocr:20"], DESK)[0] != LONG
    assert read != apply_edits(LONG, ["ocr:20"], Desk(seed="98z"))[0]


def test_an_edit_that_changes_nothing_is_not_named():
    assert apply_edits(("Nothing here.",), ["figures", "curly", "split"], DESK) == (("Nothing here.",), [])


def test_every_edit_has_a_name_of_its_own_and_says_what_it_does():
    assert len({edit.name for edit in EDITS}) == len(EDITS)
    assert all(edit.does for edit in EDITS)


SENTENCES = [
    ("Gen. Okello left. He ran.", ["Gen. Okello left.", "He ran."]),
    ('"It is so." He left.', ['"It is so."', "He left."]),
    ("The U.S. Navy came. It left.", ["The U.S. Navy came.", "It left."]),
    ("It costs 4.5 million.", ["It costs 4.5 million."]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text, expected):
    assert split_sentences(text) == expected
    assert " ".join(split_sentences(text)) == text
