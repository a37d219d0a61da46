"""The command line: ``armstrace read``, ``armstrace evaluate``. Heavy parts load only when a verb needs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from armstrace import __version__
from armstrace.errors import ArmstraceError, InputError

if TYPE_CHECKING:
    from armstrace.extract.claims import Extraction
    from armstrace.ingest.files import RawText
    from armstrace.model import Document, Metadata
    from armstrace.pipeline import Reader

EXIT_SOME_FAILED = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="armstrace")
def cli() -> None:
    """Trace every reported arms transfer back to who said it.

    armstrace reads news reports and takes out each attributed claim that arms move from one party to another, with
    the exact words beside every value. It reports what sources say; it never claims that a transfer took place.

    \b
    Start here:
      armstrace read --demo             read the packaged demo report
      armstrace read article.txt        read your own
      armstrace read FOLDER --format jsonl -o claims.jsonl
    """


@cli.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--demo", is_flag=True, help="Read the demo report that comes with armstrace.")
@click.option("--format", "form", type=click.Choice(["person", "jsonl", "html"]), default="person", show_default=True, help="How to write the claims; html wants one document.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of standard output.")
@click.option("--published", metavar="DATE", help="Publication date (2022-09-06, 2022-09 or 2022): relative dates are resolved with it.")
@click.option("--outlet", metavar="NAME", help="Who published the text.")
@click.option("--metadata", "metadata_file", type=click.Path(dir_okay=False, path_type=Path), help="JSON Lines: id (file stem), outlet, published, title, url.")
@click.option("--explain", is_flag=True, help="Say why each claim reads as it does and why candidate sentences gave none.")
def read(  # noqa: PLR0913 - one parameter an option
    *, paths: tuple[str, ...], demo: bool, form: str, output: Path | None, published: str | None, outlet: str | None, metadata_file: Path | None, explain: bool
) -> None:
    """Read reports and print their claims. PATH is a text file, a folder of .txt files, or - for standard input.

    \b
    Exit codes: 0 all read; 2 wrong usage; 3 some input could not be read (the rest was); 4 a damaged installation.
    """
    from armstrace.ingest.files import read_metadata  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.pipeline import known_metadata, load_reader  # noqa: PLC0415 - the model takes a second to load

    if not paths and not demo:
        raise click.UsageError("nothing to read: give a PATH, '-' for standard input, or --demo")
    given = read_metadata(metadata_file) if metadata_file else {}
    base = known_metadata(outlet, published)
    failures: list[str] = []
    raws = list(_raw_texts(paths, failures, demo=demo))
    if form == "html" and len(raws) > 1:
        raise click.UsageError(f"--format html writes one page and {len(raws)} documents were given; give one")
    with click.open_file(str(output) if output else "-", "w", encoding="utf-8", errors="backslashreplace") as out:
        reader = load_reader()
        for raw in raws:
            try:
                document, extraction = _read_one(reader, raw, given.get(raw.id), base)
            except InputError as error:
                _report(error, failures)
                continue
            _write(out, document, extraction, form, explain=explain)
    if failures:
        raise SystemExit(EXIT_SOME_FAILED)


def _raw_texts(paths: Sequence[str], failures: list[str], *, demo: bool) -> Iterator[RawText]:
    """Yield the decoded texts of all paths; what cannot be read is reported and costs only itself."""
    from armstrace.ingest.files import STDIN, demo_text, read_stdin, read_text, text_files  # noqa: PLC0415

    if demo:
        yield demo_text()
    for path in paths:
        try:
            files = [] if path == STDIN else text_files(Path(path))
            if path == STDIN:
                yield read_stdin()
        except InputError as error:
            _report(error, failures)
            continue
        for file in files:
            try:
                yield read_text(file)
            except InputError as error:
                _report(error, failures)


def _read_one(reader: Reader, raw: RawText, given: Metadata | None, base: Metadata) -> tuple[Document, Extraction]:
    from armstrace.pipeline import joined_metadata, make_document, read_report  # noqa: PLC0415

    document = make_document(raw.id, raw.text, joined_metadata(raw.metadata, given, base))
    return document, read_report(reader, document)


def _write(out: IO[str], document: Document, extraction: Extraction, form: str, *, explain: bool) -> None:
    if form == "jsonl":
        from armstrace.export.jsonl import jsonl_lines  # noqa: PLC0415

        for line in jsonl_lines(extraction.claims):
            out.write(f"{line}\n")
    elif form == "html":
        from armstrace.export.page import document_page  # noqa: PLC0415

        out.write(document_page(document, extraction))
    else:
        from rich.console import Console  # noqa: PLC0415

        from armstrace.export.person import print_reading  # noqa: PLC0415

        print_reading(Console(file=out, highlight=False, soft_wrap=True), document, extraction, explain=explain)


def _report(error: ArmstraceError, failures: list[str]) -> None:
    from armstrace.export.person import plain  # noqa: PLC0415

    click.echo(f"armstrace: {plain(str(error))}", err=True)
    failures.append(str(error))


@cli.command()
@click.argument("texts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--metadata", "metadata_file", type=click.Path(dir_okay=False, path_type=Path), help="JSON Lines with outlet, published and title of each text.")
@click.option("--ids", help="Score only these texts (comma-separated file stems).")
@click.option("--list", "listing", is_flag=True, help="List misses and extras, by phenomenon where the gold names one.")
def evaluate(*, texts: Path, gold: Path, metadata_file: Path | None, ids: str | None, listing: bool) -> None:
    """Read the folder TEXTS and score the claims against the folder GOLD (one JSON file a text).

    Prints precision, recall and F1 of the core (supplier, recipient, polarity, kind of arms), of supplier-recipient
    pairs, and the accuracy of each other field on matched claims.
    """
    from armstrace.evaluate import read_gold, score_claims, score_table  # noqa: PLC0415
    from armstrace.ingest.files import read_metadata, read_text  # noqa: PLC0415
    from armstrace.pipeline import load_reader  # noqa: PLC0415

    golds = read_gold(gold, frozenset(ids.split(",")) if ids else None)
    given = read_metadata(metadata_file) if metadata_file else {}
    reader = load_reader()
    claims = {}
    for stem in golds:
        raw = read_text(texts / f"{stem}.txt")
        claims[stem] = _read_one(reader, raw, given.get(stem), _no_metadata())[1].claims
    for line in score_table(score_claims(golds, claims), listing=listing):
        click.echo(line)


def _no_metadata() -> Metadata:
    from armstrace.model import Metadata  # noqa: PLC0415

    return Metadata()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors of ours are one line on standard error and their exit code."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="armstrace")
    except ArmstraceError as error:
        from armstrace.export.person import plain  # noqa: PLC0415

        click.echo(f"armstrace: {plain(str(error))}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
