"""The card of the corpus: it tells what the corpus holds, and each count on a small corpus of our own."""

from __future__ import annotations

import json
import sys

import pytest

import card


def claim(status="delivered", polarity="affirmed", certainty="fact", **more):
    return {"status": status, "polarity": polarity, "certainty": certainty, "attribution": [{}], **more}


TEXTS = [  # half, decade, words, claims, whether its attributions are marked
    (
        "train",
        "1980s",
        119,
        [claim(phenomena=["denial"], mentions=[{}, {}]), claim("ordered", attribution=[])],
        True,
    ),
    ("train", "1980s", 120, [], False),
    ("train", None, 349, [], True),
    ("test", "2010s", 350, [claim("ordered", "denied", phenomena=["denial", "future"], attribution=[{}] * 6)], False),
    ("test", "2010s", 1200, [claim("ordered", certainty="likely", mentions=[], phenomena=None)], False),
]
TABLES = """\
| | texts | of them without a claim | words | claims | mentions | texts with all attributions marked |
|---|---|---|---|---|---|---|
| train | 3 | 2 | 588 | 2 | 2 | 2 |
| test | 2 | 0 | 1,550 | 2 | 0 | 0 |

Decades: 1980s 2, 2010s 2, untold 1.
Lengths: extracts 1, short 2, long 2.
Status: ordered 3, delivered 1.
Polarity: affirmed 3, denied 1.
Certainty: fact 3, likely 1.
Links of the chain: 0 1, 1 2, 4 1.
Phenomena, of 2 the most frequent: denial 2, future 1."""
CARD = "# A card\n\n<!-- counts -->\n\nof another day\n\n<!-- /counts -->\n\nAnd more.\n"


@pytest.fixture
def corpus(tmp_path):
    """Return a corpus of five texts with a card that is out of date."""
    rows = []
    for name in ("texts", "gold"):
        (tmp_path / name).mkdir()
    for number, (split, decade, words, claims, marked) in enumerate(TEXTS):
        rows.append(json.dumps({"id": str(number), "split": split, "decade": decade}))
        gold = {"claims": claims} | ({"attributions": {}} if marked else {})
        (tmp_path / "gold" / f"{number}.json").write_text(json.dumps(gold), encoding="utf-8")
        (tmp_path / "texts" / f"{number}.txt").write_text("crate\n" * words, encoding="utf-8")
    (tmp_path / "index.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    return tmp_path


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["card.py", *arguments])
    return card.main()


def test_the_card_tells_what_the_corpus_holds(monkeypatch, capsys):
    assert run(monkeypatch, "--check") == 0, capsys.readouterr().out


def test_counts(corpus):
    assert "\n".join(card.count_tables(corpus)) == TABLES


@pytest.mark.parametrize(
    ("words", "name"), [(0, "extracts"), (119, "extracts"), (120, "short"), (349, "short"), (350, "long")]
)
def test_lengths_are_those_that_the_card_explains(corpus, words, name):
    (corpus / "texts" / "4.txt").write_text("crate " * words, encoding="utf-8")
    counts = {"extracts": 1, "short": 2, "long": 1}
    counts[name] += 1
    assert f"Lengths: {', '.join(f'{n} {c}' for n, c in counts.items())}." in card.count_tables(corpus)


def test_the_rarest_phenomena_are_left_out_and_counted(corpus):
    many = [claim(phenomena=["common"]), claim(phenomena=["common", *(f"rare-{n}" for n in range(card.SHOWN))])]
    (corpus / "gold" / "0.json").write_text(json.dumps({"claims": many}), encoding="utf-8")
    *_, line = card.count_tables(corpus)
    assert line.startswith(f"Phenomena, of {card.SHOWN + 3} the most frequent: common 2, ")
    assert line.count(",") == card.SHOWN


def test_a_card_out_of_date_is_told_and_left_alone(monkeypatch, capsys, corpus):
    monkeypatch.setattr(card, "CORPUS", corpus)
    assert run(monkeypatch, "--check") == 1
    assert "out of date" in capsys.readouterr().out
    assert (corpus / "README.md").read_text(encoding="utf-8") == CARD


def test_only_what_stands_between_the_marks_is_written(monkeypatch, corpus):
    monkeypatch.setattr(card, "CORPUS", corpus)
    for _ in range(2):
        assert run(monkeypatch) == 0
        written = (corpus / "README.md").read_text(encoding="utf-8")
        assert written == f"# A card\n\n<!-- counts -->\n\n{TABLES}\n\n<!-- /counts -->\n\nAnd more.\n"
        assert run(monkeypatch, "--check") == 0
