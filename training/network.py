"""The multi-task encoder: MiniLM-L6 with heads for tags, lemmas, names and a biaffine parser.

One module serves training and export, so what is measured while training is what is shipped. Inputs are word
pieces; outputs are word-wise scores, in the order of ``OUTPUTS``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = ("upos", "xpos", "lem", "ner", "arc", "rd", "rh")
SHAPES = 16  # see armstrace.language.encoder.word_shape
MASKED = -1e4  # added to the scores of padding: far below any score, finite in half precision


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the pretrained encoder and of the heads on top of it."""

    hidden: int
    heads: int
    layers: int
    inner: int
    vocabulary: int
    positions: int
    arc: int = 256
    label: int = 96

    @classmethod
    def of_pretrained(cls, directory: Path) -> Sizes:
        """Read the encoder's sizes from its ``config.json``."""
        config = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        return cls(
            hidden=config["hidden_size"],
            heads=config["num_attention_heads"],
            layers=config["num_hidden_layers"],
            inner=config["intermediate_size"],
            vocabulary=config["vocab_size"],
            positions=config["max_position_embeddings"],
        )


class Layer(nn.Module):
    """One post-norm transformer layer with fused query, key and value projections."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads, self.width = sizes.heads, sizes.hidden // sizes.heads
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.joined = nn.Linear(sizes.hidden, sizes.hidden)
        self.joined_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.inner = nn.Linear(sizes.hidden, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.hidden)
        self.outer_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
        batch, hidden = int(x.shape[0]), int(x.shape[2])  # fixed in an exported graph; the length is not
        parts = self.qkv(x).reshape(batch, -1, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        scores = torch.matmul(query, key.transpose(-1, -2)) / self.width**0.5
        weights = self.drop(torch.softmax(scores if bias is None else scores + bias, -1))
        joined = torch.matmul(weights, value).transpose(1, 2).reshape(batch, -1, hidden)
        x = self.joined_norm(self.drop(self.joined(joined)) + x)
        return self.outer_norm(self.drop(self.outer(functional.gelu(self.inner(x)))) + x)


class Network(nn.Module):
    """Encoder and heads; ``labels`` maps each closed set of labels to its values."""

    def __init__(self, labels: dict[str, list[str]], sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.words = nn.Embedding(sizes.vocabulary, hidden)
        self.positions = nn.Embedding(sizes.positions, hidden)
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.shapes = nn.Embedding(SHAPES, hidden)
        nn.init.zeros_(self.shapes.weight)  # the pretrained encoder knows no case: start from what it knows
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        # Three mixtures of the layers (tags and lemmas, names, parser); they start at the last layer.
        start = torch.zeros(3, sizes.layers)
        start[:, -1] = 4.0
        self.mix = nn.Parameter(start)
        self.drop, self.input_drop = nn.Dropout(0.2), nn.Dropout(0.1)
        self.upos = nn.Linear(hidden, len(labels["upos"]))
        self.xpos = nn.Linear(hidden, len(labels["xpos"]))
        self.lem = nn.Linear(hidden, len(labels["lem"]))
        self.ner = nn.Linear(hidden, len(labels["ner"]))
        self.arc_child, self.arc_head = space(hidden, sizes.arc), space(hidden, sizes.arc)
        self.label_child, self.label_head = space(hidden, sizes.label), space(hidden, sizes.label)
        self.arc_weights = nn.Parameter(torch.randn(sizes.arc + 1, sizes.arc) * 0.02)
        self.label_weights = nn.Parameter(torch.randn(len(labels["rel"]), sizes.label + 1, sizes.label + 1) * 0.02)

    def encode(
        self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor
    ) -> list[torch.Tensor]:
        """Return for each mixture the states of the root (the CLS piece) and of each word's first piece."""
        length = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:length] + self.kind + self.shapes(shapes)
        x = self.input_drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].float()) * MASKED
        where = torch.cat([torch.zeros_like(first[:, :1]), first], 1)
        where = where.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(torch.gather(x, 1, where))
        weights = torch.softmax(self.mix, -1)
        return [sum(w * s for w, s in zip(row, states, strict=True)) for row in weights]

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Return the scores named in ``OUTPUTS``; heads are numbered from the root, 0."""
        tags, names, parse = (self.drop(state) for state in self.encode(ids, mask, shapes, first))
        tags, names, child = tags[:, 1:], names[:, 1:], parse[:, 1:]
        arc_child = with_one(self.arc_child(child))
        arc = torch.matmul(torch.matmul(arc_child, self.arc_weights), self.arc_head(parse).transpose(1, 2))
        return (
            self.upos(tags),
            self.xpos(tags),
            self.lem(tags),
            self.ner(names),
            arc,
            self.label_child(child),
            self.label_head(parse),
        )

    def label_scores(self, child: torch.Tensor, head: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Return the scores of every relation label for each word under its given head."""
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.size(-1)))
        return torch.einsum("bni,lij,bnj->bnl", with_one(child), self.label_weights, with_one(chosen))


def space(hidden: int, width: int) -> nn.Sequential:
    """Return the projection of a word's state into one of the parser's spaces."""
    return nn.Sequential(nn.Linear(hidden, width), nn.LeakyReLU(0.1), nn.Dropout(0.3))


def with_one(x: torch.Tensor) -> torch.Tensor:
    """Append a constant 1, so that a bilinear form holds its linear terms too."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def load_pretrained(network: Network, directory: Path) -> None:
    """Copy the weights of a BERT-shaped encoder (``model.safetensors``) into the network."""
    source = load_file(directory / "model.safetensors")
    source = {name.removeprefix("bert."): value for name, value in source.items()}
    target = {
        "words.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"],
        "kind": source["embeddings.token_type_embeddings.weight"][0],
    }
    pairs = [("norm", "embeddings.LayerNorm")]
    for i in range(len(network.layers)):
        ours, theirs = f"layers.{i}", f"encoder.layer.{i}"
        pairs += [
            (f"{ours}.joined", f"{theirs}.attention.output.dense"),
            (f"{ours}.joined_norm", f"{theirs}.attention.output.LayerNorm"),
            (f"{ours}.inner", f"{theirs}.intermediate.dense"),
            (f"{ours}.outer", f"{theirs}.output.dense"),
            (f"{ours}.outer_norm", f"{theirs}.output.LayerNorm"),
        ]
        for part in ("weight", "bias"):
            three = [source[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            target[f"{ours}.qkv.{part}"] = torch.cat(three)
    for ours, theirs in pairs:
        for part in ("weight", "bias"):
            target[f"{ours}.{part}"] = source[f"{theirs}.{part}"]
    left = network.load_state_dict(target, strict=False)
    if left.unexpected_keys:
        raise ValueError(f"{directory} does not fit this network: {left.unexpected_keys}")
