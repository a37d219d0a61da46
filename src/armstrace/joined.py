"""Why two claims or two documents were or were not joined, in words."""

from __future__ import annotations

from typing import NamedTuple

from armstrace.document import Document
from armstrace.errors import StoreError
from armstrace.keeping.stages import Stages
from armstrace.register.backing import voices_of
from armstrace.register.types import Transfer
from armstrace.registering import find_told, homes_of
from armstrace.store.copies import families_of, standing_of
from armstrace.store.repository import Store
from armstrace.told import Told


class Joined(NamedTuple):
    """Whether two were joined, in one sentence, and the reasons, the outcome of each step first."""

    kind: str
    joined: bool
    sentence: str
    reasons: tuple[str, ...]


def explain_pair(store: Store, stages: Stages, pair: tuple[str, str]) -> Joined:
    """Return whether and why the claims or the documents of two ids were joined; the register must be up to date.

    Raises:
        StoreError: an id is neither a claim's of the register nor a document's, or one is each.
    """
    one, other = (find_told(store, asked) for asked in pair)
    if one and other:
        return _explain_claims(store, stages, (one, other))
    first, second = (store.document(asked) for asked in pair)
    if first and second:
        return _explain_documents(store, stages, (first, second))
    for asked, is_found in zip(pair, (one or first, other or second), strict=True):
        if not is_found:
            raise StoreError(
                f"{asked}: is the id of no claim in the register and of no document; look it up by `armstrace trace`"
            )
    raise StoreError(f"{pair[0]} and {pair[1]}: one is a claim and one a document; give two of a kind")


def _explain_claims(store: Store, stages: Stages, pair: tuple[Told, Told]) -> Joined:
    homes = _homes(store, stages, pair)
    is_one = homes[0].id == homes[1].id
    where = f"one transfer, {homes[0].id}" if is_one else f"two transfers, {homes[0].id} and {homes[1].id}"
    sentence = f"claims {pair[0].claim.id} and {pair[1].claim.id} are in {where}"
    origins = _origins(homes, pair) if is_one else ()
    return Joined("claims", is_one, sentence, (*stages.compare_claims(*pair), *origins))


def _explain_documents(store: Store, stages: Stages, pair: tuple[Document, Document]) -> Joined:
    ids = (pair[0].id, pair[1].id)
    with store.database.read() as connection:
        families, standing = families_of(connection, ids), standing_of(connection, ids)
    homes = [families.get(one, one) for one in ids]
    is_one = homes[0] == homes[1]
    where = f"one copy family, {homes[0]}" if is_one else f"two copy families, {homes[0]} and {homes[1]}"
    sentence = f"documents {pair[0].id} and {pair[1].id} are in {where}"
    return Joined("documents", is_one, sentence, tuple(stages.compare_documents(*pair, standing)))


def _homes(store: Store, stages: Stages, pair: tuple[Told, Told]) -> list[Transfer]:
    """Return the transfer of each of two claims: one that both belong to, if there is one."""
    homes = [{one.id: one for one in homes_of(store, stages, told.claim.id)} for told in pair]
    both = sorted(homes[0].keys() & homes[1].keys())
    return [found[both[0] if both else min(found)] for found in homes]


def _origins(homes: list[Transfer], pair: tuple[Told, Told]) -> tuple[str, ...]:
    """Return whether two claims of one transfer have one origin, and by which rules."""
    voices = voices_of(homes[0].voices)
    first, second = (voices.get(told.claim.id) for told in pair)
    if first is None or second is None:
        return ()
    if first.key == second.key:
        return (f"one origin: {first.name}", *dict.fromkeys((*first.rules, *second.rules)))
    apart = "" if first.is_shown and second.is_shown else ", not shown to be independent of each other"
    return (f"two origins: {first.name} and {second.name}{apart}", *dict.fromkeys((*first.rules, *second.rules)))
