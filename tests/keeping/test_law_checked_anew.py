"""Another law makes only the findings anew: page by page, from where it was broken off, beside others who write."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kept_stories import Add, Read, kept_rows, make_finding, register_lines, take, update
from syndicated import AFRESH, BARGE, FERRY

from armstrace.grouping import CHECKING, GROUPING, grouping_version, law_version
from armstrace.keeping import checks
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import Updated
from armstrace.register.types import Transfer
from armstrace.registering import each_line_page
from armstrace.store.checking_state import Checking, checking_of
from armstrace.store.open import open_store
from armstrace.store.register_schema import LINES_SHOWN, TRANSFER_LINES, TRANSFERS
from armstrace.store.repository import Store
from armstrace.store.transfers import TransferQuery, transfer_rows

STORIES = [
    step
    for name, text, line in (
        ("barge", BARGE, "US > IQ; tanks (tanks); delivered"),
        ("ferry", FERRY, "KP > SY; missiles (missiles); n=5"),
        ("afresh", AFRESH, "IR > RU; drones (drones); n=40"),
    )
    for step in (Add(name, text), Read(name, (line,)))
]
LATER = [Add("late", ("A late text.",)), Read("late", ("CN > PK; ships (ships); n=3",))]
OF_THE_LAW = {"findings", "law", "made_of", "line"}  # columns


def by_law(stages: Stages, law: str, then: Callable[[], None] = lambda: None) -> Stages:
    """Return stages of a law that says its name of each transfer; ``then`` happens while the first is checked."""
    happens = iter([then])

    def check(transfer: Transfer) -> list[dict[str, str]]:
        next(happens, lambda: None)()
        return [make_finding("depends", f"XX-{law}", law=law, of=transfer.id)]

    return stages._replace(law=law, check=check)


def laws(store: Store) -> list[str]:
    """Return the law of each transfer's findings, which must be of that transfer, and those that its line shows."""
    lines = [line for page in each_line_page(store, TransferQuery(rejected=True)) for line in page]
    with store.database.read() as connection:
        rows = transfer_rows(connection, [line.transfer_id for line in lines])
    for row, line in zip(rows, lines, strict=True):
        assert [finding["of"] for finding in row.law] == [row.id]
        assert line.shown["law"] == [[one["verdict"], one["measure"]] for one in row.law]
        assert line.law == f" depends/{row.law[0]['measure']} "
    return sorted(finding["law"] for row in rows for finding in row.law)


def state(store: Store) -> Checking:
    with store.database.read() as connection:
        return checking_of(connection)


def without_findings(store: Store) -> dict[str, list[tuple]]:
    """Return all that is kept but what tells of the law."""
    rows = kept_rows(store)
    for table in (TRANSFERS, TRANSFER_LINES, LINES_SHOWN):
        others = [at for at, column in enumerate(table.c) if column.name not in OF_THE_LAW]
        rows[table.name] = [tuple(row[at] for at in others) for row in rows[table.name]]
    return rows


@pytest.fixture
def beside(store: Store) -> Iterator[Store]:
    """Return the same store as another process has it."""
    with open_store(store.database.place.name, {}) as other:
        yield other


@pytest.fixture
def kept(store: Store, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store whose register was made by the law of old, with one transfer a page."""
    monkeypatch.setattr(checks, "PAGE", 1)
    take(store, STORIES)
    assert update(store, by_law(stages, "old")).checked == 0
    assert laws(store) == ["old"] * 3
    return store


def test_another_law_makes_the_findings_anew_and_nothing_else(kept: Store, stages: Stages):
    before = without_findings(kept)
    assert update(kept, by_law(stages, "new")) == Updated(checked=3)
    assert (laws(kept), state(kept)) == (["new"] * 3, Checking("new", None))
    assert without_findings(kept) == before


def test_the_same_law_does_nothing(kept: Store, stages: Stages):
    assert update(kept, by_law(stages, "old", then=pytest.fail)) == Updated()


def test_a_register_without_transfers_is_soon_checked(store: Store, stages: Stages):
    update(store, by_law(stages, "old"))
    assert update(store, by_law(stages, "new")) == Updated()
    assert state(store) == Checking("new", None)


def test_a_check_that_is_broken_off_goes_on_where_it_was(kept: Store, stages: Stages):
    class BrokenOffError(Exception):
        """The process ends."""

    def check(transfer: Transfer) -> list[dict[str, str]]:
        if laws(kept).count("new") == 2:
            raise BrokenOffError
        return [make_finding("depends", "XX-new", law="new", of=transfer.id)]

    with pytest.raises(BrokenOffError):
        update(kept, stages._replace(law="new", check=check))
    assert laws(kept) == ["new", "new", "old"]
    assert update(kept, by_law(stages, "new")) == Updated(checked=1)
    assert laws(kept) == ["new"] * 3


def test_what_comes_during_a_check_is_checked_by_that_law(kept: Store, beside: Store, stages: Stages):
    def another() -> None:
        take(beside, LATER)
        update(beside, by_law(stages, "new"))

    update(kept, by_law(stages, "new", then=another))
    assert laws(kept) == ["new"] * 4


def test_two_who_check_at_once_end_with_all_checked(kept: Store, beside: Store, stages: Stages):
    others: list[Updated] = []
    done = update(kept, by_law(stages, "new", then=lambda: others.append(update(beside, by_law(stages, "new")))))
    assert (others[0].checked, done.checked) == (3, 0)
    assert laws(kept) == ["new"] * 3


def test_what_an_older_law_writes_meanwhile_is_checked_again(kept: Store, beside: Store, stages: Stages):
    """A process of the older law has begun to merge when another, of the newer law, checks all there is."""
    take(beside, LATER)
    update(beside, by_law(stages, "old", then=lambda: update(kept, by_law(stages, "new"))))
    update(kept, by_law(stages, "new"))
    assert laws(kept) == ["new"] * 4
    assert state(kept) == Checking("new", None)


def test_another_law_and_another_version_make_all_anew_once(kept: Store, stages: Stages):
    before = register_lines(kept)
    done = update(kept, by_law(stages, "new")._replace(version="another"))
    assert (done.from_scratch, done.transfers, done.checked) == (True, 3, 0)
    assert (laws(kept), register_lines(kept)) == (["new"] * 3, before)


def test_what_checks_is_no_part_of_what_groups():
    assert not set(GROUPING) & set(CHECKING)
    assert {"embargo", "checking.py"} <= set(CHECKING)
    assert grouping_version() != law_version()
