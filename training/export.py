"""Exports trained weights as the packaged model: int8 ONNX, relation weights, label sets, tokenizer.

    python training/export.py WEIGHTS.pt --pretrained MINILM --out DIRECTORY

The graph reads one sentence at a time (armstrace.language.encoder says why), so its shapes are fixed but for
the length, which spares the run time many small steps.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from network import OUTPUTS, Network, Sizes

INPUTS = ("ids", "sh", "first")  # a sentence alone needs no mask


class RowQuantised(nn.Module):
    """An embedding table in int8 with one scale a row: a quarter of the size, no visible loss."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("numbers", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.numbers[ids].float() * self.scale[ids]


class OneSentence(nn.Module):
    """The network for one sentence: no mask, constant mixtures, one product for heads of the same input."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.words = RowQuantised(network.words.weight.detach())
        self.register_buffer("mix", torch.softmax(network.mix.detach(), -1))
        self.tags = side_by_side(network.upos, network.xpos, network.lem)
        self.child = side_by_side(network.arc_child[0], network.label_child[0])
        self.head = side_by_side(network.arc_head[0], network.label_head[0])

    def forward(self, ids: torch.Tensor, sh: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the scores named in ``OUTPUTS``."""
        network = self.network
        x = self.words(ids) + network.positions.weight[: ids.shape[1]] + network.kind + network.shapes(sh)
        x = network.norm(x)
        where = torch.cat([torch.zeros(1, dtype=torch.long), first[0]])
        states = []
        for layer in network.layers:
            x = layer(x, None)
            states.append(x[0][where])
        hidden = int(x.shape[2])
        mixed = torch.matmul(self.mix, torch.stack(states).reshape(len(states), -1)).reshape(3, -1, hidden)
        tags, names, parse = (mixed[i : i + 1] for i in range(3))
        leaky = network.arc_child[1]
        tag_scores = self.tags(tags[:, 1:])
        child, head = leaky(self.child(parse[:, 1:])), leaky(self.head(parse))
        arc_width = network.arc_weights.shape[1]
        weighted = torch.matmul(child[..., :arc_width], network.arc_weights[:-1]) + network.arc_weights[-1]
        arc = torch.matmul(weighted, head[..., :arc_width].transpose(1, 2))
        sizes = [part.out_features for part in (network.upos, network.xpos, network.lem)]
        upos, xpos, lem = torch.split(tag_scores, sizes, -1)
        return upos, xpos, lem, network.ner(names[:, 1:]), arc, child[..., arc_width:], head[..., arc_width:]


def side_by_side(*parts: nn.Linear) -> nn.Linear:
    """Return one linear layer whose outputs are those of the parts, one after the other."""
    joined = nn.Linear(parts[0].in_features, sum(part.out_features for part in parts))
    joined.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
    joined.bias = nn.Parameter(torch.cat([part.bias for part in parts]))
    return joined


def load_network(path: Path) -> tuple[Network, dict[str, list[str]]]:
    """Return the trained network, ready to run, and its label sets."""
    kept = torch.load(path, weights_only=True)
    network = Network(kept["labels"], Sizes(**kept["sizes"]))
    network.load_state_dict(kept["weights"])
    return network.eval(), kept["labels"]


def export_graph(network: Network, path: Path) -> None:
    """Write the network as an ONNX graph in floating point, but for the word embeddings."""
    ids, first = torch.tensor([[101, 2769, 2003, 2182, 1012, 102]]), torch.tensor([[1, 2, 3, 4]])
    shapes = torch.ones_like(ids)
    single = OneSentence(network).eval()
    with torch.no_grad():
        both = zip(single(ids, shapes, first), network(ids, torch.ones_like(ids), shapes, first), strict=True)
        worst = max(float((ours - theirs).abs().max()) for ours, theirs in both)
    print(f"largest difference to the trained network: {worst:.3f}")
    torch.onnx.export(
        single,
        (ids, shapes, first),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={
            **{name: {1: "pieces"} for name in ("ids", "sh")},
            **{name: {1: "words"} for name in ("first", "upos", "xpos", "lem", "ner", "rd")},
            "arc": {1: "words", 2: "heads"},
            "rh": {1: "heads"},
        },
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
