"""Where shards are read and parts written: folders of this machine, and stores such as ``s3://`` through fsspec."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Protocol, cast

from armstrace.errors import InputError, MissingPartError, SettingsError, StoreError

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET: Final = re.compile(r"(?<=://)[^/@\s]*@|(?<=[?&])[^=&\s]+=[^&\s]+")
UNFINISHED: Final = ".unfinished"


def is_remote(path: str) -> bool:
    """Tell whether a path leads to a store by its scheme (``s3://``), not into this machine's file system."""
    return _SCHEME.match(path) is not None


def shown(words: object) -> str:
    """Return an address, or words that hold one, without names, passwords and signatures in it."""
    return _SECRET.sub("", str(words))


def open_remote(path: str) -> tuple[Any, str]:
    """Return fsspec's file system of a path, and the path inside it.

    Raises:
        MissingPartError: fsspec, or what it needs for this scheme, is not installed.
        SettingsError: there is no such scheme.
    """
    scheme = path.partition("://")[0]
    try:
        import fsspec  # noqa: PLC0415 - an optional part

        return cast("tuple[Any, str]", fsspec.core.url_to_fs(path))
    except ImportError as error:
        extra = "armstrace[s3]" if scheme in ("s3", "s3a") else f"fsspec, and its package for {scheme}://"
        raise MissingPartError(f"{shown(path)}: {scheme}:// needs another package: pip install '{extra}'") from error
    except ValueError as error:
        raise SettingsError(f"{shown(path)}: no store has the scheme {scheme}://; give s3:// or a path") from error


def open_shard(path: str) -> BinaryIO:
    """Return a shard's bytes as a stream that can be sought in.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        if not is_remote(path):
            return Path(path).open("rb", buffering=0)
        store, inside = open_remote(path)
        return cast("BinaryIO", store.open(inside, "rb"))
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be read ({why(error)}); see to it and run again") from error


class Folder(Protocol):
    """Where the output of a run goes; names are paths below it."""

    def writing(self, name: str) -> Any:  # noqa: ANN401 - a context manager of a binary file
        """Enter to write a file, which is there as a whole once the context is left, or not at all."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None where there is none."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return the names of the finished files of a folder, sorted."""
        ...


class LocalFolder:
    """A folder of this machine: files are written beside their place, made to last, and moved there."""

    def __init__(self, path: str) -> None:
        self._root = Path(path)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Enter to write a file.

        Raises:
            StoreError: it cannot be written; the text says what to do.
        """
        target = self._root / name
        beside = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
            _make_last(target.parent)
        except OSError as error:
            raise StoreError(_cannot_write(target, error)) from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None where there is none."""
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self._root / name}: cannot be read ({why(error)})") from error

    def names(self, folder: str) -> list[str]:
        """Return the names of the finished files of a folder, sorted."""
        try:
            return sorted(n for n in os.listdir(self._root / folder) if not n.startswith("."))  # noqa: PTH208 (fast)
        except FileNotFoundError:
            return []

    def tidy(self) -> None:
        """Take away what a run that was broken off left unfinished."""
        for file in self._root.glob(f"*/.*{UNFINISHED}"):
            file.unlink(missing_ok=True)


class RemoteFolder:
    """A folder of a store: files are written here first, and put there as a whole."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._store, inside = open_remote(path)
        self._root = PurePosixPath(inside)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Enter to write a file.

        Raises:
            StoreError: it cannot be written; the text says what to do.
        """
        target = str(self._root / name)
        with tempfile.TemporaryDirectory(prefix="armstrace-") as folder:
            here = Path(folder) / "part"
            try:
                with here.open("wb") as file:
                    yield file
                self._store.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
                self._store.put_file(str(here), target)
            except OSError as error:
                raise StoreError(_cannot_write(f"{self._path}/{name}", error)) from error

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None where there is none."""
        try:
            return cast("bytes", self._store.cat_file(str(self._root / name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{shown(self._path)}/{name}: cannot be read ({shown(why(error))})") from error

    def names(self, folder: str) -> list[str]:
        """Return the names of the finished files of a folder, sorted."""
        self._store.invalidate_cache()
        try:
            found = self._store.ls(str(self._root / folder), detail=False)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"{shown(self._path)}: cannot be listed ({shown(why(error))})") from error
        return sorted(n for n in (one.rstrip("/").rpartition("/")[2] for one in found) if n and not n.startswith("."))


def open_folder(path: str) -> LocalFolder | RemoteFolder:
    """Return the folder that a path leads to; it is made with its first file.

    Raises:
        MissingPartError: what its scheme needs is not installed.
    """
    return RemoteFolder(path) if is_remote(path) else LocalFolder(path)


def why(error: OSError) -> str:
    """Return the reason of an error of the system, without secrets."""
    return shown(error.strerror or error)


def _cannot_write(place: object, error: OSError) -> str:
    remedy = "make room or see to it, and run the same command again: what is finished stays finished"
    return f"{shown(place)}: cannot be written ({why(error)}); {remedy}"


def _make_last(folder: Path) -> None:
    """Make the names in a folder last through a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def free_bytes(path: Path) -> int:
    """Return how much room is left where a folder is or will be."""
    there = next(one for one in (path.resolve(), *path.resolve().parents) if one.exists())
    return shutil.disk_usage(there).free
