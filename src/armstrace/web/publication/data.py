"""The data of a publication, to take away: JSON Lines and CSV, written line by line as transfers go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final, NamedTuple

from armstrace.export.jsonl import claim_to_dict, json_line
from armstrace.export.record import Cited, Record
from armstrace.export.spreadsheet import ENCODING, Cell, csv_line
from armstrace.export.transfer_words import items_words, quantity_column, route_words
from armstrace.export.transfers import transfer_to_dict
from armstrace.register.grades import LABELS
from armstrace.register.types import Transfer
from armstrace.told import Told
from armstrace.web.publication.folder import Folder, Writer
from armstrace.web.publication.gathered import SourceRow
from armstrace.web.publication.lines import Line
from armstrace.web.views.law import provisions_of


class Item(NamedTuple):
    """One transfer to write: with its findings and documents, and its line."""

    record: Record
    line: Line
    names: Mapping[str, str]

    @property
    def transfer(self) -> Transfer:
        """The transfer."""
        return self.record.transfer


Lines = Callable[[Item], Iterable[bytes]]

REGISTER: Final = (
    "transfer route suppliers recipients items categories number quantity_low quantity_high unit status denied "
    "status_from status_to first_report last_report origins_for origins_for_not_shown origins_against credibility "
    "credibility_label claims breach_if_true depends unknown page"
).split()
FINDINGS: Final = (
    "transfer measure body verdict provisions in_force_from in_force_to entry strength direction decisive source"
).split()
SOURCES: Final = "name kind country reliability label why transfers claims".split()


def transfer_lines(item: Item) -> Iterator[bytes]:
    """Yield the line of a transfer in its public shape."""
    yield _json({**transfer_to_dict(item.transfer), "findings": list(item.record.findings)})


def claim_lines(item: Item) -> Iterator[bytes]:
    """Yield a line for each claim of a transfer, and each that says something else of it, with its document."""
    for role, claims in (("claim", item.transfer.claims), ("context", item.transfer.context)):
        for told in claims:
            yield _json(
                {
                    "transfer": item.transfer.id,
                    "role": role,
                    **_claim(told, item.record.documents.get(told.claim.document)),
                }
            )


def register_lines(item: Item) -> Iterator[bytes]:
    """Yield the row of a transfer."""
    transfer, line = item.transfer, item.line
    span = transfer.ranges[0] if len(transfer.ranges) == 1 else None
    latest = transfer_to_dict(transfer)["latest"] or {}
    marks = {mark.words: " ".join(mark.measures) for mark in line.marks}
    categories = dict.fromkeys(str(one.value.category) for one in transfer.fields.items if one.value)
    yield _csv(
        transfer.id,
        route_words(transfer, item.names),
        " ".join(line.suppliers),
        " ".join(line.recipients),
        items_words(transfer),
        " ".join(categories),
        quantity_column(transfer),
        span.low if span else None,
        span.high if span else None,
        span.unit if span else None,
        latest.get("status"),
        "denied" if line.is_denied else "",
        latest.get("start"),
        latest.get("end"),
        line.first,
        line.last,
        line.affirming,
        line.not_shown,
        line.denying,
        line.credibility,
        LABELS[line.credibility],
        len(transfer.claims),
        *(marks.get(words) for words in ("breach if true", "depends", "unknown")),
        transfer_page(transfer.id),
    )


def finding_lines(item: Item) -> Iterator[bytes]:
    """Yield a row for each finding on a transfer."""
    for one in item.record.findings:
        yield _csv(
            item.transfer.id,
            one["measure"],
            one["body"],
            one["verdict"],
            "; ".join(provisions_of(one)),
            *(one[name] for name in ("in_force_from", "in_force_to", "entry", "strength", "direction", "decisive")),
            one["source"],
        )


def transfer_page(identity: str) -> str:
    """Return the name of the page of a transfer."""
    return f"transfers/{identity}.html"


class Data(NamedTuple):
    """A file of data: its name, what it holds in words, its columns if it is a table, what gives its lines."""

    name: str
    holds: str
    columns: Sequence[str]
    lines: Lines


FILES: Final = (
    Data(
        "data/transfers.jsonl",
        "every line of the register with all alternatives of each field, who gives them, and findings",
        (),
        transfer_lines,
    ),
    Data("data/claims.jsonl", "every claim with its chain of sources, its document and its words", (), claim_lines),
    Data("data/register.csv", "the register as a table, one row a line", REGISTER, register_lines),
    Data("data/findings.csv", "what the law says, one row a line of the register and measure", FINDINGS, finding_lines),
)
SOURCES_FILE: Final = Data("data/sources.csv", "every source and outlet with its reliability", SOURCES, lambda _: ())


@contextmanager
def writing(folder: Folder) -> Iterator[Callable[[Item], None]]:
    """Yield what writes a transfer into all files."""
    with ExitStack() as stack:
        opened = [(data, stack.enter_context(folder.open(data.name))) for data in FILES]
        for data, out in opened:
            _head(data, out)

        def write(item: Item) -> None:
            for data, out in opened:
                for line in data.lines(item):
                    out.write(line)

        yield write


def write_sources(folder: Folder, rows: Iterable[SourceRow]) -> None:
    """Write the table of sources."""
    with folder.open(SOURCES_FILE.name) as out:
        _head(SOURCES_FILE, out)
        for row in rows:
            grade = row.reliability
            told = (row.name, str(row.kind), row.country, grade.grade, grade.label, grade.sentence)
            out.write(_csv(*told, row.transfers, row.claims))


def _head(data: Data, out: Writer) -> None:
    if data.columns:
        out.write(csv_line(data.columns).encode(ENCODING))


def _claim(told: Told, document: Cited | None) -> dict[str, Any]:
    row = claim_to_dict(told.claim)
    evidence = {**row["evidence"], "text": row["evidence"]["text"] or None}
    known = {"outlet": told.outlet, "published": told.published, "title": told.title}
    return {**row, "evidence": evidence, **known, "url": document.url if document else None, "text_family": told.family}


def _json(row: Mapping[str, Any]) -> bytes:
    return f"{json_line(row)}\n".encode()


def _csv(*cells: Cell) -> bytes:
    return csv_line(cells).encode("utf-8", "replace")
