"""Trains the multi-task encoder on prepared files. See README.md for the data and the whole command.

The learning rate falls to nothing over the epochs asked for or over the minutes allowed, whichever is used up
first, so a run on a busy machine still ends well. Weights are written after every epoch.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from examples import NO_LABEL, Batch, Batcher, Example, groups, label_sets, read_names, read_treebank
from network import MASKED, Network, Sizes, load_pretrained

LONGEST = 90  # longer sentences cost much and teach little
LOSS_WEIGHTS = {"upos": 0.5, "xpos": 0.5, "lem": 0.3, "ner": 1.0, "rel": 1.0, "arc": 1.0}
WARM_UP = 150
THAW = 0.45  # the share of the run after which word embeddings learn too
AVERAGE_FROM, AVERAGE_DECAY = 0.6, 0.998
LOWEST_RATE = 0.005  # of the full rate, at the end
REPORT_EVERY = 50  # steps


def read_options() -> argparse.Namespace:
    """Return the command line."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--pretrained", type=Path, required=True, help="directory of the MiniLM-L6 encoder")
    ask.add_argument("--treebank", type=Path, nargs="+", required=True)
    ask.add_argument("--twice", type=Path, nargs="*", default=[], help="treebank files read twice an epoch")
    ask.add_argument("--names", type=Path, nargs="*", default=[], help="IOB files")
    ask.add_argument(
        "--watch",
        type=Path,
        nargs="*",
        default=[],
        help="treebank files of which every tenth sentence is kept out",
    )
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=float, default=8)
    ask.add_argument("--minutes", type=float, default=1e9)
    ask.add_argument("--words", type=int, default=900, help="words a batch")
    ask.add_argument("--rate", type=float, default=2e-4)
    ask.add_argument("--head-rate", type=float, default=2e-3)
    ask.add_argument("--threads", type=int, default=1)
    return ask.parse_args()


def read_examples(options: argparse.Namespace) -> tuple[list[Example], list[Example]]:
    """Return training examples and those kept out to watch the training."""
    named = {e.words: e.names for path in options.names for e in read_names(path, 10_000)}
    train, kept = [], []
    for path in options.treebank:
        train += read_treebank(path, named)
    for path in options.watch:
        found = read_treebank(path, named)
        kept += found[::10]
        train += [e for i, e in enumerate(found) if i % 10]
    for path in options.twice:
        train += read_treebank(path, named)
    parsed = {e.words for e in train} | {e.words for e in kept}
    for path in options.names:
        train += [e for e in read_names(path, LONGEST) if e.words not in parsed]
    return [e for e in train if len(e.words) <= LONGEST], kept


def losses(network: Network, batch: Batch) -> dict[str, torch.Tensor]:
    """Return the loss of every head that the batch has labels for."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(*batch.inputs)
    upos, xpos, lem, ner, arc, child, head = (x.float() for x in scores)
    real = torch.cat([torch.ones_like(batch.words[:, :1]), batch.words], 1)
    by_name = {"upos": upos, "xpos": xpos, "lem": lem, "ner": ner}
    by_name["arc"] = arc.masked_fill(~real.unsqueeze(1), MASKED)
    gold = batch.gold
    with torch.autocast("cpu", torch.bfloat16):
        by_name["rel"] = network.label_scores(child, head, gold["arc"].clamp(min=0)).float()
    return {
        name: functional.cross_entropy(x.flatten(0, 1), gold[name].flatten(), ignore_index=NO_LABEL)
        for name, x in by_name.items()
        if bool((gold[name] != NO_LABEL).any())
    }


@torch.no_grad()
def watch(network: Network, batcher: Batcher, kept: list[Example]) -> dict[str, float]:
    """Return the share of words right, by head, with the greedy choice of heads."""
    network.eval()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for group in groups(kept, 1500, None):
        batch = batcher.batch([kept[i] for i in group])
        upos, xpos, lem, ner, arc, child, head = network(*batch.inputs)
        real = torch.cat([torch.ones_like(batch.words[:, :1]), batch.words], 1)
        heads = arc.masked_fill(~real.unsqueeze(1), MASKED).argmax(-1)
        rel = network.label_scores(child, head, heads).argmax(-1)
        found = {
            "upos": upos.argmax(-1),
            "xpos": xpos.argmax(-1),
            "lem": lem.argmax(-1),
            "ner": ner.argmax(-1),
            "uas": heads,
        }
        hits = {name: x == batch.gold["arc" if name == "uas" else name] for name, x in found.items()}
        hits["las"] = hits["uas"] & (rel == batch.gold["rel"])
        for name, hit in hits.items():
            known = batch.gold[name if name in batch.gold else "arc"] != NO_LABEL
            right[name] += int((hit & known).sum())
            seen[name] += int(known.sum())
    network.train()
    return {name: round(100 * right[name] / max(1, seen[name]), 2) for name in seen}


class Average:
    """An exponential average of the weights, kept over the last part of the run."""

    def __init__(self, network: Network) -> None:
        self.weights = {k: v.detach().clone() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def add(self, network: Network) -> None:
        """Move the average towards the network's present weights."""
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value, 1 - AVERAGE_DECAY)


