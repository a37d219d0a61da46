"""The table of features that decides whether a candidate is a claim: each feature a named test with a weight.

A candidate is a claim where the sum reaches ``THRESHOLD``. Weights are set by hand in halves; every claim lists the
features that spoke for it, every rejected candidate those that spoke against it.
"""

from __future__ import annotations

from collections.abc import Callable

from armstrace.extract.candidate import Candidate
from armstrace.extract.parties import PartyReading
from armstrace.extract.status import Standing
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Status

THRESHOLD = 3.5
AT_HOME = -3.0
Feature = tuple[str, float, Callable[[Candidate, Standing], bool]]

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
    inside = [p for p in candidate.recipients if p.party.country in suppliers]
    return bool(inside) and not any(p.entry and p.entry.kind in {EntryKind.GROUP, EntryKind.GROUP_NOUN} for p in inside)


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


FEATURES: tuple[Feature, ...] = (
    ("arms named", 2.0, _strong_item),
    ("arms named vaguely", 0.5, _weak_item),
    ("arms told before", 1.5, lambda c, _: bool(c.told)),
    ("the word itself means arming", 1.5, lambda c, _: c.frame.needs == "nothing" and not c.items),
    ("supplier named", 1.5, lambda c, _: _explicit(c.suppliers)),
    ("supplier by reference", 1.0, lambda c, _: _referred(c.suppliers)),
    ("supplier from the story", 0.5, lambda c, _: _storied(c.suppliers)),
    ("recipient named", 1.5, lambda c, _: _explicit(c.recipients)),
    ("recipient by reference", 1.0, lambda c, _: _referred(c.recipients)),
    ("recipient from the story", 0.0, lambda c, _: _storied(c.recipients)),
    ("no party in the sentence", -1.0, lambda c, _: not c.told and _bare(c)),
    ("transfer word", 1.0, lambda c, _: c.frame.name not in _LIGHT),
    ("foreign make", 1.0, lambda c, _: c.frame.needs == "foreign-item"),
    ("status told", 0.5, lambda _, s: s.status is not Status.UNSPECIFIED),
    ("a call, not a claim", -4.0, lambda _, s: s.call),
    ("only supposed", -3.0, lambda _, s: s.hypothetical),
    ("within one country", -3.0, _same_country),
    ("no recipient", -2.0, lambda c, _: not any(p.party.country for p in c.recipients)),
)


def score(candidate: Candidate, standing: Standing, home: str | None) -> tuple[float, tuple[str, ...]]:
    """Return the sum of the weights of the features that hold, and their names with weights."""
    held = [(name, weight) for name, weight, test in FEATURES if weight and test(candidate, standing)]
    if _at_home(candidate, home):
        held.append(("guns at home", AT_HOME))
    return sum(weight for _, weight in held), tuple(f"{name} {weight:+g}" for name, weight in held)
