"""``armstrace lists``: sanctions lists into the store, and which are in force."""

from __future__ import annotations

from pathlib import Path

import click

from armstrace.cli.console import complain_all
from armstrace.cli.database import database_option, now, open_named_store
from armstrace.export.plain import plain

_MOST_TOLD = 20  # rows left out that are named one by one


@click.group(invoke_without_command=True)
@database_option
@click.option("--all", "all_versions", is_flag=True, help="Older versions too.")
@click.pass_context
def lists(context: click.Context, *, database: str | None, all_versions: bool) -> None:
    """Show which sanctions lists are in force: version, date, entries; and where to download them.

    armstrace fetches no list by itself: download it from its publisher and give it to `armstrace lists add FILE...`.
    """
    context.obj = database
    if context.invoked_subcommand is not None:
        return
    from armstrace.screen.list_kinds import list_title  # noqa: PLC0415 - needed where there is work
    from armstrace.screening import NO_LIST, where_to_find  # noqa: PLC0415

    with open_named_store(database) as store:
        found = store.screening.lists(all_versions=all_versions)
    for one in found:
        state = "in force" if one.in_force else "kept"
        dated = one.dated or "no date"
        left_out = f", {one.fault_count} rows left out" if one.fault_count else ""
        click.echo(f"{plain(one.key):<16} {dated:<10}  {one.entry_count:>7,} entries{left_out}  {state}")
        click.echo(f"{'':<16} {plain(list_title(one.key))}; {one.format}; loaded {one.added_at}")
        click.echo(f"{'':<16} sha256 {one.sha256}")
    click.echo(f"{'' if found else NO_LIST}\nto download:\n{where_to_find()}")


@lists.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "key", metavar="KEY", help="Which list it is, where the file does not say: us-consolidated, ...")
@click.option("--anyway", is_flag=True, help="Take a list that is older than the one in force, or far shorter.")
@database_option
@click.pass_obj
def add(outer: str | None, *, paths: tuple[Path, ...], key: str | None, anyway: bool, database: str | None) -> None:
    """Load lists that you downloaded, and put them in force in place of those of the same kind.

    What a FILE is, its content tells: United Nations XML; European Union XML or CSV (1.1); United States SDN or
    consolidated XML, advanced XML, or the three CSV files together; UK XML or CSV; OpenSanctions entities.ftm.json or
    targets.simple.csv. A file that is cut short or of an unknown version changes nothing.

    \b
    Exit codes:
      0  all lists are in force
      3  a file is no list that can be read, is cut short, older or far shorter; nothing was changed
      6  the store cannot be used
    """  # noqa: D301 - click reads the real sign
    from armstrace.screening import add_lists  # noqa: PLC0415 - needed where there is work

    with open_named_store(database or outer) as store:
        added = add_lists(store, paths, now(), key, anyway=anyway)
    for one, outcome in added:
        dated = f"of {one.dated}" if one.dated else "without a date of its own"
        click.echo(f"{plain(one.key)}: {len(one.entries):,} entries {dated}, in force ({outcome})")
        click.echo(f"  {one.format}, sha256 {one.sha256}")
        complain_all(f"left out: {fault.place}: {fault.reason}" for fault in one.faults[:_MOST_TOLD])
        if len(one.faults) > _MOST_TOLD:
            complain_all([f"left out: {len(one.faults) - _MOST_TOLD} rows more, all named on each certificate"])
