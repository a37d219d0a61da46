"""``armstrace people``: who may use the desk where it has accounts."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from armstrace.cli.database import database_option, now, open_named_store
from armstrace.export.plain import plain
from armstrace.store.people import Deed

if TYPE_CHECKING:
    from armstrace.store.repository import Store
    from armstrace.web.people.accounts import Accounts

_ROLES = click.Choice(["reader", "reviewer", "admin"])


@click.group()
def people() -> None:
    """Keep the accounts of a desk that several people use (`armstrace serve --users`)."""


@people.command("list")
@database_option
def list_people(*, database: str | None) -> None:
    """List the accounts."""
    with open_named_store(database, create=False) as store:
        for one in store.people.accounts():
            closed = ", closed" if one.is_closed else ""
            click.echo(f"{plain(one.name)}  {one.role}{closed}, since {one.made_at[:10]}")


@people.command()
@click.argument("name")
@click.option("--role", type=_ROLES, default="reader", show_default=True)
@click.option("--no-password", is_flag=True, help="Ask for none: they log in elsewhere (docs/login.md).")
@database_option
def add(*, name: str, role: str, no_password: bool, database: str | None) -> None:
    """Add an account; the password is asked for."""
    from armstrace.web.people.accounts import role_of  # noqa: PLC0415 - `--help` does not wait for it

    password = None if no_password else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with open_named_store(database) as store:
        _accounts(store).add(name, role_of(role), password)
        _note(store, "account added", name, {"role": role})


@people.command()
@click.argument("name")
@click.option("--role", type=_ROLES, help="The new role.")
@click.option("--password", is_flag=True, help="Ask for a new password, and log out whoever has the old one.")
@click.option("--close/--reopen", "closed", default=None, help="Close the account, or open it again.")
@database_option
def change(*, name: str, role: str | None, password: bool, closed: bool | None, database: str | None) -> None:
    """Change an account."""
    from armstrace.web.people.accounts import hash_password  # noqa: PLC0415

    fields: dict[str, object] = {}
    if role:
        fields["role"] = role
    if password:
        fields["password"] = hash_password(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    if closed is not None:
        fields["is_closed"] = closed
    if not fields:
        raise click.UsageError("nothing to change; give --role, --password, --close or --reopen")
    with open_named_store(database, create=False) as store:
        store.people.change(name, **fields)
        _note(store, "account changed", name, {k: v for k, v in fields.items() if k != "password"})


@people.command()
@click.argument("name")
@click.option("--issuer", required=True, metavar="URL", help="The provider, as its settings spell it.")
@click.option("--subject", required=True, metavar="TEXT", help="As which the provider knows them (its claim sub).")
@database_option
def bind(*, name: str, issuer: str, subject: str, database: str | None) -> None:
    """Give an account to a person whom a provider of logins knows; whoever had it of that provider is out."""
    from armstrace.store.identities import Identity  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        known = store.identities.find(issuer, subject)
        identity = known._replace(name=name) if known else Identity(issuer, subject, name, "", now())
        more = {"issuer": issuer, "subject": subject}
        store.identities.bind(identity, Deed(now(), getpass.getuser(), "account bound", name, more))


@people.command()
@database_option
def identities(*, database: str | None) -> None:
    """List whom providers of logins know, those without an account first."""
    with open_named_store(database, create=False) as store:
        for one in store.identities.all():
            account = f"account {plain(one.name)}" if one.name else "no account"
            click.echo(f"{plain(one.subject)}  {plain(one.called)}, {account}, {plain(one.issuer)}, {one.seen_at[:10]}")


@people.command()
@click.argument("name")
@click.option("--scope", type=_ROLES, default="reader", show_default=True, help="What the key may at most.")
@click.option("--note", help="What it is for.")
@click.option("--until", metavar="DATE", help="The day from which it is useless.")
@database_option
def key(*, name: str, scope: str, note: str | None, until: str | None, database: str | None) -> None:
    """Make an API key of an account, and print it; it is shown this once."""
    from armstrace.web.people.accounts import role_of  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        if store.people.account(name) is None:
            raise click.UsageError(f"{name}: there is no account of this name; `armstrace people list` lists them")
        click.echo(_accounts(store).make_key(name, role_of(scope), note, f"{until}T00:00:00Z" if until else None))


@people.command()
@database_option
def keys(*, database: str | None) -> None:
    """List the API keys."""
    with open_named_store(database, create=False) as store:
        for one in store.people.api_keys():
            state = f", revoked {one.revoked_at[:10]}" if one.revoked_at else ""
            until = f", until {one.ends_at[:10]}" if one.ends_at else ""
            note = f": {plain(one.note)}" if one.note else ""
            click.echo(f"{one.id}  {plain(one.name)}, {one.scope}, since {one.made_at[:10]}{until}{state}{note}")


@people.command()
@click.argument("key_id")
@database_option
def revoke(*, key_id: str, database: str | None) -> None:
    """Make an API key useless."""
    with open_named_store(database, create=False) as store:
        store.people.revoke_key(key_id, now())
        _note(store, "key revoked", key_id, {})


def _accounts(store: Store) -> Accounts:
    from armstrace.web.people.accounts import Accounts  # noqa: PLC0415

    return Accounts(store.people, now)


def _note(store: Store, did: str, about: str, more: Mapping[str, object]) -> None:
    """Keep what was done here, under the name of whoever is logged in at this machine."""
    store.people.note(Deed(now(), getpass.getuser(), did, about, more))
