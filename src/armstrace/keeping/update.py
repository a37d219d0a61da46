"""The register brought up to date: new documents compared first, then what changed worked in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from armstrace.keeping.claims import work_in_changes
from armstrace.keeping.copies import compare_next
from armstrace.keeping.stages import Stages
from armstrace.store.changes import count_pending, start_anew, state_of
from armstrace.store.repository import Store

Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did.

    Attributes:
        documents: that were compared with the others.
        pairs: of documents, compared word for word.
        claims: that are told otherwise than before, or came, or went.
        blocks: of claims whose parts were made anew.
        transfers: that were merged anew.
        from_scratch: whether all was made anew.
    """

    documents: int = 0
    pairs: int = 0
    claims: int = 0
    blocks: int = 0
    transfers: int = 0
    from_scratch: bool = False


def update_register(store: Store, stages: Stages, tell: Told = lambda *_: None, *, anew: bool = False) -> Updated:
    """Bring the register of a store up to date, and return what was done; nothing where nothing changed.

    A register of another version is made anew, as with ``anew``. ``tell`` is told of each step and how many documents
    or transfers it took. Each step is written whole; who is broken off, or meets another who does the same, loses that
    step at most, and the next update goes on.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
    """
    from_scratch = _prepare(store, stages.version, anew=anew)
    documents = pairs = claims = blocks = transfers = 0
    while True:
        compared = compare_next(store)
        if compared is not None:
            documents, pairs = documents + compared.documents, pairs + compared.pairs
            tell("compared", compared.documents)
            continue
        worked = work_in_changes(store, stages)
        if worked is None:
            return Updated(documents, pairs, claims, blocks, transfers, from_scratch)
        claims, blocks, transfers = claims + worked.claims, blocks + worked.blocks, transfers + worked.transfers
        tell("merged", worked.transfers)


def count_changes(store: Store) -> int:
    """Return how many new documents wait to be compared with the others."""
    with store.database.read() as connection:
        return count_pending(connection, is_new=True)


def _prepare(store: Store, version: str, *, anew: bool) -> bool:
    """Take a register of another version away; tell whether it was."""
    with store.database.read() as connection:
        found, _ = state_of(connection)
    if found == version and not anew:
        return False
    with store.database.write() as connection:
        if state_of(connection)[0] == version and not anew:  # another process was faster
            return False
        start_anew(connection, version)
    return True
