"""The packaged network: words in, scores of every head out.

Three graphs: the lower layers, and on their states one for the parse and one for the roles of transfers. Each run
reads one sentence (or one window of roles) alone: int8 arithmetic takes the scale of the activations from the whole
input, so in a batch a sentence's scores would depend on its neighbours.
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

LOWER, PARSE, ROLES = "lower.int8.onnx", "parse.int8.onnx", "roles.int8.onnx"
MODEL_FILES = (LOWER, PARSE, ROLES, "R.npy", "roles.npy", "voc.json", "tokenizer.json")
LABEL_SETS = ("upos", "xpos", "lem", "rel", "ner")
OUTPUTS = ("upos", "xpos", "lem", "ner", "arc", "rd", "rh")
ROLE_OUTPUTS = ("trigger", "classes", "child", "head", "marks")

# The same bounds as in training: the network reads so many word pieces of a word and of a sentence at most.
PIECES_PER_WORD = 8
PIECES_PER_SENTENCE = 510
_LETTERS_PER_WORD = 50  # what is longer is no word; its first letters give the pieces
_START, _END, _UNKNOWN = 101, 102, 100
_CACHED_WORDS = 50_000  # most words of a run are met again; bounds memory, changes no result
_SLOWER = "SkipLayerNormFusion"  # joins two steps into one that takes four times as long as both
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


class RoleScores(NamedTuple):
    """Scores of a window of n words: ``trigger`` n by 1, ``classes`` n by all classes, role spaces, marks n by 9."""

    trigger: Floats
    classes: Floats
    child: Floats
    head: Floats
    marks: Floats


@dataclass(frozen=True, slots=True)
class Graphs:
    """The loaded graphs, each an onnxruntime.InferenceSession (the package carries no types)."""

    lower: Any
    parse: Any
    roles: Any


@dataclass(frozen=True, slots=True)
class RoleLabels:
    """What the role network's outputs stand for: roles, class sets (name -> labels) and attribution marks."""

    roles: tuple[str, ...]
    classes: dict[str, tuple[str, ...]]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word-piece vocabulary: ``of`` gives a word's pieces, ``knows`` tells whether it is one piece."""

    of: Callable[[str], tuple[int, ...]]
    knows: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded network with its label sets and the weights of its relation labels and roles."""

    labels: dict[str, tuple[str, ...]]
    role_labels: RoleLabels
    relation_weights: Floats
    role_weights: Floats
    pieces: Pieces
    graphs: Graphs

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the scores for one sentence of at least one word and at most the allowed pieces."""
        states, first = self._states(words, 0)
        lower, upper = (output.name for output in self.graphs.lower.get_outputs())
        found = self.graphs.parse.run(OUTPUTS, {lower: states[0], upper: states[1], "first": first})
        return Scores(*(array[0] for array in found))

    def role_scores(self, words: Sequence[str], title: int) -> RoleScores:
        """Return the role scores of a window whose first ``title`` words are the document's title."""
        states, first = self._states(words, title)
        found = self.graphs.roles.run(ROLE_OUTPUTS, {"states": states[1], "first": first})
        return RoleScores(*(array[0] for array in found))

    def _states(self, words: Sequence[str], title: int) -> tuple[list[Floats], NDArray[np.int64]]:
        """Return the states of the lower layers, and the place of each word's first piece among them."""
        ids, shapes, first = [_START], [0], []
        for number, word in enumerate(words):
            if title and number == title:
                ids.append(_END)
                shapes.append(0)
            pieces = self.pieces.of(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([_known_shape(word[:_LETTERS_PER_WORD])] * len(pieces))
        ids.append(_END)
        shapes.append(0)
        feeds = {name: np.array([column], dtype=np.int64) for name, column in (("ids", ids), ("sh", shapes))}
        return self.graphs.lower.run(None, feeds), np.array([first], dtype=np.int64)


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


_known_shape = lru_cache(maxsize=_CACHED_WORDS)(word_shape)


def load_encoder(directory: Path, threads: int) -> Encoder:
    """Return the network of a model directory; raise ``ModelError`` where a file is missing or damaged."""
    for name in MODEL_FILES:
        if not (directory / name).is_file():
            raise ModelError(
                f"{directory / name} is missing. Install armstrace again, or name a whole model directory."
            )
    graphs = Graphs(
        *(_read(name, directory, lambda path: _open_session(path, threads)) for name in (LOWER, PARSE, ROLES))
    )
    encoder = Encoder(
        labels=_read("voc.json", directory, _read_labels),
        role_labels=_read("voc.json", directory, _read_role_labels),
        relation_weights=_read("R.npy", directory, _read_relations),
        role_weights=_read("roles.npy", directory, lambda path: np.load(path, allow_pickle=False)),
        pieces=_read("tokenizer.json", directory, _read_tokenizer),
        graphs=graphs,
    )
    if not _fit_each_other(encoder):
        raise ModelError(f"The files of {directory} do not fit each other. Take all from one training run.")
    return encoder


def _fit_each_other(encoder: Encoder) -> bool:
    """Tell whether the network's outputs have the sizes of the label sets and of the label weights."""
    labels, found = encoder.labels, encoder.scores(["word"])
    tags = (found.upos, found.xpos, found.lem, found.ner)
    sizes = [array.shape[-1] for array in tags]
    side = found.rd.shape[-1] + 1  # one more for the constant
    fits = sizes == [len(labels[name]) for name in ("upos", "xpos", "lem", "ner")]
    fits = fits and encoder.relation_weights.shape == (len(labels["rel"]), side, side)
    told, sets = encoder.role_scores(["word"], 0), encoder.role_labels
    width = told.child.shape[-1] + 1
    classes = sum(len(values) for values in sets.classes.values())
    return fits and encoder.role_weights.shape == (len(sets.roles), width, width) and told.classes.shape[-1] == classes


def _read(name: str, directory: Path, read: Callable[[Path], _Read]) -> _Read:
    """Return what ``read`` makes of one model file, with any failure told as a damaged file."""
    try:
        return read(directory / name)
    except Exception as error:  # the loaders raise kinds of their own, down to bare Exception
        reason = str(error).split("\n", 1)[0][:200]
        raise ModelError(f"{directory / name} is damaged ({reason}). Install armstrace again.") from error


def _read_relations(path: Path) -> Floats:
    """Return the weights of the relations, those of a head's values in rows."""
    by_child: Floats = np.load(path, allow_pickle=False)
    return np.ascontiguousarray(by_child.transpose(0, 2, 1))


def _read_labels(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the closed label sets of the network's heads."""
    sets = json.loads(path.read_text(encoding="utf-8"))["voc"]
    if "root" not in sets["rel"] or "O" not in sets["ner"]:
        raise ValueError("it lacks the relation root or the tag O")
    return {name: tuple(sets[name]) for name in LABEL_SETS}


def _read_role_labels(path: Path) -> RoleLabels:
    """Return the roles, the class sets and the attribution marks of the role network."""
    record = json.loads(path.read_text(encoding="utf-8"))
    classes = {name: tuple(values) for name, values in record["classes"].items()}
    return RoleLabels(tuple(record["roles"]), classes, tuple(record["marks"]))


def _read_tokenizer(path: Path) -> Pieces:
    """Return the word-piece vocabulary."""
    from tokenizers import Tokenizer  # noqa: PLC0415  slow to import and needed only where text is analysed

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    @lru_cache(maxsize=_CACHED_WORDS)
    def numbers(letters: str) -> tuple[int, ...]:
        ids = tokenizer.encode(readable_letters(letters), add_special_tokens=False).ids
        return tuple(ids[:PIECES_PER_WORD]) or (_UNKNOWN,)

    @lru_cache(maxsize=_CACHED_WORDS)
    def known(word: str) -> bool:
        return tokenizer.token_to_id(word) is not None

    # Cut before it is kept: a word of a million letters costs no million letters of memory.
    return Pieces(lambda word: numbers(word[:_LETTERS_PER_WORD]), lambda word: known(word[: _LETTERS_PER_WORD + 1]))


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
    session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER]
    )
    wanted = {PARSE: set(OUTPUTS), ROLES: set(ROLE_OUTPUTS)}.get(path.name, set())
    missing = wanted - {output.name for output in session.get_outputs()}
    if missing:
        raise ModelError(f"{path.name} lacks the outputs {sorted(missing)}")
    return session
