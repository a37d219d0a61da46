"""Scores of attribution spans: stand-off lines made flat, what is refused, and the figures on texts of our own."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from armstrace import pipeline
from armstrace.cli.main import cli, main
from armstrace.errors import InputError
from armstrace.evaluate_attribution import (
    NAMES,
    attribution_table,
    flat_spans,
    read_standoff,
    score_attributions,
    trimmed,
)


def place_of(text, words):
    start = text.index(words)
    return start, start + len(words)


def line(text, name, words, number=1):
    """Return a stand-off line; a bar stands where its words are discontinuous."""
    places = ";".join("{} {}".format(*place_of(text, part)) for part in words.split("|"))
    return f"T{number}\t{name} {places}\t{words.replace('|', ' ')}"


def flat_words(text, lines):
    """Return the words of each name, without blanks and commas around them."""
    found = flat_spans(lines, len(text))
    kept = {name: [trimmed(text, span) for span in spans] for name, spans in found.items()}
    return {name: [text[p[0] : p[1]] for p in places if p] for name, places in kept.items() if any(places)}


TEXT = "Oslo says Riga told it that the crates, all new, left in May."
FLAT = [
    ("no lines", [], {}),
    ("one span", [("Source", "Oslo")], {"source": ["Oslo"]}),
    (
        "one of each",
        [("Source", "Oslo"), ("Cue", "says"), ("Content", "left in May.")],
        {"source": ["Oslo"], "cue": ["says"], "content": ["left in May."]},
    ),
    (
        "an attribution inside another is cut out of its content",
        [("Content", "Riga told it that the crates"), ("Source", "Riga"), ("Cue", "told"), ("Content", "the crates")],
        {"source": ["Riga"], "cue": ["told"], "content": ["it that", "the crates"]},
    ),
    (
        "whichever is told first",
        [("Cue", "told"), ("Source", "Riga"), ("Content", "Riga told it")],
        {"source": ["Riga"], "cue": ["told"], "content": ["it"]},
    ),
    ("three deep", [("Content", "Oslo says Riga"), ("Source", "Oslo says"), ("Cue", "says")],
     {"content": ["Riga"], "source": ["Oslo"], "cue": ["says"]}),
    ("a discontinuous span is two", [("Content", "crates|left in May")], {"content": ["crates", "left in May"]}),
    ("a discontinuous cue around its content", [("Cue", "says|left"), ("Content", "Riga told it")],
     {"cue": ["says", "left"], "content": ["Riga told it"]}),
    ("an insertion cuts its span in two", [("Content", "the crates, all new, left"), ("Source", "all new")],
     {"content": ["the crates", "left"], "source": ["all new"]}),
    ("of two in one place the later counts", [("Source", "Riga"), ("Cue", "Riga")], {"cue": ["Riga"]}),
    ("spans of one name side by side stay two", [("Source", "Os"), ("Source", "lo")], {"source": ["Os", "lo"]}),
    ("names in any case", [("SOURCE", "Oslo"), ("cue", "says")], {"source": ["Oslo"], "cue": ["says"]}),
    ("other names are left out", [("Comment", "Oslo"), ("Sources", "Riga"), ("Cue", "says")], {"cue": ["says"]}),
    ("to the text's last character", [("Content", "May.")], {"content": ["May."]}),
]  # fmt: skip


@pytest.mark.parametrize(("spans", "expected"), [pytest.param(*row[1:], id=row[0]) for row in FLAT])
def test_spans_are_flat(spans, expected):
    lines = [line(TEXT, name, words, number) for number, (name, words) in enumerate(spans, 1)]
    assert flat_words(TEXT, lines) == expected


@pytest.mark.parametrize(
    "other",
    ["R1\tAttribution Arg1:T1 Arg2:T2", "E1\tSource:T1", "A1\tNested T1", "#1\tAnnotatorNotes T1\tsure", "*", ""],
)
def test_lines_that_are_no_spans_are_left_out(other):
    assert flat_words(TEXT, [other, line(TEXT, "Source", "Oslo"), other]) == {"source": ["Oslo"]}


PLACES = st.tuples(st.sampled_from(NAMES), st.integers(0, 30), st.integers(1, 12))


@given(st.lists(PLACES, max_size=12))
def test_each_character_that_is_marked_stands_in_one_span(places):
    length = 42
    lines = [f"T{n}\t{name} {start} {start + count}\tx" for n, (name, start, count) in enumerate(places)]
    found = flat_spans(lines, length)
    covered = [place for spans in found.values() for start, end in spans for place in range(start, end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {place for _, start, count in places for place in range(start, start + count)}
    assert all(spans == sorted(spans) and all(start < end for start, end in spans) for spans in found.values())


@pytest.mark.parametrize("places", ["0 62", "61 62", "90 99", "-3 4", "4 0", "4 4", "0 4;90 99", "0 4;8 5"])
@pytest.mark.parametrize("name", NAMES)
def test_places_that_are_none_of_the_text_are_refused(places, name):
    assert len(TEXT) == 61
    with pytest.raises(ValueError, match="is no place in a text of 61 characters"):
        flat_spans([line(TEXT, "Source", "Oslo"), f"T2\t{name.title()} {places}\tOslo"], len(TEXT))


TRIMMED = [
    ("Oslo", "Oslo"),
    (" Oslo, ", "Oslo"),
    ("\n,\tOslo\r\n", "Oslo"),
    ("Oslo, Riga", "Oslo, Riga"),
    ("in May.", "in May."),
    ("“in May”,", "“in May”"),
    (", ,", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "left"), TRIMMED)
def test_blanks_and_commas_around_a_span_do_not_count(words, left):
    text = f"x{words}x"
    span = trimmed(text, (1, 1 + len(words)))
    assert (text[slice(*span)] if span else None) == left


def folder_of(tmp_path, **files):
    """Return a folder with the texts and lines of each name: (text, lines)."""
    for part in ("text", "attributions"):
        (tmp_path / part).mkdir()
    for name, (text, lines) in files.items():
        (tmp_path / "text" / f"{name}.txt").write_bytes(text.encode())
        (tmp_path / "attributions" / f"{name}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_texts_are_read_in_the_order_of_their_names(tmp_path):
    folder = folder_of(tmp_path, b=("Riga denied it.", []), a=(TEXT, [line(TEXT, "Source", "Oslo")]))
    first, second = read_standoff(folder)
    assert (first.id, first.text, first.gold) == ("a", TEXT, {"source": [(0, 4)], "cue": [], "content": []})
    assert (second.id, second.gold) == ("b", {"source": [], "cue": [], "content": []})


SUFFIXES = [
    ("wire_07.ann", ["wire_07.txt"], "wire_07"),
    ("wire_07_kim.ann", ["wire_07.txt"], "wire_07"),
    ("wire_07_kim.ann", ["wire.txt", "wire_07.txt"], "wire_07"),
    ("wire_07.ann", ["wire.txt", "wire_07.txt"], "wire_07"),
    ("wire_07.ann", ["wire.txt"], "wire"),
    ("wire_07_kim.ann", ["wire.txt"], None),
    ("kim.ann", ["wire.txt"], None),
    ("_kim.ann", ["kim.txt"], None),
]


@pytest.mark.parametrize(("lines", "texts", "read"), SUFFIXES)
def test_an_annotators_mark_may_end_the_name(tmp_path, lines, texts, read):
    folder = folder_of(tmp_path)
    (folder / "attributions" / lines).touch()
    for name in texts:
        (folder / "text" / name).write_text(name.removesuffix(".txt"), encoding="utf-8")
    if read is None:
        with pytest.raises(InputError, match=re.escape(lines)):
            list(read_standoff(folder))
    else:
        assert [(t.id, t.text) for t in read_standoff(folder)] == [(lines.removesuffix(".ann"), read)]


def test_places_count_characters_as_they_stand_in_the_file(tmp_path):
    """Line ends of two characters are two, letters of several bytes one."""
    text = "Île-de-Mai\r\n— Oslo said so."
    (found,) = read_standoff(folder_of(tmp_path, a=(text, [line(text, "Source", "Oslo")])))
    assert found.text == text
    assert [found.text[slice(*span)] for span in found.gold["source"]] == ["Oslo"]


BROKEN = [
    ("a span without places", b"T1\tSource\tOslo", b"Oslo"),
    ("a span without its end", b"T1\tSource 0\tOslo", b"Oslo"),
    ("places that are no numbers", b"T1\tSource 0 four\tOslo", b"Oslo"),
    ("three numbers", b"T1\tSource 0 2 4\tOslo", b"Oslo"),
    ("nothing behind the mark", b"T1", b"Oslo"),
    ("blanks for tabs", b"T1 Source 0 4 Oslo", b"Oslo"),
    ("lines that are no UTF-8", b"T1\tSource 0 4\t\xff", b"Oslo"),
    ("a text that is no UTF-8", b"T1\tSource 0 4\tOslo", b"Oslo \xff"),
    ("no text", b"T1\tSource 0 4\tOslo", None),
]


def assert_told_by_file(tmp_path, lines, text):
    folder = folder_of(tmp_path, sound=(TEXT, []))
    (folder / "attributions" / "wire.ann").write_bytes(lines)
    if text is not None:
        (folder / "text" / "wire.txt").write_bytes(text)
    with pytest.raises(InputError, match=r"wire\.ann: cannot be read"):
        list(read_standoff(folder))


@pytest.mark.parametrize(("lines", "text"), [pytest.param(*row[1:], id=row[0]) for row in BROKEN])
def test_what_cannot_be_read_is_told_by_file(tmp_path, lines, text):
    assert_told_by_file(tmp_path, lines, text)


OUTSIDE = [
    ("an end behind the text's", b"T1\tSource 0 99\tOslo"),
    ("a place behind the text's end", b"T1\tSource 90 99\tOslo"),
    ("a place before its start", b"T1\tSource -3 4\tOslo"),
    ("an end before the start", b"T1\tSource 4 0\tOslo"),
    ("no character at all", b"T1\tSource 4 4\tOslo"),
    ("a second part behind the text's end", b"T1\tSource 0 4;90 99\tOslo"),
]


@pytest.mark.parametrize("lines", [pytest.param(row[1], id=row[0]) for row in OUTSIDE])
def test_places_outside_the_text_are_told_by_file(tmp_path, lines):
    assert_told_by_file(tmp_path, lines, b"Oslo said so.")


def test_signs_in_the_words_do_not_end_a_line(tmp_path):
    (found,) = read_standoff(folder_of(tmp_path, a=("Oslo\u2028They said.", ["T1\tSource 0 9\tOslo\u2028They"])))
    assert found.gold["source"] == [(0, 9)]


@pytest.mark.parametrize("parts", [(), ("text",), ("text", "attributions")])
def test_a_folder_of_another_form_is_told(tmp_path, parts):
    for part in parts:
        (tmp_path / part).mkdir()
    with pytest.raises(InputError, match=r"no attributions/\*\.ann in it"):
        list(read_standoff(tmp_path))


MINISTRY = "The ministry in Oslo said the crates had left, and Lome thanked it."
DENIAL = "Riga, too, denied it."
GOLD = {
    "a": (MINISTRY, [("Source", "The ministry in Oslo"), ("Cue", "said"), ("Content", "the crates had left,")]),
    "b": (DENIAL, [("Source", "Riga"), ("Cue", "denied"), ("Content", "it")]),
}
HEADS = {"The ministry in Oslo": "ministry", "the crates had left": "left", "Oslo and Riga": "Oslo"}
FIGURES = [  # what is found in the two texts; of it right exactly, right by head, and found at all, of two by each name
    (
        "all, but for commas and blanks",
        {"source": "The ministry in Oslo ", "cue": "said", "content": "the crates had left"},
        {"source": "Riga,", "cue": " denied", "content": "it"},
        {"source": (2, 2, 2), "cue": (2, 2, 2), "content": (2, 2, 2)},
    ),
    ("nothing", {}, {}, {}),
    (
        "too little or too much, with the head",
        {"source": "ministry", "cue": "Oslo said the", "content": "had left, and"},
        {},
        {"source": (0, 1, 1), "cue": (0, 1, 1), "content": (0, 1, 1)},
    ),
    (
        "without the head",
        {"source": "The ministry in Oslo|Lome", "content": "the crates"},
        {"cue": "denied it"},
        {"source": (1, 1, 2), "cue": (0, 1, 1), "content": (0, 0, 1)},
    ),
    ("a part of the head", {"source": "The mini"}, {}, {"source": (0, 0, 1)}),
    ("one more than there is", {"cue": "said|thanked"}, {"cue": "denied"}, {"cue": (2, 2, 3)}),
    ("a comma alone is nothing", {"cue": ","}, {"cue": "denied"}, {"cue": (1, 1, 1)}),
    (
        "one name for another",
        {"cue": "The ministry in Oslo", "source": "said"},
        {"content": "Riga"},
        {"source": (0, 0, 1), "cue": (0, 0, 1), "content": (0, 0, 1)},
    ),
    ("in the other text", {"source": "Lome"}, {"source": "too"}, {"source": (0, 0, 2)}),
]  # fmt: skip


def scored(folder, gold, *found):
    """Return the scores of what is found in each text; the head of a span is its own, or the span itself."""
    files = {name: (text, [line(text, *span) for span in spans]) for name, (text, spans) in gold.items()}
    texts = list(read_standoff(folder_of(folder, **files)))

    def head_of(number, span):
        words = texts[number].text[slice(*span)]
        return place_of(texts[number].text, HEADS[words]) if words in HEADS else span

    marks = [
        {name: [place_of(t.text, part) for part in words[name].split("|")] if name in words else [] for name in NAMES}
        for t, words in zip(texts, found, strict=True)
    ]
    return score_attributions(texts, marks, head_of)


@pytest.mark.parametrize(("one", "two", "counts"), [pytest.param(*row[1:], id=row[0]) for row in FIGURES])
def test_figures(tmp_path, one, two, counts):
    scores = scored(tmp_path, GOLD, one, two)
    assert scores.texts == 2
    for name in NAMES:
        exact, head, said = counts.get(name, (0, 0, 0))
        for figures, right in ((scores.exact[name], exact), (scores.head[name], head)):
            assert figures[:2] == pytest.approx((right / said if said else 0, right / 2))


TWO = {"a": ("Oslo and Riga denied it. Lome, too.", [("Source", "Oslo"), ("Source", "Riga")])}


def test_one_span_over_two_meets_both_heads_and_is_right_once(tmp_path):
    scores = scored(tmp_path, TWO, {"source": "Oslo and Riga"})
    assert scores.head["source"] == pytest.approx((1, 1, 1))
    assert scores.exact["source"] == pytest.approx((0, 0, 0))


def test_a_span_without_a_head_costs_precision_beside_one_over_two(tmp_path):
    figures = scored(tmp_path, TWO, {"source": "Oslo and Riga|Lome"}).head["source"]
    assert figures == pytest.approx((1 / 2, 1, 2 / 3))


def test_the_table(tmp_path):
    found = {"source": "ministry", "cue": "said", "content": "the crates had left"}
    assert list(attribution_table(scored(tmp_path, GOLD, found, {"source": "Riga", "cue": "too"}))) == [
        "texts 2",
        "exact  source   P 0.500  R 0.500  F1 0.500",
        "exact  cue      P 0.500  R 0.500  F1 0.500",
        "exact  content  P 1.000  R 0.500  F1 0.667",
        "head   source   P 1.000  R 1.000  F1 1.000",
        "head   cue      P 0.500  R 0.500  F1 0.500",
        "head   content  P 1.000  R 0.500  F1 0.667",
    ]


@pytest.fixture
def _loaded(monkeypatch, reader):
    """Let the command take the reader that is loaded already: it is the same."""
    monkeypatch.setattr(pipeline, "load_reader", lambda: reader)


@pytest.mark.usefixtures("_loaded")
def test_the_command_prints_the_figures_of_a_folder(tmp_path, reader):
    files = {name: (text, [line(text, *span) for span in spans]) for name, (text, spans) in GOLD.items()}
    folder = folder_of(tmp_path, **files, c_kim=("", []))
    (folder / "text" / "c_kim.txt").rename(folder / "text" / "c.txt")

    first, second = (CliRunner().invoke(cli, ["evaluate", "--attribution", str(folder)]) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert first.output == second.output
    texts = list(read_standoff(folder))
    found = [pipeline.read_attributions(reader, text.text) for text in texts]
    scores = score_attributions(texts, [f.spans for f in found], lambda number, span: found[number].head_of(span))
    assert first.output.splitlines() == ["texts 3", *list(attribution_table(scores))[1:]]
    for figures in (*scores.exact.values(), *scores.head.values()):
        assert all(0 <= figure <= 1 for figure in figures)


@pytest.mark.usefixtures("_loaded")
def test_the_command_tells_by_file_what_it_cannot_read(tmp_path, capsys):
    folder = folder_of(tmp_path, wire=(TEXT, ["T1\tSource"]))
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "--attribution", str(folder)])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (InputError.exit_code, "")
    assert "wire.ann: cannot be read" in err


def test_claims_need_a_gold_folder_and_attributions_none(tmp_path):
    asked = CliRunner().invoke(cli, ["evaluate", str(tmp_path)])
    assert asked.exit_code == 2
    assert "GOLD, or --attribution" in asked.output
