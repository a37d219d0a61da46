"""Training noise for arms news: weapon designations as one token, which open treebanks hardly hold.

Treebanks cut "F-16" into three tokens and hold a few dozen such; armstrace keeps a designation whole. So
training joins those that are cut, and now and then puts a made-up designation in the place of a common noun.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from examples import Example

JOIN, SUBSTITUTE = 0.7, 0.06  # share of designations joined; share of sentences that get a made-up one
LETTERS = re.compile(r"[A-Z][A-Za-z]{0,3}")
DIGITS = re.compile(r"\d{1,4}[A-Za-z]?s?")
PREFIXES = (
    "F",
    "T",
    "S",
    "M",
    "AK",
    "Su",
    "MiG",
    "Mi",
    "Il",
    "An",
    "Tu",
    "Ka",
    "C",
    "B",
    "MQ",
    "RQ",
    "AIM",
    "AGM",
)
PREFIXES += (
    "BM",
    "ZSU",
    "RPG",
    "UH",
    "AH",
    "CH",
    "KC",
    "P",
    "J",
    "K",
    "KS",
    "BMP",
    "BTR",
    "SA",
    "TB",
    "PAC",
    "HQ",
)
NAMES = (
    "Leopard",
    "Caesar",
    "Javelin",
    "Stinger",
    "Patriot",
    "Bradley",
    "HIMARS",
    "Iskander",
    "Shahed",
    "Bayraktar",
)
NAMES += (
    "Abrams",
    "Gripen",
    "Rafale",
    "Typhoon",
    "Mirage",
    "Kornet",
    "Grad",
    "Buk",
    "Apache",
    "Tornado",
    "Milan",
)
PLURAL_PLACES = ("obj", "nmod", "obl", "conj", "nsubj", "nsubj:pass", "root", "appos")


def add_noise(example: Example, rng: random.Random) -> Example:
    """Return the example, or a version of it with designations joined or put in; only parsed ones change."""
    if not example.heads:
        return example
    if rng.random() < JOIN:
        example = join_designations(example)
    if rng.random() < SUBSTITUTE:
        example = put_designation(example, rng)
    return example


def join_designations(example: Example) -> Example:
    """Return the example with "F", "-", "16" in one token where the digits hang on the letters."""
    for i in range(len(example.words) - 2):
        letters, hyphen, digits = example.words[i : i + 3]
        hangs = example.heads[i + 2] == i + 1 and example.relations[i + 2] == "flat"
        if hangs and hyphen == "-" and LETTERS.fullmatch(letters) and DIGITS.fullmatch(digits):
            return joined_at(example, i)
    return example


def joined_at(example: Example, i: int) -> Example:
    """Return the example with the tokens i to i+2 as one, to which all heads among the parts are moved."""
    word = "".join(example.words[i : i + 3])
    plural = word.endswith("s")

    def moved(head: int) -> int:
        return head if head <= i + 1 else max(i + 1, head - 2)

    heads = tuple(moved(head) for k, head in enumerate(example.heads) if k not in {i + 1, i + 2})
    joined = replace(example, heads=heads)
    for column, whole in (
        ("words", word),
        ("upos", "PROPN"),
        ("xpos", "NNPS" if plural else "NNP"),
        ("lemmas", word.removesuffix("s")),
        ("relations", None),
        ("names", None),
    ):
        values = getattr(example, column)
        if values:
            kept = values[i] if whole is None else whole
            joined = replace(joined, **{column: (*values[:i], kept, *values[i + 3 :])})
    return joined


def put_designation(example: Example, rng: random.Random) -> Example:
    """Return the example with one common noun, if any fits, turned into a designation in the same place."""
    places = [i for i in range(len(example.words)) if fits(example, i)]
    if not places:
        return example
    i = rng.choice(places)
    plural = example.xpos[i] == "NNS"
    lemma = made_up(rng)
    values = {
        "words": lemma + ("s" if plural and not lemma.endswith("s") else ""),
        "upos": "PROPN",
        "xpos": "NNPS" if plural else "NNP",
        "lemmas": lemma,
    }
    for column, value in values.items():
        old = getattr(example, column)
        example = replace(example, **{column: (*old[:i], value, *old[i + 1 :])})
    return example


def fits(example: Example, i: int) -> bool:
    """Tell whether word i, no name, is a plural noun in a main place or a singular one before its noun."""
    if example.upos[i] != "NOUN" or (example.names and example.names[i] != "O"):
        return False
    relation, tag = example.relations[i], example.xpos[i]
    return (tag == "NNS" and relation in PLURAL_PLACES) or (tag == "NN" and relation == "compound")


def made_up(rng: random.Random) -> str:
    """Return a designation: a known type name, or letters, hyphen, digits and perhaps a letter."""
    if rng.random() < 0.3:  # noqa: PLR2004
        return rng.choice(NAMES)
    number = str(rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 700))))
    return f"{rng.choice(PREFIXES)}-{number}{rng.choice(('', '', '', 'A', 'M', 'B', 'K'))}"
