"""Publications as files: written from a store, walked, and their pages read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

from desk_server import stages
from lxml import etree

from armstrace.exporting import Choice, about_export
from armstrace.keeping.update import update_register
from armstrace.register.reliability import load_reliability
from armstrace.register.select import Wanted
from armstrace.store.repository import Store
from armstrace.web.exports import Material, find_format, write_format
from armstrace.web.publication.publish import Publication, Published, publish

LEADS = {"href", "src"}


def write(store: Store, place: Path, *, wanted: Wanted | None = None, choice: dict | None = None, **more) -> Published:
    """Write a publication of a store to a folder."""
    update_register(store, stages())
    chosen = Choice(wanted or Wanted(), **(choice or {}))
    return publish(store, stages(), place, Publication(chosen, reliability=load_reliability(), **more))


def export(store: Store, form: str, choice: Choice | None = None, **options: str) -> bytes:
    """Return lines of the register of a store in a format."""
    update_register(store, stages())
    wanted = choice or Choice()
    about = about_export(store, stages(), wanted, load_reliability(), options)
    out = io.BytesIO()
    chosen = find_format(form, is_of_one=bool(wanted.transfer))
    write_format(chosen, Material(store, stages(), wanted, about), out)
    return out.getvalue()


def report(store: Store, transfer: str, **choice: str | bool) -> str:
    """Return the report of one transfer."""
    return export(store, "html", Choice(transfer=transfer, **choice)).decode()


def files_in(place: Path) -> dict[str, bytes]:
    """Return what a folder holds, by name."""
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def read_page(data: bytes) -> etree._Element:
    """Return a page; fail where a browser would have to guess what was meant."""
    parser = etree.HTMLParser(encoding="utf-8")
    page = etree.fromstring(data, parser)
    # The parser is of the days before these elements.
    told = [one.message for one in parser.error_log if one.type_name != "HTML_UNKNOWN_TAG"]
    assert not told
    return page


def links_of(page: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each address of a page, and the name of the element that bears it."""
    for one in page.iter(etree.Element):
        for name in LEADS & set(one.attrib):
            yield str(one.tag), one.attrib[name]


def target_of(page: str, address: str) -> tuple[str, str]:
    """Return the file that a relative address on a page leads to, and the place in it."""
    name, place = urldefrag(address)
    if not name:
        return page, unquote(place)
    base = Path("/", page).parent
    return str((base / unquote(name)).resolve().relative_to("/")), unquote(place)
