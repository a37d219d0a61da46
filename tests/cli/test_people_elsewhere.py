"""``armstrace people`` and ``serve`` where people log in at a provider."""

from __future__ import annotations

import re

import httpx2
import pytest
from click.testing import CliRunner
from running import start

from armstrace.cli.main import cli
from armstrace.store.open import open_store

ISSUER = "https://login.example.org"


def invoke(*arguments, **environment):
    return CliRunner().invoke(cli, list(arguments), env=environment)


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "x.db")
    assert invoke("people", "add", "ada", "--role", "admin", "--no-password", "--database", path).exit_code == 0
    return path


def test_an_account_is_given_to_whom_a_provider_knows(database):
    given = ("people", "bind", "ada", "--issuer", ISSUER, "--subject", "s-1", "--database", database)
    assert invoke(*given).exit_code == 0
    listed = invoke("people", "identities", "--database", database).stdout
    assert listed.startswith(f"s-1  , account ada, {ISSUER}, ")
    with open_store(database, {}) as store:
        assert store.people.account("ada").password is None
        did = [(deed.did, deed.about, deed.more.get("subject")) for _, deed in store.people.deeds()]
    assert did == [("account bound", "ada", "s-1"), ("account added", "ada", None)]


def test_nobody_is_given_an_account_that_there_is_not(database):
    done = invoke("people", "bind", "bo", "--issuer", ISSUER, "--subject", "s-1", "--database", database)
    assert done.exit_code == 1
    assert "no account of this name" in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (("--oidc", "oidc.yml"), {}, "add --users"),
        (("--users", "--oidc", "none.yml"), {}, "none.yml: cannot be read"),
        (("--users",), {"ARMSTRACE_OIDC": "none.yml"}, "none.yml: cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_served(database, arguments, environment, told):
    done = invoke("serve", "--database", database, *arguments, **environment)
    assert done.exit_code != 0
    assert told in (done.output + str(done.exception))


def test_a_desk_is_served_with_the_button(database, tmp_path):
    (tmp_path / "oidc.yml").write_text(f"issuer: {ISSUER}\nclient_id: armstrace\nlabel: The Institute\n", "utf-8")
    running = start("serve", "--users", "--oidc", "oidc.yml", "--port", 0, "--database", database, cwd=tmp_path)
    try:
        address = re.search(r"http://\S+/", running.stderr.readline().decode())[0]
        assert "Log in with The Institute" in httpx2.get(f"{address}login", timeout=60).text
    finally:
        running.terminate()
        running.communicate(timeout=30)
