"""The quality gate: which floors are refused, which are raised, and what it says; on floors and texts of our own."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gate
from gate import IN_EMPTY, Floors, GateError, check_floors, compare, is_worse, lowered_by_slack, raised

F1, EMPTY = "train core F1", f"test {IN_EMPTY}"
START = {F1: 0.5, EMPTY: 3}


def entry(floors, corpus="a", **more):
    return {"corpus": corpus, "floors": floors, **more}


def floors_of(*history):
    """Return the floors whose last entry is in force."""
    return Floors(history[-1]["corpus"], history[-1]["floors"], history)


WORSE = [
    (F1, 0.49, 0.5, True),
    (F1, 0.5, 0.5, False),
    (F1, 0.51, 0.5, False),
    (F1, -math.inf, 0.0, True),
    (EMPTY, 4, 3, True),
    (EMPTY, 3, 3, False),
    (EMPTY, 2, 3, False),
    (f"train {IN_EMPTY}", 1, 0, True),
    (IN_EMPTY, 1, 0, True),
]


@pytest.mark.parametrize(("name", "figure", "floor", "worse"), WORSE)
def test_less_is_worse_but_for_claims_in_empty_texts(name, figure, floor, worse):
    assert is_worse(name, figure, floor) is worse


LATER = [  # a later state of the floors, and what is said where it gives no reason
    ("the same", entry(START), None),
    ("a higher floor", entry({F1: 0.6, EMPTY: 3}), None),
    ("fewer claims in empty texts", entry({F1: 0.5, EMPTY: 2}), None),
    ("a new floor", entry({**START, "test pair F1": 0.4}), None),
    ("a lower floor", entry({F1: 0.499, EMPTY: 3}), rf"entry 2 of 'history' lowers '{F1}'"),
    ("more claims in empty texts", entry({F1: 0.5, EMPTY: 4}), rf"entry 2 of 'history' lowers '{EMPTY}'"),
    ("one lower, one higher", entry({F1: 0.4, EMPTY: 0}), rf"entry 2 of 'history' lowers '{F1}'"),
    ("a floor dropped", entry({F1: 0.5}), rf"entry 2 of 'history' lowers '{EMPTY}'"),
    ("a floor by another name", entry({"train core": 0.5, EMPTY: 3}), rf"entry 2 of 'history' lowers '{F1}'"),
    ("no floors at all", entry({}), rf"entry 2 of 'history' lowers '{F1}'"),
    ("another corpus", entry(START, "b"), r"entry 2 of 'history' changes the corpus"),
    ("another corpus with higher floors", entry({F1: 0.9, EMPTY: 0}, "b"), r"entry 2 of 'history' changes the corpus"),
]


@pytest.mark.parametrize("reason", [{}, {"reason": None}, {"reason": ""}, {"reason": " \n"}], ids=str)
@pytest.mark.parametrize(("later", "said"), [pytest.param(*row[1:], id=row[0]) for row in LATER])
def test_without_a_reason_floors_only_rise(later, said, reason):
    floors = floors_of(entry(START), later | reason)
    if said is None:
        check_floors(floors, floors.corpus)
    else:
        with pytest.raises(GateError, match=said + " and gives no reason"):
            check_floors(floors, floors.corpus)


@pytest.mark.parametrize("later", [pytest.param(row[1], id=row[0]) for row in LATER])
def test_with_a_reason_they_may_do_anything(later):
    floors = floors_of(entry(START), later | {"reason": "the texts of telex capitals were labelled anew"})
    check_floors(floors, floors.corpus)


def test_a_lowering_is_not_forgotten_when_the_floor_is_back():
    low = entry({F1: 0.3, EMPTY: 3})
    with pytest.raises(GateError, match=r"entry 3 of 'history'"):
        check_floors(floors_of(entry(START), entry(START), low, entry(START)), "a")


def test_a_reason_counts_for_its_own_entry_only():
    low, lower = entry({F1: 0.4, EMPTY: 3}, reason="harder texts"), entry({F1: 0.3, EMPTY: 3})
    with pytest.raises(GateError, match=r"entry 3 of 'history'"):
        check_floors(floors_of(entry(START), low, lower), "a")


NOT_IN_FORCE = [
    ("no history", Floors("a", START, ()), "a", r"must be those of the last entry"),
    ("lowered at the top alone", Floors("a", {F1: 0.4, EMPTY: 3}, (entry(START),)), "a", r"must be those of the last"),
    ("raised at the top alone", Floors("a", {F1: 0.6, EMPTY: 3}, (entry(START),)), "a", r"must be those of the last"),
    ("moved at the top alone", Floors("b", START, (entry(START),)), "b", r"must be those of the last entry"),
    ("an older entry", Floors("a", START, (entry(START), entry({F1: 0.6, EMPTY: 3}))), "a", r"must be those of the l"),
    ("floors of another corpus", floors_of(entry(START)), "b", r"the corpus changed"),
]


@pytest.mark.parametrize(("floors", "corpus", "said"), [pytest.param(*row[1:], id=row[0]) for row in NOT_IN_FORCE])
def test_floors_that_are_not_in_force_are_refused(floors, corpus, said):
    with pytest.raises(GateError, match=said):
        check_floors(floors, corpus)


OTHER_FORMS = [{}, {"corpus": "a"}, {"floors": START}, entry(None), entry([F1]), entry("a"), "a", None, 3, ["a"]]


@pytest.mark.parametrize("other", OTHER_FORMS, ids=str)
def test_an_entry_of_another_form_is_told(other):
    for number, history in ((1, (other, entry(START))), (2, (entry(START), other))):
        with pytest.raises(GateError, match=rf"entry {number} of 'history' lacks 'corpus' or 'floors'"):
            check_floors(Floors("a", START, history), "a")


NO_NUMBERS = [math.nan, math.inf, -math.inf, "0.9", "", None, [0.5], {}]


@pytest.mark.parametrize("reason", [{}, {"reason": "harder texts"}], ids=str)
@pytest.mark.parametrize("name", [F1, EMPTY])
@pytest.mark.parametrize("floor", NO_NUMBERS, ids=repr)
def test_a_floor_that_is_no_finite_number_is_refused_whatever_the_reason(floor, name, reason):
    odd = entry(START | {name: floor}, **reason)
    for number, history in ((1, (odd,)), (1, (odd, entry(START))), (2, (entry(START), odd))):
        with pytest.raises(GateError, match=rf"entry {number} of 'history' has a floor that is no number"):
            check_floors(floors_of(*history), "a")


SLACK = [(F1, 0.5, 0.495), (F1, 0.5049, 0.499), (F1, 1.0, 0.995), (EMPTY, 0.0, 1), (EMPTY, 3.0, 4)]


@pytest.mark.parametrize(("name", "figure", "floor"), SLACK)
def test_a_floor_stands_a_little_below_what_was_measured(name, figure, floor):
    assert lowered_by_slack({name: figure}) == {name: pytest.approx(floor)}
    assert not is_worse(name, figure, floor)


RAISED = [
    ("a better figure", {F1: 0.6, EMPTY: 3}, {F1: 0.595, EMPTY: 3}),
    ("a worse figure", {F1: 0.4, EMPTY: 9}, START),
    ("as good, but for the slack", {F1: 0.504, EMPTY: 2}, START),
    ("fewer claims in empty texts", {F1: 0.4, EMPTY: 0}, {F1: 0.5, EMPTY: 1}),
    ("one better, one worse", {F1: 0.6, EMPTY: 9}, {F1: 0.595, EMPTY: 3}),
    ("a figure that is measured no more", {EMPTY: 3}, START),
    ("a new figure", {**START, "test pair F1": 0.4}, {**START, "test pair F1": 0.395}),
]


@pytest.mark.parametrize(("figures", "expected"), [pytest.param(*row[1:], id=row[0]) for row in RAISED])
def test_floors_are_raised_and_kept(figures, expected):
    old = floors_of(entry(START))
    new = raised(old, figures)
    assert new.floors == pytest.approx(expected)
    assert (new is old) == (expected == START)
    assert new.history[:1] == old.history
    check_floors(new, "a")


NAMES = st.sampled_from([f"{split} {name}" for split in gate.SPLITS for name in ("core F1", "status", IN_EMPTY)])
FIGURES = st.dictionaries(NAMES, st.floats(0, 1), max_size=6).map(
    lambda found: {name: float(round(f * 30)) if name.endswith(IN_EMPTY) else f for name, f in found.items()}
)


@given(FIGURES, FIGURES)
def test_raising_never_lowers_and_needs_no_reason(before, figures):
    old = floors_of(entry(before))
    new = raised(old, figures)
    assert not any(is_worse(name, new.floors[name], floor) for name, floor in before.items())
    assert set(new.floors) == {*before, *figures}
    assert new.history[: len(old.history)] == old.history
    check_floors(new, "a")
    assert raised(new, figures) is new


@given(FIGURES)
def test_what_was_measured_passes_the_floors_that_stand_for_it(figures):
    floors = lowered_by_slack(figures)
    assert not any(is_worse(name, figure, floors[name]) for name, figure in figures.items())


COMPARED = [
    ("as before", F1, 0.5, 0.5, "+0.000"),
    ("a loss", F1, 0.5, 0.4, "-0.100 LOSS"),
    ("a loss of a thousandth", F1, 0.5, 0.499, "-0.001 LOSS"),
    ("a gain", F1, 0.5, 0.6, "+0.100 gain"),
    ("better, but no higher floor", F1, 0.5, 0.504, "+0.004"),
    ("more claims in empty texts", EMPTY, 3, 4.0, "+1.000 LOSS"),
    ("as many", EMPTY, 3, 3.0, "+0.000"),
    ("one less, which is the slack", EMPTY, 3, 2.0, "-1.000"),
    ("a gain of two", EMPTY, 3, 1.0, "-2.000 gain"),
    ("measured no more", F1, 0.5, None, "LOST"),
]


@pytest.mark.parametrize(("name", "floor", "now", "change"), [pytest.param(*row[1:], id=row[0]) for row in COMPARED])
def test_gains_and_losses_are_told(name, floor, now, change):
    head, line = compare({} if now is None else {name: now}, {name: floor})
    assert head.split() == ["floor", "now", "change"]
    assert line.startswith(name)
    assert line.endswith(change)
    assert line.removeprefix(name).split()[:2] == [f"{floor:g}", "none" if now is None else f"{now:g}"]


def test_every_floor_has_a_line_and_no_other_figure():
    lines = compare({F1: 0.5, EMPTY: 3.0, "test status": 0.9}, START)
    assert [line[:30].strip() for line in lines[1:]] == [F1, EMPTY]


def test_floors_are_written_as_they_are_read(tmp_path):
    floors = floors_of(entry(START), entry({F1: 0.4, EMPTY: 3}, "b", reason="harder texts"))
    file = tmp_path / "floors.json"
    file.write_text(gate.as_json(floors), encoding="utf-8")
    assert gate.read_floors(file) == floors


@pytest.mark.parametrize(
    "content",
    [None, "", "{", "[]", "null", '"floors"', "{}", '{"corpus": "a", "floors": 1, "history": []}',
     '{"corpus": "a", "floors": {}}', '{"corpus": "a", "floors": {}, "history": null}', b"\xff"],
    ids=repr,
)  # fmt: skip
def test_a_file_of_another_form_is_told(tmp_path, content):
    file = tmp_path / "floors.json"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GateError, match=r"floors\.json cannot be read"):
        gate.read_floors(file)


REPORT = "Norway sold Togo forty launchers in March, the ministry in Oslo said. They went by sea, it said."
UNTOLD = {"supplier": "SB", "recipient": "KG", "polarity": "affirmed", "status": "ordered", "attribution": []}
SMALL = [  # half, text, claims of the gold; those that the text does not hold are missed for certain
    ("train", REPORT, [UNTOLD | {"anchor": "the train half's anchor"}]),
    ("train", "Les livraisons ont été suspendues par le gouvernement, dit le ministre dans un communiqué.", []),
    ("test", REPORT, [UNTOLD | {"anchor": "the test half's anchor"}]),
    ("test", "The harbour at Lome was closed on Monday for the feast, and nobody came to see it.", []),
]


@pytest.fixture
def corpus(tmp_path, monkeypatch, reader):
    """Return a corpus of four texts, on which the gate runs with the reader that is loaded already."""
    folder = tmp_path / "corpus"
    rows = []
    for name in ("texts", "gold"):
        (folder / name).mkdir(parents=True)
    for number, (split, text, claims) in enumerate(SMALL):
        rows.append(json.dumps({"id": str(number), "split": split, "published": "2011-04-02"}))
        (folder / "texts" / f"{number}.txt").write_text(text, encoding="utf-8")
        (folder / "gold" / f"{number}.json").write_text(json.dumps({"claims": claims}), encoding="utf-8")
    (folder / "index.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(gate, "CORPUS", folder)
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "load_reader", lambda: reader)
    return folder


def set_floors(corpus, floors, **more):
    gate.FLOORS.write_text(gate.as_json(floors_of(entry(floors, gate.fingerprint(corpus), **more))), encoding="utf-8")


EASY = {"train core F1": 0.0, "test core F1": 0.0, EMPTY: 99}


def test_floors_that_are_reached_pass(corpus, capsys):
    set_floors(corpus, EASY)
    assert gate.main([]) == 0
    out = capsys.readouterr().out
    assert "gate: passed" in out
    assert "train: texts 2" in out
    assert "test: texts 2" in out
    assert "anchor" not in out


def test_floors_that_are_missed_are_named(corpus, capsys):
    set_floors(corpus, {**EASY, "test core F1": 0.9, "train lucidity": 0.1})
    assert gate.main([]) == 1
    assert "gate: below the floor: test core F1, train lucidity\n" in capsys.readouterr().out


def test_another_corpus_is_refused_and_the_figures_told(corpus, capsys):
    set_floors(corpus, EASY)
    (corpus / "texts" / "3.txt").write_text("The harbour was open.", encoding="utf-8")
    assert gate.main([]) == 2
    out = capsys.readouterr().out
    assert "gate: the corpus changed" in out
    assert json.loads(out.split("measured: ")[1])["corpus"] == gate.fingerprint(corpus)


def test_raising_writes_higher_floors_once(corpus):
    set_floors(corpus, EASY)
    assert gate.main(["--raise"]) == 0
    first = gate.FLOORS.read_text(encoding="utf-8")
    floors = gate.read_floors(gate.FLOORS)
    check_floors(floors, gate.fingerprint(corpus))
    assert floors.floors[EMPTY] < EASY[EMPTY]
    assert "train pair F1" in floors.floors
    assert gate.main(["--raise"]) == 0
    assert gate.FLOORS.read_text(encoding="utf-8") == first


def test_without_raising_the_file_is_left_alone(corpus):
    set_floors(corpus, EASY)
    before = gate.FLOORS.read_bytes()
    gate.main([])
    assert gate.FLOORS.read_bytes() == before


def test_misses_of_the_test_half_are_for_nobody_to_see(corpus, capsys):
    set_floors(corpus, EASY)
    gate.main(["--list"])
    out = capsys.readouterr().out
    assert "the train half's anchor" in out
    assert "the test half's anchor" not in out


CHANGES = [
    ("a text", lambda c: (c / "texts" / "0.txt").write_text("Other words.", encoding="utf-8")),
    ("a gold file", lambda c: (c / "gold" / "0.json").write_text("{}", encoding="utf-8")),
    ("the index", lambda c: (c / "index.jsonl").write_text("", encoding="utf-8")),
    ("a name", lambda c: (c / "texts" / "0.txt").rename(c / "texts" / "00.txt")),
    ("a text more", lambda c: (c / "texts" / "9.txt").touch()),
    ("a text less", lambda c: (c / "texts" / "0.txt").unlink()),
]


@pytest.mark.parametrize("change", [pytest.param(row[1], id=row[0]) for row in CHANGES])
def test_the_fingerprint_is_of_texts_gold_and_index(corpus, change):
    before = gate.fingerprint(corpus)
    (corpus / "README.md").write_text("A card.", encoding="utf-8")
    assert gate.fingerprint(corpus) == before
    change(corpus)
    assert gate.fingerprint(corpus) != before
