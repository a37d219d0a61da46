"""How this version groups: the one place where the register is tied to ``group``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from armstrace.document import Document
from armstrace.group.copies import find_copies, judge_pair, prepare
from armstrace.group.origins import find_origins
from armstrace.kinds import arms_kinds
from armstrace.model import Claim, ClaimKind, Party
from armstrace.register.types import Origin
from armstrace.registering import Stages
from armstrace.store.judgements import StoredJudgement
from armstrace.told import Group, Told

_GOVERNMENT: Final = "government:"


def families_of(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return the copy family of each document, named by its first member."""
    return {member: family[0] for family in find_copies(documents).families for member in family}


def origins_of(claims: Sequence[Told]) -> tuple[Origin, ...]:
    """Return the origins behind claims, a government with the code of its country."""
    return tuple(
        Origin(
            found.key,
            found.name,
            (found.key.removeprefix(_GOVERNMENT) or None) if found.key.startswith(_GOVERNMENT) else None,
            found.is_shown,
            found.claims,
            found.rules,
        )
        for found in find_origins(claims)
    )


def group_by_parties(claims: Sequence[Told], _judgements: Sequence[StoredJudgement]) -> tuple[Group, ...]:
    """Return groups of claims with the same supplier, recipient and kinds of arms, and what confirms them.

    A stand-in: nothing is compared but these.
    """
    groups: dict[object, list[Told]] = {}
    for told in claims:
        if told.claim.kind is ClaimKind.TRANSFER:
            groups.setdefault(_movement(told.claim), []).append(told)
    context: dict[str, list[Told]] = {}
    for told in claims:
        if told.claim.kind is not ClaimKind.TRANSFER and told.claim.refers_to:
            context.setdefault(told.claim.refers_to, []).append(told)
    return tuple(
        Group(tuple(members), tuple(about for told in members for about in context.get(told.claim.id, ())))
        for members in groups.values()
    )


def compare_by_parties(one: Told, other: Told) -> tuple[str, ...]:
    """Return what two claims have in common, and what not."""
    rows = (
        ("supplier", _party(one.claim.supplier), _party(other.claim.supplier)),
        ("recipient", _party(one.claim.recipient), _party(other.claim.recipient)),
        ("kind of arms", _kinds(one.claim), _kinds(other.claim)),
    )
    return tuple(
        f"same {name}: {mine}" if mine == theirs else f"different {name}: {mine}, {theirs}"
        for name, mine, theirs in rows
    )


def compare_documents(one: Document, other: Document) -> tuple[str, ...]:
    """Return how likely one of two documents repeats the other, and why."""
    pair = judge_pair(prepare(one), prepare(other))
    return (f"that one repeats the other is {pair.likelihood:.0%} likely", *pair.reasons)


def _movement(claim: Claim) -> object:
    return (_party(claim.supplier), _party(claim.recipient), _kinds(claim))


def _party(party: Party | None) -> str:
    return (party.country or party.organisation or party.text) if party else "unknown"


def _kinds(claim: Claim) -> str:
    return ", ".join(sorted(arms_kinds(claim.items)))


STAGES: Final = Stages(families_of, group_by_parties, origins_of, compare_by_parties, compare_documents)
