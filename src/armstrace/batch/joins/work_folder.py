"""The folder that the joins work in, on a disk or in an object store: a file is there whole, or not at all."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np

from armstrace.batch.places import is_remote, open_folder, open_remote, shown, why
from armstrace.errors import StoreError

Array = np.ndarray[Any, Any]


class Bytes(NamedTuple):
    """Bytes somewhere: how many, and a function that returns those of ``start:end``."""

    size: int
    read: Callable[[int, int], bytes]


class Folder(NamedTuple):
    """A folder by its path or ``s3://``-style address; goes to workers as it is."""

    url: str

    def __str__(self) -> str:
        return shown(self.url)

    def names(self, below: str) -> list[str]:
        """Return the names of the finished files of a folder in it, sorted."""
        return open_folder(self.url).names(below)

    def has(self, name: str) -> bool:
        """Tell whether a file is there."""
        if not is_remote(self.url):
            return (Path(self.url) / name).exists()
        store, root = open_remote(self.url)
        store.invalidate_cache()  # others write there too
        return bool(store.exists(f"{root}/{name}"))

    def sub(self, name: str) -> Folder:
        """Return a folder in it."""
        return Folder(f"{self.url.rstrip('/')}/{name}")

    def remove(self) -> None:
        """Remove the folder and all in it, where it is there."""
        if not is_remote(self.url):
            if Path(self.url).exists():
                shutil.rmtree(self.url)
            return
        store, root = open_remote(self.url)
        if store.exists(root):
            store.rm(root, recursive=True)

    def writing(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Enter to write a file, which is there as a whole once the context is left, or not at all.

        Raises:
            StoreError: it cannot be written.
        """
        return cast("AbstractContextManager[BinaryIO]", open_folder(self.url).writing(name))

    @contextmanager
    def reading(self, name: str) -> Iterator[Bytes]:
        """Enter to read some bytes of a file.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            if is_remote(self.url):
                store, root = open_remote(self.url)
                store.invalidate_cache()
                path = f"{root}/{name}"
                yield Bytes(int(store.size(path)), lambda start, end: bytes(store.cat_file(path, start, end)))
            else:
                with (Path(self.url) / name).open("rb") as file:
                    yield Bytes(file.seek(0, io.SEEK_END), lambda start, end: _part_of(file, start, end))
        except OSError as error:
            raise self._unreadable(name, error) from error

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a text file without their ends."""
        with self.open(name) as file:
            for line in file:
                yield line.decode().removesuffix("\n")

    def write_array(self, name: str, array: Array) -> None:
        """Write an array."""
        with self.writing(name) as file:
            np.save(file, array, allow_pickle=False)

    def array(self, name: str) -> Array:
        """Return an array: from a disk no more of it is read than is looked at, from elsewhere all."""
        if not is_remote(self.url):
            mapped: Array = np.load(Path(self.url) / name, mmap_mode="r", allow_pickle=False)
            return mapped
        with self.open(name) as file:
            whole: Array = np.load(io.BytesIO(file.read()), allow_pickle=False)
            return whole

    def open(self, name: str) -> BinaryIO:
        """Return a file to read.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            if not is_remote(self.url):
                return (Path(self.url) / name).open("rb")
            store, root = open_remote(self.url)
            return cast("BinaryIO", store.open(f"{root}/{name}", "rb"))
        except OSError as error:
            raise self._unreadable(name, error) from error

    def _unreadable(self, name: str, error: OSError) -> StoreError:
        return StoreError(f"{self}/{name}: cannot be read ({why(error)}); see to it and run again")


def _part_of(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)
