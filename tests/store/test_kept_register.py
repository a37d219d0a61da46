"""The kept register on each kind of database: the same, asked for page by page, and safe with several at work."""

from __future__ import annotations

import threading

import pytest
from kept_stories import Add, Judge, Read, Step, expected_lines, kept_rows, register_lines, take, update
from sqlalchemy import text
from syndicated import BARGE, FERRY, STANDING

from armstrace.errors import StoreError
from armstrace.grouping import load_stages
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Status
from armstrace.register.select import Wanted, select_transfers
from armstrace.registering import build_register, count_transfers, each_page, query_for
from armstrace.store.open import open_store
from armstrace.store.transfers import Cursor, TransferQuery, page_of

OPEN = "? > IQ; tanks (tanks); delivered; when 2031-03-02; by government, IQ, the army"
STORY: list[Step] = [
    Add("a1", BARGE, outlet="Holm Post", day="2031-03-01"),
    Read("a1", ("US > IQ; M1 Abrams (tanks); delivered; when 2031-03-01; by government, US, the Pentagon",)),
    Add("a2", (*BARGE[:7], STANDING), outlet="Courier", day="2031-03-02", page="https://courier.example/1"),
    Read("a2", ("US > IQ; tanks (tanks); delivered; when 2031-03-01", "FR > EG; missiles (missiles); ordered")),
    Add("a3", (*FERRY, STANDING), outlet="Courier", day="2031-04", page="https://courier.example/2"),
    Read("a3", (OPEN, "IT/Navy \x00\ud800 yard > DZ; frigates (ships); planned")),
    Add("a4", ("Short.",), day=None),
    Read("a4", ("FR > EG; missiles (missiles); ordered; denied", "? > ?; ; kind confirmation; refers a2-1")),
    Judge("a3-1", "a2-1", same=True),
]


@pytest.fixture(scope="session")
def stages(reader):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)
        return load_stages()


def test_one_by_one_is_all_at_once_and_what_the_documents_make(store, stages):
    for step in STORY:
        take(store, [step])
        update(store, stages)
    lines, rows = register_lines(store), kept_rows(store)
    assert all(rows.values()) or {name for name, found in rows.items() if not found} <= {"part_choices", "part_fits"}
    assert lines == expected_lines(store, stages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("armstrace.keeping.copies._FEW", 0)
        update(store, stages, anew=True)
    assert (register_lines(store), kept_rows(store)) == (lines, rows)
    assert [c for c in store.verify() if c.state != "intact"] == []


ASKED = [
    Wanted(),
    Wanted(party="iq"),
    Wanted(party="united"),
    Wanted(party="nited"),
    Wanted(party="navy yard"),
    Wanted(party="the"),
    Wanted(party="%"),
    Wanted(item="tanks"),
    Wanted(item="M1 Abrams"),
    Wanted(item="brams"),
    Wanted(status=Status.ORDERED),
    Wanted(after="2031-03-02"),
    Wanted(before="2031-03"),
    Wanted(after="2031-04-01", before="2031-04-29"),
    Wanted(party="EG", item="missiles", status=Status.ORDERED, after="2031"),
]


@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_the_store_finds_what_the_register_selects(wanted, store, stages):
    take(store, STORY)
    register = build_register(store, stages)
    expected = [one.id for one in select_transfers(register.transfers, wanted, load_country_labels())]
    query = query_for(wanted)
    assert [row.id for page in each_page(store, query) for row in page] == expected
    assert count_transfers(store, query) == len(expected)


def test_pages_hold_every_transfer_once_in_both_orders(store, stages):
    take(store, STORY)
    update(store, stages)
    with store.database.read() as connection:
        for order, reverse in (("first-known", False), ("last-reported", True)):
            found, after = [], None
            while True:
                page = page_of(connection, TransferQuery(), order, 1, after)
                found += page.transfers
                after = page.next
                if after is None:
                    break
            keys = [(row.first_day if order == "first-known" else row.last_day, row.id) for row in found]
            assert keys == sorted(set(keys), reverse=reverse)
            assert len(keys) == count_transfers(store)
        with pytest.raises(StoreError, match="give one of first-known, last-reported"):
            page_of(connection, TransferQuery(), "colour", 1)
        with pytest.raises(StoreError, match="give 1 to 500"):
            page_of(connection, TransferQuery(), "first-known", 0, Cursor("", ""))


def test_several_who_add_and_update_at_once_end_alike(store, address, environment, stages):
    errors: list[Exception] = []

    def work(part: int) -> None:
        try:
            with open_store(address, environment) as own:
                for number in range(part, 12, 3):
                    sentences = BARGE[: 4 + number % 5] if number % 2 else (f"Text {number}.",)
                    take(own, [Add(f"d{number}", sentences), Read(f"d{number}", (OPEN, STORY[1].lines[0]))])
                    update(own, stages)
        except Exception as error:  # noqa: BLE001 - told by the test
            errors.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    update(store, stages)
    lines, rows = register_lines(store), kept_rows(store)
    assert lines == expected_lines(store, stages)
    update(store, stages, anew=True)
    assert (register_lines(store), kept_rows(store)) == (lines, rows)


DAMAGE = [
    ("DELETE FROM transfer_claims", "has claims that are in no transfer"),
    ("UPDATE claims SET id = 'other'", "has claims in the register that it does not make"),
]


@pytest.mark.parametrize(("change", "told"), DAMAGE)
def test_a_damaged_register_is_told_and_can_be_made_anew(change, told, store, stages):
    take(store, STORY)
    update(store, stages)
    with store.database.write() as connection:
        connection.execute(text(change))
    found = [check for check in store.verify() if check.is_loss]
    assert [told in check.trouble and "update --rebuild" in check.trouble for check in found] == [True]


def test_what_waits_to_be_worked_in_is_no_loss(store, stages):
    take(store, STORY)
    update(store, stages)
    take(store, [Read("a2", ())])
    assert [check for check in store.verify() if check.is_loss] == []
