"""The register as the command line asks for it: brought up to date first."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from armstrace.cli.console import complain
from armstrace.cli.progress import Reporter, reporting
from armstrace.store.repository import Store

if TYPE_CHECKING:
    from armstrace.keeping.stages import Stages
    from armstrace.keeping.update import Updated
    from armstrace.register.select import Wanted
    from armstrace.register.types import Transfer
    from armstrace.store.transfers import LineRow

Command = TypeVar("Command", bound=Callable[..., Any])
_LONG: Final = 1.0  # seconds after which it is told what took them


def as_of_option(command: Command) -> Command:
    """Add to a command the option that asks for the register as it was known on a day."""
    return click.option(
        "--as-of", metavar="DATE", help="Only what follows from documents published by this day, month or year."
    )(command)


def current_stages(store: Store) -> Stages:
    """Bring the register of a store up to date, and return what it is made by; tell what was done if it takes long.

    Raises:
        StoreError: the store cannot be used.
    """
    from armstrace.grouping import load_stages  # noqa: PLC0415 - needed where there is work

    stages = load_stages()
    begun = time.monotonic()
    with reporting() as reporter:
        updated = bring_up_to_date(store, stages, reporter)
    if time.monotonic() - begun > _LONG:
        complain(f"register brought up to date: {told_of(updated)}")
    return stages


def bring_up_to_date(store: Store, stages: Stages, reporter: Reporter, *, anew: bool = False) -> Updated:
    """Bring the register of a store up to date, or make it ``anew``, and return what was done.

    Raises:
        StoreError: the store cannot be used.
    """
    from armstrace.keeping.update import update_register  # noqa: PLC0415

    expected: list[str] = []

    def tell(step: str, count: int) -> None:
        if step not in expected:
            expected.append(step)
            reporter.expect(f"{step} for the register", None)
        reporter.step("register", step=step, count=count)

    return update_register(store, stages, tell, anew=anew)


def told_of(updated: Updated) -> str:
    """Return what was done, as a part of a sentence."""
    counts = {
        "documents compared": updated.documents,
        "pairs of them word for word": updated.pairs,
        "claims told anew": updated.claims,
        "transfers merged": updated.transfers,
        "transfers checked by another law": updated.checked,
    }
    done = [f"{what} {count}" for what, count in counts.items() if count]
    return ", ".join(["made anew"] * updated.from_scratch + done) or "nothing to do"


def chosen_transfers(store: Store, wanted: Wanted, as_of: str | None) -> tuple[tuple[Transfer, ...], int]:
    """Return the transfers of a store that are all that is asked for, and how many transfers there are.

    Raises:
        StoreError: the store cannot be used.
        ValueError: a date is none.
    """
    from armstrace.registering import load_transfers  # noqa: PLC0415

    stages = current_stages(store)
    lines, total = chosen_lines(store, wanted, as_of)
    return load_transfers(store, stages, [line.transfer_id for line in lines], as_of), total


def chosen_lines(store: Store, wanted: Wanted, as_of: str | None) -> tuple[list[LineRow], int]:
    """Return the lines of a register that are all that is asked for, today's or as of a day, and how many there are.

    What an as-of date leaves out is told on standard error. The register must be up to date.

    Raises:
        StoreError: the store cannot be used.
        ValueError: a date is none.
    """
    from armstrace.registering import count_transfers, each_line_page, query_for, undated_documents  # noqa: PLC0415
    from armstrace.store.transfers import TransferQuery  # noqa: PLC0415

    query = query_for(wanted, as_of)
    if as_of is not None:
        tell_undated(undated_documents(store))
    lines = [line for page in each_line_page(store, query) for line in page]
    return lines, count_transfers(store, TransferQuery(as_of=query.as_of, rejected=True))


def tell_undated(count: int) -> None:
    """Tell on standard error what an as-of date leaves out."""
    if count:
        documents = "1 document with claims has" if count == 1 else f"{count} documents with claims have"
        complain(f"{documents} no date of publication and cannot be part of what was known on a day; left out")
