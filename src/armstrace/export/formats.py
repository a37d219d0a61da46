"""The formats that a register can be written in: a row a format; its module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final, NamedTuple

from armstrace.errors import MetadataError, MissingPartError
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
)
_BY_NAME: Final = {form.name: form for form in FORMATS}


def find_format(name: str) -> Format:
    """Return the format of a name.

    Raises:
        MetadataError: there is none.
    """
    if name not in _BY_NAME:
        raise MetadataError(f"{name}: no format of this name; there are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]


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
