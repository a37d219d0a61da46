"""The formats that a register can be written in: a row a format; its module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final, NamedTuple

from armstrace.errors import MissingPartError
from armstrace.export.record import Write


class Format(NamedTuple):
    """A format.

    Attributes:
        name: by which it is asked for.
        suffix: of a file of it, with its dot.
        media_type: as a server names it.
        holds: what is in it, in one line.
        module: whose ``write`` writes it, below ``armstrace.export``.
        options: what can be asked of it beside which lines.
        extra: the extra of the package that it needs, "" for none.
    """

    name: str
    suffix: str
    media_type: str
    holds: str
    module: str
    options: tuple[str, ...] = ()
    extra: str = ""


FORMATS: Final = (
    Format(
        "jsonl",
        ".jsonl",
        "application/x-ndjson",
        "JSON Lines, a transfer a line with claims, documents and findings; loses nothing",
        "record_lines",
    ),
    Format(
        "un-register",
        ".csv",
        "text/csv; charset=utf-8",
        "a draft of a State's report to the UN Register of Conventional Arms, of one year, from reviewed lines",
        "un_register",
        ("country", "year", "direction"),
    ),
    Format(
        "sipri-csv",
        ".csv",
        "text/csv; charset=utf-8",
        "the 16 columns of SIPRI's trade register, a deal a line; lines=all writes all transfers",
        "sipri.table",
        ("lines",),
    ),
)


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
