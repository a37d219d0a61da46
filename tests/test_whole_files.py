"""A file that is there whole or not at all."""

from __future__ import annotations

import os
import threading

import pytest

from armstrace.whole_files import whole_file


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("earlier", [None, b"earlier"])
def test_what_fails_leaves_what_stood_there(tmp_path, earlier):
    place = tmp_path / "out.csv"
    if earlier:
        place.write_bytes(earlier)
    with pytest.raises(TypeError), whole_file(place) as out:
        out.writelines([b"half", "no bytes"])
    assert names(tmp_path) == (["out.csv"] if earlier else [])
    assert not earlier or place.read_bytes() == earlier


def test_the_earlier_one_stands_until_the_new_one_is_whole_and_its_rights_stay(tmp_path):
    place = tmp_path / "out.csv"
    place.write_bytes(b"earlier")
    place.chmod(0o600)
    with whole_file(place) as out:
        out.write(b"new")
        assert place.read_bytes() == b"earlier"
    assert (place.read_bytes(), place.stat().st_mode & 0o777, names(tmp_path)) == (b"new", 0o600, ["out.csv"])


def test_a_link_goes_on_leading_where_it_did(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out.csv").symlink_to("elsewhere/real.csv")
    for data in (b"first", b"second"):
        with whole_file(tmp_path / "out.csv") as out:
            out.write(data)
        assert (tmp_path / "elsewhere" / "real.csv").read_bytes() == data
    assert (tmp_path / "out.csv").is_symlink()


def test_a_pipe_is_written_to_as_it_is(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    found = []
    reader = threading.Thread(target=lambda: found.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    with whole_file(tmp_path / "pipe") as out:
        out.write(b"lines")
    reader.join()
    assert (found, names(tmp_path)) == ([b"lines"], ["pipe"])


def test_where_nothing_can_be_written_the_system_says_why(tmp_path):
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "none" / "out.csv"):
        pass
