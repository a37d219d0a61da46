"""The register is brought up to date once for all who ask, and nobody waits for long."""

import threading
import time

import pytest
from desk_server import stages
from starlette.responses import HTMLResponse

from armstrace.document import Capture, Document, Metadata
from armstrace.errors import StoreError
from armstrace.store.open import open_store
from armstrace.web import current
from armstrace.web.current import BEHIND, Current
from armstrace.web.kept_pages import KeptPages
from armstrace.web.people.accounts import COOKIE


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as opened:
        yield opened


def add(store, name):
    document = Document(name, f"Text of {name}.", name, Metadata(), name=name)
    store.add_document(document, name.encode(), Capture(f"{name}.txt"), "2031-06-01T00:00:00Z")


def test_changes_that_wait_are_worked_in_and_nothing_else_is_done(store, monkeypatch):
    done = []
    update = current.update_register
    monkeypatch.setattr(current, "update_register", lambda *given: done.append(update(*given)) or done[-1])
    register = Current(store, stages(), patience=60)
    first = register.stand()
    assert (first.notice, len(done)) == ("", 1)
    assert register.stand() == first
    add(store, "d1")
    second = register.stand()
    assert second.generation > first.generation
    assert (second.notice, len(done)) == ("", 2)


def test_twenty_who_ask_at_once_wait_for_one_update_that_goes_on_without_them(store, monkeypatch):
    begun, go_on = [], threading.Event()

    update = current.update_register

    def slowly(*given):
        begun.append(threading.current_thread())
        assert go_on.wait(60)
        return update(*given)

    monkeypatch.setattr(current, "update_register", slowly)
    register = Current(store, stages(), patience=0.05)
    found = []
    askers = [threading.Thread(target=lambda: found.append(register.stand())) for _ in range(20)]
    started = time.monotonic()
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert time.monotonic() - started < 10
    assert len(begun) == 1
    assert {one.notice for one in found} == {BEHIND}
    go_on.set()
    register.close()
    assert not begun[0].is_alive()


def test_what_fails_is_told_and_tried_again(store, monkeypatch):
    update = current.update_register

    def fail(*_):
        raise StoreError("claim a1 of document d1: cannot be read; run `armstrace update`")

    register = Current(store, stages(), patience=60)
    monkeypatch.setattr(current, "update_register", fail)
    assert "could not be brought up to date: claim a1 of document d1" in register.stand().notice
    monkeypatch.setattr(current, "update_register", update)
    assert register.stand().notice == ""


class Asked:
    """What the keeper of pages looks at of a request."""

    def __init__(self, address, person="ann", cookie=None, headers=(), unread=0):
        self.url = address
        self.headers = dict(headers)
        self.cookies = {COOKIE: cookie} if cookie else {}
        self.state = type("State", (), {"person": person, "unread": unread})


def page_of(words, status=200):
    made = []

    def make():
        made.append(words)
        return HTMLResponse(words, status_code=status)

    return make, made


SAME = [
    ("the same", {}, 1, 1),
    ("another state of the register", {"state": 2}, 1, 2),
    ("another address", {"address": "/?q=b"}, 1, 2),
    ("another person", {"person": "bob"}, 1, 2),
    ("another session", {"cookie": "other"}, 1, 2),
    ("another number of unread alerts", {"unread": 1}, 1, 2),
    ("a part of it", {"headers": {"hx-request": "true"}}, 1, 2),
]


@pytest.mark.parametrize(("what", "other", "first", "after"), SAME, ids=[row[0] for row in SAME])
def test_a_page_is_made_once_for_what_is_the_same(what, other, first, after):
    pages, (make, made) = KeptPages(), page_of("words")
    pages.answer(Asked("/?q=a", cookie="own"), 1, make)
    assert len(made) == first
    given = {"address": "/?q=a", "cookie": "own", **other}
    state = given.pop("state", 1)
    assert pages.answer(Asked(given.pop("address"), **given), state, make).body == b"words"
    assert len(made) == after, what


def test_pages_of_problems_are_not_kept():
    pages, (make, made) = KeptPages(), page_of("no", status=400)
    for _ in range(2):
        assert pages.answer(Asked("/"), 1, make).status_code == 400
    assert len(made) == 2


def test_no_more_is_kept_than_there_is_room_for_and_the_longest_unasked_goes():
    pages, (make, made) = KeptPages(most=25), page_of("x" * 10)
    for address in ("a", "b", "a", "c", "a", "b"):
        pages.answer(Asked(address), 1, make)
    assert len(made) == 4
