"""``armstrace trace``: one transfer, and the tree of sources behind it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, current_stages, tell_undated
from armstrace.errors import MetadataError


@click.command()
@click.argument("transfer")
@database_option
@as_of_option
@click.option(
    "--sources",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own table of how reliable sources are (YAML; the packaged one judges none).",
)
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def trace(*, transfer: str, database: str | None, as_of: str | None, sources: Path | None, form: str) -> None:
    """Show who stands behind TRANSFER: origin, who passed it on, outlets, documents, and the words of each.

    TRANSFER is an id that `armstrace register` shows, the id of one of its claims, or the beginning of either.
    Denials are a branch of their own. Below stands how the transfer is said to have gone on.
    """
    from armstrace.checking import check_register_line  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.register.reliability import load_reliability  # noqa: PLC0415
    from armstrace.registering import find_transfer, undated_documents  # noqa: PLC0415

    own = _read(sources) if sources else None
    load_reliability(own, str(sources))  # a table with a fault is told of before there is work
    with open_named_store(database, create=False) as store:
        reliability = load_reliability(own, str(sources), store.grades.rows())
        try:
            found = find_transfer(store, current_stages(store), transfer, as_of)
        except ValueError as error:
            raise MetadataError(f"--as-of {error}") from error
        if as_of:
            tell_undated(undated_documents(store))
    findings = check_register_line(found)
    if form == "jsonl":
        from armstrace.export.findings import findings_to_list  # noqa: PLC0415
        from armstrace.export.jsonl import json_line  # noqa: PLC0415
        from armstrace.export.transfers import reliability_to_dict, transfer_to_dict, trees_to_dict  # noqa: PLC0415

        about = reliability_to_dict(found, reliability)
        law = {"findings": findings_to_list(findings)}
        click.echo(json_line({**transfer_to_dict(found), **law, "trees": trees_to_dict(found), "reliability": about}))
        return
    from armstrace.export.person import page_for  # noqa: PLC0415
    from armstrace.export.trace import print_trace  # noqa: PLC0415
    from armstrace.lexicon.load import load_country_labels  # noqa: PLC0415

    print_trace(page_for(sys.stdout), found, load_country_labels(), reliability, findings)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path}: cannot be read ({error}); give a YAML file in UTF-8") from error
