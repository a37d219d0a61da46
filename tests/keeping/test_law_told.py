"""A law that says otherwise of lines is told to watches: once each, whoever was broken off or worked beside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kept_stories import Add, Read, make_finding, take, update
from syndicated import AFRESH, BARGE, FERRY

from armstrace.alerts.watches import Asks, Kind
from armstrace.keeping import checks
from armstrace.keeping.stages import Stages
from armstrace.keeping.watch_rows import Wish
from armstrace.keeping.watches import make_watch, pause_watch
from armstrace.register.types import Transfer
from armstrace.store.changes import start_anew, state_of
from armstrace.store.open import open_store
from armstrace.store.repository import Store

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
EVERYTHING = Wish("everything", Asks(), frozenset(Kind))
VERDICTS = {"old": "depends", "new": "breach-if-true"}


def by_law(stages: Stages, law: str, verdicts: dict[str, str] | None = None, then=lambda: None) -> Stages:
    """Return stages of a law that says the same of every transfer; ``then`` happens while the first is checked."""
    happens = iter([then])
    said = {"XX-1": VERDICTS[law]} if verdicts is None else verdicts

    def check(_: Transfer) -> list[dict[str, str]]:
        next(happens, lambda: None)()
        return [make_finding(verdict, measure) for measure, verdict in said.items()]

    return stages._replace(law=law, check=check)


def told(store: Store) -> list[tuple[str, tuple[str, ...]]]:
    """Return title and changes of all alerts, the oldest first."""
    found = [one.body for one in reversed(store.alerts.alerts(most=1000))]
    return [(body["title"], tuple(f"{one['kind']}: {one['words']}" for one in body["changes"])) for body in found]


def titles(store: Store) -> list[str]:
    return sorted(title for title, _ in told(store))


@pytest.fixture
def beside(store: Store) -> Iterator[Store]:
    """Return the same store as another process has it."""
    with open_store(store.database.place.name, {}) as other:
        yield other


@pytest.fixture
def kept(store: Store, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store that is watched, whose register was made by the law of old, with one transfer a page."""
    monkeypatch.setattr(checks, "PAGE", 1)
    take(store, STORIES)
    make_watch(store, by_law(stages, "old"), "ann", EVERYTHING)
    assert told(store) == []
    return store


OTHERWISE = "finding: XX-1: depends → breach if true (resolution 1, 2)"
LINES = ["Iran → Russia: drones", "North Korea → Syria: missiles", "United States → Iraq: tanks"]


def test_another_law_is_told_once_a_line(kept, stages):
    update(kept, by_law(stages, "new"))
    assert sorted(told(kept)) == [(line, (OTHERWISE,)) for line in LINES]
    update(kept, by_law(stages, "new"))
    update(kept, by_law(stages, "new"), anew=True)
    assert titles(kept) == LINES, "a register made anew is nothing new"


SAYS = {
    "the same": ({"XX-1": "depends"}, ()),
    "no more": ({}, ("finding: XX-1: depends → does not reach it any more",)),
    "more": ({"XX-1": "depends", "XX-2": "unknown"}, ("finding: XX-2: unknown (resolution 1, 2)",)),
}


@pytest.mark.parametrize(("verdicts", "changes"), SAYS.values(), ids=SAYS)
def test_what_another_law_says_is_told_and_nothing_else(verdicts, changes, kept, stages):
    update(kept, by_law(stages, "new", verdicts))
    assert sorted(told(kept)) == ([(line, changes) for line in LINES] if changes else [])


def test_a_watch_of_other_changes_or_other_measures_is_told_nothing(kept, stages):
    make_watch(kept, by_law(stages, "old"), "ann", Wish("denials", Asks(), frozenset({Kind.DENIAL})))
    make_watch(kept, by_law(stages, "old"), "ann", Wish("other", Asks(measure="XX-9"), frozenset(Kind)))
    update(kept, by_law(stages, "new"))
    assert {one.watch for one in kept.alerts.alerts()} == {"everything"}


def test_a_line_that_another_law_reaches_is_new_to_who_asks_for_the_measure(kept, stages):
    make_watch(kept, by_law(stages, "old"), "ann", Wish("w", Asks(measure="XX-2"), frozenset({Kind.NEW_TRANSFER})))
    update(kept, by_law(stages, "new", {"XX-2": "depends"}))
    found = [one.body["changes"][0]["words"] for one in kept.alerts.alerts() if one.watch == "w"]
    assert sorted(found) == LINES


def test_a_check_that_is_broken_off_tells_each_line_once(kept, stages):
    class BrokenOffError(Exception):
        """The process ends."""

    def check(_: Transfer) -> list[dict[str, str]]:
        if len(told(kept)) == 2:
            raise BrokenOffError
        return [make_finding("breach-if-true", "XX-1")]

    with pytest.raises(BrokenOffError):
        update(kept, stages._replace(law="new", check=check))
    assert len(told(kept)) == 2
    update(kept, by_law(stages, "new"))
    assert titles(kept) == LINES


def test_what_cannot_be_told_is_not_checked(kept, stages, monkeypatch):
    """Findings and alerts are written together or not at all."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("armstrace.keeping.checks.raise_findings", fail)
        with pytest.raises(ZeroDivisionError):
            update(kept, by_law(stages, "new"))
    assert told(kept) == []
    update(kept, by_law(stages, "new"))
    assert titles(kept) == LINES


def test_two_who_check_at_once_tell_each_line_once(kept, beside, stages):
    update(kept, by_law(stages, "new", then=lambda: update(beside, by_law(stages, "new"))))
    assert titles(kept) == LINES


def test_what_comes_during_a_check_is_told_as_new_and_the_rest_once(kept, beside, stages):
    def another() -> None:
        take(beside, LATER)
        update(beside, by_law(stages, "new"))

    update(kept, by_law(stages, "new", then=another))
    assert titles(kept) == ["China → Pakistan: ships", *LINES]


def test_a_law_that_comes_back_is_told_each_time(kept, stages):
    """So it is where two versions of the program have one database: no alert has the id of another."""
    for law in ("new", "old", "new"):
        update(kept, by_law(stages, law))
    assert titles(kept) == sorted(LINES * 3)


def test_a_paused_watch_hears_of_no_law(kept, stages):
    (row,) = kept.alerts.watches()
    pause_watch(kept, row, "ann", "2031-06-01T00:00:00Z", paused=True)
    update(kept, by_law(stages, "new"))
    pause_watch(kept, row, "ann", "2031-06-02T00:00:00Z", paused=False)
    update(kept, by_law(stages, "new"))
    assert told(kept) == []


def test_a_check_of_a_register_that_is_being_made_anew_ends_no_line(kept, stages):
    with kept.database.write() as connection:
        start_anew(connection, stages.version)
    checks.begin_checks(kept, "new")
    assert checks.check_next(kept, by_law(stages, "new")) == checks.Checked(0)
    assert told(kept) == []
    update(kept, by_law(stages, "new"))
    assert sorted(told(kept)) == [(line, (OTHERWISE,)) for line in LINES]


def test_who_kept_what_followed_from_the_former_law_is_told_that_it_is_no_more(kept, stages):
    def generation() -> int:
        with kept.database.read() as connection:
            return state_of(connection)[1]

    before = generation()
    update(kept, by_law(stages, "new"))
    assert generation() > before
