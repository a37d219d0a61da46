"""``armstrace evaluate``: scores against gold files."""

from __future__ import annotations

from pathlib import Path

import click

from armstrace.cli.console import complain
from armstrace.errors import InputError

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("texts", type=_FOLDER)
@click.argument("gold", type=_FOLDER, required=False)
@click.option("--metadata", "metadata_file", type=_FILE, help="JSON Lines: id (file stem), outlet, published, title.")
@click.option("--ids", metavar="ID,ID...", help="Score only these texts (file stems).")
@click.option(
    "--list",
    "listing",
    is_flag=True,
    help="List misses by the phenomena of the gold, extras by what is wrong.",
)
@click.option(
    "--attribution",
    is_flag=True,
    help="Score source, cue and content spans instead; TEXTS holds text/ and attributions/ in PolNeAR's form.",
)
def evaluate(  # noqa: PLR0913 - one parameter an option
    *, texts: Path, gold: Path | None, metadata_file: Path | None, ids: str | None, listing: bool, attribution: bool
) -> None:
    """Read the folder TEXTS and score the claims against the folder GOLD.

    GOLD holds one JSON file a text. Prints precision, recall and F1 of the core (supplier, recipient,
    polarity, kind of arms) and of supplier-recipient pairs, then how often each other field is right on
    matched claims. Needs the extra: pip install 'armstrace[evaluate]'.
    """
    if attribution:
        if gold or metadata_file or ids or listing:
            raise click.UsageError(
                "--attribution scores one folder alone: no GOLD, --metadata, --ids or --list beside it"
            )
        from armstrace.evaluate_attribution import evaluate_folder  # noqa: PLC0415

        click.echo("\n".join(evaluate_folder(texts)))
    elif gold is None:
        raise click.UsageError("evaluate needs the folder GOLD, or --attribution")
    else:
        chosen = frozenset(ids.split(",")) if ids else None
        _score(texts, gold, metadata_file, chosen, listing=listing)


def _score(texts: Path, gold: Path, metadata_file: Path | None, ids: frozenset[str] | None, *, listing: bool) -> None:
    from armstrace.evaluate import list_errors, read_gold, score_claims, score_table  # noqa: PLC0415
    from armstrace.export.plain import plain_lines  # noqa: PLC0415
    from armstrace.ingest.metadata import read_metadata  # noqa: PLC0415
    from armstrace.ingest.text import read_text_file  # noqa: PLC0415
    from armstrace.pipeline import load_reader, make_document, read_report  # noqa: PLC0415

    golds = read_gold(gold, ids)
    given = read_metadata(metadata_file) if metadata_file else {}
    reader, claims, failed = load_reader(), {}, False
    for stem in golds:
        try:
            claims[stem] = read_report(
                reader, make_document(read_text_file(texts / f"{stem}.txt"), given.get(stem))
            ).claims
        except InputError as error:
            complain(str(error))
            claims[stem], failed = (), True
    scores = score_claims(golds, claims)
    for line in (*(list_errors(scores) if listing else ()), *score_table(scores)):
        click.echo(plain_lines(line))
    if failed:
        raise SystemExit(InputError.exit_code)
