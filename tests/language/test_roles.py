"""The role network's view of sentences of our own: its shape, its range, and what it depends on; never its opinion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.language.windows import WINDOW_TITLE
from armstrace.model import Category, Certainty, Polarity, SourceKind, Status

STORY = (
    "The harbour at Lome was closed on Monday.",
    "Norway delivered forty launchers to Togo in March.",
    "It sent them by sea.",
    "The shells were made in Serbia and sold by a broker from Cyprus.",
    "Nobody in Oslo would say more.",
)
TITLE = "Norway arms Togo"
LONGEST = 200  # words of a sentence that are read
MANY_PIECES = "Zxqvrkjwpzzkjqxvwrt"  # as many pieces as the network reads of a word
MOST_OF_MANY = 55  # such words that are read at once


@pytest.fixture(scope="module")
def language(reader):
    return reader.language


def analysed(language, sentences):
    """Return sentences as the parser gives them, one for each text."""
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    return language.analyse(text, spans)


def read(language, sentences, wanted, title=""):
    return language.read_roles(analysed(language, sentences), wanted, title)


def told_by(language, view):
    """Return all that a view says of its sentence, as plain values."""
    labels = language.encoder.role_labels
    words = range(view.length)
    return (
        [view.transfers()[i] for i in words],
        [view.told(i, name) for i in words for name in labels.classes],
        [view.fillers(i, role) for i in words for role in labels.roles],
    )


def assert_sound(language, sentences, view):
    labels = language.encoder.role_labels
    count = len(sentences[view.number].tokens)
    assert view.length == view.words == count
    assert view.window.lengths == {n: len(sentences[n].tokens) for n in view.window.starts}
    for index in range(count):
        assert 0 <= view.transfers()[index] <= 1
        for name, values in labels.classes.items():
            shares = view.told(index, name)
            assert tuple(shares) == values
            assert all(0 <= share <= 1 for share in shares.values())
            assert sum(shares.values()) == pytest.approx(1)
        for role in labels.roles:
            fillers = view.fillers(index, role)
            assert len(fillers) == count
            assert all(0 <= share <= 1 for share in fillers)
    assert_refused(language, view, (-1, count, count + 1))


def assert_refused(language, view, places):
    labels = language.encoder.role_labels
    for place in places:
        said = rf"word {place} of sentence {view.number} was not read"
        for name in labels.classes:
            with pytest.raises(IndexError, match=said):
                view.told(place, name)
        for role in labels.roles:
            with pytest.raises(IndexError, match=said):
                view.fillers(place, role)


TEXTS = [
    ("a story", STORY),
    ("one word", ("Arms.",)),
    ("one sign", ("?",)),
    ("telex capitals", ("OSLO, MARCH 3 -- NORWAY SHIPPED 40 LAUNCHERS TO TOGO, SOURCES SAID",)),
    ("lone surrogates", ("The \ud800 minister sold \udfff tanks.", "\udfff\ud800")),
    ("signs, joined faces and other scripts", ("👨‍👩‍👧 sold 40 💣 to Того — «танки»…",)),
    ("control characters", ("Norway\x00 sold\u202e tanks.",)),
    ("words of many pieces", (f"{MANY_PIECES} " * 20,)),
    ("one very long word", ("The " + "x" * 10_000 + " arrived.",)),
]


@pytest.mark.parametrize("title", ["", TITLE, "\ud800 Arms " * 30], ids=["no title", "title", "long and odd"])
@pytest.mark.parametrize("sentences", [pytest.param(row[1], id=row[0]) for row in TEXTS])
def test_every_word_has_probabilities(language, sentences, title):
    parsed = analysed(language, sentences)
    found = language.read_roles(parsed, range(len(parsed)), title)
    assert list(found) == list(range(len(parsed)))
    for number, view in found.items():
        assert view.number == number
        assert_sound(language, parsed, view)


@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=40), title=st.text(max_size=20))
def test_any_text_is_read(language, text, title):
    (sentence,) = analysed(language, [text])
    found = language.read_roles([sentence], [0], title)
    assert set(found) == ({0} if sentence.tokens else set())
    for view in found.values():
        assert all(0 <= view.transfers()[index] <= 1 for index in range(len(sentence.tokens)))


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30).astype(np.float64)))


def test_what_is_told_of_a_word_is_the_networks_score_at_its_place(language):
    """The title stands before the sentences, marked off from them."""
    parsed, encoder = analysed(language, STORY), language.encoder
    found = language.read_roles(parsed, [1, 2], TITLE)
    words = [*TITLE.split(), *(token.text for sentence in parsed[:3] for token in sentence.tokens)]
    scores = encoder.role_scores(words, len(TITLE.split()))
    one = np.ones((len(words), 1), np.float32)
    child, head = np.hstack([scores.child, one]), np.hstack([scores.head, one])
    fills = {role: child @ encoder.role_weights[k] @ head.T for k, role in enumerate(encoder.role_labels.roles)}
    for number, view in found.items():
        first = len(TITLE.split()) + sum(len(sentence.tokens) for sentence in parsed[:number])
        for index in range(view.length):
            place = first + index
            assert view.transfers()[index] == pytest.approx(sigmoid(scores.trigger[place, 0]))
            start = 0
            for name, values in encoder.role_labels.classes.items():
                row = scores.classes[place, start : start + len(values)].astype(np.float64)
                shares = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
                assert [*view.told(index, name).values()] == pytest.approx(shares.tolist())
                start += len(values)
            for role, fill in fills.items():
                own = sigmoid(fill[first : first + view.length, place])
                assert view.fillers(index, role) == pytest.approx(own.tolist(), abs=1e-5)


CLOSED_LISTS = [
    ("status", Status),
    ("polarity", Polarity),
    ("certainty", Certainty),
    ("origin", SourceKind),
    ("category", Category),
]


@pytest.mark.parametrize(("name", "values"), CLOSED_LISTS)
def test_classes_are_those_of_the_model(language, name, values):
    view = read(language, STORY, [1])[1]
    assert set(view.told(1, name)) <= set(values)


def test_other_sets_of_classes_are_refused(language):
    with pytest.raises(KeyError, match="weather"):
        read(language, STORY, [1])[1].told(1, "weather")


def test_other_roles_are_refused(language):
    with pytest.raises(KeyError, match="cook"):
        read(language, STORY, [1])[1].fillers(1, "cook")


def test_only_wanted_sentences_are_told(language):
    assert set(read(language, STORY, [1, 3])) == {1, 3}
    assert read(language, STORY, []) == {}


@pytest.mark.parametrize("title", ["", TITLE])
def test_the_same_is_told_twice(language, title):
    first, second = (read(language, STORY, [3, 1], title) for _ in range(2))
    backwards = read(language, STORY, {1, 3}, title)
    for number in (1, 3):
        told = told_by(language, first[number])
        assert told == told_by(language, second[number]) == told_by(language, backwards[number])


OTHER = "Ghana bought nine patrol boats, a trade paper wrote."
ELSEWHERE = [
    ("two sentences before", (OTHER, *STORY[1:])),
    ("the next sentence", (*STORY[:3], OTHER, *STORY[4:])),
    ("the last sentence", (*STORY[:4], OTHER)),
    ("more sentences at the end", (*STORY, OTHER, OTHER)),
    ("none behind", STORY[:3]),
]


@pytest.mark.parametrize("sentences", [pytest.param(row[1], id=row[0]) for row in ELSEWHERE])
def test_neighbours_outside_the_window_change_nothing(language, sentences):
    """The third sentence is read with the second alone."""
    there, here = (read(language, story, [2], TITLE)[2] for story in (sentences, STORY))
    assert set(here.window.starts) == {1, 2}
    assert told_by(language, there) == told_by(language, here)


def test_a_window_tells_where_its_sentences_stand(language):
    parsed = analysed(language, STORY)
    one, two, three = (len(sentence.tokens) for sentence in parsed[:3])
    for title, before in (("", 0), (TITLE, 3)):
        for view in language.read_roles(parsed, [1, 2], title).values():
            assert view.window.starts == {0: before, 1: before + one, 2: before + one + two}
            assert view.window.lengths == {0: one, 1: two, 2: three}
            assert view.window.count == before + one + two + three


@pytest.mark.parametrize("blank", ["", " \n\t", "\u200b"], ids=["empty", "blanks", "no visible sign"])
def test_a_sentence_without_words_is_left_out(language, blank):
    parsed = analysed(language, (STORY[0], blank, STORY[1]))
    found = language.read_roles(parsed, range(3), TITLE)
    assert list(found) == [0, 2]
    for view in found.values():
        assert_sound(language, parsed, view)


@pytest.mark.parametrize("title", ["", TITLE])
def test_no_sentence_has_words(language, title):
    assert read(language, ("", " "), [0, 1], title) == {}
    assert language.read_roles((), (), title) == {}


def test_blanks_in_the_title_are_no_title(language):
    bare, blank = (read(language, STORY, [1], title)[1] for title in ("", " \n "))
    assert told_by(language, bare) == told_by(language, blank)


def test_so_many_words_of_the_title_are_read(language):
    title = " ".join(f"crate{n}" for n in range(WINDOW_TITLE))
    exact, longer = (read(language, STORY, [1], t)[1] for t in (title, title + " and much more of it"))
    assert told_by(language, exact) == told_by(language, longer)


def test_the_title_is_no_sentence_of_the_window(language):
    parsed = analysed(language, STORY)
    bare, titled = (language.read_roles(parsed, [1], title)[1] for title in ("", TITLE))
    assert set(bare.window.starts) == set(titled.window.starts) == {0, 1}
    assert bare.window.lengths == titled.window.lengths
    assert len(bare.fillers(1, "supplier")) == len(titled.fillers(1, "supplier")) == len(parsed[1].tokens)


@pytest.mark.parametrize(
    ("word", "count", "length"),
    [("truck", 650, LONGEST), (MANY_PIECES, 120, MOST_OF_MANY)],
    ids=["words", "many pieces"],
)
def test_a_very_long_sentence_is_read_from_its_start_and_those_beside_it_too(language, word, count, length):
    parsed = analysed(language, (STORY[0], f"{word} " * count, STORY[1]))
    found = language.read_roles(parsed, range(3), "Arms " * 60)
    assert list(found) == [0, 1, 2]
    long = found[1]
    assert len(parsed[1].tokens) == long.words == count
    assert long.length == long.window.lengths[1] == length
    assert all(0 <= long.transfers()[index] <= 1 for index in range(length))
    for role in language.encoder.role_labels.roles:
        fillers = long.fillers(0, role)
        assert all(0 < share < 1 for share in fillers[:length])
        assert fillers[length:] == [0.0] * (count - length)
    assert_refused(language, long, (-1, length, count - 1, count))
    for number in (0, 2):
        assert_sound(language, parsed, found[number])


def test_sentences_of_too_many_pieces_for_one_window_are_read_one_by_one(language):
    """A window is counted in words first; these sentences fit by their words."""
    for count, together in ((MOST_OF_MANY - 30, True), (MOST_OF_MANY - 29, False)):
        sentences = (f"{MANY_PIECES} " * 30, f"{MANY_PIECES} " * count)
        parsed = analysed(language, sentences)
        found = language.read_roles(parsed, [0, 1], f"{MANY_PIECES} " * 7)
        assert list(found) == [0, 1]
        for number, view in found.items():
            assert set(view.window.starts) == ({0, 1} if together else {number})
            assert view.length == (30, count)[number]


def test_so_many_words_of_a_long_sentence_are_read(language):
    for count in (LONGEST - 1, LONGEST, LONGEST + 50):
        assert read(language, ("truck " * count,), [0])[0].length == min(count, LONGEST)


def test_a_wanted_sentence_is_read_whatever_stands_before_it(language):
    sentences = (f"{MANY_PIECES} " * 55, "Norway sold tanks to Togo.")
    assert set(read(language, sentences, [1], "Norway " * WINDOW_TITLE)) == {1}
