"""The kept register on each kind of database: the same, asked for page by page, and safe with several at work."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from kept_stories import (
    Add,
    Judge,
    Read,
    Review,
    Step,
    expected_lines,
    kept_rows,
    make_finding,
    register_lines,
    take,
    update,
)
from selecting import select_transfers
from sqlalchemy import text
from syndicated import BARGE, FERRY, STANDING

from armstrace.errors import StoreError
from armstrace.grouping import load_stages
from armstrace.keeping.stages import unchecked
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.registering import build_register, count_transfers, each_page, query_for
from armstrace.store.line_query import NO_FINDING, count_facets
from armstrace.store.open import open_store
from armstrace.store.transfers import ORDERS, Cursor, TransferQuery, page_of
from armstrace.store.transfers import count_transfers as count_rows

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
        return load_stages()._replace(check=unchecked)  # the law takes its time


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


@pytest.mark.parametrize("as_of", [None, "2031-02", "2031-03-01", "2031-03-02", "2031-04"])
def test_the_store_finds_what_the_register_selects(as_of, store, stages):
    take(store, STORY)
    register = build_register(store, stages, as_of)
    for wanted in ASKED:
        expected = [one.id for one in select_transfers(register.transfers, wanted, load_country_labels())]
        query = query_for(wanted, as_of)
        assert [row.id for page in each_page(store, query) for row in page] == expected, wanted
        assert count_transfers(store, query) == len(expected), wanted


KEYS = {
    "first-known": lambda row: row.first_day,
    "last-change": lambda row: row.changed_day,
    "credibility": lambda row: row.credibility,
    "origins-for": lambda row: (row.affirming, row.not_shown),
    "route": lambda row: row.route,
}
FALLING = {"last-change", "origins-for"}


@pytest.mark.parametrize("as_of", [None, "2031-03-02"])
def test_pages_hold_every_line_once_forth_and_back(as_of, store, stages):
    take(store, STORY)
    update(store, stages)
    asked = TransferQuery(as_of=as_of)
    for order in (*ORDERS, *(f"-{one}" for one in ORDERS)):
        with store.database.read() as connection:
            pages = [page_of(connection, asked, order, 1)]
            while pages[-1].next:
                pages.append(page_of(connection, asked, order, 1, pages[-1].next))
            back = [pages[-1]]
            while back[-1].previous:
                back.append(page_of(connection, asked, order, 1, back[-1].previous))
            total = count_rows(connection, asked)
        name = order.removeprefix("-")
        keys = [(KEYS[name](row), row.transfer_id) for page in pages for row in page.lines]
        assert keys == sorted(set(keys), reverse=(name in FALLING) ^ (name != order)), order
        assert len(keys) == total
        assert [page.lines for page in back] == [page.lines for page in reversed(pages)], order


@pytest.mark.parametrize(
    ("order", "most", "cursor", "told"),
    [
        ("colour", 1, None, "give one of first-known, last-change"),
        ("--route", 1, None, "order '--route': is none"),
        ("first-known", 0, None, "give 1 to 500"),
        ("credibility", 1, Cursor(("2031-03-01",), "a"), "not of the order credibility"),
        ("origins-for", 1, Cursor((1,), "a"), "not of the order origins-for"),
    ],
)
def test_what_no_page_can_be_of(order, most, cursor, told, store):
    with store.database.read() as connection, pytest.raises(StoreError, match=told):
        page_of(connection, TransferQuery(), order, most, cursor)


def lines_of(store, query):
    with store.database.read() as connection:
        return page_of(connection, query, "route", 500).lines


FACETS = ("statuses", "categories", "credibilities", "verdicts", "reviews")
CHOSEN = [
    {},
    {"statuses": ("delivered",)},
    {"statuses": ("delivered", "ordered"), "categories": ("tanks",)},
    {"verdicts": ("depends", NO_FINDING), "statuses": ("ordered",)},
    {"measure": "XX-2", "verdicts": ("depends",)},
    {"measure": "XX-2"},
    {"reviews": ("some", "all"), "credibilities": ("3", "6")},
    {"words": ("tanks", "courier")},
    {"as_of": "2031-03-01"},
]


def checked(transfer):
    """Return findings that differ from line to line."""
    kinds = {str(a.value.category) for a in transfer.fields.items if a.value}
    verdicts = {"tanks": [("breach-if-true", "XX-1"), ("depends", "XX-2")]}
    return [make_finding(v, m) for kind in sorted(kinds) for v, m in verdicts.get(kind, ())]


def test_each_answer_is_told_how_many_lines_it_would_leave(store, stages):
    take(store, [*STORY, Review("a1-0", "accept")])
    update(store, stages._replace(check=checked))
    with store.database.read() as connection:
        for chosen in CHOSEN:
            query = TransferQuery(**chosen)
            facets = count_facets(connection, query)
            assert facets.total == count_rows(connection, query), chosen
            for name in FACETS:
                for answer, number in getattr(facets, name).items():
                    assert number == count_rows(connection, replace(query, **{name: (answer,)})), (chosen, answer)
        everything = count_facets(connection, TransferQuery())
    assert everything.statuses == {"delivered": 1, "ordered": 1}
    assert everything.categories == {"tanks": 1, "missiles": 1, "ships": 1}
    assert everything.verdicts == {"breach-if-true": 1, "depends": 1, NO_FINDING: 1}
    assert everything.measures == {"XX-1": 1, "XX-2": 1}
    assert sum(everything.reviews.values()) == everything.total == 2


def test_a_line_is_found_by_all_its_names_and_all_must_be_found(store, stages):
    take(store, STORY)
    update(store, stages)
    for words, found in ((("courier",), 2), (("courier", "abram"), 1), (("abram", "egypt"), 0), (("ourier",), 0)):
        assert len(lines_of(store, TransferQuery(words=words))) == found, words


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
    ("DELETE FROM transfer_claims", "has claims that are in no transfer", set()),
    ("UPDATE claims SET id = 'other'", "has claims in the register that it does not make", {("document", "changed")}),
]


@pytest.mark.parametrize(("change", "told", "beside"), DAMAGE)
def test_a_damaged_register_is_told_and_can_be_made_anew(change, told, beside, store, stages):
    take(store, STORY)
    update(store, stages)
    with store.database.write() as connection:
        connection.execute(text(change))
    found, *others = [check for check in store.verify() if check.is_loss]
    assert told in found.trouble
    assert "update --rebuild" in found.trouble
    assert {(check.about, check.state) for check in others} == beside


def test_what_waits_to_be_worked_in_is_no_loss(store, stages):
    take(store, STORY)
    update(store, stages)
    take(store, [Read("a2", ())])
    assert [check for check in store.verify() if check.is_loss] == []
