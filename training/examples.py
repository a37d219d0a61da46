"""Reading treebanks and name corpora into examples, and examples into padded batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from armstrace.language.encoder import word_shape
from armstrace.language.lemmas import lemma_script
from designations import add_noise

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

NO_LABEL = -100  # what cross-entropy skips
PIECES_PER_WORD = 8  # the same bound as at run time
NAME_LABELS = ["O", *(f"{part}-{kind}" for kind in ("PER", "ORG", "LOC") for part in "BI")]
RECASED, HIDDEN = 0.04, 0.04  # noise: share of sentences written as headlines, of words hidden
START, END, UNKNOWN, MASK = 101, 102, 100, 103


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence; columns that its corpus lacks are empty."""

    words: tuple[str, ...]
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()  # 0 is the root
    relations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def blocks(path: Path) -> Iterator[list[str]]:
    """Yield the blank-line separated blocks of a file, comments included."""
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def read_treebank(path: Path, names: dict[tuple[str, ...], tuple[str, ...]]) -> list[Example]:
    """Return the sentences of a prepared CoNLL-U file, with name tags where ``names`` knows the words."""
    found = []
    for block in blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        words, lemmas, upos, xpos = (tuple(row[i] for row in rows) for i in (1, 2, 3, 4))
        heads, relations = tuple(int(row[6]) for row in rows), tuple(row[7] for row in rows)
        found.append(Example(words, upos, xpos, lemmas, heads, relations, names.get(words, ())))
    return found


def read_names(path: Path, longest: int) -> list[Example]:
    """Return the sentences of an IOB file (token, blank, tag), each cut at ``longest`` words."""
    found = []
    for block in blocks(path):
        rows = [line.split(" ") for line in block][:longest]
        found.append(Example(tuple(row[0] for row in rows), names=tuple(row[1] for row in rows)))
    return found


def label_sets(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return the closed label sets; labels too rare to learn are left out and skipped in training."""

    def frequent(column: Sequence[Sequence[str]], least: int) -> list[str]:
        counts = Counter(label for labels in column for label in labels)
        return sorted(label for label, count in counts.items() if count >= least)

    scripts = [[lemma_script(*pair) for pair in zip(e.words, e.lemmas, strict=False)] for e in examples]
    same = "0|0|"
    return {
        "upos": frequent([e.upos for e in examples], 1),
        "xpos": frequent([e.xpos for e in examples], 2),
        "lem": [same, *(s for s in frequent(scripts, 3) if s != same)],
        "rel": frequent([e.relations for e in examples], 5),
        "ner": NAME_LABELS,
    }


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded inputs and gold labels; ``NO_LABEL`` marks what carries no loss."""

    inputs: tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]
    words: torch.Tensor  # which word places are real
    gold: dict[str, torch.Tensor]


class Batcher:
    """Turns examples into batches; with ``noise`` it hides words and recases sentences now and then."""

    def __init__(self, tokenizer: Tokenizer, labels: dict[str, list[str]]) -> None:
        self.tokenizer = tokenizer
        self.index = {name: {label: i for i, label in enumerate(values)} for name, values in labels.items()}
        self.pieces: dict[str, list[int]] = {}

    def word_pieces(self, word: str) -> list[int]:
        """Return the word's piece numbers, at most ``PIECES_PER_WORD``."""
        if word not in self.pieces:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.pieces[word] = ids[:PIECES_PER_WORD] or [UNKNOWN]
        return self.pieces[word]

    def gold(self, example: Example) -> dict[str, list[int]]:
        """Return the label numbers of the columns that the example has."""
        index = self.index
        scripts = [lemma_script(*pair) for pair in zip(example.words, example.lemmas, strict=False)]
        columns = {"upos": example.upos, "xpos": example.xpos, "lem": scripts, "rel": example.relations}
        gold = {name: [index[name].get(x, NO_LABEL) for x in column] for name, column in columns.items()}
        gold["ner"] = [index["ner"][x] for x in example.names]
        gold["arc"] = list(example.heads)
        return gold

    def batch(self, examples: Sequence[Example], noise: random.Random | None = None) -> Batch:
        """Return one padded batch of the examples, in their order."""
        if noise:
            examples = [add_noise(example, noise) for example in examples]
        rows = [self.pieces_of(example, noise) for example in examples]
        length = max(len(ids) for ids, _, _ in rows)
        width = max(len(example.words) for example in examples)
        size = len(examples)
        ids, mask, shapes = (torch.zeros(size, length, dtype=torch.long) for _ in range(3))
        first = torch.zeros(size, width, dtype=torch.long)
        real = torch.zeros(size, width, dtype=torch.bool)
        gold = {name: torch.full((size, width), NO_LABEL) for name in ("upos", "xpos", "lem", "rel", "ner", "arc")}
        for i, (example, (piece_ids, piece_shapes, firsts)) in enumerate(zip(examples, rows, strict=True)):
            ids[i, : len(piece_ids)] = torch.tensor(piece_ids)
            shapes[i, : len(piece_ids)] = torch.tensor(piece_shapes)
            mask[i, : len(piece_ids)] = 1
            first[i, : len(firsts)] = torch.tensor(firsts)
            real[i, : len(firsts)] = True
            for name, column in self.gold(example).items():
                if column:
                    gold[name][i, : len(column)] = torch.tensor(column)
        return Batch((ids, mask, shapes, first), real, gold)

    def pieces_of(self, example: Example, noise: random.Random | None) -> tuple[list[int], list[int], list[int]]:
        """Return piece numbers, piece shapes and each word's first piece."""
        words: Sequence[str] = example.words
        if noise and noise.random() < RECASED:  # the encoder reads no case, only the shapes change
            words = [word[:1].upper() + word[1:] for word in words]
        ids, shapes, first = [START], [0], []
        for word, original in zip(words, example.words, strict=True):
            pieces = self.word_pieces(original)
            if noise and noise.random() < HIDDEN:
                pieces = [MASK]
            first.append(len(ids))
            ids += pieces
            shapes += [word_shape(word)] * len(pieces)
        return [*ids, END], [*shapes, 0], first


def groups(examples: Sequence[Example], words: int, rng: random.Random | None) -> list[list[int]]:
    """Return the examples' numbers in groups of like length, each at most ``words`` words when padded."""
    jitter = rng.random if rng else (lambda: 0.0)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].words) + 4 * jitter())
    found: list[list[int]] = []
    longest = 0
    for i in order:
        longest = max(longest, len(examples[i].words))
        if not found or longest * (len(found[-1]) + 1) > words:
            found.append([])
            longest = len(examples[i].words)
        found[-1].append(i)
    if rng:
        rng.shuffle(found)
    return found
