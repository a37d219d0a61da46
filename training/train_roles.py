"""Trains the role network on the labelled corpus (training half), FrameNet and treebank text.

    python training/train_roles.py --packaged src/armstrace/language/packaged --corpus evaluation/corpus \\
        --framenet framenet_transfer.jsonl --plain gum-train.conllu --out roles

FrameNet's and the treebank's files are not part of this repository; README.md says where they are from.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from armstrace.language.encoder import word_shape
from examples import END, HIDDEN, MASK, PIECES_PER_WORD, START, UNKNOWN
from network import Network, load_pretrained
from role_examples import (
    ATTRIBUTION,
    CLASSES,
    ROLES,
    Countries,
    Text,
    Trigger,
    Window,
    count_labels,
    read_corpus,
    read_framenet,
    read_plain,
)
from role_network import SHARED_LAYERS, RoleNetwork, RoleScores
from unpack import SIZES, unpack_network

WARM_UP = 60
AVERAGE_FROM, AVERAGE_DECAY = 0.5, 0.99
WEIGHTS = {"trigger": 1.0, "classes": 0.3, "roles": 0.7, "marks": 1.0}
TRIGGER_WEIGHT = 2.0  # a missed transfer costs more than a false one: the table of features decides later
PIECES = 400
SWAPPED = 0.5  # share of windows that get other countries
LEXICON = Path(__file__).parents[1] / "src" / "armstrace" / "lexicon" / "data" / "countries.yml"
ARMS_WORDS = frozenset("arms weapon weapons missile missiles ammunition rifle rifles tanks military".split())


def read_options() -> argparse.Namespace:
    """Return the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--packaged", type=Path, required=True, help="the packaged model to start from")
    ask.add_argument("--corpus", type=Path, required=True)
    ask.add_argument("--framenet", type=Path, required=True)
    ask.add_argument("--plain", type=Path, required=True, help="a treebank of general text")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=10)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=1.5e-3)
    ask.add_argument("--words", type=int, default=600, help="words a batch")
    ask.add_argument("--held-out", type=int, default=8, help="every so many-th text is kept out to watch; 0: none")
    ask.add_argument("--fold", type=int, default=0, help="which of them")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument(
        "--pretrained", type=Path, help="take the upper layers of this MiniLM instead of the packaged ones"
    )
    return ask.parse_args()


class Windows:
    """Turns windows into padded tensors; with ``noise`` words are hidden now and then."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return the word's piece numbers."""
        if word not in self.known:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.known[word] = ids[:PIECES_PER_WORD] or [UNKNOWN]
        return self.known[word]

    def row(self, window: Window, noise: random.Random | None) -> tuple[list[int], list[int], list[int]]:
        """Return pieces, shapes and first pieces: title, separator, text."""
        ids, shapes, first = [START], [0], []
        for number, word in enumerate(window.words):
            if window.title and number == window.title:
                ids.append(END)
                shapes.append(0)
            pieces = [MASK] if noise and noise.random() < HIDDEN else self.pieces(word)
            first.append(len(ids))
            ids += pieces
            shapes += [word_shape(word)] * len(pieces)
        return [*ids[:PIECES], END], [*shapes[:PIECES], 0], [f for f in first if f < PIECES]

    def batch(self, windows: list[Window], noise: random.Random | None = None) -> tuple[torch.Tensor, ...]:
        """Return ids, mask, shapes, first and which words are real."""
        rows = [self.row(window, noise) for window in windows]
        length, width = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        ids, mask, shapes = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(3))
        first = torch.zeros(len(rows), width, dtype=torch.long)
        real = torch.zeros(len(rows), width, dtype=torch.bool)
        for i, (a, b, c) in enumerate(rows):
            ids[i, : len(a)], shapes[i, : len(b)], mask[i, : len(a)] = torch.tensor(a), torch.tensor(b), 1
            first[i, : len(c)] = torch.tensor(c)
            real[i, : len(c)] = True
        return ids, mask, shapes, first, real


