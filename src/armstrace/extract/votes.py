"""The role network's votes: which words of a sentence express a transfer, and which phrases fill its roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armstrace.extract.reading import SentenceReading
from armstrace.extract.tree import Tree
from armstrace.language import SentenceRoles

SURE = 0.5  # what the network holds to be more probable than not
_ROLES = ("supplier", "recipient", "item", "origin")
_NEGLIGIBLE = 0.02  # below it nobody asks what fills the roles


@dataclass(frozen=True, slots=True)
class Vote:
    """What the network says of one candidate: the word it voted on, how probable a transfer is there, and its roles.

    ``shares`` gives for each role the probability of each word of the sentence to be part of what fills it.
    """

    roles: SentenceRoles
    index: int
    probability: float
    shares: Mapping[str, tuple[float, ...]]

    def heads(self, tree: Tree, role: str) -> list[int]:
        """Return the heads of the phrases that fill a role, in order."""
        if role not in self.shares:
            return []
        return [_head(tree, run) for run in self.roles.phrases(self.index, role, SURE)]

    def fills(self, index: int, role: str) -> float:
        """Return how probable it is that a word is part of what fills a role."""
        shares = self.shares.get(role, ())
        return shares[index] if 0 <= index < len(shares) else 0.0

    def told(self, name: str) -> tuple[str, float]:
        """Return the most probable class of a set ("status", "polarity", ...), and its probability."""
        shares = self.roles.told(self.index, name)
        best = max(shares, key=lambda label: shares[label])
        return best, shares[best]


def _head(tree: Tree, run: list[int]) -> int:
    """Return the word of a run that the others hang on."""
    outside = [i for i in run if tree.token(i).head not in run and tree.token(i).upos not in {"PUNCT", "ADP", "DET"}]
    return outside[0] if outside else run[-1]


def find_votes(sentence: SentenceReading, roles: SentenceRoles | None, triggers: Sequence[int]) -> dict[int, Vote]:
    """Return a vote for each transfer word of the rules, and for each further word that the network is sure of.

    The network may see a transfer at the word above or below that of the rules ("approved the sale"): that vote counts
    for the rules' word.
    """
    if roles is None:
        return {}
    chances = roles.transfers()
    chosen = {i: i for i in triggers if i < roles.length}
    for index, chance in enumerate(chances):
        if chance < SURE or index in chosen:
            continue
        near = [t for t in chosen if t in triggers and _adjacent(sentence.tree, index, t)]
        home = min(near, key=lambda t: (chances[t] >= SURE, abs(t - index)), default=-1)
        if home < 0:
            chosen[index] = index
        elif chances[chosen[home]] < chance:
            chosen[home] = index
    return {trigger: _vote(roles, index, chances[index]) for trigger, index in chosen.items()}


def _vote(roles: SentenceRoles, index: int, chance: float) -> Vote:
    shares = {role: tuple(roles.fillers(index, role)) for role in _ROLES} if chance >= _NEGLIGIBLE else {}
    return Vote(roles, index, chance, shares)


def _adjacent(tree: Tree, a: int, b: int) -> bool:
    return tree.token(a).head == b or tree.token(b).head == a
