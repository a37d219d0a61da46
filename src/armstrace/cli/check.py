"""``armstrace check``: transfers before the law on arms embargoes, those of the store or one in words."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, load_register
from armstrace.errors import MetadataError
from armstrace.model import Status

if TYPE_CHECKING:
    from armstrace.embargo.findings import Finding

_OF_QUESTION = ("supplier", "recipient", "date")
_OF_STORE = ("database", "party", "after", "before", "as_of")


@click.command()
@click.option("--supplier", metavar="CODE|NAME", help="Who supplied: KP, North Korea, a group or firm, or unknown.")
@click.option("--recipient", metavar="CODE|NAME", help="Who received, likewise.")
@click.option("--date", metavar="DATE", help="A day, month, year or range, such as 2022-09 or 2018..2021.")
@click.option(
    "--item",
    metavar="WORDS",
    help="The arms; with end user or place if you like: 'rifles for al-Shabaab'. Of the store: as for register.",
)
@click.option("--status", type=click.Choice(list(Status)), help="How far it has got; of the store: by the last word.")
@database_option
@click.option("--party", metavar="CODE|NAME", help="Of the store: a supplier or recipient, as for register.")
@click.option("--after", metavar="DATE", help="Of the store: reported on or after this day, month or year.")
@click.option("--before", metavar="DATE", help="Of the store: reported on or before it.")
@as_of_option
@click.option("--all", "every", is_flag=True, help="Tell also which measures it lies outside of, and why.")
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
@click.pass_context
def check(context: click.Context, /, *, every: bool, form: str, **told: str | None) -> None:
    """Say which arms embargoes a transfer would break if the report is true, and where that stands.

    Without --supplier, --recipient or --date it checks the transfers of the store; with one of them, the transfer that
    the options describe. What is not told stays open: each possibility then has its own answer.
    """
    if not _given(context, _OF_QUESTION):
        _check_store(told, every=every, form=form)
        return
    if clash := _given(context, _OF_STORE):
        raise click.UsageError(f"--{clash[0].replace('_', '-')} is for the transfers of the store")
    _check_words(told, every=every, form=form)


def _given(context: click.Context, names: Sequence[str]) -> list[str]:
    return [name for name in names if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]


def _check_words(told: Mapping[str, str | None], *, every: bool, form: str) -> None:
    from armstrace.checking import check_question, question_from_words  # noqa: PLC0415 - keeps `--help` fast

    status = Status(told["status"] or Status.UNSPECIFIED)
    question = question_from_words(told["supplier"], told["recipient"], told["item"] or "arms", told["date"], status)
    findings = check_question(question)
    if form == "jsonl":
        _write_lines({}, findings, every=every)
        return
    from armstrace.export.findings import print_findings, print_notice, question_words  # noqa: PLC0415
    from armstrace.export.person import page_for  # noqa: PLC0415
    from armstrace.lexicon.load import load_country_labels  # noqa: PLC0415

    page = page_for(sys.stdout)
    page.print(question_words(question, load_country_labels()), style="bold", markup=False)
    page.print()
    print_findings(page, findings, every=every)
    print_notice(page)


def _check_store(told: Mapping[str, str | None], *, every: bool, form: str) -> None:
    from armstrace.checking import check_register_line  # noqa: PLC0415
    from armstrace.export.findings import print_findings, print_notice  # noqa: PLC0415
    from armstrace.export.person import page_for  # noqa: PLC0415
    from armstrace.export.register_table import print_line  # noqa: PLC0415
    from armstrace.lexicon.load import load_country_labels  # noqa: PLC0415
    from armstrace.register.select import Wanted, select_transfers  # noqa: PLC0415

    with open_named_store(told["database"], create=False) as store:
        found = load_register(store, told["as_of"])
    names = load_country_labels()
    status = Status(told["status"]) if told["status"] else None
    wanted = Wanted(told["party"], told["item"], status, told["after"], told["before"])
    try:
        transfers = select_transfers(found.transfers, wanted, names)
    except ValueError as error:
        raise MetadataError(str(error)) from error
    page = page_for(sys.stdout)
    for transfer in transfers:
        findings = check_register_line(transfer)
        if form == "jsonl":
            _write_lines({"transfer": transfer.id}, findings, every=every)
            continue
        print_line(page, transfer, names)
        print_findings(page, findings, every=every)
    if form == "person":
        if not transfers:
            click.echo("no transfer found" if found.transfers else "the register is empty; add documents first")
        print_notice(page)


def _write_lines(about: Mapping[str, Any], findings: Sequence[Finding], *, every: bool) -> None:
    """Write one finding a line; what lies outside only where it is asked for."""
    from armstrace.embargo.findings import Verdict  # noqa: PLC0415
    from armstrace.export.findings import finding_to_dict  # noqa: PLC0415
    from armstrace.export.jsonl import json_line  # noqa: PLC0415

    for finding in findings:
        if every or finding.verdict is not Verdict.OUTSIDE:
            click.echo(json_line({**finding_to_dict(finding), **about}))