def losses(network: RoleNetwork, windows: list[Window], inputs: tuple[torch.Tensor, ...]) -> dict[str, torch.Tensor]:
    """Return the loss of each head over a batch."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(*inputs[:4])
    scores = RoleScores(*(x.float() for x in scores))
    real = inputs[4]
    gold, weight = torch.zeros_like(scores.trigger), real.float().clone()
    chosen: list[tuple[int, Trigger]] = []
    for i, window in enumerate(windows):
        weight[i, : window.title] = 0
        if not window.complete:
            weight[i] = 0
        for trigger in window.triggers:
            if trigger.word >= real.shape[1]:
                continue
            chosen.append((i, trigger))
            if not trigger.only_roles:
                gold[i, trigger.word] = 1
    each = functional.binary_cross_entropy_with_logits(
        scores.trigger, gold, reduction="none", pos_weight=torch.tensor(TRIGGER_WEIGHT)
    )
    found = {"trigger": (each * weight).sum() / max(1.0, float(gold.sum()))}
    told = [(i, t) for i, t in chosen if not t.only_roles]
    if told:
        found["classes"] = class_loss(scores, told)
    if chosen:
        found["roles"] = role_loss(network, scores, windows, chosen, real)
    marked = [i for i, window in enumerate(windows) if window.spoken is not None]
    if marked:
        found["marks"] = mark_loss(scores, windows, marked, real)
    return found


def class_loss(scores: RoleScores, told: list[tuple[int, Trigger]]) -> torch.Tensor:
    """Return the summed cross-entropy of all class sets at the triggers."""
    rows = scores.classes[torch.tensor([i for i, _ in told]), torch.tensor([t.word for _, t in told])]
    total, start = torch.zeros(()), 0
    for name, labels in CLASSES.items():
        part = rows[:, start : start + len(labels)]
        total = total + functional.cross_entropy(part, torch.tensor([t.classes[name] for _, t in told]))
        start += len(labels)
    return total


def role_loss(
    network: RoleNetwork,
    scores: RoleScores,
    windows: list[Window],
    chosen: list[tuple[int, Trigger]],
    real: torch.Tensor,
) -> torch.Tensor:
    """Return the cross-entropy of every (trigger, word, role), a trigger at a time on average."""
    rows = torch.tensor([i for i, _ in chosen])
    found = network.role_scores(scores.child[rows], scores.head[rows, torch.tensor([t.word for _, t in chosen])])
    gold, weight = torch.zeros_like(found), real[rows].float().unsqueeze(-1).repeat(1, 1, len(ROLES))
    for k, (i, trigger) in enumerate(chosen):
        weight[k, : windows[i].title] = 0
        if trigger.only_roles:
            weight[k, :, 3:] = 0
        for r, role in enumerate(ROLES):
            for word in trigger.roles.get(role, ()):
                if word < real.shape[1]:
                    gold[k, word, r] = 1
    each = functional.binary_cross_entropy_with_logits(found, gold, reduction="none")
    return (each * weight).sum() / len(chosen)


def mark_loss(scores: RoleScores, windows: list[Window], marked: list[int], real: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of attribution marks over the windows that have them."""
    gold = torch.full((len(marked), real.shape[1], len(ATTRIBUTION)), -100)
    for k, i in enumerate(marked):
        for a, name in enumerate(ATTRIBUTION):
            row = (windows[i].spoken or {})[name][: real.shape[1]]
            gold[k, : len(row), a] = torch.tensor(row)
            gold[k, : windows[i].title, a] = -100
    return functional.cross_entropy(scores.marks[marked].flatten(0, 2), gold.flatten(), ignore_index=-100) * len(
        ATTRIBUTION
    )


