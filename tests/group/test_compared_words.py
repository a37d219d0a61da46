"""Words as they are compared: what a desk's house style changes is no difference."""

from __future__ import annotations

import pytest

from armstrace.group.words import compared_words, content_stems

SAME = [
    ("spelling", "The defence organisation's armour", "The defense organization's armor"),
    ("figures with commas", "some 1,200 rifles", "some 1200 rifles"),
    ("small numbers in words", "twelve ships", "12 ships"),
    ("per cent", "40 per cent", "40 percent"),
    ("titles", "Mr. Okoro left", "Okoro left"),
    ("curly and straight", "the ship’s “cargo”", 'the ship\'s "cargo"'),
    ("capitals", "SHELLS REACH PORT", "Shells reach port"),
    ("verbs of saying", "he said", "he told"),
]


@pytest.mark.parametrize(("what", "one", "other"), SAME)
def test_house_style_is_taken_off(what, one, other):
    assert compared_words(one).keys == compared_words(other).keys, what


STEMS = [
    ("The four mortars were delivered by lorries", ["4", "mortar", "deliver", "lorr"]),
    ("It is said to be his own", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "stems"), STEMS)
def test_stems_of_content(text, stems):
    assert content_stems(text) == stems


MARKED = [
    ("a quotation", "He saw “two grey ships” leave", "quoted", ["2", "grey", "ships"]),
    ("a name inside a sentence", "Then the tired Captain Mirov left. Rain fell on him", "named", ["captain", "mirov"]),
    ("all capitals tell no names", "SHIPS LEFT MIROV AT DAWN", "named", []),
    ("after a quotation mark a sentence opens", "They all said: “Rain fell on Tarsk”", "named", ["tarsk"]),
]


@pytest.mark.parametrize(("what", "text", "mark", "expected"), MARKED)
def test_marks_of_words(what, text, mark, expected):
    words = compared_words(text)
    assert [key for key, is_marked in zip(words.keys, getattr(words, mark), strict=True) if is_marked] == expected, what
