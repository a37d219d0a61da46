"""Parts of office files (ZIP files of XML), read as a stream of events under fixed bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol
from xml.parsers import expat

from armstrace.errors import InputError
from armstrace.ingest.limits import MIB

MOST_PART: Final = 64 * MIB  # of one part, unpacked; the text of the longest book takes a tenth in XML
MOST_FILES: Final = 10_000
MOST_NESTING: Final = 400
_CHUNK: Final = 64 * 1024
_ENTRY: Final = b"PK\x01\x02"  # each entry of a ZIP file's directory begins so
_SPACE: Final = "}"  # expat puts it between the name of the namespace and that of the element
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


# Namespaces whose elements are told by a prefix; Word has two for the same, by the edition of its standard.
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta:",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest:",
}


class Tag(NamedTuple):
    """The name of an element, with a prefix if its namespace is known ("w:p"), and its attributes without."""

    name: str
    attributes: Mapping[str, str]


class Handler(Protocol):
    """What is done with the events of one part."""

    def start(self, tag: Tag) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take characters."""


class OfficeFile:
    """A ZIP file whose parts are read one by one, each within bounds."""

    def __init__(self, data: bytes, source: str) -> None:
        """Open the file.

        Raises:
            InputError: no ZIP file, an older or encrypted Office file, or one of very many parts.
        """
        self.source = source
        if data.startswith(_OLE):
            raise InputError(f"{source}: {_tell_ole(data)}")
        if data.count(_ENTRY) > MOST_FILES:
            raise InputError(f"{source}: has more than {MOST_FILES:,} parts; no office document has so many")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise InputError(f"{source}: is cut off or damaged (no whole ZIP file); get it again") from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str, handler: Handler) -> None:
        """Feed one part to a handler; a part that is not there gives no events.

        Raises:
            InputError: the part is damaged, no XML, declares entities, or is larger or deeper than is bearable.
        """
        if name in self.names:
            _Feed(f"{self.source}!/{name}", handler).run(self._zip, name)


def _tell_ole(data: bytes) -> str:
    if _LOCKED in data:
        return "is encrypted and needs a password; save it without one and read that"
    return "is an old Office file (.doc); save it as .docx, .odt or PDF and read that"


class _Feed:
    """One part on its way through the XML parser."""

    def __init__(self, where: str, handler: Handler) -> None:
        self._where = where
        self._handler = handler
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=_SPACE)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = handler.text
        # No office program writes one; whoever does wants entities that grow or that lead out of the file.
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def run(self, archive: zipfile.ZipFile, name: str) -> None:
        size = 0
        try:
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    if size > MOST_PART:
                        raise InputError(f"{self._where}: unpacks to more than {MOST_PART // MIB} MiB; not read")
                    self._parser.Parse(chunk, False)  # noqa: FBT003  (expat takes it by place)
            self._parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise InputError(f"{self._where}: is no XML that can be read ({error}); get the file again") from error
        except _BROKEN as error:
            raise InputError(f"{self._where}: is damaged or encrypted ({error}); get the file again") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_NESTING:
            raise InputError(f"{self._where}: is nested more than {MOST_NESTING} deep; not read")
        self._handler.start(Tag(_prefixed(name), {_local(key): value for key, value in attributes.items()}))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(_prefixed(name))

    def _refuse_doctype(self, *_: object) -> None:
        raise InputError(f"{self._where}: declares a document type, which office files have no use for; not read")


def _prefixed(name: str) -> str:
    space, _, local = name.rpartition(_SPACE)
    return _PREFIXES.get(space, "") + local


def _local(name: str) -> str:
    return name.rpartition(_SPACE)[2]
