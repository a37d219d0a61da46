"""Tells of what format and version a list is from what it begins with, never from its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final, NamedTuple

from armstrace.errors import ListError
from armstrace.screen import eu_list, ftm, ofac_advanced, ofac_csv, ofac_xml, ofsi_list, uk_list, un_xml
from armstrace.screen.fold import fold
from armstrace.screen.reading import Context, Read
from armstrace.screen.table_rows import Cells, first_cells
from armstrace.screen.xml_records import read_root

START: Final = 1 << 16  # bytes that are looked at
_FIRST_ROWS: Final = 10

Reader = Callable[[BinaryIO, Context], Read]


class Format(NamedTuple):
    """A format by name, and what reads it; the parts of OFAC's CSV are read together by ``read_ofac_csv``."""

    name: str
    read: Reader | None
    part: str = ""


class _Xml(NamedTuple):
    root: str
    namespaces: frozenset[str]
    format: Format


class _Headed(NamedTuple):
    delimiter: str
    header: tuple[str, ...]
    format: Format


_XML: Final = (
    _Xml(un_xml.ROOT, frozenset({""}), Format("UN XML", un_xml.read_un)),
    _Xml(eu_list.ROOT, frozenset({eu_list.NAMESPACE}), Format("EU XML 1.1", eu_list.read_eu_xml)),
    _Xml(ofac_xml.ROOT, ofac_xml.NAMESPACES, Format("OFAC XML", ofac_xml.read_ofac_xml)),
    _Xml(
        ofac_advanced.ROOT,
        ofac_advanced.NAMESPACES,
        Format("OFAC advanced XML", ofac_advanced.read_ofac_advanced),
    ),
    _Xml(uk_list.ROOT, frozenset({""}), Format("UK Sanctions List XML", uk_list.read_uk_xml)),
    _Xml(
        ofsi_list.ROOT,
        frozenset({"", "http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist"}),
        Format("OFSI XML", ofsi_list.read_ofsi_xml),
    ),
)
_HEADED: Final = (
    _Headed(";", eu_list.HEADER, Format("EU CSV 1.1", eu_list.read_eu_csv)),
    _Headed(",", uk_list.HEADER, Format("UK Sanctions List CSV", uk_list.read_uk_csv)),
    _Headed(",", ofsi_list.HEADER, Format("OFSI CSV", ofsi_list.read_ofsi_csv)),
    _Headed(",", ftm.HEADER, Format("OpenSanctions CSV", ftm.read_targets)),
)
_FTM: Final = Format("FollowTheMoney JSON", ftm.read_ftm)
# How files begin (in small letters) that are no list, and what to say of them.
_NOT_LISTS: Final = (
    (b"pk\x03\x04", "is a ZIP file; unpack it and give what it holds"),
    (b"\x1f\x8b", "is packed with gzip; unpack it and give what it holds"),
    (b"<!doctype html", "is a web page and not the list; download the file itself"),
    (b"<html", "is a web page and not the list; download the file itself"),
    (b"%pdf", "is a PDF; download the list as XML or CSV"),
)


def tell_format(start: bytes, name: str) -> Format:
    """Return the format of a file that begins so.

    Raises:
        ListError: it is none that is known, or of a version that is not.
    """
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        raise ListError(f"{name}: is empty; download it again")
    if said := next((words for mark, words in _NOT_LISTS if bare.lower().startswith(mark)), None):
        raise ListError(f"{name}: {said}")
    if bare.startswith(b"<"):
        return _tell_xml(start, name)
    if bare.startswith(b"{"):
        return _FTM
    return _tell_table(start, name)


def _tell_xml(start: bytes, name: str) -> Format:
    root = read_root(start)
    if root is None:
        raise ListError(f"{name}: is no XML that can be read; download it again")
    known = [xml for xml in _XML if xml.root == root.tag]
    if not known:
        raise ListError(f"{name}: is XML, but no sanctions list that armstrace knows (its root is <{root.tag[:60]}>)")
    if root.namespace not in known[0].namespaces:
        raise ListError(
            f"{name}: is {known[0].format.name} of a version that armstrace does not know "
            f"(namespace {root.namespace[:120]!r}); look for a newer armstrace, or take another format of the list"
        )
    return known[0].format


def _tell_table(start: bytes, name: str) -> Format:
    rows = [cells for cells in first_cells(start, ",", _FIRST_ROWS) if cells]
    if part := _tell_part(rows):
        return Format(f"OFAC CSV ({part})", None, part)
    for headed in _HEADED:
        for cells in first_cells(start, headed.delimiter, _FIRST_ROWS):
            found = sum(column in map(fold, cells) for column in headed.header)
            if found > len(headed.header) // 2:
                return headed.format  # where a column is missing, its reader says which
    raise ListError(f"{name}: is no sanctions list that armstrace knows; see `armstrace lists` for what can be loaded")


def _tell_part(rows: list[Cells]) -> str:
    """Return which of OFAC's files rows are of, "" for none: they have no header, and begin with a number."""
    if not rows or not rows[0][0].strip().isdecimal():
        return ""
    size = len(rows[0])
    return next((part for part, columns in ofac_csv.COLUMNS.items() if columns == size), "")
