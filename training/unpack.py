"""Reads a packaged int8 model back into floating point, so that training can go on from what is shipped.

Rounding to seven bits is not undone; a run that starts here starts at the shipped model's scores.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import Network, Sizes

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WHOLE, LOWER, PARSE = "model.int8.onnx", "lower.int8.onnx", "parse.int8.onnx"
SIZES = Sizes(hidden=384, heads=12, layers=6, inner=1536, vocabulary=30522, positions=512)


def unpack_network(directory: Path) -> tuple[Network, dict[str, list[str]]]:
    """Return encoder layers and embeddings of a packaged model in a ``Network`` (its heads are not read back)."""
    labels = json.loads((directory / "voc.json").read_text(encoding="utf-8"))["voc"]
    network = Network(labels, SIZES)
    network.load_state_dict(read_encoder(directory), strict=False)
    return network, labels


def read_encoder(directory: Path) -> dict[str, torch.Tensor]:
    """Return the encoder's weights by the names that ``Network`` gives them, from one graph or two cut ones."""
    names = [WHOLE] if (directory / WHOLE).is_file() else [LOWER, PARSE]
    found: dict[str, torch.Tensor] = {}
    for name in names:
        found |= _read_graph(onnx.load(str(directory / name)).graph)
    return found


def _read_graph(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    held = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    found: dict[str, Floats] = {}
    if "words.numbers" in held:
        found["words.weight"] = held["words.numbers"].astype(np.float32) * held["words.scale"]
        found["positions.weight"] = held["network.positions.weight"]
    for name, value in held.items():
        plain = name.removeprefix("network.")
        if plain.startswith(("layers.", "norm.", "shapes.", "kind")) and value.dtype == np.float32:
            found[plain] = value
    found |= _products(graph, held)
    return {name: torch.from_numpy(np.array(value)) for name, value in found.items()}


def _products(graph: onnx.GraphProto, held: dict[str, Floats]) -> dict[str, Floats]:
    """Return the weights of the layers' products, which the graph names after their module."""
    found = {}
    for node in graph.node:
        weight = next((name for name in node.input if name.endswith("_quantized") and name in held), None)
        if weight is None or not node.name.startswith("/layers."):
            continue
        layer, part = node.name.strip("/").split("/")[:2]
        scale = held[weight.removesuffix("_quantized") + "_scale"]
        zero = held[weight.removesuffix("_quantized") + "_zero_point"]
        matrix = (held[weight].astype(np.float32) - zero.astype(np.float32)) * scale
        found[f"{layer}.{part}.weight"] = np.ascontiguousarray(matrix.T)
    return found
