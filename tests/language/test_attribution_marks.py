"""Spans of attributions: how marks become spans (tables), and what is true of the spans of any text.

The tables and the seams of windows are read with marks of our own, because the packaged network's are its opinion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from armstrace.document import Span
from armstrace.language.encoder import PIECES_PER_SENTENCE
from armstrace.language.marks import find_spans, read_marks
from armstrace.text.sentences import split_sentences

NAMES = ("source", "cue", "content")
MARKS = {"o": 0, "B": 1, "i": 2}  # outside, first word, later word
LONGEST = 200  # words of a sentence that are read


@pytest.fixture(scope="module")
def language(reader):
    return reader.language


def analysed(language, text):
    return language.analyse(text, split_sentences(text))


@dataclass
class Told:
    """Stands where the network stands and marks the words of each window as told; remembers what it was asked."""

    marked: object
    pieces_per_word: int = 1
    asked: list = field(default_factory=list)
    role_labels = SimpleNamespace(marks=NAMES)

    @property
    def pieces(self):
        return SimpleNamespace(of=lambda _: (0,) * self.pieces_per_word)

    def role_scores(self, words, _title):
        self.asked.append(list(words))
        rows = [[MARKS[sign] for sign in self.marked(name, words)] for name in NAMES]
        marks = np.eye(3, dtype=np.float32)[np.array(rows)].transpose(1, 0, 2)  # word, name, mark
        return SimpleNamespace(marks=marks.reshape(len(words), -1))


def told_by_name(**signs):
    """Return what marks a text of one window: the signs of each name that is given."""
    return Told(lambda name, words: signs.get(name, "o" * len(words)))


SENTENCE = "Oslo said Riga wants tanks"
TABLE = [  # signs, the phrases of a source or cue, and those of a content where they are others: its gaps are closed
    ("nothing is marked", "ooooo", [], None),
    ("one word", "Boooo", ["Oslo"], None),
    ("a phrase", "ooBii", ["Riga wants tanks"], None),
    ("the whole sentence", "Biiii", [SENTENCE], None),
    ("a word between two phrases", "BoBio", ["Oslo", "Riga wants"], ["Oslo said Riga wants"]),
    ("two words between two phrases", "BooBi", ["Oslo", "wants tanks"], [SENTENCE]),
    ("three words between two phrases", "BoooB", ["Oslo", "tanks"], ["Oslo", "tanks"]),
    ("a phrase that goes on behind a word", "Boiio", ["Oslo", "Riga wants"], ["Oslo said Riga wants"]),
    ("a phrase that goes on behind three words", "Boooi", ["Oslo", "tanks"], ["Oslo", "tanks"]),
    ("a gap after another", "BoBoB", ["Oslo", "Riga", "tanks"], [SENTENCE]),
    ("two phrases side by side", "BiBio", ["Oslo said", "Riga wants"], ["Oslo said Riga wants"]),
    ("three words, each a phrase", "BBBoo", ["Oslo", "said", "Riga"], ["Oslo said Riga"]),
    ("a phrase without its first mark", "oiioo", ["said Riga"], None),
    ("the last word", "ooooB", ["tanks"], None),
    ("without its first mark at the end", "ooooi", ["tanks"], None),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("signs", "phrases", "of_content"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_marks_become_spans(language, name, signs, phrases, of_content):
    sentences = language.analyse(SENTENCE, [Span(0, len(SENTENCE))])
    found = read_marks(told_by_name(**{name: signs}), SENTENCE, sentences)
    expected = phrases if name != "content" or of_content is None else of_content
    assert [SENTENCE[start:end] for start, end in found[name]] == expected
    assert all(found[other] == [] for other in NAMES if other != name)


STOPPED = [  # signs of a content and of what else is said, and the content's phrases
    ("in a gap of one word", "BoBoo", "oBooo", ["Oslo", "Riga"]),
    ("first of two words", "BooBi", "oBooo", ["Oslo", "wants tanks"]),
    ("last of two words", "BooBi", "ooBoo", ["Oslo", "wants tanks"]),
    ("without its first mark", "BooBi", "ooioo", ["Oslo", "wants tanks"]),
    ("in one of two gaps", "BoBoB", "oooBo", ["Oslo said Riga", "tanks"]),
    ("before the content", "oBoBo", "Boooo", ["said Riga wants"]),
    ("behind it", "BoBoo", "oooBi", ["Oslo said Riga"]),
    ("on words that are content too", "BoBio", "BoBBo", ["Oslo said Riga wants"]),
]


@pytest.mark.parametrize("other", ["source", "cue"])
@pytest.mark.parametrize(("signs", "said", "phrases"), [pytest.param(*row[1:], id=row[0]) for row in STOPPED])
def test_a_source_or_cue_in_its_gap_ends_a_content(language, other, signs, said, phrases):
    sentences = language.analyse(SENTENCE, [Span(0, len(SENTENCE))])
    found = read_marks(told_by_name(content=signs, **{other: said}), SENTENCE, sentences)
    assert [SENTENCE[start:end] for start, end in found["content"]] == phrases


SPANS = [  # marks, words that stop, gap, first and last words
    ("", "", 0, []),
    ("ooo", "ooo", 2, []),
    ("Bio", "ooo", 0, [(0, 1)]),
    ("BiB", "ooo", 0, [(0, 1), (2, 2)]),
    ("BiB", "ooo", 1, [(0, 2)]),
    ("ioi", "ooo", 0, [(0, 0), (2, 2)]),
    ("ioi", "ooo", 1, [(0, 2)]),
    ("ioi", "oxo", 1, [(0, 0), (2, 2)]),
    ("ioi", "xox", 1, [(0, 2)]),
    ("BooB", "oooo", 1, [(0, 0), (3, 3)]),
    ("BooB", "oooo", 2, [(0, 3)]),
    ("BooB", "ooxo", 2, [(0, 0), (3, 3)]),
    ("ooBo", "oooo", 2, [(2, 2)]),
    ("oBoo", "xoxx", 3, [(1, 1)]),
]


@pytest.mark.parametrize(("signs", "stops", "gap", "spans"), SPANS)
def test_spans_go_on_over_a_gap_without_stops(signs, stops, gap, spans):
    assert list(find_spans([MARKS[sign] for sign in signs], [stop == "x" for stop in stops], gap)) == spans


SPEECH = "Oslo told us: “We sent no arms to Togo.” Riga laughed at it then."  # the quotation: 9 of its words
BRIEF = "Oslo told us: “We sent arms to Togo.” Riga laughed at it then."  # 8 of them
AID = "Oslo sent them “aid” in May and Riga laughed."
OPEN = "Oslo told us: “We sent no arms to Togo. Riga laughed.\n\nLome is a port."
ROUND = "“We sent no arms,” Oslo said, “and never will send them.” Riga laughed."
QUOTED = [  # text, words marked content, its phrases
    ("most words", SPEECH, "We sent no arms to", ["“We sent no arms to Togo.”"]),
    ("most words, far apart", SPEECH, "“ We sent to ”", ["“We sent no arms to Togo.”"]),
    ("all words but no signs", SPEECH, "We sent no arms to Togo", ["“We sent no arms to Togo.”"]),
    ("fewer than half", SPEECH, "We sent no arms", ["We sent no arms"]),
    ("just half", BRIEF, "We sent arms to", ["We sent arms to"]),
    ("one more than half", BRIEF, "We sent arms to Togo", ["“We sent arms to Togo.”"]),
    ("none", SPEECH, "laughed", ["laughed"]),
    ("words before it", SPEECH, "told us : We sent no arms to", ["told us: “We sent no arms to Togo.”"]),
    ("words behind it", SPEECH, "We sent no arms to Riga", ["“We sent no arms to Togo.” Riga"]),
    ("a quoted word is no speech", AID, "aid ”", ["aid”"]),
    ("an open quotation", OPEN, "We sent no arms to Togo Riga", ["“We sent no arms to Togo. Riga laughed."]),
    (
        "around its source and cue",
        ROUND,
        "We sent no arms and never will send them",
        ["“We sent no arms,”", "“and never will send them.”"],
    ),
]


@pytest.mark.parametrize(("text", "marked", "phrases"), [pytest.param(*row[1:], id=row[0]) for row in QUOTED])
@pytest.mark.parametrize("sign", ["B", "i"])
def test_a_quotation_that_is_content_in_the_most_part_is_content_as_a_whole(language, text, marked, phrases, sign):
    cues = {"Oslo", "said"} if text is ROUND else set()

    def marks(name, words):
        chosen = {"content": set(marked.split()), "cue": cues}.get(name, set())
        return [sign if word in chosen else "o" for word in words]

    found = read_marks(Told(marks), text, analysed(language, text))
    assert [text[start:end] for start, end in found["content"]] == phrases
    assert found["source"] == []


@pytest.mark.parametrize("name", ["source", "cue"])
def test_a_quotation_is_filled_with_content_only(language, name):
    marked = {"We", "sent", "no", "arms", "to"}
    told = Told(lambda asked, words: "".join("i" if asked == name and w in marked else "o" for w in words))
    found = read_marks(told, SPEECH, analysed(language, SPEECH))
    assert [SPEECH[start:end] for start, end in found[name]] == ["We sent no arms to"]
    assert found["content"] == []


ACROSS = "Oslo said so. Riga denied it."  # 4 words each


@pytest.mark.parametrize("name", NAMES)
def test_a_span_goes_on_into_the_next_sentence(language, name):
    found = read_marks(told_by_name(**{name: "ooBiiioo"}), ACROSS, analysed(language, ACROSS))
    assert [ACROSS[start:end] for start, end in found[name]] == ["so. Riga denied"]


def test_a_content_is_joined_over_the_end_of_a_sentence(language):
    sentences = analysed(language, ACROSS)
    assert len(sentences) == 2
    joined = read_marks(told_by_name(content="oBiooBio"), ACROSS, sentences)["content"]
    assert [ACROSS[start:end] for start, end in joined] == ["said so. Riga denied it"]
    parted = read_marks(told_by_name(content="oBiooBio", source="ooooBooo"), ACROSS, sentences)["content"]
    assert [ACROSS[start:end] for start, end in parted] == ["said so", "denied it"]


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
    found = language.read_marks(text, sentences)
    assert_sound(text, sentences, found)
    assert language.read_marks(text, sentences) == found


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff"], ids=["empty", "blanks", "no visible sign"])
def test_a_text_without_words_has_no_spans(language, text):
    assert language.read_marks(text, analysed(language, text)) == {name: [] for name in NAMES}


def test_sentences_without_words_change_nothing(language):
    spans = split_sentences(PARAGRAPH)
    with_blanks = [place for span in spans for place in (span, Span(span.end, span.end))]
    assert language.read_marks(PARAGRAPH, language.analyse(PARAGRAPH, with_blanks)) == language.read_marks(
        PARAGRAPH, language.analyse(PARAGRAPH, spans)
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
    assert_sound(text, sentences, language.read_marks(text, sentences))
    told = Told(lambda _, words: "o" * len(words))
    read_marks(told, text, sentences)
    assert told.asked[0][:2] == ["Crate", "0"]
    assert "249" in told.asked[-1]
    assert {word for words in told.asked for word in words} == set(words_of(sentences))


@pytest.mark.parametrize("pieces", [1, 2, 8])
def test_no_window_has_more_pieces_than_the_network_reads(long_text, pieces):
    text, sentences = long_text
    told = Told(lambda _, words: "B" * len(words), pieces)
    found = read_marks(told, text, sentences)
    assert max(len(words) for words in told.asked) * pieces <= PIECES_PER_SENTENCE
    assert [text[start:end] for start, end in found["cue"]] == words_of(sentences)


def test_every_word_of_a_long_text_is_marked_once(long_text):
    """Neighbouring windows share a sentence; what stands in it counts once."""
    text, sentences = long_text
    found = read_marks(Told(lambda _, words: "B" * len(words)), text, sentences)
    for name in ("source", "cue"):
        assert [text[start:end] for start, end in found[name]] == words_of(sentences)
    assert found["content"] == [(0, len(text))]


SIGNS = {"content": "Biiioooooooo", "source": "oooooooBiioo", "cue": "ooooooooooBo"}  # of each sentence's 12 words


def test_phrases_of_a_long_text_are_found_once_in_each_sentence(long_text):
    text, sentences = long_text
    found = read_marks(Told(lambda name, words: SIGNS[name] * (len(words) // 12)), text, sentences)
    assert [text[start:end] for start, end in found["content"]] == [f"Crate {n} came from" for n in range(250)]
    assert [text[start:end] for start, end in found["source"]] == ["port of Lome"] * 250
    assert [text[start:end] for start, end in found["cue"]] == ["said"] * 250


def test_a_content_that_goes_on_over_many_sentences_is_one_span(long_text):
    """A window's first mark stands in the sentence that it shares with the one before, and makes no seam."""
    text, sentences = long_text
    found = read_marks(Told(lambda _, words: "B" + "i" * (len(words) - 1)), text, sentences)
    assert found == {name: [(0, len(text))] for name in NAMES}


@pytest.mark.parametrize("text", ["truck " * 650, "Zxqvrkjwpzzkjqxvwrt " * 100], ids=["words", "pieces"])
def test_a_very_long_sentence_is_read(language, text):
    sentences = language.analyse(text, [Span(0, len(text))])
    assert_sound(text, sentences, language.read_marks(text, sentences))


@pytest.mark.parametrize(("pieces", "read"), [(1, LONGEST), (8, 55)])
def test_what_is_not_read_of_a_very_long_sentence_is_not_marked(language, pieces, read):
    long = "truck " * 650
    text = long + "\n\nIt arrived."
    sentences = language.analyse(text, [Span(0, len(long)), Span(len(long) + 2, len(text))])
    found = read_marks(Told(lambda _, words: "B" + "i" * (len(words) - 1), pieces), text, sentences)
    for spans in found.values():
        assert [text[start:end] for start, end in spans] == [("truck " * read).strip(), "It arrived."]
