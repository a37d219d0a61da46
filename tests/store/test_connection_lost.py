"""A server that goes away, at whatever moment: what was acknowledged is there, once, and work goes on by itself."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from add_many import numbered_document
from cut_wire import AFTER, BEFORE
from sqlalchemy import select, text, update
from store_samples import NOW, make_document

from armstrace.document import Capture
from armstrace.errors import BrokenOffError, NotNowError
from armstrace.store.again import again
from armstrace.store.database import SECONDS_TO_REACH
from armstrace.store.open import open_store
from armstrace.store.people import Account, Deed
from armstrace.store.people_schema import PEOPLE
from armstrace.store.schema import WRITERS

COUNT = 120
SCRIPT = Path(__file__).with_name("add_many.py")
DEED = Deed(NOW, "ann", "test")


@pytest.fixture
def on_server(new_database, environment):
    with open_store(new_database(), environment) as store:
        yield store


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_a_lost_answer_to_a_commit_neither_loses_nor_doubles_anything(wired, wire, moment):
    wire.cut = moment
    wired.people.note(DEED)  # a record that only grows: done twice it would be there twice
    assert [deed for _, deed in wired.people.deeds()] == [DEED]
    wire.cut = moment
    kept = wired.add_document(make_document("Drones were seen.", id="d1"), b"drones", Capture("a.txt", None), NOW)
    assert kept.is_new  # done twice it would be known already
    wire.cut = moment
    wired.people.add(Account("mara", "reader", None, made_at=NOW))  # done twice it would say that she is there
    assert wire.cuts == 3
    assert wired.counts()["documents"] == 1


def test_what_cannot_be_told_is_not_claimed(wired, wire):
    wired.database.patience = 0.2
    wire.cut, wire.is_severed = AFTER, True
    with pytest.raises(NotNowError, match="whether that is kept cannot be told before it is back; look whether"):
        wired.people.note(DEED)
    wire.is_severed = False
    assert [deed for _, deed in wired.people.deeds()] == [DEED]


def test_marks_of_yesterday_are_taken_away(wired, server):
    name = wired.database.engine.url.database
    with server.connect(name) as connection:
        connection.execute("INSERT INTO writers VALUES ('old', 't', now() - interval '2 days')")
    wired.database.engine.dispose()
    wired.people.note(DEED)
    with wired.database.read() as connection:
        assert "old" not in connection.scalars(select(WRITERS.c.writer)).all()


@pytest.mark.parametrize("how", ["read", "write"])
def test_a_session_that_is_ended_in_the_middle_is_begun_anew(on_server, server, how):
    begun = []

    @again
    def work():
        with getattr(on_server.database, how)() as connection:
            begun.append(connection.scalar(text("SELECT pg_backend_pid()")))
            if len(begun) == 1:
                with server.connect() as other:
                    other.execute("SELECT pg_terminate_backend(%s)", begun)
            return connection.scalar(text("SELECT 7"))

    assert work() == 7
    assert len(set(begun)) == 2


def test_who_is_broken_off_each_time_is_told(on_server, server):

    @again
    def work():
        with on_server.database.read() as connection:
            with server.connect() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [connection.scalar(text("SELECT pg_backend_pid()"))])
            connection.execute(text("SELECT 7"))

    with pytest.raises(BrokenOffError, match="broke off what was under way, of which nothing is kept; run the same"):
        work()


def test_two_that_wait_for_each_other_both_get_their_turn(on_server):
    for name in ("ann", "bob"):
        on_server.people.add(Account(name, "reader", None, made_at=NOW))
    both, troubles, tries = threading.Barrier(2, timeout=30), [], []

    def work(*names):
        tries.append(names)
        is_first = tries.count(names) == 1
        with on_server.database.write() as connection:
            for name in names:
                role = names[0]
                connection.execute(update(PEOPLE).where(PEOPLE.c.name == name).values(role=role))
                if name == names[0] and is_first:
                    both.wait()

    def run(*names):
        try:
            again(work)(*names)
        except Exception as error:  # noqa: BLE001  whatever it is, the test must see it
            troubles.append(error)

    threads = [threading.Thread(target=run, args=names) for names in (("ann", "bob"), ("bob", "ann"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(tries) == 3
    assert len({account.role for account in on_server.people.accounts()}) == 1


def test_a_server_that_comes_back_is_waited_for(stopped_at_will, cluster):
    store = stopped_at_will
    store.people.note(DEED)
    cluster.stop("fast")
    back = threading.Timer(1.5, cluster.start)
    back.start()
    store.people.note(DEED)
    back.join()
    assert [deed for _, deed in store.people.deeds()][:2] == [DEED, DEED]


def test_a_server_that_stays_away_is_told(stopped_at_will, cluster):
    store = stopped_at_will
    store.counts()
    store.database.patience = 0.2
    cluster.stop("immediate")
    try:
        with pytest.raises(NotNowError, match="cannot be reached; check host, port and that the server runs"):
            store.counts()
    finally:
        cluster.start()
    assert store.counts()["claims"] == 0


def test_who_never_found_a_server_does_not_wait_for_it(environment):
    begun = time.monotonic()
    with pytest.raises(NotNowError, match="cannot be reached"):
        open_store("postgresql://ann@127.0.0.1:9/none", environment)
    assert time.monotonic() - begun < SECONDS_TO_REACH / 2


def test_adding_goes_on_through_restarts(cluster, environment):
    with cluster.server.connect() as connection:
        connection.execute("CREATE DATABASE many")
    address = cluster.server.address("many")
    open_store(address, environment).close()
    command = [sys.executable, "-W", "error", str(SCRIPT), address, environment["ARMSTRACE_EVIDENCE"], str(COUNT)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen([*command, str(n)], stdout=pipe, stderr=pipe, text=True) for n in range(2)]
    said = [[], []]
    for mode in ("immediate", "fast", "immediate"):
        for process, ids in zip(running, said, strict=True):
            ids.extend(process.stdout.readline().strip() for _ in range(COUNT // 5))
        cluster.stop(mode)
        cluster.start()
    ended = [(process.stdout.read(), process.stderr.read()) for process in running]  # what is buffered too
    assert [process.wait() for process in running] == [0, 0], ended
    for process in running:
        process.stdout.close()
        process.stderr.close()
    assert not any("Traceback" in errors for _, errors in ended)
    expected = {numbered_document(n).id for n in range(COUNT)}
    assert [{*ids, *rest.split()} for ids, (rest, _) in zip(said, ended, strict=True)] == [expected, expected]
    with open_store(address, environment) as store:
        assert {d.id for d in store.documents()} == expected
        assert all(len(store.captures(identity)) == 1 for identity in expected)
        list(store.verify(clean=True))
        assert {check.state for check in store.verify()} == {"intact"}