@torch.no_grad()
def watch(network: RoleNetwork, maker: Windows, windows: list[Window]) -> str:
    """Return F1 of triggers and role words, and how often classes are right at gold triggers."""
    network.eval()
    hits: Counter[str] = Counter()
    ranked: list[tuple[float, bool]] = []
    for start in range(0, len(windows), 16):
        part = windows[start : start + 16]
        inputs = maker.batch(part)
        scores = network(*inputs[:4])
        for i, window in enumerate(part):
            count = int(inputs[4][i].sum())
            found = set((scores.trigger[i, window.title : count] > 0).nonzero().flatten().add(window.title).tolist())
            gold = {t.word for t in window.triggers if not t.only_roles}
            if window.complete:
                best = float(scores.trigger[i, window.title : count].max())
                ranked.append((best, bool(gold)))
                hits.update({"t+": len(found & gold), "t-": len(found - gold), "t0": len(gold - found)})
            count_roles(network, scores, i, window, count, hits)
            if window.spoken is not None:
                for a, name in enumerate(ATTRIBUTION):
                    said = scores.marks[i, window.title : count, a].argmax(-1).gt(0)
                    true = torch.tensor(window.spoken[name][window.title : count]).gt(0)
                    hits.update(
                        {
                            f"{name}+": int((said & true).sum()),
                            f"{name}-": int((said & ~true).sum()),
                            f"{name}0": int((~said & true).sum()),
                        }
                    )
    network.train()
    ranked.sort(key=lambda r: -r[0])
    right, total = 0, 0.0
    for place, (_, good) in enumerate(ranked, 1):
        right += good
        total += good * right / place
    names = ["t", *ROLES, *ATTRIBUTION]
    f1 = {n: round(2 * hits[n + "+"] / max(1, 2 * hits[n + "+"] + hits[n + "-"] + hits[n + "0"]), 3) for n in names}
    return (
        f"windows AP {total / max(1, right):.3f} "
        + str(f1)
        + str({n: round(hits["c" + n] / max(1, hits["told"]), 3) for n in CLASSES})
    )


def count_roles(  # noqa: PLR0913, PLR0917  one place of one batch
    network: RoleNetwork, scores: RoleScores, i: int, window: Window, count: int, hits: Counter[str]
) -> None:
    """Count role words and classes right at the gold triggers of one window."""
    for trigger in window.triggers:
        if trigger.word >= count:
            continue
        table = network.role_scores(scores.child[i : i + 1, :count], scores.head[i : i + 1, trigger.word])[0]
        for r, role in enumerate(ROLES):
            found = {w for w in (table[:, r] > 0).nonzero().flatten().tolist() if w >= window.title}
            gold = set(trigger.roles.get(role, ()))
            hits.update({role + "+": len(found & gold), role + "-": len(found - gold), role + "0": len(gold - found)})
        if trigger.classes:
            hits["told"] += 1
            start = 0
            for name, labels in CLASSES.items():
                hits["c" + name] += (
                    int(scores.classes[i, trigger.word, start : start + len(labels)].argmax()) == trigger.classes[name]
                )
                start += len(labels)


def groups(windows: list[Window], words: int, rng: random.Random) -> list[list[Window]]:
    """Return the windows in batches of like length."""
    order = sorted(windows, key=lambda w: len(w.words) + 8 * rng.random())
    found: list[list[Window]] = [[]]
    for window in order:
        if found[-1] and len(window.words) * (len(found[-1]) + 1) > words:
            found.append([])
        found[-1].append(window)
    rng.shuffle(found)
    return found


