"""The packaged model on sentences of our own: analyses, determinism, long and odd input, damaged files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.errors import ModelError
from armstrace.language import load_language
from armstrace.language.encoder import MODEL_FILES
from armstrace.language.load import PACKAGED

SENTENCES = (
    "Norway delivered forty launchers to Estonia in March.",
    "The shells were made in Serbia and sold by a broker from Cyprus.",
    "Analysts don't expect Hanoi to buy the frigates.",
    "Jakarta's parliament approved the purchase of 24 F-16s, the minister said.",
    "Rebels seized two trucks.",
)


@pytest.fixture(scope="module")
def language():
    return load_language()


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def joined(sentences):
    """Return the text of the sentences and their spans in it."""
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    return text, spans


def relative(sentence):
    """Return a sentence's tokens with their offsets counted from its start."""
    start = sentence.span.start
    return [replace(token, start=token.start - start, end=token.end - start) for token in sentence.tokens]


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        (SENTENCES[0], "delivered", {"lemma": "deliver", "upos": "VERB", "deprel": "root", "head": -1}),
        (SENTENCES[0], "Norway", {"upos": "PROPN", "deprel": "nsubj", "head": 1, "entity": "B-LOC"}),
        (SENTENCES[0], "launchers", {"lemma": "launcher", "deprel": "obj", "head": 1}),
        (SENTENCES[0], "forty", {"upos": "NUM", "deprel": "nummod", "head": 3}),
        (SENTENCES[0], "Estonia", {"entity": "B-LOC"}),
        (SENTENCES[1], "shells", {"lemma": "shell", "deprel": "nsubj:pass"}),
        (SENTENCES[1], "sold", {"lemma": "sell", "deprel": "conj", "head": 3}),
        (SENTENCES[1], "broker", {"deprel": "obl:agent"}),
        (SENTENCES[2], "n't", {"lemma": "not", "head": 3}),
        (SENTENCES[2], "frigates", {"lemma": "frigate", "deprel": "obj", "head": 6}),
        (SENTENCES[3], "F-16s", {"lemma": "F-16"}),
        (SENTENCES[3], "said", {"lemma": "say", "upos": "VERB"}),
        (SENTENCES[3], "24", {"deprel": "nummod", "head": 8}),
        (SENTENCES[4], "seized", {"lemma": "seize", "deprel": "root"}),
    ],
)
def test_what_rules_rely_on(language, sentence, word, expected):
    tokens = language.analyse(sentence, whole(sentence))[0].tokens
    token = next(t for t in tokens if t.text == word)
    assert {name: getattr(token, name) for name in expected} == expected


def test_one_sentence_per_span_in_the_order_given(language):
    text, spans = joined(SENTENCES)
    wanted = [spans[3], Span(5, 5), spans[0]]
    found = language.analyse(text, wanted)
    assert [sentence.span for sentence in found] == wanted
    assert [len(sentence.tokens) for sentence in found] == [14, 0, 9]


def test_a_sentence_reads_the_same_in_any_company(language):
    text, spans = joined(SENTENCES)
    together = [relative(s) for s in language.analyse(text, spans)]
    alone = [relative(language.analyse(s, whole(s))[0]) for s in SENTENCES]
    backwards = [relative(s) for s in language.analyse(text, spans[::-1])][::-1]
    two_threads = [relative(s) for s in load_language(threads=2).analyse(text, spans)]
    assert together == alone == backwards == two_threads


def assert_sound(text, sentence):
    tokens = sentence.tokens
    assert [t.index for t in tokens] == list(range(len(tokens)))
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(-1 <= t.head < len(tokens) and t.head != t.index for t in tokens)
    assert [t.deprel == "root" for t in tokens] == [t.head == -1 for t in tokens]
    assert sum(t.head == -1 for t in tokens) == min(1, len(tokens))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters() | st.sampled_from("a .,-'1👨‍👩‍👧\ud800\udfff\x00\u202e"), max_size=40))
def test_any_text_is_read(language, text):
    assert_sound(text, language.analyse(text, whole(text))[0])


@pytest.mark.parametrize(
    "text",
    [
        "Chad bought trucks, " * 150,
        "truck " * 650,
        "Zxqvrkjwpzzkjqxvwrt " * 300,
        "The " + "x" * 300_000 + " arrived.",
    ],
    ids=["commas", "no commas", "many pieces", "one very long word"],
)
def test_long_sentences_are_read_to_the_end_as_one_tree(language, text):
    sentence = language.analyse(text, whole(text))[0]
    assert_sound(text, sentence)
    assert sentence.tokens[-1].end == len(text.rstrip())


@pytest.mark.parametrize("name", MODEL_FILES)
@pytest.mark.parametrize("damage", ["missing", "cut short", "empty"])
def test_a_damaged_model_is_told_by_file(tmp_path, name, damage):
    for file in MODEL_FILES:
        shutil.copyfile(PACKAGED / file, tmp_path / file)
    if damage == "missing":
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes((PACKAGED / name).read_bytes()[: 0 if damage == "empty" else 1000])
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        load_language(tmp_path)


def test_files_of_two_models_are_told(tmp_path):
    for file in MODEL_FILES:
        shutil.copyfile(PACKAGED / file, tmp_path / file)
    labels = (PACKAGED / "voc.json").read_text(encoding="utf-8")
    (tmp_path / "voc.json").write_text(labels.replace('"ADJ", ', ""), encoding="utf-8")
    with pytest.raises(ModelError, match="do not fit each other"):
        load_language(tmp_path)


def test_threads_are_counted_from_one():
    with pytest.raises(ModelError, match="threads"):
        load_language(threads=0)


def test_importing_the_package_loads_no_runtime():
    code = "import sys, armstrace.language; print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_sentences_that_are_not_wanted_give_their_words_alone(language):
    text, spans = joined(SENTENCES)
    whole_analysis = language.analyse(text, spans)
    some = language.analyse(text, spans, {1, 3})
    for number, (sentence, full) in enumerate(zip(some, whole_analysis, strict=True)):
        if number in {1, 3}:
            assert sentence == full
            continue
        assert [(t.start, t.end, t.text, t.index) for t in sentence.tokens] == [
            (t.start, t.end, t.text, t.index) for t in full.tokens
        ]
        assert [t.head for t in sentence.tokens] == [-1, *[0] * (len(full.tokens) - 1)]
        assert {t.upos for t in sentence.tokens} == {"X"}


def test_a_span_without_words_that_is_not_wanted_gives_no_tokens(language):
    assert language.analyse("   ", whole("   "), set())[0].tokens == ()
