"""Lists in the store: one of a kind in force, older ones kept; certificates are there for good."""

from __future__ import annotations

import io

import pytest
from list_samples import EU_XML, FTM, UN_XML
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from armstrace.errors import StoreError
from armstrace.screen.countries import load_country_codes
from armstrace.screen.load import ListFile, read_lists
from armstrace.store.migrate import downgrade

NOW, LATER = "2026-03-06T09:00:00Z", "2026-03-07T09:00:00Z"
LATER_UN = UN_XML.replace("2026-03-02", "2026-03-07")
BODY = {"certificate": "abcd0123abcd0123", "searched_at": NOW, "searched": [{"name": "a\x00b \ud800 Антон"}]}


def lists_of(*texts):
    files = [ListFile(f"list{n}", lambda text=text: io.BytesIO(text.encode())) for n, text in enumerate(texts)]
    return read_lists(files, load_country_codes())


def test_lists_come_back_exactly(store):
    lists = lists_of(UN_XML, EU_XML, FTM)
    assert store.screening.put_in_force(lists, NOW) == ("new", "new", "new")
    assert store.screening.load_in_force() == sorted(((one, NOW) for one in lists), key=lambda pair: pair[0].key)
    assert [one.key for one, _ in store.screening.load_in_force(["eu"])] == ["eu"]


def test_one_list_of_a_kind_is_in_force_and_the_others_are_kept(store):
    (old,), (new,) = lists_of(UN_XML), lists_of(LATER_UN)
    store.screening.put_in_force([old], NOW)
    store.screening.put_in_force([new], LATER)
    assert [(one.dated, one.in_force) for one in store.screening.lists()] == [("2026-03-07", True)]
    assert [(one.dated, one.in_force) for one in store.screening.lists(all_versions=True)] == [
        ("2026-03-07", True),
        ("2026-03-02", False),
    ]
    assert store.screening.put_in_force([old], LATER) == ("known",)
    assert [one for one, _ in store.screening.load_in_force()] == [old]
    assert len(store.screening.lists(all_versions=True)) == 2


def test_a_damaged_list_is_told_and_never_searched(store):
    store.screening.put_in_force(lists_of(UN_XML), NOW)
    with store.database.write() as connection:
        connection.execute(text("UPDATE sanctions_lists SET digest = 'x'"))
    with pytest.raises(StoreError, match=r"the list un .* is damaged; load its file again"):
        store.screening.load_in_force()


def test_a_certificate_is_found_by_the_beginning_of_its_id(store):
    store.screening.keep_certificate(BODY)
    store.screening.keep_certificate(BODY)
    assert store.screening.certificate("ABCD0") == BODY
    store.screening.keep_certificate({**BODY, "certificate": "abcd0123ffffffff"})
    with pytest.raises(StoreError, match="several certificates"):
        store.screening.certificate("abcd01")
    for unknown in ("ffff", "abc", "%", ""):
        with pytest.raises(StoreError, match="no certificate has this id"):
            store.screening.certificate(unknown)


@pytest.mark.parametrize("change", ["UPDATE screenings SET body = '{}'", "DELETE FROM screenings"])
def test_the_database_itself_keeps_certificates(store, change):
    store.screening.keep_certificate(BODY)
    with pytest.raises(DBAPIError, match="certificates are never changed"), store.database.engine.begin() as connection:
        connection.execute(text(change))
    assert store.screening.certificate("abcd0123") == BODY


def test_certificates_are_not_lost_to_an_older_version(store):
    store.screening.put_in_force(lists_of(UN_XML), NOW)
    store.screening.keep_certificate(BODY)
    with pytest.raises(StoreError, match="holds 1 certificates"), store.database.change_tables() as connection:
        downgrade(connection, "0004")
    assert store.screening.lists()
