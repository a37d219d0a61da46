"""Which shards a run reads: files, folders and patterns, here and in stores."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from armstrace.batch.places import asking, is_remote, open_remote, open_shard, shown, why
from armstrace.batch.plan import Shard
from armstrace.errors import InputError, SettingsError
from armstrace.ingest.walk import STDIN, find_inputs

_PATTERN: Final = re.compile(r"[*?\[]")
# A shard is told by its size and samples of it: to hash all of an archive would take as long as to read it.
_SAMPLES: Final = 64
_SAMPLE: Final = 1 << 14  # bytes
_HASH: Final = 32
_TAGS: Final = ("ETag", "etag", "md5Hash", "content_md5")  # what stores say of a file's content


def find_shards(paths: Iterable[str]) -> list[Shard]:
    """Return the shards that paths, folders and patterns stand for, in order of their keys.

    Raises:
        InputError: nothing is there, or cannot be looked at.
        SettingsError: two shards have the same key, so that their parts could not be told apart.
        MissingPartError: what a path's scheme needs is not installed.
    """
    found: dict[str, Shard] = {}
    for path in paths:
        for shard in _find(path):
            if found.setdefault(shard.key, shard).path != shard.path:
                told = f"{shown(found[shard.key].path)} and {shown(shard.path)} both go by the name {shard.key} here"
                raise SettingsError(f"{told}; give the folder above both, or read them into two folders")
    return [found[key] for key in sorted(found)]


def is_unchanged(shard: Shard) -> bool:
    """Tell whether a shard is what it was when it was found.

    Raises:
        InputError: it cannot be looked at.
    """
    if not is_remote(shard.path):
        return _local_shard(Path(shard.path), shard.key) == shard
    store, inside = open_remote(shard.path)
    store.invalidate_cache()  # others write there too
    try:
        with asking(shard.path, "looked at"):
            return _remote_shard(shard.path, shard.key, store.info(inside)) == shard
    except FileNotFoundError as error:
        raise InputError(f"{shown(shard.path)}: is not there any more; put it back, and run again") from error


def _find(path: str) -> Iterator[Shard]:
    if path == STDIN:
        raise SettingsError("a batch reads files, not standard input: it has to come back to them")
    yield from _find_remote(path) if is_remote(path) else _find_local(path)


def _find_local(path: str) -> Iterator[Shard]:
    is_pattern = _PATTERN.search(path) and not Path(path).exists()
    places = sorted(glob.glob(path, recursive=True)) if is_pattern else [path]  # noqa: PTH207 (of any folder)
    if not places:
        raise InputError(f"{path}: no file matches; check the pattern")
    above = Path(_fixed(path)) if is_pattern else Path(path)
    root = above if above.is_dir() else above.parent
    for place in places:
        for file in find_inputs(place):
            if file.path:
                yield _local_shard(file.path, file.path.relative_to(root).as_posix())


def _local_shard(path: Path, key: str) -> Shard:
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            return Shard(key, str(path), size, f"sample:{_sample(stream, size)}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({why(error)}); see to it, or leave it out") from error


def _find_remote(path: str) -> Iterator[Shard]:
    store, inside = open_remote(path)
    root = PurePosixPath(_fixed(inside) if _PATTERN.search(inside) else inside)
    try:
        with asking(path, "listed"):
            found = store.glob(inside, detail=True) if _PATTERN.search(inside) else store.find(inside, detail=True)
    except FileNotFoundError:
        found = {}
    files = {name: info for name, info in found.items() if info.get("type") == "file" and _is_shown(name)}
    if not files:
        raise InputError(f"{shown(path)}: no file is there; check the path")
    for name, info in files.items():
        below = PurePosixPath(name)
        key = below.name if below == root else below.relative_to(root).as_posix()
        yield _remote_shard(store.unstrip_protocol(name), key, info)


def _remote_shard(path: str, key: str, info: dict[str, Any]) -> Shard:
    tag = next((str(info[name]).strip('"') for name in _TAGS if info.get(name)), None)
    if tag:
        return Shard(key, path, int(info["size"]), f"tag:{tag}")
    with open_shard(path) as stream:
        size = int(info["size"])
        return Shard(key, path, size, f"sample:{_sample(stream, size)}")


def _is_shown(name: str) -> bool:
    return not PurePosixPath(name).name.startswith((".", "_"))


def _fixed(pattern: str) -> str:
    """Return the folder above all that a pattern can match."""
    return pattern[: _first_sign(pattern)].rpartition("/")[0] or ("/" if pattern.startswith("/") else ".")


def _first_sign(pattern: str) -> int:
    match = _PATTERN.search(pattern)
    return match.start() if match else len(pattern)


def _sample(stream: BinaryIO, size: int) -> str:
    """Return the hash of a file's size and of samples from all over it, of all of it where it is small."""
    digest = hashlib.sha256(b"%d:" % size)
    step = max(_SAMPLE, (size - _SAMPLE) // (_SAMPLES - 1)) if size > _SAMPLES * _SAMPLE else _SAMPLE
    for place in range(0, size, step):
        stream.seek(place)
        digest.update(stream.read(_SAMPLE))
    return digest.hexdigest()[:_HASH]
