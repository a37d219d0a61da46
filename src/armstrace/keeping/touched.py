"""Which transfers a change reaches: all parts that stand together with one that changed, before or after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from armstrace.document import Span
from armstrace.group.clusters import Choice
from armstrace.group.compared import Judgement
from armstrace.group.regroup import Members, assemble
from armstrace.keeping.desk import Desk
from armstrace.keeping.regrouping import Parts
from armstrace.keeping.telling import partners_of
from armstrace.lexicon.match import Matcher
from armstrace.store.told import choices_for, choices_of
from armstrace.store.transfer_claims import claims_of_transfers, transfers_of_claims
from armstrace.told import Group, Told

_Where = tuple[str, Span]


class Touched:
    """The transfers that a change reaches, with those that come in their place.

    ``gone`` are the ids of the stored transfers that are no more, or no more the same; ``groups`` what there is now.
    """

    def __init__(self, connection: Connection, desk: Desk, parts: Parts) -> None:
        self._connection = connection
        self._desk = desk
        self._parts = parts
        self.gone: set[str] = set()
        self.groups: tuple[Group, ...] = ()

    def find(self, names: Matcher, judgements: Sequence[Judgement], contexts: Iterable[str]) -> None:
        """Find the transfers; ``contexts`` are the claims of other kinds that may belong elsewhere now."""
        partners = partners_of(judgements)
        reached: dict[str, Members] = {}
        new = self._first_reached(contexts)
        while new:
            members = self._desk.members(new - reached.keys())
            reached.update(members)
            claims = {one for part in members.values() for one in part.ids}
            linked = {other for one in claims for other in partners.get(one, ())}
            new = self._cores_and_takers(members) | set(self._desk.parts_of(linked).values())
            new |= self._together(claims)
            new -= reached.keys()
        choices = self._choices(reached)
        found = assemble(reached.values(), choices, names, judgements)
        self.groups = self._with_context(found)

    def _first_reached(self, contexts: Iterable[str]) -> set[str]:
        decided, before = self._parts.decided, self._parts.before
        chose = {part for part, choice in decided.items() if before.get(part) != (choice.first if choice else None)}
        left = {core for part, core in before.items() if part in chose or part in self._parts.gone}
        homes = {told for one in contexts for told in self._homes(one)}
        old = self._together({*self._desk.before, *contexts})
        return {*self._parts.remade, *chose, *self._existing(left), *self._desk.parts_of(homes).values(), *old}

    def _existing(self, parts: Iterable[str]) -> set[str]:
        return set(self._desk.members(parts))

    def _together(self, claims: Iterable[str]) -> set[str]:
        """Return the parts of all claims that stood in one transfer with one of these, and note these transfers."""
        transfers = transfers_of_claims(self._connection, claims) - self.gone
        self.gone |= transfers
        stood = {row.claim_id for row in claims_of_transfers(self._connection, transfers) if row.role == "claim"}
        return set(self._desk.parts_of(stood).values())

    def _cores_and_takers(self, members: Mapping[str, Members]) -> set[str]:
        """Return what parts chose, and what chose them or the same."""
        cores = {choice.first for choice in self._choices(members).values()}
        wanted = cores | members.keys()
        chosen = {part for part, choice in self._parts.decided.items() if choice and choice.first in wanted}
        fixed = self._parts.decided.keys() | self._parts.gone
        stored = {c.part for c in choices_for(self._connection, sorted(wanted)) if c.part not in fixed}
        return cores | chosen | stored

    def _choices(self, parts: Iterable[str]) -> dict[str, Choice]:
        decided = self._parts.decided
        wanted = set(parts)
        stored = choices_of(self._connection, sorted(wanted - decided.keys() - self._parts.gone))
        found = {c.part: Choice(c.other, c.score) for c in stored}
        return {**found, **{part: choice for part in wanted & decided.keys() if (choice := decided[part])}}

    def _homes(self, context: str) -> set[str]:
        """Return the transfer claims that a claim of another kind belongs to, as it is now."""
        entry = self._desk.of_ids([context]).get(context)
        if entry is None:
            return set()
        told = entry.told
        if self._desk.parts_of([told.claim.refers_to or ""]):
            return {told.claim.refers_to or ""}
        beside = self._desk.of_document(told.claim.document)
        return {one for one, entry in beside.items() if entry.block and _where(entry.told) == _where(told)}

    def _with_context(self, groups: Iterable[tuple[Told, ...]]) -> tuple[Group, ...]:
        """Return groups with the claims of other kinds: those that refer to one of theirs, else those beside one."""
        found = list(groups)
        home = {told.claim.id: at for at, claims in enumerate(found) for told in claims}
        places: dict[_Where, set[int]] = {}
        for at, claims in enumerate(found):
            for told in claims:
                places.setdefault(_where(told), set()).add(at)
        about = self._desk.about(home, {document for document, _ in places})
        elsewhere = self._desk.parts_of(e.told.claim.refers_to for e in about.values() if e.told.claim.refers_to)
        belongs: dict[int, list[Told]] = {}
        for _, entry in sorted(about.items()):
            referred = entry.told.claim.refers_to
            if referred in home:
                belongs.setdefault(home[referred], []).append(entry.told)
            elif referred not in elsewhere:
                for at in places.get(_where(entry.told), ()):
                    belongs.setdefault(at, []).append(entry.told)
        return tuple(Group(claims, tuple(belongs.get(at, ()))) for at, claims in enumerate(found))


def _where(told: Told) -> _Where:
    return told.claim.document, told.claim.evidence.span
