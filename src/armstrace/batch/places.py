"""Where shards are read and parts written: folders of this machine, and stores such as ``s3://`` through fsspec."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Protocol, cast

from armstrace.errors import ArmstraceError, InputError, MissingPartError, SettingsError, StoreError

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET: Final = re.compile(r"(?<=://)[^/\s]*@|(?<=[?&])[^=&\s]+=[^&\s]+")
_UNFINISHED: Final = ".unfinished"
_LOCK: Final = ".lock"


def is_remote(path: str) -> bool:
    """Tell whether a path leads to a store by its scheme (``s3://``), not into this machine's file system."""
    return _SCHEME.match(path) is not None


def shown(words: object) -> str:
    """Return an address, or words that hold one, without names, passwords and signatures in it."""
    return _SECRET.sub("", str(words))


def why(error: BaseException) -> str:
    """Return the reason of an error on one line, without secrets."""
    told = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return shown(" ".join(str(told).split()))


def open_remote(path: str) -> tuple[Any, str]:
    """Return fsspec's file system of a path, and the path inside it.

    Raises:
        MissingPartError: fsspec, or what it needs for this scheme, is not installed.
        SettingsError: there is no such scheme.
    """
    scheme = path.partition("://")[0]
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an optional part

        return cast("tuple[Any, str]", url_to_fs(path))
    except ImportError as error:
        extra = "armstrace[s3]" if scheme in ("s3", "s3a") else f"fsspec, and its package for {scheme}://"
        raise MissingPartError(f"{shown(path)}: {scheme}:// needs another package: pip install '{extra}'") from error
    except ValueError as error:
        raise SettingsError(f"{shown(path)}: no store has the scheme {scheme}://; give s3:// or a path") from error


@contextmanager
def asking(path: str, doing: str, kind: type[ArmstraceError] = InputError) -> Iterator[None]:
    """Enter to ask a store; whatever its library fails with becomes an error that says what to do."""
    try:
        yield
    except (ArmstraceError, FileNotFoundError):
        raise
    except Exception as error:  # each store's library fails in its own ways
        remedy = "check the path, the rights and the connection, and run the same command again"
        raise kind(f"{shown(path)}: cannot be {doing} ({why(error)}); {remedy}") from error


def open_shard(path: str) -> BinaryIO:
    """Return a shard's bytes as a stream that can be sought in.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        with asking(path, "read"):
            if not is_remote(path):
                return cast("BinaryIO", Path(path).open("rb", buffering=0))
            store, inside = open_remote(path)
            return cast("BinaryIO", store.open(inside, "rb"))
    except FileNotFoundError as error:
        raise InputError(
            f"{shown(path)}: is not there any more; put it back, and run the same command again"
        ) from error


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

    def held(self) -> Any:  # noqa: ANN401 - a context manager
        """Enter to be the one run that writes here; what an earlier one left unfinished is taken away."""
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
        beside = target.with_name(f".{target.name}.{os.getpid()}{_UNFINISHED}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
            _make_last(target.parent)
        except OSError as error:
            remedy = "make room or see to it, and run the same command again: what is finished stays finished"
            raise StoreError(f"{target}: cannot be written ({why(error)}); {remedy}") from error
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
            raise StoreError(f"{self._root / name}: cannot be read ({why(error)}); see to it") from error

    def names(self, folder: str) -> list[str]:
        """Return the names of the finished files of a folder, sorted."""
        try:
            return sorted(name for name in os.listdir(self._root / folder) if not name.startswith("."))  # noqa: PTH208
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"{self._root / folder}: cannot be listed ({why(error)}); see to it") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Enter to be the one run that writes here.

        Raises:
            StoreError: another run is, or nothing can be written.
        """
        import fcntl  # noqa: PLC0415 - not on every system

        try:
            self._root.mkdir(parents=True, exist_ok=True)
            lock = (self._root / _LOCK).open("wb")
        except OSError as error:
            raise StoreError(f"{self._root}: cannot be written ({why(error)}); see to it") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreError(f"{self._root}: another run writes here; wait for its end, or stop it") from error
            for file in self._root.glob(f"**/.*{_UNFINISHED}"):
                file.unlink(missing_ok=True)
            yield


class RemoteFolder:
    """A folder of a store: files are written here first, and put there as a whole."""

    def __init__(self, path: str) -> None:
        self._path = path.rstrip("/")
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
            with asking(f"{self._path}/{name}", "written", StoreError):
                with here.open("wb") as file:
                    yield file
                self._store.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
                self._store.put_file(str(here), target)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None where there is none."""
        try:
            with asking(f"{self._path}/{name}", "read", StoreError):
                return cast("bytes", self._store.cat_file(str(self._root / name)))
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> list[str]:
        """Return the names of the finished files of a folder, sorted."""
        try:
            with asking(f"{self._path}/{folder}", "listed", StoreError):
                self._store.invalidate_cache()
                found = self._store.ls(str(self._root / folder), detail=False)
        except FileNotFoundError:
            return []
        return sorted(name for one in found if (name := one.rstrip("/").rpartition("/")[2]) and name[0] != ".")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Enter to write here; stores have no locks, and whole files only: two runs would write the same."""
        yield


def open_folder(path: str) -> LocalFolder | RemoteFolder:
    """Return the folder that a path leads to; it is made with its first file.

    Raises:
        MissingPartError: what its scheme needs is not installed.
    """
    return RemoteFolder(path) if is_remote(path) else LocalFolder(path)


def _make_last(folder: Path) -> None:
    """Make the names in a folder last through a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
