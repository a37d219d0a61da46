"""Joins a trained role network to a packaged model: one file of shared lower layers, one for the parse, one for roles.

    python training/export_roles.py roles/roles.pt --packaged PACKAGED --out DIRECTORY

The parse's graph is cut, not exported again: its numbers stay those of the model that was measured.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from export import side_by_side
from role_examples import ATTRIBUTION, CLASSES, ROLES
from role_network import SHARED_LAYERS, RoleNetwork
from unpack import LOWER, PARSE, SIZES, WHOLE, unpack_network

STATE = "/layers.{}/outer_norm/LayerNormalization_output_0"
ROLE = "roles.int8.onnx"
OUTPUTS = ("trigger", "classes", "child", "head", "marks")


class OneWindow(nn.Module):
    """The upper layers and heads for one window: no mask, constant mixtures, one product for heads of one input."""

    def __init__(self, network: RoleNetwork) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("mix", torch.softmax(network.mix.detach(), -1))
        self.told = side_by_side(network.trigger, network.classes)
        self.roles = side_by_side(network.role_child[0], network.role_head[0])

    def forward(self, states: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the scores named in ``OUTPUTS``."""
        network, x = self.network, states
        kept = [x[0][first[0]]]
        for layer in network.layers:
            x = layer(x, None)
            kept.append(x[0][first[0]])
        hidden = int(x.shape[2])
        mixed = torch.matmul(self.mix, torch.stack(kept).reshape(len(kept), -1)).reshape(3, -1, hidden)
        told, roles = self.told(mixed[0:1]), network.role_child[1](self.roles(mixed[1:2]))
        width = network.role_child[0].out_features
        return told[..., :1], told[..., 1:], roles[..., :width], roles[..., width:], network.marks(mixed[2:3])


def cut_parse(packaged: Path, out: Path) -> None:
    """Write the packaged model as two graphs, cut above the shared layers; one that is cut already is copied."""
    if not (packaged / WHOLE).is_file():
        for name in (LOWER, PARSE):
            shutil.copyfile(packaged / name, out / name)
        return
    states = [STATE.format(i) for i in range(SHARED_LAYERS)]
    outputs = [output.name for output in onnx.load(str(packaged / WHOLE)).graph.output]
    onnx.utils.extract_model(str(packaged / WHOLE), str(out / LOWER), ["ids", "sh"], states)
    onnx.utils.extract_model(str(packaged / WHOLE), str(out / PARSE), [*states, "first"], outputs)


def export_roles(network: RoleNetwork, out: Path, *, narrow: bool) -> None:
    """Write the role graph in int8 and the weights of its roles."""
    states, first = torch.randn(1, 6, SIZES.hidden), torch.tensor([[1, 2, 3, 4]])
    single = OneWindow(network).eval()
    with torch.no_grad():
        ours, theirs = single(states, first), network.above(states, None, first)
        print(f"largest difference to the trained network: {float((ours[1] - theirs.classes).abs().max()):.4f}")
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "roles.onnx"
        torch.onnx.export(
            single,
            (states, first),
            str(graph),
            input_names=["states", "first"],
            output_names=list(OUTPUTS),
            dynamic_axes={"states": {1: "pieces"}, "first": {1: "words"}} | {name: {1: "words"} for name in OUTPUTS},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            graph,
            out / ROLE,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=narrow,
        )
    np.save(out / "roles.npy", network.role_weights.detach().numpy().astype(np.float32))


def main() -> None:
    """Export as the command line says."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path)
    ask.add_argument("--packaged", type=Path, required=True, help="model directory with the whole parse graph")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--narrow", action="store_true", help="seven-bit weights")
    options = ask.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    encoder, labels = unpack_network(options.packaged)
    network = RoleNetwork(encoder, SIZES)
    network.load_state_dict(torch.load(options.weights, weights_only=True)["weights"])
    cut_parse(options.packaged, options.out)
    export_roles(network.eval(), options.out, narrow=options.narrow)
    for name in ("R.npy", "tokenizer.json"):
        shutil.copyfile(options.packaged / name, options.out / name)
    sets = {
        "voc": labels,
        "roles": list(ROLES),
        "classes": {k: list(v) for k, v in CLASSES.items()},
        "marks": list(ATTRIBUTION),
    }
    (options.out / "voc.json").write_text(json.dumps(sets), encoding="utf-8")
    for path in sorted(options.out.iterdir()):
        print(path.name, round(path.stat().st_size / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
