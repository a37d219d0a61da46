"""``armstrace read``: documents in, claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

import click

from armstrace.cli.console import complain_all
from armstrace.cli.inputs import Inputs, gather_inputs, input_options
from armstrace.cli.options import LLM, llm_options, refuse_unused
from armstrace.cli.text_files import whole_output
from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.ingest.raw import Unread
from armstrace.ingest.walk import Input
from armstrace.pipeline import Outcome, Reader, load_reader, make_document, read_built_in, read_with_model

Reading = Callable[[Document], Outcome]


@click.command()
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["person", "jsonl", "html"]),
    default="person",
    show_default=True,
    help="person: for reading; jsonl: one claim a line; html: a page of one document.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help="Write to this file instead of standard output; it takes the place of an earlier one once it is whole.",
)
@click.option("--explain", is_flag=True, help="Say why each claim reads so, and why other sentences gave none.")
@llm_options
def read(
    *,
    form: str,
    output: Path,
    explain: bool,
    reader_name: str,
    **options: Any,  # noqa: ANN401 - those of ``input_options`` and ``llm_options``, as their functions take them
) -> None:
    """Read documents and print their claims.

    PATH is a file, a folder, a web address, or - for standard input: plain text in any encoding, web pages, PDF and
    DOCX files, e-mails, feeds, articles as JSON Lines or CSV, web archives (WARC, WACZ), ZIP files of all these. The
    format is told by the content. Relative dates are resolved with the publication date; what --metadata says of a
    document counts before --published and --outlet, and these before what the document says of itself.

    \b
    Exit codes:
      0  everything was read
      2  wrong usage, or a malformed metadata file
      3  some input could not be read; the rest was
      4  the installation is damaged or incomplete
      5  --reader llm: the service cannot be used
    """  # noqa: D301 - click reads the real sign
    llm = {name: options.pop(name) for name in list(options) if name.startswith("llm_")}
    inputs = gather_inputs(**options)
    _check_output(inputs, form, output)
    if inputs.files or inputs.demo:
        opened = _open_reading(reader_name, llm, compare=explain and form == "person")
        with opened as (reader, reading), _opened(output) as out:
            _write(out, _read_all(inputs, reading), reader, form, explain=explain)
    if inputs.failed:
        raise SystemExit(InputError.exit_code)


def _read_all(inputs: Inputs, reading: Reading) -> Iterator[Outcome]:
    for raw in inputs.texts():
        try:
            yield reading(make_document(raw, *inputs.known_of(raw)))
        except InputError as error:
            inputs.report(Unread(raw.capture.source, str(error)))


@contextmanager
def _open_reading(name: str, llm: Mapping[str, Any], *, compare: bool) -> Iterator[tuple[Reader, Reading]]:
    """Yield the reader, and how it reads a document; afterwards tell what a language model took."""
    if name != LLM:
        refuse_unused(click.get_current_context())
        reader = load_reader()
        yield reader, partial(read_built_in, reader)
        return
    from armstrace.cli.llm import open_model  # noqa: PLC0415 - needed by this reader alone

    run = open_model(**llm)
    reader = load_reader()
    complain_all(run.notices())
    try:
        yield reader, partial(read_with_model, reader, run.model, compare=compare)
    finally:
        complain_all(run.report())


@contextmanager
def _opened(output: Path) -> Iterator[IO[str]]:
    """Yield where lines go: UTF-8 everywhere, as a pipe gets it, and a lone surrogate is no reason to stop."""
    if str(output) == "-":
        with click.open_file("-", "w", encoding="utf-8", errors="backslashreplace") as lines:
            yield lines
        return
    with whole_output(output) as out:
        text = TextIOWrapper(out, "utf-8", "backslashreplace", newline="\n")
        try:
            yield text
        finally:
            text.detach()  # what is beneath is closed by who opened it


def _check_output(inputs: Inputs, form: str, output: Path) -> None:
    """Refuse what would spoil files: a page of several documents, or an output that is an input."""
    if form == "html" and len(inputs.files) + inputs.demo > 1:
        raise click.UsageError(f"--format html writes a page of one document, and {len(inputs.files)} were given")
    paths = [file.path for file in inputs.files if isinstance(file, Input) and file.path]
    if any(path.resolve() == output.resolve() for path in paths):
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

    for found in readings:
        out.writelines(f"{line}\n" for line in jsonl_lines(found.extraction.claims))


def _write_page(out: IO[str], readings: Iterator[Outcome], names: Mapping[str, str]) -> None:
    from armstrace.export.page import document_page  # noqa: PLC0415

    found = list(readings)
    if len(found) > 1:
        raise click.UsageError(f"--format html writes a page of one document, and {len(found)} were found")
    out.writelines(document_page(one.document, one.extraction, names) for one in found)


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