def optimiser_of(network: Network, options: argparse.Namespace) -> torch.optim.AdamW:
    """Return AdamW over three groups: encoder, heads, word embeddings (at a tenth of the encoder's rate)."""
    words = network.words.weight
    words.requires_grad_(requires_grad=False)  # frozen at first: faster and less overfitting
    encoder = [
        *network.layers.parameters(),
        *network.positions.parameters(),
        *network.norm.parameters(),
        network.kind,
    ]
    known = {id(p) for p in encoder} | {id(words)}
    heads = [p for p in network.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": options.rate, "full": options.rate},
            {"params": heads, "lr": options.head_rate, "full": options.head_rate},
            {"params": [words], "lr": 0.0, "full": options.rate / 10, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )


@dataclass
class Run:
    """One training run: what is trained, on what, and how far it has got."""

    network: Network
    batcher: Batcher
    optimiser: torch.optim.AdamW
    options: argparse.Namespace
    begun: float
    steps: int  # in the whole run
    step: int = 0
    words: int = 0
    average: Average | None = None
    recent: dict[str, deque[float]] = field(default_factory=dict)

    @property
    def progress(self) -> float:
        """How much of the run is over: of its steps or of its minutes, whichever is more."""
        return max(self.step / self.steps, (time.time() - self.begun) / (60 * self.options.minutes))

    def learn(self, batch: Batch) -> None:
        """Take one step on the batch."""
        progress = self.progress
        for part in self.optimiser.param_groups:
            part["lr"] = part["full"] * min(1, (self.step + 1) / WARM_UP) * max(LOWEST_RATE, 1 - progress)
        self.network.words.weight.requires_grad_(progress >= THAW)
        parts = losses(self.network, batch)
        loss = sum(LOSS_WEIGHTS[name] * value for name, value in parts.items())
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        if progress >= AVERAGE_FROM:
            self.average = self.average or Average(self.network)
            self.average.add(self.network)
        self.step, self.words = self.step + 1, self.words + int(batch.words.sum())
        for name, value in parts.items():
            self.recent.setdefault(name, deque(maxlen=200)).append(float(value.detach()))

    def report(self) -> None:
        """Print speed, progress and recent losses."""
        spent = max(1.0, time.time() - self.begun)
        mean = {name: round(sum(values) / len(values), 3) for name, values in self.recent.items()}
        print(
            f"step {self.step}/{self.steps}, {self.words / spent:.0f} words/s, {self.progress:.3f}",
            mean,
            flush=True,
        )

    def write(self, kept: list[Example], labels: dict[str, list[str]], sizes: Sizes) -> None:
        """Write the weights and their average, and print how both do on the sentences kept out."""
        out = self.options.out
        out.mkdir(parents=True, exist_ok=True)
        torch.save({"weights": self.network.state_dict(), "labels": labels, "sizes": asdict(sizes)}, out / "last.pt")
        print("last", round(time.time() - self.begun), watch(self.network, self.batcher, kept), flush=True)
        if self.average:
            shadow = Network(labels, sizes)
            shadow.load_state_dict(self.average.weights)
            torch.save(
                {"weights": self.average.weights, "labels": labels, "sizes": asdict(sizes)},
                out / "average.pt",
            )
            print("average", watch(shadow, self.batcher, kept), flush=True)


def train(options: argparse.Namespace) -> None:
    """Train and write ``last.pt`` and ``average.pt`` after every epoch."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    rng = random.Random(1)  # noqa: S311  no secret: a reproducible order
    examples, kept = read_examples(options)
    labels, sizes = label_sets(examples), Sizes.of_pretrained(options.pretrained)
    network = Network(labels, sizes)
    load_pretrained(network, options.pretrained)
    tokenizer = Tokenizer.from_file(str(options.pretrained / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    steps = round(options.epochs * len(groups(examples, options.words, None)))
    run = Run(network, Batcher(tokenizer, labels), optimiser_of(network, options), options, time.time(), steps)
    network.train()
    print({name: len(values) for name, values in labels.items()}, sum(len(e.words) for e in examples), "words")
    while run.progress < 1:
        for group in groups(examples, options.words, rng):
            if run.progress >= 1:
                break
            run.learn(run.batcher.batch([examples[i] for i in group], rng))
            if run.step % REPORT_EVERY == 0:
                run.report()
        run.write(kept, labels, sizes)


if __name__ == "__main__":
    train(read_options())
