"""``armstrace export``: the register, or a part of it, in a format of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, current_stages, tell_undated
from armstrace.cli.text_files import read_text, whole_output
from armstrace.errors import MetadataError
from armstrace.export.formats import Format, options_of
from armstrace.model import Status
from armstrace.web.exports import ALL_FORMATS, Material, find_format, write_format

if TYPE_CHECKING:
    from armstrace.exporting import Choice

_FILE: Final = click.Path(dir_okay=False, path_type=Path)
_ENDINGS: Final = (".html", ".zip")  # by which others know what a file is


class Order(NamedTuple):
    """What is written where: in which format, with what is asked of it, from which store and table of sources."""

    form: Format
    output: Path | None
    database: str | None
    sources: Path | None
    options: Mapping[str, str]


def _formats() -> Iterator[str]:
    for one in ALL_FORMATS:
        yield f"  {one.name:14} {one.holds}"
        if one.options:
            yield f"  {'':14} --set {', '.join(f'{name}=...' for name in one.options)}"


@click.command(epilog="\n".join(["\b", "Formats:", *_formats()]))
@click.option(
    "--format", "form", type=click.Choice([one.name for one in ALL_FORMATS]), required=True, help="See below."
)
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Else standard output.")
@database_option
@click.option("--transfer", metavar="ID", help="Only this line: its id, that of a claim of it, or how either begins.")
@click.option("--party", metavar="CODE|NAME", help="Only lines with this supplier or recipient.")
@click.option("--item", metavar="WORDS", help="Only these arms: words of a designation or description, or a category.")
@click.option("--status", type=click.Choice([str(status) for status in Status]), help="Only lines that got so far.")
@click.option("--after", metavar="DATE", help="Only lines reported on or after this day, month or year.")
@click.option("--before", metavar="DATE", help="Only lines reported on or before it.")
@click.option("--rejected", is_flag=True, help="Also lines of which people rejected every claim.")
@click.option("--reviewed-only", is_flag=True, help="Only lines of which a person accepted or corrected a claim.")
@as_of_option
@click.option("--no-quotes", is_flag=True, help="Leave out the sentences of documents; links to these stay.")
@click.option("--reviewers", is_flag=True, help="Tell who reviewed claims, and why; else it is 'a reviewer'.")
@click.option("--sources", type=_FILE, metavar="FILE", help="Your own table of how reliable sources are (YAML).")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="What is asked of one format; see below.")
def export(
    *,
    form: str,
    output: Path | None,
    database: str | None,
    sources: Path | None,
    settings: tuple[str, ...],
    **choice: Any,  # noqa: ANN401 - options of the choice
) -> None:
    """Write the register, or the lines of it that are asked for, in a format of the field.

    The same register and question give the same bytes. The output takes the place of an earlier file once it is
    whole. docs/formats.md tells where each field goes and what each format cannot hold.
    """
    wanted = _choice(**choice)
    chosen = find_format(form, is_of_one=bool(wanted.transfer))
    write_export(Order(chosen, output, database, sources, options_of(chosen, settings)), wanted)


def write_export(order: Order, wanted: Choice) -> None:
    """Write what is asked for where it is asked for.

    Raises:
        ArmstraceError: what is asked for is malformed or not there, or the output cannot be written.
    """
    from armstrace.exporting import about_export  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.register.reliability import load_reliability  # noqa: PLC0415

    check_ending(order.form, order.output)
    reliability = load_reliability(read_text(order.sources) if order.sources else None, str(order.sources))
    with open_named_store(order.database, create=False) as store:
        stages = current_stages(store)
        if wanted.as_of:
            from armstrace.registering import undated_documents  # noqa: PLC0415

            tell_undated(undated_documents(store))
        try:
            with opened(order.output) as out:
                about = about_export(store, stages, wanted, reliability, order.options)
                write_format(order.form, Material(store, stages, wanted, about), out)
        except ValueError as error:
            raise MetadataError(str(error)) from error


def check_ending(form: Format, output: Path | None) -> None:
    """Let through the name of a file that does not end as one of another kind does.

    Raises:
        MetadataError: it does.
    """
    ending = output.suffix.lower() if output else ""
    if ending in _ENDINGS and ending != form.suffix:
        one = "; --transfer asks for one line alone" if form.name == "html" and form.suffix == ".zip" else ""
        raise MetadataError(f"{output}: {form.name} is written as a file that ends in {form.suffix}{one}")


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """Yield where bytes go: standard output, or a file that is put in its place when it is whole.

    Raises:
        InputError: the file cannot be written.
    """
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_output(output) as out:
        yield out


def _choice(**options: Any) -> Choice:  # noqa: ANN401 - options of the choice
    from armstrace.exporting import Choice  # noqa: PLC0415
    from armstrace.register.select import Wanted  # noqa: PLC0415

    status = Status(options["status"]) if options["status"] else None
    wanted = Wanted(
        options["party"],
        options["item"],
        status,
        options["after"],
        options["before"],
        rejected=options["rejected"],
        released=options["reviewed_only"],
    )
    return Choice(
        wanted,
        transfer=options["transfer"],
        as_of=options["as_of"],
        quotes=not options["no_quotes"],
        reviewers=options["reviewers"],
    )
