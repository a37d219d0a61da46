"""Why two claims or two documents were or were not joined, in words."""

from __future__ import annotations

from typing import NamedTuple

from armstrace.document import Document
from armstrace.errors import StoreError
from armstrace.register.backing import voices_of
from armstrace.register.types import Transfer
from armstrace.registering import Register, Stages, find_told
from armstrace.store.repository import Store
from armstrace.told import Told


class Joined(NamedTuple):
    """Whether two were joined, in one sentence, and the reasons, the outcome of each step first."""

    kind: str
    joined: bool
    sentence: str
    reasons: tuple[str, ...]


def explain_pair(store: Store, register: Register, stages: Stages, pair: tuple[str, str]) -> Joined:
    """Return whether and why the claims or the documents of two ids were joined.

    Raises:
        StoreError: an id is neither a claim's of the register nor a document's, or one is each.
    """
    one, other = (find_told(register, asked) for asked in pair)
    if one and other:
        return _explain_claims(register, stages, (one, other))
    first, second = (store.document(asked) for asked in pair)
    if first and second:
        return _explain_documents(register, stages, (first, second))
    for asked, is_found in zip(pair, (one or first, other or second), strict=True):
        if not is_found:
            raise StoreError(
                f"{asked}: is the id of no claim in the register and of no document; look it up by `armstrace trace`"
            )
    raise StoreError(f"{pair[0]} and {pair[1]}: one is a claim and one a document; give two of a kind")


def _explain_claims(register: Register, stages: Stages, pair: tuple[Told, Told]) -> Joined:
    homes = [_home(register, told) for told in pair]
    is_one = homes[0].id == homes[1].id
    where = f"one transfer, {homes[0].id}" if is_one else f"two transfers, {homes[0].id} and {homes[1].id}"
    sentence = f"claims {pair[0].claim.id} and {pair[1].claim.id} are in {where}"
    origins = _origins(homes, pair) if is_one else ()
    return Joined("claims", is_one, sentence, (*stages.compare_claims(*pair), *origins))


def _explain_documents(register: Register, stages: Stages, pair: tuple[Document, Document]) -> Joined:
    homes = [register.families.get(document.id, document.id) for document in pair]
    is_one = homes[0] == homes[1]
    where = f"one copy family, {homes[0]}" if is_one else f"two copy families, {homes[0]} and {homes[1]}"
    sentence = f"documents {pair[0].id} and {pair[1].id} are in {where}"
    return Joined("documents", is_one, sentence, tuple(stages.compare_documents(*pair)))


def _home(register: Register, told: Told) -> Transfer:
    return next(one for one in register.transfers if told in one.claims or told in one.context)


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
