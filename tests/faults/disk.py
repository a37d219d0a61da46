"""What a disk holds after a power loss: of a log of calls, only what was brought to the disk before.

A file's bytes are sure once the file was synced; that a name leads to it, once its folder was. All else may be there or
not, in any mixture. Three mixtures are tried: nothing of it is there; the names are, the bytes are not; the bytes are,
the names are not.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_HEAD = struct.Struct("<cIIQI")
MIXTURES = ("nothing unsynced", "names only", "bytes only")
_SHARED_MEMORY = "-shm"  # of SQLite; it is mapped, and made anew by who comes first


class Call(NamedTuple):
    """A call that changed something: created, written, truncated, synced, renamed, unlinked; or output (``a``)."""

    what: str
    name: str
    other: str
    offset: int
    data: bytes


def read_log(path: Path) -> Iterator[Call]:
    """Yield the calls of a log that the shim wrote."""
    told = path.read_bytes()
    at = 0
    while at + _HEAD.size <= len(told):
        what, name, other, offset, length = _HEAD.unpack_from(told, at)
        at += _HEAD.size
        parts = []
        for size in (name, other, length):
            parts.append(told[at : at + size])
            at += size
        yield Call(what.decode(), parts[0].decode(), parts[1].decode(), offset, parts[2])


@dataclass
class Node:
    """A file or a folder: as it is, and as it is sure to be on the disk."""

    is_folder: bool
    data: bytearray = field(default_factory=bytearray)
    sure_data: bytes = b""
    names: dict[str, Node] = field(default_factory=dict)
    sure_names: dict[str, Node] = field(default_factory=dict)

    def sync(self) -> None:
        """Bring it to the disk as it is."""
        self.sure_data, self.sure_names = bytes(self.data), dict(self.names)


class Disk:
    """A folder whose calls are followed; at its beginning all of it is on the disk."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._top = _found(folder)

    def take(self, call: Call) -> None:
        """Follow one call."""
        if call.what == "a":
            return
        above, name = self._place(call.name)
        if above is None:
            return
        node = above.names.get(name) if name else self._top
        if call.what in {"c", "m"}:
            above.names[name] = Node(is_folder=call.what == "m")
        elif call.what == "u":
            above.names.pop(name, None)
        elif call.what == "r":
            to, new = self._place(call.other)
            to.names[new] = above.names.pop(name)
        elif node is not None:
            _change(node, call)

    def _place(self, path: str) -> tuple[Node | None, str]:
        """Return the folder of a path, None where that is gone, and the path's name in it; "" for the top."""
        parts = Path(path).relative_to(self._root).parts
        node: Node | None = self._top
        for part in parts[:-1]:
            node = node.names.get(part) if node else None
        return node, parts[-1] if parts else ""

    def write(self, mixture: str, place: Path) -> None:
        """Make a folder as it is found after a power loss now."""
        if place.exists():
            shutil.rmtree(place)
        place.mkdir()
        _write(self._top, place, MIXTURES.index(mixture))


def _found(path: Path) -> Node:
    """Return what is there now, all of it sure."""
    if path.is_dir():
        names = {one.name: _found(one) for one in path.iterdir() if not one.name.endswith(_SHARED_MEMORY)}
        return Node(is_folder=True, names=names, sure_names=dict(names))
    data = path.read_bytes()
    return Node(is_folder=False, data=bytearray(data), sure_data=data)


def _change(node: Node, call: Call) -> None:
    if call.what == "w":
        end = call.offset + len(call.data)
        node.data.extend(bytes(max(0, end - len(node.data))))
        node.data[call.offset : end] = call.data
    elif call.what in {"t", "l"}:
        length = call.offset if call.what == "l" else 0
        node.data = node.data[:length] + bytes(max(0, length - len(node.data)))
    elif call.what == "s":
        node.sync()


def _write(folder: Node, place: Path, mixture: int) -> None:
    names = folder.names if mixture == 1 else folder.sure_names
    for name, node in names.items():
        if name.endswith(_SHARED_MEMORY):
            continue
        if node.is_folder:
            (place / name).mkdir()
            _write(node, place / name, mixture)
        else:
            (place / name).write_bytes(bytes(node.data) if mixture == 2 else node.sure_data)
