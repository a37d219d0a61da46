"""The packaged network: words of one sentence in, scores of every head out.

The network always runs on one sentence at a time. Its int8 arithmetic takes the scale of the activations from
the whole input, so in a batch a sentence's scores would depend on its neighbours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from armstrace.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_Read = TypeVar("_Read")

MODEL_FILES = ("model.int8.onnx", "R.npy", "voc.json", "tokenizer.json")
LABEL_SETS = ("upos", "xpos", "lem", "rel", "ner")
OUTPUTS = ("upos", "xpos", "lem", "ner", "arc", "rd", "rh")

# The same bounds as in training: the network reads so many word pieces of a word and of a sentence at most.
PIECES_PER_WORD = 8
PIECES_PER_SENTENCE = 510
_LETTERS_PER_WORD = 50  # what is longer is no word; its first letters give the pieces
_START, _END, _UNKNOWN = 101, 102, 100
_CACHED_WORDS = 50_000  # most words of a run are met again; bounds memory, changes no result
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": "", "\u200b": "", "\u2060": ""})


class Scores(NamedTuple):
    """Scores of one sentence of n words; ``arc`` is n by n+1 (head 0 is the root), ``rh`` has n+1 rows."""

    upos: Floats
    xpos: Floats
    lem: Floats
    ner: Floats
    arc: Floats
    rd: Floats
    rh: Floats


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word-piece vocabulary: ``of`` gives a word's pieces, ``knows`` tells whether it is one piece."""

    of: Callable[[str], tuple[int, ...]]
    knows: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded network with its label sets and the weights of its relation labels."""

    labels: dict[str, tuple[str, ...]]
    relation_weights: Floats
    pieces: Pieces
    inputs: tuple[str, ...]  # which of ids, mask, sh and first the network asks for
    session: Any  # an onnxruntime.InferenceSession; the package carries no types

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the scores for one sentence of at least one word and at most the allowed pieces."""
        ids, shapes, first = [_START], [0], []
        for word in words:
            pieces = self.pieces.of(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([word_shape(word)] * len(pieces))
        ids.append(_END)
        shapes.append(0)
        columns = {"ids": ids, "mask": [1] * len(ids), "sh": shapes, "first": first}
        feeds = {name: np.array([columns[name]], dtype=np.int64) for name in self.inputs}
        found = self.session.run(OUTPUTS, feeds)
        return Scores(*(array[0] for array in found))


def word_shape(word: str) -> int:  # noqa: PLR0911  one return a class reads best
    """Return the case-and-digit class of a word, 1 to 12; the pretrained encoder itself reads no case."""
    if word.islower():
        return 1
    digits = any(c.isdigit() for c in word)
    if word.isupper():
        if len(word) == 1:
            return 3
        return 10 if digits else 2
    if word[:1].isupper():
        if word[1:].islower():
            return 4
        return 11 if digits else 5
    if any(c.isupper() for c in word):
        return 12 if digits else 6
    if word.isdigit():
        return 7
    return 8 if digits else 9


def load_encoder(directory: Path, threads: int) -> Encoder:
    """Return the network of a model directory; raise ``ModelError`` where a file is missing or damaged."""
    for name in MODEL_FILES:
        if not (directory / name).is_file():
            raise ModelError(
                f"{directory / name} is missing. Install armstrace again, or name a whole model directory."
            )
    session = _read("model.int8.onnx", directory, lambda path: _open_session(path, threads))
    encoder = Encoder(
        labels=_read("voc.json", directory, _read_labels),
        relation_weights=_read("R.npy", directory, lambda path: np.load(path, allow_pickle=False)),
        pieces=_read("tokenizer.json", directory, _read_tokenizer),
        inputs=tuple(entry.name for entry in session.get_inputs()),
        session=session,
    )
    if not _fit_each_other(encoder):
        raise ModelError(f"The files of {directory} do not fit each other. Take all from one training run.")
    return encoder


def _fit_each_other(encoder: Encoder) -> bool:
    """Tell whether the network's outputs have the sizes of the label sets and of the relation weights."""
    labels, found = encoder.labels, encoder.scores(["word"])
    tags = (found.upos, found.xpos, found.lem, found.ner)
    sizes = [array.shape[-1] for array in tags]
    side = found.rd.shape[-1] + 1  # one more for the constant
    fits = sizes == [len(labels[name]) for name in ("upos", "xpos", "lem", "ner")]
    return fits and encoder.relation_weights.shape == (len(labels["rel"]), side, side)


def _read(name: str, directory: Path, read: Callable[[Path], _Read]) -> _Read:
    """Return what ``read`` makes of one model file, with any failure told as a damaged file."""
    try:
        return read(directory / name)
    except Exception as error:  # the loaders raise kinds of their own, down to bare Exception
        reason = str(error).split("\n", 1)[0][:200]
        raise ModelError(f"{directory / name} is damaged ({reason}). Install armstrace again.") from error


def _read_labels(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the closed label sets of the network's heads."""
    sets = json.loads(path.read_text(encoding="utf-8"))["voc"]
    if "root" not in sets["rel"] or "O" not in sets["ner"]:
        raise ValueError("it lacks the relation root or the tag O")
    return {name: tuple(sets[name]) for name in LABEL_SETS}


def _read_tokenizer(path: Path) -> Pieces:
    """Return the word-piece vocabulary."""
    from tokenizers import Tokenizer  # noqa: PLC0415  slow to import and needed only where text is analysed

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    @lru_cache(maxsize=_CACHED_WORDS)
    def numbers(letters: str) -> tuple[int, ...]:
        ids = tokenizer.encode(letters, add_special_tokens=False).ids
        return tuple(ids[:PIECES_PER_WORD]) or (_UNKNOWN,)

    return Pieces(lambda word: numbers(readable_letters(word)), lambda word: tokenizer.token_to_id(word) is not None)


def readable_letters(word: str) -> str:
    """Return what the word-piece tokenizer gets: the first letters, plain hyphens, no lone surrogates."""
    letters = word[:_LETTERS_PER_WORD].translate(_HYPHENS)
    return letters.encode("utf-8", "replace").decode("utf-8")


def _open_session(path: Path, threads: int) -> Any:  # noqa: ANN401  see Encoder.session
    """Return the session that runs the network on ``threads`` threads, on the processor only."""
    import onnxruntime  # noqa: PLC0415  takes a quarter of a second to import: "armstrace --help" goes without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: a reader's terminal is no place for a library's notes
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    missing = set(OUTPUTS) - {output.name for output in session.get_outputs()}
    if missing:
        raise ModelError(f"{path.name} lacks the outputs {sorted(missing)}")
    return session
