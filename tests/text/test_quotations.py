"""Quotations: a text and what stands between its marks; ~ scare, > continues, ! never closed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.text.quotations import Quotation, find_quotations

ROWS = [
    ('He said "we sold the old tanks" today.', ["we sold the old tanks"]),
    ("“We will not sell,” he said. “They are ours.”", ["We will not sell,", "They are ours."]),
    ("‘The ministry is buying rockets,’ an official said.", ["The ministry is buying rockets,"]),
    ("The ministry's 'special military operation' began.", ["~special military operation"]),
    ("The Russians' tanks and the '90s, rock 'n' roll, give 'em those.", []),
    ("It’s the ministry’s job; the Russians’ tanks aren’t ours.", []),
    ("'The Russians' tanks are old,' she said of the Swedes' deal.", ["The Russians' tanks are old,"]),
    ("``We sold nothing,'' he said.", ["We sold nothing,"]),
    ("''We sold nothing,'' he said.", ["We sold nothing,"]),
    ("Il dit : « nous avons vendu les chars » hier.", ["nous avons vendu les chars"]),
    (
        "Er sagte: „Wir verkaufen keine Panzer“, und »nie wieder Krieg hier«.",
        ["Wir verkaufen keine Panzer", "nie wieder Krieg hier"],
    ),
    (
        "“He called it ‘a bad deal’ and left the room,” she said.",
        ["He called it ‘a bad deal’ and left the room,", "~a bad deal"],
    ),
    (
        "\"They said 'sell them now please' to us,\" he said.",
        ["They said 'sell them now please' to us,", "sell them now please"],
    ),
    ("'He called it \"a deal\" then,' she said.", ['He called it "a deal" then,', "~a deal"]),
    ("“We sold the tanks.\n\nThe talks go on.", ["!We sold the tanks."]),
    ("“We sold the tanks.\n\n“We kept the guns,” he said.", ["!We sold the tanks.", ">We kept the guns,"]),
    ("‘We sold the tanks.\n\n‘We kept the guns,’ he said.", ["!We sold the tanks.", ">We kept the guns,"]),
    ("“We sold the tanks.”\n\n“We kept the guns,” he said.", ["We sold the tanks.", "We kept the guns,"]),
    ('The "Silkworm" missile and "defensive" arms.', ["~Silkworm", "~defensive"]),
    ('"No," he said. "Hooray!" they cried. "Nonsense" said Roe.', ["No,", "Hooray!", "Nonsense"]),
    ('It crossed a "red line."', ["~red line."]),
    ('A 12" gun and a 6\'2" man.', []),
    ('Mixed “curly and straight marks in one" line.', ["curly and straight marks in one"]),
    ("(“Type-9”-class)", ["~Type-9"]),
    ("“”", []),
    ("He wrote \x93we sold the old tanks\x94 then.", ["we sold the old tanks"]),
]


def _write(quotation: Quotation, text: str) -> str:
    """Return the quotation as the table writes it."""
    signs = ("!", not quotation.closed), ("~", quotation.scare), (">", quotation.continues)
    return "".join(sign for sign, holds in signs if holds) + quotation.inner.of(text)


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_quotations(text: str, expected: list[str]) -> None:
    assert [_write(quotation, text) for quotation in find_quotations(text)] == expected


def test_span_holds_the_marks() -> None:
    text = "He said “we go now” and left."
    (quotation,) = find_quotations(text)
    assert quotation.span.of(text) == "“we go now”"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet=st.sampled_from("aS \n.,\"'“”‘’«»`„9"), max_size=120)))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = find_quotations(text)
    for quotation in found:
        assert (
            0 <= quotation.span.start < quotation.inner.start < quotation.inner.end <= quotation.span.end <= len(text)
        )
        assert quotation.span.holds(quotation.inner)
    for one, other in pairwise(found):
        assert one.span.start < other.span.start
