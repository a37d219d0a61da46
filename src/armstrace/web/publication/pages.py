"""The pages of a publication, made of templates that the desk shares, with addresses beside one another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from armstrace.export.record import Record
from armstrace.export.wording import CountryNames
from armstrace.pictures.flows import Addresses as Leading
from armstrace.pictures.flows import Flow, draw_flows
from armstrace.pictures.world import BORDERS
from armstrace.register.grades import LABELS
from armstrace.register.reliability import GRADES, Row
from armstrace.web.addresses import Addresses
from armstrace.web.publication.data import transfer_page
from armstrace.web.publication.flows import flow_address, view_flows, view_matrix
from armstrace.web.publication.folder import File, Folder
from armstrace.web.publication.gathered import SourceRow
from armstrace.web.publication.law import MeasureView
from armstrace.web.publication.lines import Line
from armstrace.web.templating import new_environment
from armstrace.web.views.transfer_page import transfer_values

ON_A_PAGE: Final = 500
LINES_FILE: Final = "lines.js"
_SHEETS: Final = tuple(
    f"style/{name}.css" for name in "tokens page tables forms pictures document publication print".split()
)
_STATIC: Final = (*_SHEETS, "icon.svg", "publication.js")
_DIGITS: Final = 10
_PLACES: Final = (
    ("index.html", "Register"),
    ("map.html", "Map"),
    ("sources.html", "Sources"),
    ("law.html", "Law"),
    ("downloads.html", "Downloads"),
    ("about.html", "About"),
)
# Nothing but what lies in the folder. ``file:`` because a page from the disk has no origin that would be its own.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file: data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages say: title, how the register stands, what of it is published, and where files are."""

    title: str
    standing: str
    review: str
    quotes: bool
    policy: str = _POLICY
    places: tuple[tuple[str, str], ...] = _PLACES
    sheets: tuple[str, ...] = _SHEETS
    lines: str = LINES_FILE

    @property
    def static(self) -> Mapping[str, str]:
        """Names of packaged files in the publication, by their names in the package."""
        return static_names()


class Sheet(NamedTuple):
    """A page of a long list: its file, its number from 1, the places of its first and last entry from 1."""

    file: str
    number: int
    first: int
    last: int


@cache
def static_names() -> Mapping[str, str]:
    """Return the names of packaged files in a publication; another content has another name."""
    found = {}
    for name in _STATIC:
        stem, _, ending = name.rpartition(".")
        digest = sha256(_packaged(name)).hexdigest()[:_DIGITS]
        found[name] = f"static/{stem.removeprefix('style/')}-{digest}.{ending}"
    return MappingProxyType(found)


def write_static(folder: Folder) -> None:
    """Write what the pages look and act by."""
    for name, written in static_names().items():
        with folder.open(written) as out:
            out.write(_packaged(name))


def _packaged(name: str) -> bytes:
    return files("armstrace.web").joinpath("static", *name.split("/")).read_bytes()


class Pages:
    """Writes the pages of one publication."""

    def __init__(self, folder: Folder, site: Site, names: CountryNames, reliability: Sequence[Row]) -> None:
        self._folder = folder
        self._site = site
        self._names = names
        self._templates = _templates()
        self._reliability = reliability

    def write_transfer(self, record: Record) -> None:
        """Write the page of a transfer."""
        urls = {one.id: one.url for one in record.documents.values()}
        addresses = Addresses(words=lambda document, _: urls.get(document), measure=lambda key, _: f"../law.html#{key}")
        shown = transfer_values(record.transfer, record.findings, self._reliability, self._names, addresses)
        self._write(transfer_page(record.transfer.id), "transfer.html", shown)

    def write_register(self, lines: Sequence[Line]) -> None:
        """Write the list of all lines, page by page, and the file that its script reads."""
        verdicts = dict.fromkeys(mark.words for line in lines for mark in line.marks)
        shared = {
            "heading": "Register",
            "statuses": sorted({line.status for line in lines}),
            "verdicts": sorted(verdicts),
            "total": len(lines),
        }
        self._write_list(("index", "register.html", "lines"), lines, shared)
        rows = ",\n".join(json.dumps(line.values, separators=(",", ":")) for line in lines)
        self._folder.write(LINES_FILE, f'"use strict";\nconst LINES = [\n{rows}\n];\n')

    def write_sources(self, rows: Sequence[SourceRow]) -> None:
        """Write who the claims come from."""
        shown = [
            {
                "name": row.name,
                "kind": str(row.kind),
                "country": self._names.get(row.country, row.country) if row.country else "",
                "grade": row.reliability.grade,
                "label": row.reliability.label,
                "why": row.reliability.sentence,
                "transfers": row.transfers,
                "claims": row.claims,
            }
            for row in rows
        ]
        self._write_list(("sources", "sources.html", "rows"), shown, {"heading": "Sources", "total": len(rows)})

    def write_law(self, measures: Sequence[MeasureView]) -> None:
        """Write the measures that findings cite."""
        self._write("law.html", "publication/law.html", {"heading": "Law", "measures": measures})

    def write_map(self, flows: Sequence[Flow]) -> None:
        """Write who is said to supply whom."""
        shown = {
            "heading": "Map",
            "flows": view_flows(flows, self._names),
            "matrix": view_matrix(flows, self._names),
            "drawn": draw_flows(flows, self._names, Leading(flow_address, lambda _: None)),
            "borders": BORDERS,
        }
        self._write("map.html", "publication/map.html", shown)

    def write_about(self, about: Markup, versions: Iterable[tuple[str, str]]) -> None:
        """Write what the register is, what its words mean, and by which versions it was made."""
        shown = {
            "heading": "About",
            "about": about,
            "versions": list(versions),
            "credibility": sorted(LABELS.items()),
            "reliability": sorted(GRADES.items()),
        }
        self._write("about.html", "publication/about.html", shown)

    def write_downloads(self, held: Mapping[str, str], written: Mapping[str, File]) -> None:
        """Write where the data are: ``held`` says what each file holds, by name."""
        rows = [
            {
                "name": name,
                "short": name.rpartition("/")[2],
                "holds": holds,
                "size": f"{written[name].size:,}",
                "sha256": written[name].sha256,
            }
            for name, holds in held.items()
        ]
        self._write("downloads.html", "publication/downloads.html", {"heading": "Downloads", "files": rows})

    def _write_list(self, what: tuple[str, str, str], rows: Sequence[Any], shared: Mapping[str, Any]) -> None:
        stem, template, name = what
        sheets = _sheets(stem, len(rows))
        for sheet in sheets:
            shown = {**shared, "all": sheets, "number": sheet.number, "first": sheet.first, "last": sheet.last}
            part = rows[sheet.first - 1 : sheet.last]
            self._write(sheet.file, f"publication/{template}", {**shown, name: part}, here=f"{stem}.html")

    def _write(self, name: str, template: str, shown: Mapping[str, Any], *, here: str = "") -> None:
        context = {"site": self._site, "up": "../" * name.count("/"), "here": here or name, **shown}
        self._folder.write(name, self._templates.get_template(template).render(context))


def _sheets(stem: str, count: int) -> list[Sheet]:
    starts = range(0, max(count, 1), ON_A_PAGE)
    return [
        Sheet(f"{stem}{'' if number == 1 else f'-{number}'}.html", number, start + 1, min(start + ON_A_PAGE, count))
        for number, start in enumerate(starts, 1)
    ]


@cache
def _templates() -> Environment:
    return new_environment("publication/frame.html")
