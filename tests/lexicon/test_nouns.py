"""The noun that heads the words for an item."""

from __future__ import annotations

import pytest

from armstrace.lexicon.nouns import forms, joins_several, noun_table, words_of

NOUNS = noun_table(
    (noun, noun)
    for noun in (
        "shell", "artillery shell", "rifle", "drone", "armoured vehicle", "anti-tank missile", "missile", "part",
        "howitzer", "battery", "ammunition", "torpedo", "air defence system",
    )
)  # fmt: skip
HEADS = [
    ("155mm artillery shells", ["artillery shell"]),
    ("shells", ["shell"]),
    ("parts for howitzers", ["part"]),
    ("rifles for the army", ["rifle"]),
    ("rounds of rifle ammunition", ["ammunition"]),
    ("two shipments of several types of drones", ["drone"]),
    ("armored vehicles", ["armoured vehicle"]),
    ("Anti-Tank Missiles", ["anti-tank missile"]),
    ("antitank missiles", ["missile"]),
    ("air-defense systems", ["air defence system"]),
    ("howitzers and rifles", ["howitzer", "rifle"]),
    ("drones, shells or missiles", ["drone", "shell", "missile"]),
    ("missile batteries", ["battery"]),
    ("howitzers (with shells)", ["howitzer"]),
    ("weapons", []),
    ("", []),
]


@pytest.mark.parametrize(("words", "heads"), HEADS)
def test_heads(words, heads):
    assert list(NOUNS.heads(words)) == heads


@pytest.mark.parametrize(
    ("words", "several"),
    [("howitzers and rifles", True), ("drones", False), ("drones, ", False), ("parts for tanks and guns", False)],
)
def test_joined(words, several):
    assert joins_several(words) is several


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("battery", "batteries"), ("rifleman", "riflemen"), ("torch", "torches"), ("drone", "drones"), ("buy", "buys")],
)
def test_plural(noun, plural):
    assert forms(noun) == (noun, plural)


def test_words_are_parted_by_signs_and_in_british_spelling():
    assert words_of("Scud-B, armored/unarmored C-4 (x)") == ("scud", "b", "armoured", "unarmored", "c", "4", "x")
