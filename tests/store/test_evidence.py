"""Bytes are kept whole, once, under their hash; what happens to them afterwards shows."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import zstandard

from armstrace.errors import StoreError
from armstrace.store import evidence as module
from armstrace.store.evidence import Evidence, hash_in_name, is_part

DATA = [b"", b"a", b"\x00\xff" * 100, b"forty drones " * 100_000, zlib.compress(b"x" * 5_000)]


@pytest.fixture
def archive(tmp_path):
    return Evidence(tmp_path / "e", "store 1")


@pytest.mark.parametrize("data", DATA, ids=len)
def test_bytes_come_back(archive, data):
    kept = archive.put(data)
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert kept.size == len(data)
    assert archive.read(kept.sha256) == data
    assert archive.has(kept.sha256)
    path = archive.folder / kept.sha256[:2] / f"{kept.sha256}.zst"
    assert path.stat().st_size == kept.stored_size
    assert zstandard.decompress(path.read_bytes()) == data  # what any other tool would do


def test_bytes_that_are_there_are_not_written_again(archive):
    path = archive.path(archive.put(b"once").sha256)
    before = path.stat()
    other = Evidence(archive.folder, "store 1")
    assert other.put(b"once").stored_size == before.st_size
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells the name of an open file so")
def test_bytes_are_on_the_disk_before_they_have_their_name(archive, monkeypatch):
    """Whatever a power cut leaves: under its name a file is whole, and its name is in the folder when ``put`` ends."""
    archive.put(b"first")
    synced = []

    def fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        synced.append(
            (path, sorted(p.name for p in path.parent.iterdir() if p.suffix == ".zst") if path.is_file() else None)
        )

    monkeypatch.setattr("os.fsync", fsync)
    path = archive.path(archive.put(b"second").sha256)
    *folders, (part, named), folder = synced
    assert [p for p, _ in folders] in ([], [archive.folder])
    assert part.parent == path.parent
    assert is_part(part.name)
    assert path.name not in named
    assert folder == (path.parent, None)


DAMAGE = {
    "gone": (None, "is not there"),
    "empty": (lambda _: b"", "is cut short"),
    "cut short": (lambda packed: packed[:-60], "is cut short|is damaged"),
    "a byte changed": (
        lambda packed: packed[:-30] + bytes([packed[-30] ^ 1]) + packed[-29:],
        "is damaged|not what was",
    ),
    "other bytes": (lambda _: zstandard.compress(b"other"), "is not what was kept"),
    "no zstd": (lambda _: b"forty drones were shipped", "is damaged"),
    "a window of 2 GiB": (lambda _: b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", "is damaged"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_and_mended_by_adding_the_same_bytes(archive, name):
    change, said = DAMAGE[name]
    data = b"".join(f"drone {n} of {n * n}; ".encode() for n in range(100))
    path = archive.path(archive.put(data).sha256)
    if change:
        path.write_bytes(change(path.read_bytes()))
    else:
        path.unlink()
    with pytest.raises(StoreError, match=said) as caught:
        archive.read(path.stem)
    assert str(caught.value).startswith(str(path))
    assert "add the original" in str(caught.value)
    assert Evidence(archive.folder, "store 1").put(data).sha256 == path.stem
    assert archive.read(path.stem) == data


def test_the_folder_of_another_store_is_refused(archive):
    archive.put(b"mine")
    other = Evidence(archive.folder, "store 2")
    with pytest.raises(StoreError, match="holds the evidence of another database; set ARMSTRACE_EVIDENCE"):
        other.put(b"yours")
    with pytest.raises(StoreError, match="holds the evidence of another database"):
        other.check_owner()


@pytest.mark.parametrize(
    ("name", "sha256", "part"),
    [
        (f"{'0a' * 32}.zst", "0a" * 32, False),
        (f".{'0a' * 32}.zst.{'1b' * 8}.part", None, True),
        (f".armstrace-store-id.{'1b' * 8}.part", None, True),
        (f"{'0A' * 32}.zst", None, False),
        (f"{'0a' * 32}.zst.bak", None, False),
        (f"{'0a' * 31}.zst", None, False),
        ("notes.txt", None, False),
    ],
)
def test_names_tell_what_is_of_the_archive(name, sha256, part):
    assert (hash_in_name(name), is_part(name)) == (sha256, part)


def test_a_writer_whose_folder_is_tidied_away_tries_again(archive, monkeypatch):
    archive.put(b"first")
    real, calls = module._write_durably, []  # noqa: SLF001  a race that only luck would meet

    def late(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) < 3:
            raise FileNotFoundError
        real(path, data)

    monkeypatch.setattr(module, "_write_durably", late)
    assert archive.read(archive.put(b"second").sha256) == b"second"
    assert len(calls) == 3


def test_a_disk_that_is_full_leaves_no_half_file(tmp_path):
    """A limit on the size of files stands for the disk: the system refuses the rest of a file in the same way."""
    code = (
        "import os, sys; from pathlib import Path; from armstrace.store.evidence import Evidence\n"
        "from armstrace.errors import StoreError\n"
        "try: Evidence(Path(sys.argv[1]), 'store 1').put(os.urandom(50_000))\n"
        "except StoreError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "e")],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert "evidence cannot be read or written (File too large); check the disk" in done.stdout
    assert [p.name for p in (tmp_path / "e").rglob("*") if p.is_file()] == ["armstrace-store-id"]
