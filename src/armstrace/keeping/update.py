"""The register brought up to date: new documents compared first, then what changed worked in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from armstrace.keeping.checks import Checked, begin_checks, check_next
from armstrace.keeping.claims import Worked, work_in_changes
from armstrace.keeping.copies import Compared, are_mostly_new, compare_all, compare_next
from armstrace.keeping.stages import Stages
from armstrace.store.again import again
from armstrace.store.changes import start_anew, state_of
from armstrace.store.checking_state import Checking, put_checking
from armstrace.store.repository import Store

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did.

    Attributes:
        documents: that were compared with the others.
        pairs: of documents, compared word for word.
        claims: that are told otherwise than before, or came, or went.
        blocks: of claims whose parts were made anew.
        transfers: that were merged anew.
        checked: transfers of which only the findings were made anew.
        from_scratch: whether all was made anew.
    """

    documents: int = 0
    pairs: int = 0
    claims: int = 0
    blocks: int = 0
    transfers: int = 0
    checked: int = 0
    from_scratch: bool = False


def update_register(store: Store, stages: Stages, tell: Tell = lambda *_: None, *, anew: bool = False) -> Updated:
    """Bring the register of a store up to date, and return what was done; nothing where nothing changed.

    A register of another version is made anew, as with ``anew``; of one by another law only the findings are. ``tell``
    is told of each step and how many documents, claims or transfers it took. Each step is written whole; who is broken
    off, or meets another who does the same, loses that step at most, and the next update goes on.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
    """
    from_scratch = _prepare(store, stages, anew=anew)
    done: Counter[str] = Counter()
    for step in _steps(store, stages):
        done.update(step._asdict())
        tell(_TOLD[type(step)], step[0])
    return Updated(**done, from_scratch=from_scratch)


def _steps(store: Store, stages: Stages) -> Iterator[Compared | Checked | Worked]:
    """Take steps until nothing waits any more, others' changes included; yield each once it is on the disk."""
    while True:
        while are_mostly_new(store):
            yield compare_all(store)
        while (compared := compare_next(store)) is not None:
            yield compared
        while (checked := check_next(store, stages)) is not None:
            yield checked
        worked = work_in_changes(store, stages)
        if worked is None:
            return
        yield worked


@again
def _prepare(store: Store, stages: Stages, *, anew: bool) -> bool:
    """Take a register of another version away, and note which law is wanted; tell whether it was taken away."""
    with store.database.read() as connection:
        found, _ = state_of(connection)
    from_scratch = (found != stages.version or anew) and _take_away(store, stages, anew=anew)
    begin_checks(store, stages.law)
    return from_scratch


def _take_away(store: Store, stages: Stages, *, anew: bool) -> bool:
    with store.database.write() as connection:
        if state_of(connection)[0] == stages.version and not anew:  # another process was faster
            return False
        start_anew(connection, stages.version)
        put_checking(connection, Checking(stages.law, None))
    return True


_TOLD = {Compared: "compared", Checked: "checked", Worked: "merged"}