@dataclass
class Run:
    """One training run: network, optimiser, how far it has got, and the average of the weights."""

    network: RoleNetwork
    maker: Windows
    optimiser: torch.optim.AdamW
    steps: int
    step: int = 0
    average: dict[str, torch.Tensor] | None = None

    def learn(self, batch: list[Window], rng: random.Random) -> dict[str, float]:
        """Take one step and return the loss of each head."""
        for part in self.optimiser.param_groups:
            part["lr"] = part["full"] * min(1, (self.step + 1) / WARM_UP) * max(0.01, 1 - self.step / self.steps)
        parts = losses(self.network, batch, self.maker.batch(batch, rng))
        loss = sum(WEIGHTS[name] * value for name, value in parts.items())
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        if self.step >= AVERAGE_FROM * self.steps:
            self._add_to_average()
        return {name: float(value.detach()) for name, value in parts.items()}

    @torch.no_grad()
    def _add_to_average(self) -> None:
        state = self.network.state_dict()
        if self.average is None:
            self.average = {k: v.detach().clone() for k, v in state.items()}
        for name, value in state.items():
            self.average[name].lerp_(value, 1 - AVERAGE_DECAY)


def make_network(options: argparse.Namespace) -> RoleNetwork:
    """Return the network to train: the packaged lower layers, with the packaged or other upper layers."""
    encoder, labels = unpack_network(options.packaged)
    if options.pretrained:
        fresh = Network(labels, SIZES)
        load_pretrained(fresh, options.pretrained)
        for place in range(SHARED_LAYERS, SIZES.layers):
            encoder.layers[place] = fresh.layers[place]
    return RoleNetwork(encoder, SIZES)


def optimiser_of(network: RoleNetwork, options: argparse.Namespace) -> torch.optim.AdamW:
    """Return AdamW over the upper layers and, at a higher rate, the heads."""
    upper = [*network.layers.parameters()]
    known = {id(p) for p in upper}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups_of = [{"params": upper, "full": options.rate}, {"params": heads, "full": options.head_rate}]
    return torch.optim.AdamW(groups_of, lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def read_data(options: argparse.Namespace) -> tuple[list[Text], list[Text]]:
    """Return the texts to learn from and those kept out to watch."""
    texts = read_corpus(options.corpus, "train")
    kept = [t for i, t in enumerate(texts) if options.held_out and i % options.held_out == options.fold]
    learnt = [t for t in texts if not any(t is k for k in kept)]
    print(len(learnt), dict(count_labels(learnt)), "held out:", len(kept), dict(count_labels(kept)), flush=True)
    return learnt, kept


def train(options: argparse.Namespace) -> None:
    """Train and write the weights, averaged over the last half of the run."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311  no secret: a reproducible order
    tokenizer = Tokenizer.from_file(str(options.packaged / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    network, maker, countries = make_network(options), Windows(tokenizer), Countries(LEXICON)
    learnt, kept = read_data(options)
    frames, frames_kept = read_framenet(options.framenet, 0), read_framenet(options.framenet, 1)
    watched = [w for t in kept for w in t.windows(random.Random(5))]  # noqa: S311
    run, begun = Run(network, maker, optimiser_of(network, options), 0), time.time()
    for epoch in range(options.epochs):
        windows = [w for t in learnt for w in t.windows(rng)] + frames
        windows += read_plain(options.plain, rng, len(windows) // 5, ARMS_WORDS)
        windows = [countries.swapped(w, rng) if rng.random() < SWAPPED else w for w in windows]
        batches = groups(windows, options.words, rng)
        run.steps = run.steps or options.epochs * len(batches)  # the first epoch tells
        sums: Counter[str] = Counter()
        for batch in batches:
            sums.update(run.learn(batch, rng))
        shown = {name: round(value / len(batches), 3) for name, value in sums.items()}
        print(epoch, round(time.time() - begun), len(windows), shown, flush=True)
        if kept:
            print("   ", watch(network, maker, watched), flush=True)
        if run.average:  # after every epoch, so that a run that is cut short leaves something
            options.out.mkdir(parents=True, exist_ok=True)
            torch.save({"weights": run.average}, options.out / "roles.pt")
    network.load_state_dict(run.average or network.state_dict())
    if kept:
        print("average", watch(network, maker, watched), flush=True)
    print("FrameNet, other half", watch(network, maker, frames_kept))


if __name__ == "__main__":
    train(read_options())
