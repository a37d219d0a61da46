"""Scores a model directory with the run-time package alone: tags, lemmas and trees on CoNLL-U, names on IOB.

    python training/score.py MODEL --treebank test.conllu ... --names test.iob ...

Words are given as the treebank cuts them; "tokens" is the F of armstrace's own cutting.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.language import Language, Token, load_language
from armstrace.language.tokens import split_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMENT = re.compile(r"# .*=")  # "# O" is the word "#" of a name file


def blocks(path: Path) -> Iterator[list[str]]:
    """Yield the blank-line separated blocks of a file."""
    block: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def joined(words: Sequence[str], blank_after: Sequence[bool]) -> tuple[str, list[Span]]:
    """Return the text of the words and each word's place in it."""
    text, places = "", []
    for word, blank in zip(words, blank_after, strict=True):
        places.append(Span(len(text), len(text) + len(word)))
        text += word + (" " if blank else "")
    return text, places


def score_treebank(language: Language, path: Path) -> dict[str, float]:
    """Return the shares of words right, in per cent, and the F of the own tokens."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    spent = 0.0
    for block in blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        text, places = joined([row[1] for row in rows], ["SpaceAfter=No" not in row[9] for row in rows])
        own = set(split_tokens(text, Span(0, len(text))))
        cut.update(same=2 * len(own & set(places)), both=len(own) + len(places))
        begun = time.process_time()
        tokens = language.analyse_words(text, places)
        spent += time.process_time() - begun
        for row, token in zip(rows, tokens, strict=True):
            hits = compare(row, token)
            right.update(name for name, hit in hits.items() if hit)
            seen.update(hits.keys())
    shares = {name: round(100 * right[name] / seen[name], 2) for name in seen}
    return {
        **shares,
        "tokens": round(100 * cut["same"] / cut["both"], 2),
        "words/s": round(seen["las"] / spent),
    }


def compare(row: Sequence[str], token: Token) -> dict[str, bool]:
    """Return which gold columns the token has right; lemmas of verbs and nouns also by themselves."""
    head = token.head + 1 == int(row[6])
    lemma = token.lemma == row[2]
    hits = {"upos": token.upos == row[3], "xpos": token.xpos == row[4], "lemma": lemma}
    if row[3] in {"VERB", "NOUN"}:
        hits[f"lemma of {row[3]}"] = lemma
    return {**hits, "uas": head, "las": head and token.deprel == row[7]}


def name_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names as (first word, end, kind); an I- without its B- starts a name."""
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            found.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = i
    return found


def score_names(language: Language, path: Path) -> dict[str, float]:
    """Return precision, recall and F of whole names, and F by kind."""
    counts: Counter[str] = Counter()
    for block in blocks(path):
        rows = [line.split(" ") for line in block if not COMMENT.match(line)]
        text, places = joined([row[0] for row in rows], [True] * len(rows))
        gold = name_spans([row[1] for row in rows])
        found = name_spans([token.entity for token in language.analyse_words(text, places)])
        for kind in ("PER", "ORG", "LOC", ""):
            mine, theirs = ({n for n in names if n[2] == kind or not kind} for names in (found, gold))
            counts.update({f"same {kind}": len(mine & theirs), f"found {kind}": len(mine), f"gold {kind}": len(theirs)})
    f_scores = {
        f"F {kind}".strip(): round(
            200 * counts[f"same {kind}"] / max(1, counts[f"found {kind}"] + counts[f"gold {kind}"]), 2
        )
        for kind in ("", "PER", "ORG", "LOC")
    }
    precision, recall = counts["same "] / max(1, counts["found "]), counts["same "] / max(1, counts["gold "])
    return {"P": round(100 * precision, 2), "R": round(100 * recall, 2), **f_scores}


def main() -> None:
    """Print one line a file."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("--treebank", type=Path, nargs="*", default=[])
    ask.add_argument("--names", type=Path, nargs="*", default=[])
    options = ask.parse_args()
    begun = time.process_time()
    language = load_language(options.model)
    print(f"loaded in {time.process_time() - begun:.2f} s of processor time")
    for path in options.treebank:
        print(path.stem, score_treebank(language, path), flush=True)
    for path in options.names:
        print(path.stem, score_names(language, path), flush=True)


if __name__ == "__main__":
    main()
