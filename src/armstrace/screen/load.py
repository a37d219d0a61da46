"""Reads list files that the user downloaded: which list each is, its version, its entries, what was left out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple, cast

from armstrace.errors import ListError
from armstrace.screen.entries import Fault, ListedEntry
from armstrace.screen.formats import START, Format, tell_format
from armstrace.screen.limits import MOST_ENTRIES, MOST_FAULTS
from armstrace.screen.list_kinds import is_list_key
from armstrace.screen.ofac_csv import ADDRESSES, ALIASES, PRIMARY, Part, read_ofac_csv
from armstrace.screen.reading import About, Context, Read

_OFAC_CSV: Final = "OFAC CSV"


class ListFile(NamedTuple):
    """A file by name, and what opens it anew."""

    name: str
    open: Callable[[], BinaryIO]


class FileVersion(NamedTuple):
    """A file that a list was read from; ``sha256`` is of its bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SanctionsList:
    """A list of one version. ``dated`` is the ISO date that the list bears, "" where it bears none."""

    key: str
    format: str
    dated: str
    sha256: str
    files: tuple[FileVersion, ...]
    entries: tuple[ListedEntry, ...]
    faults: tuple[Fault, ...] = ()


def read_lists(files: Sequence[ListFile], codes: Mapping[str, str], key: str | None = None) -> list[SanctionsList]:
    """Return the lists of files, in their order; OFAC's CSV files make one list together.

    ``codes`` are ISO codes by folded country name; ``key`` says which list it is where the content does not.

    Raises:
        ListError: a file is none that is known, is cut short, or is of an unknown version; nothing is then read.
        OSError: a file cannot be opened or read.
    """
    if key is not None and not is_list_key(key):
        raise ListError(f"{key}: is no list that armstrace knows; see `armstrace lists` for their keys")
    told = [(file, _tell(file)) for file in files]
    parts = [(file, form) for file, form in told if form.part]
    lists = [_read_one(file, form, codes) for file, form in told if not form.part]
    if parts:
        lists.append(_read_parts(parts, codes))
    if key is None:
        return lists
    if len(lists) > 1:
        raise ListError(f"--as {key}: names one list, and the files are {len(lists)}; give them one by one")
    return [SanctionsList(key, *(getattr(one, name) for name in SanctionsList.__slots__[1:])) for one in lists]


def _tell(file: ListFile) -> Format:
    with file.open() as stream:
        return tell_format(stream.read(START), file.name)


def _read_one(file: ListFile, form: Format, codes: Mapping[str, str]) -> SanctionsList:
    assert form.read is not None  # noqa: S101 - only the parts of OFAC's CSV have none
    with file.open() as opened:
        stream = _Hashed(opened)
        found = _collect(form.read(cast("BinaryIO", stream), Context(file.name, codes)), file.name)
        version = stream.version(file.name)
    return _made(found, form.name, [version])


def _read_parts(parts: Sequence[tuple[ListFile, Format]], codes: Mapping[str, str]) -> SanctionsList:
    files: dict[str, ListFile] = {}
    for file, form in parts:
        if form.part in files:
            raise ListError(
                f"{file.name}: holds {form.part} like {files[form.part].name}; give the CSV files of one list at a time"
            )
        files[form.part] = file
    if missing := [part for part in (PRIMARY, ALIASES, ADDRESSES) if part not in files]:
        raise ListError(
            f"{parts[0][0].name}: is one of several CSV files of a list of OFAC; that of {missing[0]} is not with it; "
            "give the three together (SDN.CSV ALT.CSV ADD.CSV, or CONS_PRIM.CSV CONS_ALT.CSV CONS_ADD.CSV)"
        )
    streams = {part: _Hashed(file.open()) for part, file in files.items()}
    try:
        opened = {part: Part(cast("BinaryIO", stream), files[part].name) for part, stream in streams.items()}
        found = _collect(read_ofac_csv(opened, Context(files[PRIMARY].name, codes)), files[PRIMARY].name)
        return _made(found, _OFAC_CSV, [streams[part].version(files[part].name) for part in files])
    finally:
        for stream in streams.values():
            stream.close()


class _Found(NamedTuple):
    about: About
    entries: list[ListedEntry]
    faults: list[Fault]


def _collect(read: Read, name: str) -> _Found:
    """Return all that a reader gives.

    Raises:
        ListError: the list is empty, is not as long as it says, or has too many rows that cannot be read.
    """
    about, entries, faults = About(), [], []
    for one in read:
        if isinstance(one, About):
            about = About(one.dated or about.dated, one.total or about.total, one.key or about.key)
        elif isinstance(one, Fault):
            faults.append(one)
        else:
            entries.append(one)
        if len(faults) > MOST_FAULTS or len(entries) > MOST_ENTRIES:
            raise ListError(
                f"{name}: has more than {MOST_FAULTS:,} rows that cannot be read ({faults[-1:]}); not taken"
            )
    if about.total is not None and about.total != len(entries) + len(faults):
        raise ListError(
            f"{name}: says that it holds {about.total:,} entries and has {len(entries) + len(faults):,}: "
            "it is cut short; download it again"
        )
    if not entries:
        raise ListError(f"{name}: holds no entry; download it again")
    return _Found(about, entries, faults)


def _made(found: _Found, form: str, versions: Iterable[FileVersion]) -> SanctionsList:
    """Return the list; its hash is that of its file, of several that of their hashes in order."""
    files = tuple(sorted(versions, key=lambda version: version.sha256))
    whole = files[0].sha256 if len(files) == 1 else _hash_of(file.sha256 for file in files)
    return SanctionsList(
        found.about.key, form, found.about.dated, whole, files, tuple(found.entries), tuple(found.faults)
    )


def _hash_of(hashes: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


class _Hashed(io.RawIOBase):
    """A stream that hashes what is read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self._size += len(data)
        return data

    def close(self) -> None:
        self._stream.close()
        super().close()

    def version(self, name: str) -> FileVersion:
        """Return the version of the file, once it is read to its end."""
        while self.read(START):
            pass
        return FileVersion(name, self._digest.hexdigest(), self._size)
