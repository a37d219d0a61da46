"""The data of a publication, to take away: JSON Lines and CSV, written line by line as transfers go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final, NamedTuple

from armstrace.export.jsonl import claim_to_dict, json_line
from armstrace.export.record import About, Cited, Record
from armstrace.export.record_lines import record_to_dict
from armstrace.export.spreadsheet import ENCODING, csv_line, csv_row
from armstrace.export.tables.cells import text_cells
from armstrace.export.tables.columns import Table, cells_of
from armstrace.export.tables.lines import TRANSFERS
from armstrace.export.tables.standing import FINDINGS
from armstrace.export.transfers import transfer_to_dict
from armstrace.register.types import Transfer
from armstrace.told import Told
from armstrace.web.publication.folder import Folder, Writer
from armstrace.web.publication.gathered import SourceRow


class Item(NamedTuple):
    """One transfer to write, with its findings and documents, and what all of them have in common."""

    record: Record
    about: About

    @property
    def transfer(self) -> Transfer:
        """The transfer."""
        return self.record.transfer


Lines = Callable[[Item], Iterable[bytes]]

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
    """Yield the row of a transfer, with the name of its page."""
    for cells in _rows(TRANSFERS, item):
        yield csv_row([*cells, transfer_page(item.transfer.id)]).encode()


def finding_lines(item: Item) -> Iterator[bytes]:
    """Yield a row for each finding on a transfer."""
    for cells in _rows(FINDINGS, item):
        yield csv_row(cells).encode()


def transfer_page(identity: str) -> str:
    """Return the name of the page of a transfer."""
    return f"transfers/{identity}.html"


class Data(NamedTuple):
    """A file of data: its name, what it holds in words, its columns if it is a table, what gives its lines."""

    name: str
    holds: str
    columns: Sequence[str]
    lines: Lines


def _names(table: Table, *more: str) -> tuple[str, ...]:
    return (*(column.name for column in table.every), *more)


FILES: Final = (
    Data(
        "data/transfers.jsonl",
        "every line of the register with all alternatives of each field, who gives them, and findings",
        (),
        transfer_lines,
    ),
    Data("data/claims.jsonl", "every claim with its chain of sources, its document and its words", (), claim_lines),
    Data("data/register.csv", "the register as a table, one row a line", _names(TRANSFERS, "page"), register_lines),
    Data(
        "data/findings.csv",
        "what the law says, one row a line of the register and measure",
        _names(FINDINGS),
        finding_lines,
    ),
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
            out.write(csv_line((*told, row.transfers, row.claims)).encode())


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


def _rows(table: Table, item: Item) -> Iterator[list[str]]:
    for cells in cells_of(table, item.record, record_to_dict(item.record), item.about):
        yield text_cells(table, cells)
