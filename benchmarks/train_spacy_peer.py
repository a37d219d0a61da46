"""Make a spaCy pipeline of the size of en_core_web_sm, as a peer in speed where no trained one can be fetched.

    python benchmarks/train_spacy_peer.py CONLLU OUT [--test CONLLU] [--minutes 5]

The layers are those of spaCy 3's small English pipeline: vectors from hashed features of words, 96 wide, four layers of
convolution, which tagger and parser share; names with layers of their own. It is trained for some minutes on a treebank
in CoNLL-U (UD English EWT, say) and written to the folder OUT. Trees that cross are made to nest by spaCy. A
treebank holds no names, so runs of proper nouns stand for them: the work is the same. Lemmas and the rules of
attributes, which the published pipeline has beside these, are left out, in spaCy's favour. Its speed hardly depends on
how well it reads; its scores say that it reads at all. ``benchmarks/reading_by_stage.py --spacy OUT`` measures it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

WIDTH, DEPTH = 96, 4  # of en_core_web_sm
BATCH = 1000  # words
GROUPED = 8  # sentences of one document: a parser must see where one ends
_EMBED: dict[str, Any] = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": WIDTH,
    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
    "rows": [5000, 1000, 2500, 2500, 50, 50],
    "include_static_vectors": False,
}
_ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": WIDTH,
    "depth": DEPTH,
    "window_size": 1,
    "maxout_pieces": 3,
}
_LAYERS: dict[str, Any] = {"@architectures": "spacy.Tok2Vec.v2", "embed": _EMBED, "encode": _ENCODE}
_LISTEN: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
Row = list[str]


def main() -> None:
    """Train, say how well it reads, and write it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("treebank", type=Path, metavar="CONLLU")
    ask.add_argument("out", type=Path, metavar="OUT")
    ask.add_argument("--test", type=Path, metavar="CONLLU", help="another treebank, to say how well it reads")
    ask.add_argument("--minutes", type=float, default=5.0, help="of the processor")
    options = ask.parse_args()
    model = make_pipeline()
    train(model, list(read_examples(model, options.treebank)), options.minutes * 60)
    if options.test:
        print(told_scores(model, list(read_examples(model, options.test))))
    model.to_disk(options.out)
    size = sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file())
    print(f"{options.out.name}: {size / 1e6:.1f} MB")


def make_pipeline() -> Language:
    """Return the untrained pipeline."""
    model = spacy.blank("en")
    model.add_pipe("tok2vec", config={"model": _LAYERS})
    model.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTEN}})
    model.add_pipe("parser", config={"model": _transitions("parser", _LISTEN)})
    model.add_pipe("ner", config={"model": _transitions("ner", _LAYERS)})
    return model


def _transitions(kind: str, layers: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": layers,
        "nO": None,
    }


def read_examples(model: Language, treebank: Path) -> Iterator[Example]:
    """Yield what is to be learned, some sentences at a time."""
    sentences = _sentences(treebank)
    while some := list(islice(sentences, GROUPED)):
        rows = [row for sentence in some for row in sentence]
        starts = [at for at, sentence in _offsets(some) for _ in sentence]
        heads = [
            start + int(row[6]) - 1 if int(row[6]) else at
            for at, (start, row) in enumerate(zip(starts, rows, strict=True))
        ]
        spaces = ["SpaceAfter=No" not in row[9] for row in rows]
        words, tags, relations = ([row[column] for row in rows] for column in (1, 4, 7))
        relations = ["ROOT" if int(row[6]) == 0 else relation for row, relation in zip(rows, relations, strict=True)]
        gold = Doc(model.vocab, words, spaces, tags=tags, heads=heads, deps=relations, ents=_names(rows))
        yield Example(model.make_doc(gold.text), gold)


def _sentences(treebank: Path) -> Iterator[list[Row]]:
    """Yield the words of sentences; ranges and empty nodes are none."""
    for block in treebank.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if words := [row for row in rows if row[0].isdigit()]:
            yield words


def _offsets(sentences: Sequence[list[Row]]) -> Iterator[tuple[int, list[Row]]]:
    at = 0
    for sentence in sentences:
        yield at, sentence
        at += len(sentence)


def _names(rows: Sequence[Row]) -> list[str]:
    """Return a mark a word: a run of proper nouns is a name."""
    proper = [row[3] == "PROPN" for row in rows]
    return [
        "O" if not here else "I-NAME" if before else "B-NAME"
        for here, before in zip(proper, [False, *proper], strict=False)
    ]


def train(model: Language, examples: Sequence[Example], seconds: float) -> None:
    """Train for so many seconds of the processor."""
    chance = random.Random(1)  # noqa: S311 (no secret; the same batches each time)
    optimizer = model.initialize(lambda: examples[:500])
    begun, seen = time.process_time(), 0
    while time.process_time() - begun < seconds:
        batch, words = list[Example](), 0
        while words < BATCH:
            batch.append(chance.choice(examples))
            words += len(batch[-1].predicted)
        model.update(batch, sgd=optimizer, drop=0.1)
        seen += words
    print(f"{seen:,} words seen in {seconds / 60:.1f} minutes of the processor")


def told_scores(model: Language, examples: Sequence[Example]) -> str:
    """Return how well it reads a treebank, in words."""
    scores = model.evaluate(examples)
    return f"LAS {scores['dep_las']:.3f}, UAS {scores['dep_uas']:.3f}, tags {scores['tag_acc']:.3f}"


if __name__ == "__main__":
    main()
