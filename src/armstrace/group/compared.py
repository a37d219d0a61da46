"""Claims compared on demand, and what people judged of pairs of them, which goes before every score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from armstrace.group.bounds import bound_scores
from armstrace.group.compare import SAME_FROM, score_subjects
from armstrace.group.linkage import MOST, Bounds, Bundle
from armstrace.group.subjects import Subject, subject_of
from armstrace.lexicon.match import Matcher
from armstrace.told import Told

_FEW: Final = 150  # claims of a block, up to which scoring every pair costs less than bounding


class Judgement(NamedTuple):
    """What a person decided of two claims, by their ids: one transfer, or different ones."""

    left: str
    right: str
    is_same: bool


class Compared:
    """Claims by id with their pairwise scores, each made when it is first asked for."""

    def __init__(self, told: Iterable[Told], names: Matcher, judgements: Iterable[Judgement]) -> None:
        self.told = {one.claim.id: one for one in sorted(told, key=lambda t: (t.claim.document, t.claim.id))}
        self.names = names
        latest = {frozenset({j.left, j.right}): j.is_same for j in judgements if j.left != j.right}
        self.barred = frozenset(pair for pair, is_same in latest.items() if not is_same)
        self.linked = [(min(pair), max(pair)) for pair, is_same in latest.items() if is_same]
        self._judged_same = frozenset(pair for pair, is_same in latest.items() if is_same)
        self._subjects: dict[str, Subject] = {}

    def score(self, one: str, other: str) -> float | None:
        """Return the points of two claims; None where a veto or a judgement stands between them."""
        pair = frozenset({one, other})
        if pair in self.barred:
            return None
        if pair in self._judged_same:
            return SAME_FROM
        return score_subjects(self._subject(one), self._subject(other))

    def bounds(self, ids: Sequence[str]) -> Bounds | None:
        """Return what is known beforehand of the scores of each two claims, by id in order; None where they are few."""
        if len(ids) <= _FEW:
            return None
        place = {one: at for at, one in enumerate(sorted(ids))}
        bounds = bound_scores([self._subject(one) for one in place])
        for pair in (pair for pair in self._judged_same | self.barred if pair <= place.keys()):
            at = [place[one] for one in pair]
            bounds.most[at, at[::-1]] = MOST
            bounds.is_sure[at, at[::-1]] = False
        return bounds

    def is_judged(self, claims: Bundle) -> bool:
        """Tell whether a person said of one of the claims that it belongs to a known one elsewhere."""
        inside = frozenset(claims)
        return any(len(inside & pair) == 1 and pair <= self.told.keys() for pair in self._judged_same)

    def judged_with(self, ids: frozenset[str]) -> list[Told]:
        """Return the claims that a person compared with one of these."""
        pairs = [pair for pair in (*self.barred, *self._judged_same) if pair & ids]
        return [self.told[one] for pair in pairs for one in pair - ids if one in self.told]

    def _subject(self, one: str) -> Subject:
        if one not in self._subjects:
            self._subjects[one] = subject_of(self.told[one], self.names)
        return self._subjects[one]
