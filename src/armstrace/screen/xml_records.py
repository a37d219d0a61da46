"""Lists in XML as a stream of records, read under fixed bounds: no document type, no entities, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from xml.parsers import expat

from armstrace.errors import ListError
from armstrace.screen.limits import CHUNK, MIB, MOST_BYTES, MOST_RECORD

_MOST_DEPTH: Final = 60
_SPACE: Final = "}"  # expat puts it between the name of the namespace and that of the element


@dataclass(slots=True)
class Node:
    """An element: its name and attributes without namespace, its own text, what it holds."""

    tag: str
    attributes: Mapping[str, str]
    namespace: str = ""
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside, runs of white space as one space."""
        return " ".join("".join(self.parts).split())

    def get(self, *path: str) -> str:
        """Return the text of the first element at a path, "" where there is none."""
        return next((node.text for node in self.each(*path)), "")

    def each(self, *path: str) -> Iterator[Node]:
        """Yield the elements at a path of names below this one."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.tag == path[0]:
                yield from child.each(*path[1:])

    def texts(self, *path: str) -> list[str]:
        """Return the texts of the elements at a path that have any."""
        return [node.text for node in self.each(*path) if node.text]


def read_root(start: bytes) -> Node | None:
    """Return the first element of the beginning of a file, None where it is no XML that may be read."""
    reader = _Reader("", frozenset())
    with suppress(ListError):
        reader.feed(start, is_last=False)
    return reader.root


def read_records(stream: BinaryIO, name: str, tags: frozenset[str]) -> Iterator[Node]:
    """Yield the root without what it holds, then each element of the given names, whole.

    Raises:
        ListError: the file is cut short, no XML, declares a document type, or is larger or deeper than is bearable.
    """
    reader = _Reader(name, tags)
    is_root_told = False
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise ListError(f"{name}: is larger than {MOST_BYTES // MIB} MiB, which no list is; not read")
        reader.feed(chunk, is_last=False)
        if reader.root and not is_root_told:
            is_root_told = True
            yield reader.root
        yield from reader.take()
    reader.feed(b"", is_last=True)
    yield from reader.take()


class _Reader:
    """Builds nodes of the elements asked for, and forgets all others."""

    def __init__(self, name: str, tags: frozenset[str]) -> None:
        self.root: Node | None = None
        self._name = name
        self._tags = tags
        self._depth = 0
        self._open: list[Node] = []
        self._held = 0
        self._done: list[Node] = []
        self._parser = expat.ParserCreate(namespace_separator=_SPACE)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, data: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            what = "is cut short" if is_last else f"is no XML that can be read ({error})"
            raise ListError(f"{self._name}: {what}; download it again") from error
        except (ValueError, UnicodeError, LookupError) as error:
            raise ListError(
                f"{self._name}: is in an encoding that cannot be read ({error}); save it as UTF-8"
            ) from error

    def take(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise ListError(f"{self._name}: is nested more than {_MOST_DEPTH} deep, which no list is; not read")
        space, _, local = name.rpartition(_SPACE)
        if self._depth > 1 and not self._open and local not in self._tags:
            return
        node = Node(local, {_local(key): value for key, value in attributes.items()}, space)
        if self._depth == 1:
            self.root = node
            return
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)
        self._hold(len(name) + sum(map(len, attributes.values())))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._held = 0
                self._done.append(node)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)
            self._hold(len(text))

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > MOST_RECORD:
            raise ListError(f"{self._name}: holds an entry of more than {MOST_RECORD // MIB} MiB; not read")

    def _refuse_doctype(self, *_: object) -> None:
        raise ListError(f"{self._name}: declares a document type, which no list has use for; not read")


def _local(name: str) -> str:
    return name.rpartition(_SPACE)[2]
