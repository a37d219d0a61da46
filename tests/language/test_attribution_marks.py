"""Spans of attributions: how marks become spans (table), and what is true of the spans of any text.

The table and the seams of windows are read with marks of our own, because the packaged network's are its opinion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from armstrace.language.marks import read_marks
from armstrace.model import Span
from armstrace.text.sentences import split_sentences

NAMES = ("source", "cue", "content")
MARKS = {"o": 0, "B": 1, "i": 2}  # outside, first word, later word


@pytest.fixture(scope="module")
def language(reader):
    return reader.language


def analysed(language, text):
    return language.analyse(text, split_sentences(text))


@dataclass
class Told:
    """Stands where the network stands and marks the words of each window as told; remembers what it was asked."""

    marked: object
    asked: list = field(default_factory=list)
    role_labels = SimpleNamespace(marks=NAMES)

    def role_scores(self, words, _title):
        self.asked.append(list(words))
        rows = [[MARKS[sign] for sign in self.marked(name, words)] for name in NAMES]
        marks = np.eye(3, dtype=np.float32)[np.array(rows)].transpose(1, 0, 2)  # word, name, mark
        return SimpleNamespace(marks=marks.reshape(len(words), -1))


SENTENCE = "Oslo said Riga wants tanks"
TABLE = [
    ("nothing is marked", "ooooo", []),
    ("one word", "Boooo", ["Oslo"]),
    ("a phrase", "ooBii", ["Riga wants tanks"]),
    ("the whole sentence", "Biiii", [SENTENCE]),
    ("two phrases", "BooBi", ["Oslo", "wants tanks"]),
    ("two phrases side by side", "BiBio", ["Oslo said", "Riga wants"]),
    ("three words, each a phrase", "BBBoo", ["Oslo", "said", "Riga"]),
    ("a phrase without its first mark", "oiioo", ["said Riga"]),
    ("the last word", "ooooB", ["tanks"]),
    ("without its first mark at the end", "ooooi", ["tanks"]),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("signs", "phrases"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_marks_become_spans(language, name, signs, phrases):
    sentences = language.analyse(SENTENCE, [Span(0, len(SENTENCE))])
    found = read_marks(Told(lambda asked, words: signs if asked == name else "o" * len(words)), sentences)
    assert [SENTENCE[start:end] for start, end in found[name]] == phrases
    assert all(found[other] == [] for other in NAMES if other != name)


PARAGRAPH = (
    "Norway will send no launchers to Togo, the minister said on Tuesday. “We were never asked,” she told reporters. "
    "According to two diplomats from the region, a first crate left Oslo in March; the port denied that.\n\n"
    "Lome's daily, citing a customs list, wrote of 40 crates. Nobody knows whose they are.\n\n"
)
TEXTS = [
    ("a report", PARAGRAPH),
    ("one word", "Denied."),
    ("telex capitals", "OSLO, MARCH 3 -- NORWAY SHIPPED NOTHING, SOURCES SAID. TOGO SAYS IT DID."),
    ("lone surrogates", "The \ud800 minister said \udfff tanks came. \udfff"),
    ("signs and other scripts", "👨‍👩‍👧 said: «танки» came… — he «said»."),
    ("control characters", "The port\x00 said\u202e no.\x0c\x0cIt denied it."),
    ("many short sentences", "He said so. " * 80),
    ("a sentence longer than a window", "Oslo said it sent crates, " * 40 + "and that was all."),
]


def assert_sound(text, sentences, found):
    starts, ends = ({getattr(t, edge) for s in sentences for t in s.tokens} for edge in ("start", "end"))
    assert set(found) == set(NAMES)
    for spans in found.values():
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert start in starts
            assert end in ends
            assert text[start:end].strip()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start


@pytest.mark.parametrize("text", [pytest.param(row[1], id=row[0]) for row in TEXTS])
def test_spans_lie_inside_the_text_and_never_overlap_within_a_name(language, text):
    sentences = analysed(language, text)
    found = language.read_marks(sentences)
    assert_sound(text, sentences, found)
    assert language.read_marks(sentences) == found


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff"], ids=["empty", "blanks", "no visible sign"])
def test_a_text_without_words_has_no_spans(language, text):
    assert language.read_marks(analysed(language, text)) == {name: [] for name in NAMES}


def test_sentences_without_words_change_nothing(language):
    spans = split_sentences(PARAGRAPH)
    with_blanks = [place for span in spans for place in (span, Span(span.end, span.end))]
    assert language.read_marks(language.analyse(PARAGRAPH, with_blanks)) == language.read_marks(
        language.analyse(PARAGRAPH, spans)
    )


@pytest.fixture(scope="module")
def long_text(language):
    """Return a text of 3,000 words, each crate with a number of its own, and its sentences."""
    text = " ".join(f"Crate {n} came from Oslo, the port of Lome said." for n in range(250))
    return text, analysed(language, text)


def words_of(sentences):
    return [token.text for sentence in sentences for token in sentence.tokens]


def test_a_long_text_is_read_to_its_end(language, long_text):
    text, sentences = long_text
    assert len(words_of(sentences)) == 3000
    assert_sound(text, sentences, language.read_marks(sentences))
    told = Told(lambda _, words: "o" * len(words))
    read_marks(told, sentences)
    assert told.asked[0][:2] == ["Crate", "0"]
    assert "249" in told.asked[-1]
    assert {word for words in told.asked for word in words} == set(words_of(sentences))


def test_every_word_of_a_long_text_is_marked_once(long_text):
    """Neighbouring windows share a sentence; what stands in it counts once."""
    text, sentences = long_text
    found = read_marks(Told(lambda _, words: "B" * len(words)), sentences)
    for spans in found.values():
        assert [text[start:end] for start, end in spans] == words_of(sentences)


SIGNS = {"content": "Biiioooooooo", "source": "oooooooBiioo", "cue": "ooooooooooBo"}  # of each sentence's 12 words


def test_phrases_of_a_long_text_are_found_once_in_each_sentence(long_text):
    text, sentences = long_text
    found = read_marks(Told(lambda name, words: SIGNS[name] * (len(words) // 12)), sentences)
    assert [text[start:end] for start, end in found["content"]] == [f"Crate {n} came from" for n in range(250)]
    assert [text[start:end] for start, end in found["source"]] == ["port of Lome"] * 250
    assert [text[start:end] for start, end in found["cue"]] == ["said"] * 250


def test_a_content_that_goes_on_over_many_sentences_is_covered_to_its_end(long_text):
    text, sentences = long_text
    found = read_marks(Told(lambda _, words: "B" + "i" * (len(words) - 1)), sentences)
    for spans in found.values():
        marked = {place for start, end in spans for place in range(start, end)}
        assert all(set(range(t.start, t.end)) <= marked for s in sentences for t in s.tokens)
        assert spans[-1][1] == len(text)


@pytest.mark.parametrize("text", ["truck " * 650, "Zxqvrkjwpzzkjqxvwrt " * 100], ids=["words", "pieces"])
def test_a_very_long_sentence_is_read(language, text):
    sentences = language.analyse(text, [Span(0, len(text))])
    assert_sound(text, sentences, language.read_marks(sentences))
