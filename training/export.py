"""Exports trained weights as the packaged model: int8 ONNX, relation weights, label sets, tokenizer.

    python training/export.py WEIGHTS.pt --pretrained MINILM --out DIRECTORY

The graph reads one sentence at a time (see armstrace.language.encoder for the reason), so its shapes are fixed but
for the length, which spares the run time many small steps.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from network import INPUTS, OUTPUTS, Network, Sizes
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

LENGTHS = {"ids": "pieces", "mask": "pieces", "sh": "pieces", "first": "words"}
WORDWISE = ("upos", "xpos", "lem", "ner", "rd")


class RowQuantised(nn.Module):
    """An embedding table in int8 with one scale a row: a quarter of the size, no visible loss."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("numbers", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.numbers[ids].float() * self.scale[ids]


def load_network(path: Path) -> tuple[Network, dict[str, list[str]]]:
    """Return the trained network, ready to run, and its label sets."""
    kept = torch.load(path, weights_only=True)
    network = Network(kept["labels"], Sizes(**kept["sizes"]))
    network.load_state_dict(kept["weights"])
    return network.eval(), kept["labels"]


def export_graph(network: Network, path: Path) -> None:
    """Write the network as an ONNX graph in floating point, but for the word embeddings."""
    network.words = RowQuantised(network.words.weight.detach())
    ids = torch.tensor([[101, 2769, 2003, 2182, 1012, 102]])
    first = torch.tensor([[1, 2, 3, 4]])
    lengths = {name: {1: axis} for name, axis in LENGTHS.items()}
    lengths |= {name: {1: "words"} for name in WORDWISE}
    lengths |= {"arc": {1: "words", 2: "heads"}, "rh": {1: "heads"}}
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids), torch.ones_like(ids), first),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=lengths,
        opset_version=17,
        dynamo=False,
    )


def export(weights: Path, pretrained: Path, out: Path, *, narrow: bool) -> None:
    """Write the model directory; ``narrow`` keeps int8 weights to seven bits, for processors without VNNI."""
    network, labels = load_network(weights)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "R.npy", network.label_weights.detach().numpy().astype(np.float32))
    (out / "voc.json").write_text(json.dumps({"voc": labels, "layers": len(network.layers)}), encoding="utf-8")
    shutil.copyfile(pretrained / "tokenizer.json", out / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "model.onnx"
        export_graph(network, graph)
        quantize_dynamic(
            graph,
            out / "model.int8.onnx",
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=narrow,
        )


def main() -> None:
    """Export as the command line says."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path)
    ask.add_argument("--pretrained", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--narrow", action="store_true", help="seven-bit weights")
    options = ask.parse_args()
    export(options.weights, options.pretrained, options.out, narrow=options.narrow)
    for path in sorted(options.out.iterdir()):
        print(path.name, round(path.stat().st_size / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
