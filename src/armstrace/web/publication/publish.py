"""The register of a store as a folder that needs no server: pages, data, and what they were made by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from armstrace import __version__
from armstrace.embargo.load import load_measures
from armstrace.errors import MetadataError
from armstrace.export.plain import plain
from armstrace.export.versions import versions_words
from armstrace.exporting import Choice, about_export, as_released, asked_for, each_record, versions_of
from armstrace.keeping.stages import Stages
from armstrace.lexicon.load import load_country_labels
from armstrace.register.reliability import Row
from armstrace.store.repository import Store
from armstrace.web.publication.data import FILES, SOURCES_FILE, Item, write_sources, writing
from armstrace.web.publication.folder import KIND, MANIFEST, SUMS, Folder, new_folder
from armstrace.web.publication.gathered import Gathered
from armstrace.web.publication.law import view_law
from armstrace.web.publication.lines import make_line
from armstrace.web.publication.markdown import render_markdown
from armstrace.web.publication.pages import Pages, Site, write_static

TITLE: Final = "Register of reported arms transfers"
SHAPE: Final = 1  # of the folder and its data; changes with their names and keys
_ALL_REVIEWED: Final = "Every line was released by a reviewer."
_UNREVIEWED: Final = "Lines are shown as a program read them, those that no person has reviewed included."


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, and how.

    Attributes:
        choice: which lines, and what of them.
        title: of the pages.
        about: what the publisher says of it, in Markdown.
        stamp: the day or moment of publication, shown as given; None shows none.
        reliability: how reliable sources are.
    """

    choice: Choice = field(default_factory=Choice)
    title: str = TITLE
    about: str = ""
    stamp: str | None = None
    reliability: Sequence[Row] = ()


class Published(NamedTuple):
    """How much was published; ``size`` in bytes."""

    transfers: int
    claims: int
    documents: int
    files: int
    size: int


def publish(store: Store, stages: Stages, place: Path, publication: Publication) -> Published:
    """Write a publication to a folder, in place of an earlier one, and return how much it holds.

    Where the store is set so, only released lines are published, whatever is asked for. The register must be up to
    date. The same register and publication give the same bytes. Whatever fails leaves the
    folder as it was.

    Raises:
        InputError: the folder holds something else, or cannot be written.
        MetadataError: no line is all that is asked for.
        StoreError: the store cannot be used.
        ValueError: a date is none.
    """
    publication = replace(publication, choice=as_released(store, publication.choice))
    names = load_country_labels()
    gathered = Gathered(publication.reliability)
    common = about_export(store, stages, publication.choice, publication.reliability, {})
    with new_folder(place) as folder:
        site = _site(publication)
        pages = Pages(folder, site, names, publication.reliability)
        with writing(folder) as write:
            for record in each_record(store, stages, publication.choice):
                line = make_line(record.transfer, record.findings, names)
                gathered.add(record.transfer, record.findings, line)
                write(Item(record, common))
                pages.write_transfer(record)
        if not gathered.lines:
            raise MetadataError("no line of the register is all that is asked for: nothing to publish")
        about = _about(store, stages, publication, gathered)
        _write_pages(pages, gathered, publication, about)
        write_sources(folder, gathered.sources())
        write_static(folder)
        held = {data.name: data.holds for data in (*FILES, SOURCES_FILE)}
        pages.write_downloads(held, folder.files)
        _write_manifest(folder, about)
        size = sum(file.size for file in folder.files.values())
        return Published(**gathered.counts(), files=len(folder.files), size=size)


def _site(publication: Publication) -> Site:
    choice = publication.choice
    known = f"As known on {choice.as_of}." if choice.as_of else ""
    stamp = f"Published {plain(publication.stamp)}." if publication.stamp else ""
    return Site(
        title=plain(publication.title) or TITLE,
        standing=" ".join(filter(None, (known, stamp, f"Made with armstrace {__version__}."))),
        review=_ALL_REVIEWED if publication.choice.wanted.released else _UNREVIEWED,
        quotes=choice.quotes,
    )


def _write_pages(pages: Pages, gathered: Gathered, publication: Publication, about: Mapping[str, Any]) -> None:
    pages.write_register(gathered.lines)
    pages.write_sources(gathered.sources())
    pages.write_law(view_law(gathered.cited(), load_measures()))
    pages.write_map(gathered.flows())
    pages.write_about(render_markdown(publication.about), _facts(about))


def _about(store: Store, stages: Stages, publication: Publication, gathered: Gathered) -> dict[str, Any]:
    """Return what the publication says of itself, as plain values."""
    choice = publication.choice
    return {
        "publication": KIND,
        "shape": SHAPE,
        "title": publication.title,
        "stamp": publication.stamp,
        "as_of": choice.as_of,
        "last_report": max((line.last for line in gathered.lines if line.last), default=None),
        "filters": {name: value for name, value in asked_for(choice).items() if name != "released"},
        "only_released": publication.choice.wanted.released,
        "sentences_of_documents": choice.quotes,
        "counts": gathered.counts(),
        "versions": versions_of(store, stages),
    }


def _facts(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    counts = about["counts"]
    filters = ", ".join(f"{name} {value}" for name, value in about["filters"].items())
    return [
        *versions_words(about["versions"]),
        ("As known on", about["as_of"] or "the last report"),
        ("Last report", about["last_report"] or "no date known"),
        ("Chosen by", filters or "nothing; the whole register"),
        ("Holds", ", ".join(f"{count:,} {name}" for name, count in counts.items())),
        *([("Published", plain(about["stamp"]))] if about["stamp"] else []),
    ]


def _write_manifest(folder: Folder, about: Mapping[str, Any]) -> None:
    """Write what the publication is and holds, and the hashes of all of it."""
    told = [{"name": name, "bytes": file.size, "sha256": file.sha256} for name, file in sorted(folder.files.items())]
    folder.write(MANIFEST, json.dumps({**about, "files": told}, indent=1) + "\n")
    folder.write(SUMS, "".join(f"{file.sha256}  {name}\n" for name, file in sorted(folder.files.items())))
