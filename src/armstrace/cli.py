"""The command line: a function a verb. Heavy parts load only when a verb needs them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from armstrace import __version__
from armstrace.cli_options import LLM, llm_options, refuse_unused
from armstrace.errors import ArmstraceError, InputError

if TYPE_CHECKING:
    from armstrace.document import Document, Metadata
    from armstrace.ingest.files import Source
    from armstrace.pipeline import Outcome, Reader

EXIT_SOME_FAILED = InputError.exit_code
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
# Standard output is what a pipe gets: UTF-8 everywhere, and a lone surrogate is no reason to stop.
_OUTPUT = click.File("w", encoding="utf-8", errors="backslashreplace", lazy=True)


@dataclass(slots=True)
class Run:
    """One run of a verb: what it reads with, and which inputs could not be read."""

    given: Mapping[str, Metadata] = field(default_factory=dict)
    base: Metadata | None = None
    failed: list[str] = field(default_factory=list)

    def report(self, error: ArmstraceError) -> None:
        """Tell on standard error what could not be read; it costs only itself."""
        _complain(str(error))
        self.failed.append(str(error))

    def read(self, reading: Callable[[Document], Outcome], source: Source) -> Outcome | None:
        """Return a document and its claims; None, and the reason told, where it cannot be read."""
        from armstrace.pipeline import make_document  # noqa: PLC0415 - keeps `--help` fast

        try:
            raw = source.read()
            return reading(make_document(raw, self.given.get(raw.id), self.base))
        except InputError as error:
            self.report(error)
            return None


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="armstrace")
def cli() -> None:
    """Trace every reported arms transfer back to who said it.

    armstrace reads news reports and takes out each attributed claim that arms move from one party to
    another, with the exact words beside every value. It reports what sources say; it never claims that a
    transfer took place.

    \b
    Start here:
      armstrace read --demo             read the packaged demo report
      armstrace read article.txt        read your own
      armstrace read FOLDER --format jsonl -o claims.jsonl
    """  # noqa: D301 - click reads the real sign


@cli.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--demo", is_flag=True, help="Read the demo report that comes with armstrace.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["person", "jsonl", "html"]),
    default="person",
    show_default=True,
    help="person: for reading; jsonl: one claim a line; html: a page of one document.",
)
@click.option("-o", "--output", type=_OUTPUT, default="-", help="Write to this file instead of standard output.")
@click.option("--published", metavar="DATE", help="When it was published (2022-09-06, 2022-09 or 2022).")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option(
    "--metadata",
    "metadata_file",
    type=_FILE,
    help="JSON Lines: id (file stem), outlet, published, title, url.",
)
@click.option("--explain", is_flag=True, help="Say why each claim reads so, and why other sentences gave none.")
@llm_options
def read(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[str, ...],
    demo: bool,
    form: str,
    output: IO[str],
    published: str | None,
    outlet: str | None,
    metadata_file: Path | None,
    explain: bool,
    reader_name: str,
    **llm: Any,  # noqa: ANN401 - the options of ``llm_options``, as ``open_model`` takes them
) -> None:
    """Read reports and print their claims.

    PATH is a text file, a folder of .txt files, or - for standard input. Relative dates are resolved with the
    publication date; what --metadata says of a document counts before --published and --outlet.

    \b
    Exit codes:
      0  everything was read
      2  wrong usage, or a malformed metadata file
      3  some input could not be read; the rest was
      4  the installation is damaged or incomplete
      5  --reader llm: the service cannot be used
    """  # noqa: D301 - click reads the real sign
    from armstrace.ingest.metadata import known_metadata, read_metadata  # noqa: PLC0415

    if not paths and not demo:
        raise click.UsageError("nothing to read: give a PATH, '-' for standard input, or --demo")
    run = Run(read_metadata(metadata_file) if metadata_file else {}, known_metadata(outlet, published))
    sources = _find_sources(run, paths, demo=demo)
    _check_output(sources, form, output.name)
    if sources:
        with _open_reading(reader_name, llm, compare=explain and form == "person") as (reader, reading):
            readings = (found for source in sources if (found := run.read(reading, source)))
            _write(output, readings, reader, form, explain=explain)
    if run.failed:
        raise SystemExit(EXIT_SOME_FAILED)


@contextmanager
def _open_reading(
    name: str, llm: Mapping[str, Any], *, compare: bool
) -> Iterator[tuple[Reader, Callable[[Document], Outcome]]]:
    """Yield the reader, and how it reads a document; afterwards tell what a language model took."""
    from armstrace.pipeline import load_reader, read_built_in, read_with_model  # noqa: PLC0415 - takes a second to load

    if name != LLM:
        refuse_unused(click.get_current_context())
        reader = load_reader()
        yield reader, partial(read_built_in, reader)
        return
    from armstrace.cli_llm import open_model  # noqa: PLC0415 - needed by this reader alone

    run = open_model(**llm)
    reader = load_reader()
    _complain_all(run.notices())
    try:
        yield reader, partial(read_with_model, reader, run.model, compare=compare)
    finally:
        _complain_all(run.report())


def _find_sources(run: Run, paths: Sequence[str], *, demo: bool) -> list[Source]:
    """Return all texts to read, each file once; what is not there is told."""
    from armstrace.ingest.files import demo_source, find_sources  # noqa: PLC0415

    found = {"--demo": demo_source()} if demo else {}
    for path in paths:
        try:
            found.update((str(s.path.resolve() if s.path else path), s) for s in find_sources(path))
        except InputError as error:
            run.report(error)
    for name, count in Counter(s.id for s in found.values()).items():
        if count > 1:
            _complain(f"warning: {count} documents go by the name '{name}'; their claims cannot be told apart by it")
    return list(found.values())


def _check_output(sources: Sequence[Source], form: str, output: str) -> None:
    """Refuse what would spoil files: a page of several documents, or an output that is an input."""
    if form == "html" and len(sources) > 1:
        raise click.UsageError(f"--format html writes a page of one document, and {len(sources)} were given")
    if any(s.path and s.path.resolve() == Path(output).resolve() for s in sources):
        raise click.UsageError(f"--output {output} is one of the files to read; it would be overwritten")


def _write(out: IO[str], readings: Iterator[Outcome], reader: Reader, form: str, *, explain: bool) -> None:
    if form == "jsonl":
        _write_lines(out, readings)
    elif form == "html":
        _write_page(out, readings, reader.lexicon.country_labels)
    else:
        _write_for_person(out, readings, reader.lexicon.country_labels, explain=explain)


def _write_lines(out: IO[str], readings: Iterator[Outcome]) -> None:
    from armstrace.export.jsonl import jsonl_lines  # noqa: PLC0415

    out.write("")  # no claim at all is an empty file, not a missing one
    for found in readings:
        out.writelines(f"{line}\n" for line in jsonl_lines(found.extraction.claims))


def _write_page(out: IO[str], readings: Iterator[Outcome], names: Mapping[str, str]) -> None:
    from armstrace.export.page import document_page  # noqa: PLC0415

    for found in readings:
        out.write(document_page(found.document, found.extraction, names))


def _write_for_person(out: IO[str], readings: Iterator[Outcome], names: Mapping[str, str], *, explain: bool) -> None:
    from armstrace.export.person import page_for, print_closing, print_reading  # noqa: PLC0415
    from armstrace.export.side_by_side import print_left_out, print_side_by_side  # noqa: PLC0415

    page = page_for(out)
    any_read = False
    for found in readings:
        print_reading(page, found.document, found.extraction, names, explain=explain)
        if explain:
            print_left_out(page, found.drops)
        if found.comparison:
            print_side_by_side(page, *found.comparison, names)
        any_read = True
    if any_read:
        print_closing(page)


@cli.command()
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
        return
    if gold is None:
        raise click.UsageError("evaluate needs the folder GOLD, or --attribution")
    from armstrace.evaluate import list_errors, read_gold, score_claims, score_table  # noqa: PLC0415
    from armstrace.export.plain import plain_lines  # noqa: PLC0415
    from armstrace.ingest.files import find_sources  # noqa: PLC0415
    from armstrace.ingest.metadata import read_metadata  # noqa: PLC0415
    from armstrace.pipeline import load_reader, read_built_in  # noqa: PLC0415

    golds = read_gold(gold, frozenset(ids.split(",")) if ids else None)
    run = Run(read_metadata(metadata_file) if metadata_file else {})
    reading = partial(read_built_in, load_reader())
    claims = {}
    for stem in golds:
        for source in find_sources(str(texts / f"{stem}.txt")):
            found = run.read(reading, source)
            claims[stem] = found.extraction.claims if found else ()
    scores = score_claims(golds, claims)
    for line in (*(list_errors(scores) if listing else ()), *score_table(scores)):
        click.echo(plain_lines(line))
    if run.failed:
        raise SystemExit(EXIT_SOME_FAILED)


def _complain(message: str) -> None:
    from armstrace.export.plain import plain  # noqa: PLC0415

    click.echo(f"armstrace: {plain(message)}", err=True)


def _complain_all(messages: Iterator[str]) -> None:
    for message in messages:
        _complain(message)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors of ours are one line on standard error and their exit code."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="armstrace")
    except ArmstraceError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
