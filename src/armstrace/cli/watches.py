"""``armstrace watches``: which changes of the register somebody wants to be told of."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

import click

from armstrace.cli.database import database_option, now, open_named_store
from armstrace.errors import StoreError
from armstrace.export.plain import plain

if TYPE_CHECKING:
    from armstrace.store.alerts import WatchRow
    from armstrace.store.repository import Store

_KINDS = "new-transfer new-claim new-origin denial status quantity withdrawal context finding review".split()
_owner_option = click.option("--owner", metavar="NAME", help="Whose it is; the name of the system's user if left out.")


@click.group()
def watches() -> None:
    """Keep watches on the register: what becomes of the lines that a watch asks for is told as alerts.

    `armstrace alerts` shows them, the desk too, `armstrace deliver` sends them. (`armstrace watch` follows feeds.)
    """


@watches.command()
@click.argument("name")
@click.option(
    "--party", metavar="CODE|NAME", help="A supplier or recipient: RU, or the beginning of words of its name."
)
@click.option("--supplier", metavar="CODE|NAME", help="Who supplies.")
@click.option("--recipient", metavar="CODE|NAME", help="Who receives.")
@click.option("--item", metavar="WORDS", help="Words of a designation or description, or a category such as drones.")
@click.option("--via", metavar="CODE|NAME", help="Where, or through whom, it passes.")
@click.option("--measure", metavar="KEY", help="A legal measure that says something of it, such as UN-KP.")
@click.option("--verdict", help="What that measure, or any, says: breach-if-true, depends, unknown, outside.")
@click.option("--status", help="How far it has got by the last word on it.")
@click.option("--credibility", metavar="1-6", help="At least as credible as this; 1 is the best.")
@click.option("--words", help="Words in titles or sentences of its claims, or in its names; all of them.")
@click.option(
    "--change", "kinds", multiple=True, type=click.Choice(_KINDS), help="Changes that matter; all if left out."
)
@click.option(
    "--webhook", metavar="URL", help="Where alerts are sent; the secret that they are signed by is printed once."
)
@click.option("--allow-private", is_flag=True, help="Let them be sent to this machine and the local network.")
@_owner_option
@database_option
def add(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    kinds: tuple[str, ...],
    webhook: str | None,
    allow_private: bool,
    owner: str | None,
    database: str | None,
    **asked: str | None,
) -> None:
    """Make a watch NAME of what comes from now on. What is not asked for may be anything.

    \b
      armstrace watches add "drones to Sudan" --recipient SD --item drones
      armstrace watches add embargoed --verdict breach-if-true --change finding --change new-transfer
    """  # noqa: D301 - click reads the real sign
    from armstrace.alerts.watches import read_asks, read_kinds  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.cli.registers import current_stages  # noqa: PLC0415
    from armstrace.delivering import set_hook  # noqa: PLC0415
    from armstrace.fetch.post import read_post_address  # noqa: PLC0415
    from armstrace.keeping.watch_rows import Wish  # noqa: PLC0415
    from armstrace.keeping.watches import make_watch, measure_keys  # noqa: PLC0415

    wish = Wish(name, read_asks(asked, measure_keys()), read_kinds(kinds))
    if webhook:
        read_post_address(webhook, allow_private=allow_private)  # before anything is made
    with open_named_store(database) as store:
        row = make_watch(store, current_stages(store), _name(owner), wish)
        click.echo(f"watch {row.id}: {_told(row)}")
        if webhook:
            secret = set_hook(store, row, webhook, _deed(row, "address set"), allow_private=allow_private)
            click.echo(f"alerts are signed by {secret} (shown this once)")


@watches.command("list")
@_owner_option
@database_option
def list_watches(*, owner: str | None, database: str | None) -> None:
    """List the watches, of everybody or of one owner."""
    with open_named_store(database, create=False) as store:
        found = store.alerts.watches(owner)
        for row in found:
            click.echo(f"{row.id}  {plain(row.owner)}, {_told(row)}")
    if not found:
        click.echo("there is no watch; `armstrace watches add --help` tells how to make one")


@watches.command()
@click.argument("name")
@click.option("--resume", is_flag=True, help="Let it go on; what happened meanwhile is not told.")
@_owner_option
@database_option
def pause(*, name: str, resume: bool, owner: str | None, database: str | None) -> None:
    """Tell watch NAME (or its id) nothing until it is resumed."""
    from armstrace.keeping.watches import pause_watch  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        row = find_watch(store, name, owner)
        pause_watch(store, row, getpass.getuser(), now(), paused=not resume)
    click.echo(f"{plain(row.name)}: {'goes on' if resume else 'paused'}")


@watches.command()
@click.argument("name")
@_owner_option
@database_option
def remove(*, name: str, owner: str | None, database: str | None) -> None:
    """Remove watch NAME (or its id) and its alerts."""
    from armstrace.keeping.watches import remove_watch  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        row = find_watch(store, name, owner)
        remove_watch(store, row, getpass.getuser(), now())
    click.echo(f"{plain(row.name)}: removed")


def find_watch(store: Store, name: str, owner: str | None) -> WatchRow:
    """Return the watch of an id, or of a name and its owner.

    Raises:
        StoreError: there is none.
    """
    found = store.alerts.watch(name) or store.alerts.named(_name(owner), name)
    if found is None:
        raise StoreError(f"{name}: {_name(owner)} has no such watch; `armstrace watches list` lists all, with ids")
    return found


def _name(owner: str | None) -> str:
    return owner.strip() if owner and owner.strip() else getpass.getuser()


def _deed(row: WatchRow, did: str) -> Any:  # noqa: ANN401 - its module is loaded where it is needed
    from armstrace.store.people import Deed  # noqa: PLC0415

    return Deed(now(), getpass.getuser(), did, row.id)


def _told(row: WatchRow) -> str:
    from armstrace.alerts.wording import asks_words, kinds_words  # noqa: PLC0415
    from armstrace.keeping.watch_rows import watch_of  # noqa: PLC0415

    watch = watch_of(row)
    sent = f"; sent to {plain(row.hook_url)}" if row.hook_url else ""
    paused = "; paused" if row.is_paused else ""
    return f"{plain(row.name)}: {asks_words(watch.asks)}; {kinds_words(watch.kinds)}{sent}{paused}"
