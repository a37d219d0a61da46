"""The folder that the joins work in, on a disk or in an object store: a file is there whole, or not at all."""

from __future__ import annotations

import io
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import fsspec
import numpy as np
from fsspec.implementations.local import LocalFileSystem

Array = np.ndarray[Any, Any]


class Bytes(NamedTuple):
    """Bytes somewhere: how many, and a function that returns those of ``start:end``."""

    size: int
    read: Callable[[int, int], bytes]


class Folder(NamedTuple):
    """A folder by its path or ``s3://``-style address; goes to workers as it is."""

    url: str

    def has(self, name: str) -> bool:
        """Tell whether a file is there."""
        files, root = self._place()
        return bool(files.exists(f"{root}/{name}"))

    def names(self, below: str) -> list[str]:
        """Return the files right below a folder of it, sorted."""
        files, root = self._place()
        if not files.exists(f"{root}/{below}"):
            return []
        return sorted(str(path).rsplit("/", 1)[-1] for path in files.ls(f"{root}/{below}", detail=False))

    def sub(self, name: str) -> Folder:
        """Return a folder in it."""
        return Folder(f"{self.url.rstrip('/')}/{name}")

    def remove(self) -> None:
        """Remove the folder and all in it, where it is there."""
        files, root = self._place()
        if files.exists(root):
            files.rm(root, recursive=True)

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file to write; it takes its name when all is written, and none where an error came between."""
        files, root = self._place()
        target = f"{root}/{name}"
        if isinstance(files, LocalFileSystem):
            place = Path(target)
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_name(f".{place.name}.{uuid.uuid4().hex}")
            try:
                with unfinished.open("wb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)
            return
        with tempfile.NamedTemporaryFile() as file:  # an object store takes a file at once, or not
            yield file
            file.flush()
            files.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
            files.put_file(file.name, target)

    @contextmanager
    def reading(self, name: str) -> Iterator[Bytes]:
        """Yield the bytes of a file, of which no more is read than is asked for."""
        files, root = self._place()
        path = f"{root}/{name}"
        if not isinstance(files, LocalFileSystem):
            yield Bytes(int(files.size(path)), lambda start, end: bytes(files.cat_file(path, start, end)))
            return
        with Path(path).open("rb") as file:

            def read(start: int, end: int) -> bytes:
                file.seek(start)
                return file.read(end - start)

            yield Bytes(os.fstat(file.fileno()).st_size, read)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a text file without their ends."""
        files, root = self._place()
        with files.open(f"{root}/{name}", "rb") as file:
            for line in io.TextIOWrapper(file, encoding="utf-8", newline="\n"):
                yield line.removesuffix("\n")

    def write_array(self, name: str, array: Array) -> None:
        """Write an array."""
        with self.writing(name) as file:
            np.save(file, array, allow_pickle=False)

    def array(self, name: str) -> Array:
        """Return an array: from a disk no more of it is read than is looked at, from elsewhere all."""
        files, root = self._place()
        if isinstance(files, LocalFileSystem):
            path = Path(f"{root}/{name}")
            found: Array = np.load(path, mmap_mode="r", allow_pickle=False)
            return found
        found = np.load(io.BytesIO(files.cat_file(f"{root}/{name}")), allow_pickle=False)
        return found

    def _place(self) -> tuple[Any, str]:
        files, root = fsspec.core.url_to_fs(self.url)
        return files, str(root).rstrip("/")
