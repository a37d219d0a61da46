"""Whom providers of logins know, and whose account that is: kept alike on either database."""

from __future__ import annotations

import pytest
from store_samples import NOW

from armstrace.errors import StoreError
from armstrace.store.identities import Identity
from armstrace.store.migrate import downgrade
from armstrace.store.people import Account, Deed, Session

HERE, THERE = "https://login.example.org", "https://other.example.org"
DEED = Deed(NOW, "ada", "account bound", "mara")
LATER = "2031-01-01T00:00:00Z"


@pytest.fixture
def people(store):
    for name in ("ada", "mara"):
        store.people.add(Account(name, "reader", None, made_at=NOW))
        store.people.begin_session(Session(f"of {name}", name, NOW, NOW))
    return store


def identity(subject="s-1", name=None, issuer=HERE, called="Mara"):
    return Identity(issuer, subject, name, called, NOW)


def test_who_comes_by_is_noted_and_gets_no_account_by_that(people):
    people.identities.see(identity())
    people.identities.see(identity(name="ada", called="M.")._replace(seen_at=LATER))
    assert people.identities.find(HERE, "s-1") == Identity(HERE, "s-1", None, "M.", LATER)
    assert people.identities.find(THERE, "s-1") is None
    assert people.identities.find(HERE, "S-1") is None


def test_an_account_is_one_persons_at_each_provider(people):
    people.identities.bind(identity(name="mara"), DEED)
    people.identities.bind(identity(name="mara", issuer=THERE), DEED)
    assert people.people.session("of mara") is not None, "nobody lost it"
    people.identities.bind(identity("s-2", name="mara"), DEED)
    names = {(one.issuer, one.subject): one.name for one in people.identities.all()}
    assert names == {(HERE, "s-1"): None, (HERE, "s-2"): "mara", (THERE, "s-1"): "mara"}
    assert people.identities.all()[0].name is None, "who waits stands first"
    assert people.people.session("of mara") is None
    assert people.people.session("of ada") is not None
    people.identities.see(identity("s-2", called="Another"))
    assert people.identities.find(HERE, "s-2").name == "mara"


def test_whoever_is_given_another_account_is_out_of_the_first(people):
    people.identities.bind(identity(name="mara"), DEED)
    people.identities.bind(identity(name="ada"), DEED)
    assert people.people.session("of mara") is None
    assert people.identities.find(HERE, "s-1").name == "ada"


def test_nobody_is_given_an_account_that_there_is_not_nor_a_new_one_that_there_is(people):
    with pytest.raises(StoreError, match="no account of this name"):
        people.identities.bind(identity(name="bo"), DEED)
    with pytest.raises(StoreError, match="there is an account"):
        people.identities.add(Account("mara", "admin", None, made_at=NOW), identity(name="mara"), DEED)
    assert people.identities.all() == ()
    assert list(people.people.deeds()) == []
    people.identities.add(Account("bo", "reviewer", None, made_at=NOW), identity(name="bo"), DEED)
    assert people.people.account("bo") == Account("bo", "reviewer", None, made_at=NOW)
    assert people.identities.find(HERE, "s-1").name == "bo"


def test_a_login_is_spent_once_and_forgotten_later(store):
    assert [store.identities.spend(key, NOW, "2000") for key in ("a", "b", "a")] == [True, True, False]
    assert store.identities.spend("c", LATER, LATER)
    assert store.identities.spend("a", LATER, LATER)


def test_the_key_of_logins_under_way_is_made_once(store):
    assert [store.settings.login_key(fresh) for fresh in ("one", "two")] == ["one", "one"]


def test_whose_account_somebody_has_is_not_lost_to_an_older_version(people):
    people.identities.bind(identity(name="mara"), DEED)
    with pytest.raises(StoreError, match="holds 1 identities bound to accounts"), people.database.write() as connection:
        downgrade(connection, "0008")
    assert people.identities.find(HERE, "s-1").name == "mara"
