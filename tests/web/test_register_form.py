"""What an address asks of the register, and the address that asks for it."""

from urllib.parse import parse_qsl

import pytest

from armstrace.lexicon.load import load_country_labels
from armstrace.store.line_query import TransferQuery
from armstrace.store.transfers import Cursor
from armstrace.web.views.register_form import address_of, cursor_from_text, cursor_to_text, query_of, read_asked

NAMES = load_country_labels()
READ = [
    ("", TransferQuery()),
    ("q=++South Sudan%E2%80%AE+&party=The Sudan", TransferQuery(words=("south", "sudan"), party="sudan")),
    ("supplier=north korea&recipient=ru", TransferQuery(supplier="KP", recipient="RU")),
    ("status=ordered&status=delivered&status=eaten", TransferQuery(statuses=("ordered", "delivered"))),
    ("as_of=2022-09", TransferQuery(as_of="2022-09-30")),
    ("after=2021&before=2021-02", TransferQuery(first_day="2021-01-01", last_day="2021-02-28")),
    ("law=none&law=depends&measure=un-kp", TransferQuery(verdicts=("depends", "none"), measure="UN-KP")),
    ("credibility=7&credibility=1&reviewed=some", TransferQuery(credibilities=("1",), reviews=("some",))),
    ("party=&party=++&colour=red", TransferQuery()),
]


@pytest.mark.parametrize(("address", "query"), READ)
def test_what_an_address_asks_for(address, query):
    asked = read_asked(parse_qsl(address, keep_blank_values=True), NAMES)
    assert asked.problems == {}
    assert query_of(asked, NAMES) == query


WRONG = [
    ([("as_of", "yesterday")], {"as_of"}),
    ([("after", "2022-13"), ("before", "30 February")], {"after", "before"}),
    ([("supplier", "Atlantis"), ("recipient", "KP")], {"supplier"}),
]


@pytest.mark.parametrize(("pairs", "fields"), WRONG)
def test_what_cannot_be_asked_for_is_told_beside_its_field(pairs, fields):
    assert set(read_asked(pairs, NAMES).problems) == fields


ADDRESSES = [
    ([], {}, "/"),
    ([("q", "a & b"), ("party", "")], {}, "/?q=a+%26+b"),
    ([("sort", "last-change"), ("from", "xyz")], {}, "/"),
    ([("sort", "colour"), ("from", "xyz")], {"sort": "-route"}, "/?sort=-route"),
    ([("status", "ordered"), ("law", "none"), ("as_of", "2022")], {"as_of": ""}, "/?status=ordered&law=none"),
    ([("sort", "route")], {"from": "xyz"}, "/?sort=route&from=xyz"),
]


@pytest.mark.parametrize(("pairs", "changes", "address"), ADDRESSES)
def test_the_address_that_asks_for_it(pairs, changes, address):
    assert address_of(read_asked(pairs, NAMES), **changes) == address


@pytest.mark.parametrize("cursor", [Cursor(("2022-09-06",), "ab12"), Cursor((3, 0), "ab12", is_back=True)])
def test_a_cursor_is_read_as_it_was_written(cursor):
    assert cursor_from_text(cursor_to_text(cursor)) == cursor


UNFIT = (Cursor((2**40,), "a"), Cursor(("\0",), "a"))
NONSENSE = ["", "%", "abc", "bnVsbA", "W10", "WzEsMiwzXQ", "W1tdLDEsMF0", "é", *map(cursor_to_text, UNFIT)]


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_cursor_is_none(text):
    assert cursor_from_text(text) is None
