"""Designations that no list holds: told by their shape, in the singular and plural, and not inside other words."""

from __future__ import annotations

import pytest

from armstrace.lexicon.load import load_lexicon

FOUND = [
    ("Six Su-57Es left the factory.", ["Su-57E"]),
    ("Two Mi-17V5s and a Ka-226T were shown.", ["Mi-17V5", "Ka-226T"]),
    ("The MIG-29s came by train.", ["MIG-29"]),
    ("A PzH 2000 fired.", ["PzH 2000"]),
    ("He wore a T-shirt on D-Day and sent an E-mail.", []),
    ("Flight Su-1234 was late.", []),
    ("The XF-16Z was a project.", []),
    ("", []),
]


@pytest.mark.parametrize(("words", "found"), FOUND)
def test_shapes_of_designations_are_found(words: str, found: list[str]) -> None:
    designations = load_lexicon().designations
    hits = list(designations.find(words))
    assert sorted({hit.span.of(words) for hit in hits}) == sorted(found)
    assert designations.stand_in(words) == bool(found)


def test_the_quick_look_misses_nothing_that_a_pattern_finds() -> None:
    designations = load_lexicon().designations
    for words, _ in FOUND:
        assert designations.stand_in(words) == any(p.regex.search(words) for p in designations.patterns)
