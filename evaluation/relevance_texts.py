"""The texts that the relevance gate is fitted and measured on: the corpus, and articles of invented everyday news."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
NEWS = HERE / "relevance" / "news.txt"
# An article is told in so many sentences of its own subject, and strays into another one for so many.
_OPENING, _OWN, _ASIDE = 6, 12, 8
ARTICLES = 300


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with its title before it, of a half ("train", "test", "news"), with a claim or without."""

    id: str
    half: str
    has_claim: bool
    text: str


def read_labelled(folder: Path = CORPUS, half: str = "train") -> Iterator[LabelledText]:
    """Yield the texts of a labelled folder; ``half`` is theirs where its index names none."""
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = folder / "gold" / f"{row['id']}.json"
        if gold.exists():
            claims = json.loads(gold.read_text("utf-8"))["claims"]
            body = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            title = row.get("title") or ""
            yield LabelledText(row["id"], row.get("split", half), bool(claims), f"{title}\n{body}".strip())


def make_news(file: Path = NEWS, count: int = ARTICLES) -> Iterator[LabelledText]:
    """Yield articles without a claim, each of the sentences of one subject and some of another; always the same."""
    subjects = _subjects(file)
    for number in range(count):
        own = _shuffled(subjects[number % len(subjects)], number, "own")[:_OWN]
        aside = _shuffled(subjects[_pick(number) % len(subjects)], number, "aside")[:_ASIDE]
        rest = _shuffled([*own[_OPENING:], *aside], number, "order")
        yield LabelledText(f"news-{number}", "news", has_claim=False, text=" ".join([*own[:_OPENING], *rest]))


def _subjects(file: Path) -> list[list[str]]:
    subjects: list[list[str]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("## "):
            subjects.append([])
        elif line and not line.startswith("#"):
            subjects[-1].append(line)
    return subjects


def _shuffled(sentences: list[str], *seed: object) -> list[str]:
    return sorted(sentences, key=lambda sentence: _pick(*seed, sentence))


def _pick(*seed: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:6])
