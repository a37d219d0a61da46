"""The table of features that decides whether a candidate is a claim: each feature a named test with a weight.

A candidate is a claim where the sum reaches ``THRESHOLD``. Weights are fitted around hand-set ones
(evaluation/fit_scores.py; docs/decisions/0007 says on what); every claim lists the features that spoke for it, every
rejected candidate those that spoke against it.
"""

from __future__ import annotations

from collections.abc import Callable

from armstrace.extract.candidate import Candidate
from armstrace.extract.parties import PartyReading, is_group
from armstrace.extract.standing import Standing
from armstrace.extract.votes import SURE
from armstrace.model import Status

THRESHOLD = 3.0
AT_HOME = -3.0
Test = Callable[[Candidate, Standing], bool]
Feature = tuple[str, float, Test]

_NEEDS_ITEM = frozenset({"item", "own-item", "strong-item", "foreign-item", "strong-subject"})
_NEEDS_STRONG = frozenset({"strong-item", "strong-subject"})
_PROPOSALS = frozenset(
    {
        "grammar names it here",
        "grammar refers to it",
        "grammar takes it from the story",
        "the network names it here",
        "the network refers to it",
        "the network is sure of its place",
    }
)
_EXPLICIT = frozenset({"name", "modifier"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_LIGHT = frozenset({"give-light", "get-light", "own", "use", "go", "equip", "lend"})


def _explicit(parties: list[PartyReading]) -> bool:
    return any(p.how in _EXPLICIT and p.party.country for p in parties)


def _referred(parties: list[PartyReading]) -> bool:
    return not _explicit(parties) and any(p.how == "reference" for p in parties)


def _storied(parties: list[PartyReading]) -> bool:
    return bool(parties) and all(p.how == "story" for p in parties)


def _strong_item(candidate: Candidate, _standing: Standing) -> bool:
    return any(i.strong for i in candidate.items)


def _weak_item(candidate: Candidate, standing: Standing) -> bool:
    return bool(candidate.items) and not _strong_item(candidate, standing)


def _same_country(candidate: Candidate, _standing: Standing) -> bool:
    """One country on both sides, and no group of it: its own army, factory or market."""
    suppliers = {p.party.country for p in candidate.suppliers}
    if suppliers - {p.party.country for p in candidate.recipients}:
        return False  # of several suppliers some are abroad
    inside = [p for p in candidate.recipients if p.party.country in suppliers]
    return bool(inside) and not any(is_group(p) for p in inside)


def _at_home(candidate: Candidate, home: str | None) -> bool:
    """The outlet's own country gets arms and nobody abroad is said to supply them: a story about guns at home."""
    return home is not None and not candidate.suppliers and all(p.party.country == home for p in candidate.recipients)


def _bare(candidate: Candidate) -> bool:
    """Both parties come from elsewhere and the arms are not the ones told of before ("the S-300s")."""
    parties = [*candidate.suppliers, *candidate.recipients]
    tree = candidate.sentence.tree
    definite = any(
        tree.token(d).lemma.lower() in _DEFINITE for m in candidate.items for d in tree.children(m.head, "det")
    )
    return all(p.how == "story" for p in parties) and not definite


def _needs_arms(candidate: Candidate, _standing: Standing) -> bool:
    return candidate.frame.needs in _NEEDS_ITEM and not candidate.items and not candidate.told


def _needs_strong_arms(candidate: Candidate, _standing: Standing) -> bool:
    named = candidate.items and not candidate.told
    return candidate.frame.needs in _NEEDS_STRONG and bool(named) and not any(i.strong for i in candidate.items)


def _not_foreign(candidate: Candidate, _standing: Standing) -> bool:
    foreign = candidate.foreign or any(i.maker or i.supplier_span for i in candidate.items)
    return candidate.frame.needs == "foreign-item" and not foreign


def _voted(low: float, high: float) -> Test:
    """Return a test of how probable the network holds a transfer to be at this word."""
    return lambda c, _: c.vote is not None and low <= c.vote.probability < high


def _agrees(role: str) -> Test:
    """Return a test of whether the network, too, sees one of the parties in the role."""
    return lambda c, _: any(p.head >= 0 and _fills(c, p.head, role) for p in parties_of(c, role))


def _contradicts(role: str) -> Test:
    """Return a test of whether the network sees others in the role, and none of the parties."""

    def test(candidate: Candidate, standing: Standing) -> bool:
        vote = candidate.vote
        others = vote.heads(candidate.sentence.tree, role) if vote else []
        return bool(others and parties_of(candidate, role)) and not _agrees(role)(candidate, standing)

    return test


def _fills(candidate: Candidate, index: int, role: str) -> bool:
    return candidate.vote is not None and candidate.vote.fills(index, role) >= SURE


def _arms_agree(candidate: Candidate, _standing: Standing) -> bool:
    return any(_fills(candidate, m.head, "item") for m in candidate.items)


def parties_of(candidate: Candidate, role: str) -> list[PartyReading]:
    """Return the parties of a role."""
    return candidate.suppliers if role == "supplier" else candidate.recipients


def _linked(role: str, *names: str) -> Test:
    """Return a test of whether the party chosen in a role has one of some links (``LINKS`` in extract/links.py)."""
    return lambda c, _: bool(parties_of(c, role)) and bool(set(names) & set(c.links.get(role, ())))


def _unproposed(role: str) -> Test:
    """Return a test of whether neither grammar nor network nor the story's rules propose the party of a role."""

    def test(candidate: Candidate, _standing: Standing) -> bool:
        proposed = any(name in _PROPOSALS for name in candidate.links.get(role, ()))
        return bool(candidate.links) and bool(parties_of(candidate, role)) and not proposed

    return test


def _both(role: str) -> Test:
    grammar, network = _linked(role, "grammar names it here"), _linked(role, "the network is sure of its place")
    return lambda c, s: grammar(c, s) and network(c, s)


FEATURES: tuple[Feature, ...] = (
    ("arms named", 0.75, _strong_item),
    ("arms named vaguely", 0.5, _weak_item),
    ("arms told before", 1.25, lambda c, _: bool(c.told)),
    ("the word itself means arming", 1.5, lambda c, _: c.frame.needs == "nothing" and not c.items),
    ("no arms among its arguments", -1.5, _needs_arms),
    ("only a vague item beside a vague verb", -3.0, _needs_strong_arms),
    ("no word that the arms are foreign", -4.0, _not_foreign),
    ("supplier named", 1.25, lambda c, _: _explicit(c.suppliers)),
    ("supplier by reference", 1.0, lambda c, _: _referred(c.suppliers)),
    ("supplier from the story", 0.75, lambda c, _: _storied(c.suppliers)),
    ("recipient named", 1.0, lambda c, _: _explicit(c.recipients)),
    ("recipient by reference", 0.75, lambda c, _: _referred(c.recipients)),
    ("recipient from the story", 0.5, lambda c, _: _storied(c.recipients)),
    ("no party in the sentence", -0.25, lambda c, _: not c.told and _bare(c)),
    ("transfer word", 0.5, lambda c, _: c.frame.name not in _LIGHT),
    ("foreign make", 2.0, lambda c, _: c.frame.needs == "foreign-item"),
    ("a word that only the network takes for a transfer", -1.0, lambda c, _: c.frame.needs == "voted"),
    ("status told", 0.5, lambda _, s: s.status is not Status.UNSPECIFIED),
    ("a call, not a claim", -4.0, lambda _, s: s.call),
    ("only supposed", -2.75, lambda _, s: s.hypothetical),
    ("within one country", -3.0, _same_country),
    ("no recipient", -2.0, lambda c, _: not any(p.party.country for p in c.recipients)),
    ("the network: surely a transfer", 1.25, _voted(0.9, 1.01)),
    ("the network: a transfer", 1.0, _voted(0.5, 0.9)),
    ("the network: hardly a transfer", -0.75, _voted(0.02, 0.1)),
    ("the network: no transfer", -0.75, _voted(0.0, 0.02)),
    ("the network: the same arms", 0.0, _arms_agree),
    ("the network: the same supplier", 0.0, _agrees("supplier")),
    ("the network: another supplier", -0.5, _contradicts("supplier")),
    ("the network: the same recipient", 0.0, _agrees("recipient")),
    ("the network: another recipient", -0.5, _contradicts("recipient")),
    ("grammar names the supplier", 0.0, _linked("supplier", "grammar names it here")),
    ("grammar names the recipient", 0.25, _linked("recipient", "grammar names it here")),
    ("grammar and the network name the recipient", 0.25, _both("recipient")),
    ("nobody proposes the supplier", -0.75, _unproposed("supplier")),
    ("nobody proposes the recipient", -1.25, _unproposed("recipient")),
)


def held_features(candidate: Candidate, standing: Standing, home: str | None) -> tuple[bool, ...]:
    """Return which features hold, in the order of the table, and last whether it is about guns at home."""
    return (*(test(candidate, standing) for _, _, test in FEATURES), _at_home(candidate, home))


def score(candidate: Candidate, standing: Standing, home: str | None) -> tuple[float, tuple[str, ...]]:
    """Return the sum of the weights of the features that hold, and their names with weights."""
    weighted = [*((name, weight) for name, weight, _ in FEATURES), ("guns at home", AT_HOME)]
    holds = held_features(candidate, standing, home)
    held = [(name, weight) for (name, weight), holding in zip(weighted, holds, strict=True) if holding and weight]
    return sum(weight for _, weight in held), tuple(f"{name} {weight:+g}" for name, weight in held)
