"""Archives of which the bytes follow from what is in them."""

import hashlib
import io
import os
import zipfile

import pytest

from armstrace.export.zipped import zipping

# No library that packs has a say in it, so it is the same on every machine and in every version of Python.
STORED = "d83db23f"


def archive(tmp_path, *, packed):
    (tmp_path / "b").write_bytes(b"two" * 100)
    os.utime(tmp_path / "b", (1, 1))
    out = io.BytesIO()
    with zipping(out, packed=packed) as made:
        made.add("in/a", b"one")
        made.add_file("in/b", tmp_path / "b")
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_it_is_the_same_each_time_and_holds_all(tmp_path, packed):
    data = archive(tmp_path, packed=packed)
    os.utime(tmp_path / "b", (10**9, 10**9))
    assert archive(tmp_path, packed=packed) == data
    read = zipfile.ZipFile(io.BytesIO(data))
    assert {one.filename: read.read(one) for one in read.infolist()} == {"in/a": b"one", "in/b": b"two" * 100}
    assert {one.date_time for one in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.external_attr >> 16 for one in read.infolist()} == {0o100644}
    assert not any(one.flag_bits & 0x08 for one in read.infolist()), "who reads as it comes needs the sizes first"


def test_what_is_not_packed_is_the_same_everywhere(tmp_path):
    assert hashlib.sha256(archive(tmp_path, packed=False)).hexdigest()[:8] == STORED


def test_nothing_is_written_where_something_fails(tmp_path):
    out = io.BytesIO()

    def fail():
        with zipping(out, packed=False) as made:
            made.add("a", b"one")
            made.add_file("b", tmp_path / "not there")

    with pytest.raises(FileNotFoundError):
        fail()
    assert out.getvalue() == b""
