"""The formats that a register can be written in: a row a format; its module is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Final, NamedTuple

from armstrace.errors import MetadataError, MissingPartError
from armstrace.export.record import Write


class Variant(NamedTuple):
    """What a format is written as where one of its options has a value: the name of a file ends otherwise."""

    option: str
    value: str
    suffix: str
    media_type: str
    holds: str


class Format(NamedTuple):
    """A format.

    Attributes:
        name: by which it is asked for.
        suffix: of a file of it, with its dot.
        media_type: as a server names it.
        holds: what is in it, in one line.
        module: whose ``write`` writes it, below ``armstrace.export``.
        options: what can be asked of it beside which lines.
        must: those of the options without which it cannot be written.
        extra: the extra of the package that it needs, "" for none.
        variants: what it is written as where more than the bytes follows from an option.
    """

    name: str
    suffix: str
    media_type: str
    holds: str
    module: str
    options: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    extra: str = ""
    variants: tuple[Variant, ...] = ()

    def written_as(self, options: Mapping[str, str]) -> tuple[str, str]:
        """Return suffix and media type of what is written with these options."""
        found = (one for one in self.variants if options.get(one.option) == one.value)
        return next(((one.suffix, one.media_type) for one in found), (self.suffix, self.media_type))


FORMATS: Final = (
    Format(
        "jsonl",
        ".jsonl",
        "application/x-ndjson",
        "JSON Lines, a transfer a line with claims, documents and findings; loses nothing",
        "record_lines",
    ),
    Format(
        "csv",
        ".csv",
        "text/csv; charset=utf-8",
        "a table for people: the register, or table=claims, values, sources ...; table=all: a ZIP of all of them",
        "tables.csv_files",
        ("table",),
        variants=(
            Variant(
                "table", "all", ".zip", "application/zip", "all tables, described by CSV on the Web; loses nothing"
            ),
        ),
    ),
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a workbook of all tables, with types and links; loses nothing",
        "tables.xlsx",
    ),
    Format(
        "parquet",
        ".parquet",
        "application/vnd.apache.parquet",
        "a row a transfer, nested, for data frames and databases; loses nothing",
        "tables.parquet",
        extra="parquet",
    ),
    Format(
        "geojson",
        ".geojson",
        "application/geo+json",
        "who is said to supply whom, as lines between states",
        "geojson",
    ),
    Format(
        "sipri-csv",
        ".csv",
        "text/csv; charset=utf-8",
        "the 16 columns of SIPRI's trade register, a deal a line; lines=all writes all transfers",
        "sipri.table",
        ("lines",),
    ),
    Format(
        "ftm",
        ".ftm.json",
        "application/json+ftm",
        "entities of FollowTheMoney, one a line: events, documents, parties, links",
        "ftm.as_entities",
        ("dataset",),
    ),
    Format(
        "ftm-statements",
        ".statements.json",
        "application/x-ndjson",
        "statements of FollowTheMoney, a value a line with the document that it stands in",
        "ftm.as_statements",
        ("dataset",),
    ),
    Format(
        "stix",
        ".stix.json",
        "application/stix+json",
        "a STIX 2.1 bundle: reports, notes, opinions, identities, locations, relationships",
        "stix.bundle",
    ),
    Format(
        "prov",
        ".prov.jsonld",
        "application/ld+json",
        "W3C PROV as JSON-LD: what every value was derived from, its words quoted and placed, by whom it was judged",
        "linked.prov",
    ),
    Format(
        "nanopub",
        ".trig",
        "application/trig",
        "nanopublications in TriG: a claim a citable unit, its id the hash of its content; unsigned",
        "linked.nanopub",
    ),
    Format(
        "claimreview",
        ".jsonld",
        "application/ld+json",
        "schema.org ClaimReview of claims that people judged: whether the report says so, not whether it is true",
        "linked.claim_reviews",
        ("publisher",),
    ),
    Format(
        "bibtex",
        ".bib",
        "application/x-bibtex",
        "BibTeX for biblatex: the documents behind the lines, each once",
        "citations.bibtex",
    ),
    Format(
        "csl-json",
        ".csl.json",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON, as reference managers take it: the documents behind the lines, each once",
        "citations.csl_json",
    ),
    Format(
        "un-register",
        ".csv",
        "text/csv; charset=utf-8",
        "a draft of a State's report to the UN Register of Conventional Arms, of one year, from reviewed lines",
        "un_register",
        ("country", "year", "direction"),
        must=("country", "year", "direction"),
    ),
)


def options_of(form: Format, settings: Iterable[str]) -> Mapping[str, str]:
    """Return what is asked of a format, by name.

    Raises:
        MetadataError: it cannot be asked for that.
    """
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if name not in form.options or not equals:
            known = ", ".join(f"{one}=..." for one in form.options) or "nothing"
            raise MetadataError(f"{setting}: {form.name} can be asked for {known}")
        found[name] = value
    return found


def writer_of(form: Format) -> Write:
    """Return what writes a format.

    Raises:
        MissingPartError: an extra that it needs is not installed.
    """
    try:
        write: Write = import_module(f"armstrace.export.{form.module}").write
    except ModuleNotFoundError as error:
        if not form.extra or (error.name or "").startswith("armstrace"):
            raise
        raise MissingPartError(f"{form.name} needs {error.name}: pip install 'armstrace[{form.extra}]'") from error
    return write
