"""What the form of a verb says of its transfer: tense, modals, infinitives, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from armstrace.extract.candidate import Candidate
from armstrace.extract.tree import Tree
from armstrace.model import Certainty, Status

FUTURE = frozenset({"will", "'ll", "shall", "wo", "going"})
POSSIBLE = frozenset({"may", "might", "could", "can"})
_UNREAL = frozenset({"would", "could", "might"})
_BE = frozenset({"be", "'s", "'re", "'m"})
_TRADES = frozenset({"sell", "buy"})  # "allowed for selling": a practice, no deal
DONE, HABIT = "done", "habit"  # statuses that the frame gives


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a transfer verb: auxiliaries, marker words, Penn tag, whether it trades, orders, is under way."""

    auxiliaries: frozenset[str]
    marks: frozenset[str]
    tag: str
    trades: bool
    past: bool
    calls: frozenset[str]
    orders: bool
    under_way: bool


# What the form of a verb says of its transfer: the first line that holds counts.
TENSES: tuple[tuple[str, Callable[[Form], bool], Status | str, dict[str, Any]], ...] = (
    ("should or must: a call", lambda f: bool(f.auxiliaries & f.calls), Status.PLANNED, {"call": True}),
    ("would have", lambda f: bool(f.auxiliaries & _UNREAL) and "have" in f.auxiliaries, DONE, {"hypothetical": True}),
    ("future", lambda f: bool(f.auxiliaries & FUTURE), Status.PLANNED, {"certainty": Certainty.EXPECTED}),
    ("may or could", lambda f: bool(f.auxiliaries & POSSIBLE), Status.PLANNED, {"certainty": Certainty.EVEN}),
    ("would", lambda f: bool(f.auxiliaries & {"would", "'d"}), Status.PLANNED, {"certainty": Certainty.EXPECTED}),
    ("imperative: a call", lambda f: f.orders, Status.PLANNED, {"call": True}),
    ("infinitive", lambda f: f.tag == "VB" and "to" in f.marks, Status.PLANNED, {"soft": True}),
    ("simple present", lambda f: f.tag in {"VBP", "VBZ"}, HABIT, {}),
    ("simple present", lambda f: f.tag == "VB" and "do" in f.auxiliaries and not f.past, HABIT, {}),
    ("bare infinitive", lambda f: f.tag == "VB" and not f.auxiliaries, Status.PLANNED, {"soft": True}),
    ("under way", lambda f: f.under_way, Status.IN_TRANSIT, {}),
    ("gerund", lambda f: f.tag == "VBG" and f.trades and not f.auxiliaries & _BE, HABIT, {}),
)


def find_tense(candidate: Candidate, calls: frozenset[str]) -> tuple[str, Status, dict[str, Any]]:
    """Return the first line of ``TENSES`` that holds: its name, its status, and what else it says of the standing."""
    tree, verb = candidate.sentence.tree, candidate.trigger
    form = Form(
        auxiliaries=frozenset(_auxiliaries(tree, verb)),
        marks=frozenset(tree.token(c).lemma.lower() for c in tree.children(verb, "mark")),
        tag=tree.token(verb).xpos,
        trades=candidate.frame.name in _TRADES,
        past=_past(tree, verb),
        calls=calls,
        orders=_orders(tree, verb),
        under_way=_under_way(tree, verb),
    )
    frame = {DONE: candidate.frame.done, HABIT: candidate.frame.habit}
    for name, holds, status, more in TENSES:
        if holds(form):
            return name, Status(frame.get(status, status)), more
    return "past, perfect or progressive", Status(candidate.frame.done), {}


def _auxiliaries(tree: Tree, verb: int) -> set[str]:
    """Return the auxiliaries of a verb; a coordinated verb without its own shares those of the first one."""
    holder = verb
    if tree.token(verb).deprel == "conj" and not tree.children(verb, "aux", "nsubj", "mark"):
        holder = tree.token(verb).head
    words = [tree.token(c) for c in tree.children(holder, "aux")]
    return {w.lemma.lower() for w in words} | {w.text.lower() for w in words}


def _past(tree: Tree, verb: int) -> bool:
    return any(tree.token(c).text.lower() in {"did", "had"} for c in tree.children(verb, "aux"))


def _under_way(tree: Tree, verb: int) -> bool:
    """Tell whether arms are just being carried: "a freighter is bringing", "are being shipped"."""
    token, auxiliaries = tree.token(verb), _auxiliaries(tree, verb)
    if token.lemma.lower() not in tree.sets["carrying"]:
        return False
    return (token.xpos == "VBG" and bool(auxiliaries & _BE)) or "being" in auxiliaries


def _orders(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is an imperative ("Arm the Kurds"): the bare root of a sentence without subject."""
    token = tree.token(verb)
    bare = token.xpos == "VB" and token.head < 0 and verb == 0
    return bare and not tree.children(verb, "nsubj", "nsubj:pass", "aux", "mark")
