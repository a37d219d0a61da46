"""Where a publication may be written, and what stands there whenever somebody looks."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from publications import files_in

import armstrace
from armstrace.errors import InputError
from armstrace.web.publication.folder import KIND, MANIFEST, SUMS, left_over, new_folder


def fill(place, words):
    with new_folder(place) as folder:
        folder.write("index.html", words)
        folder.write("data/a.csv", "a")
        told = [{"name": name} for name in folder.files]
        folder.write(MANIFEST, json.dumps({"publication": KIND, "files": told}))
        folder.write(SUMS, "")


def fill_twice(place):
    """Fail half way, at a file that is written a second time."""
    with new_folder(place) as folder:
        folder.write("index.html", "half")
        folder.write("index.html", "other")


def nothing(place):
    pass


def an_empty_folder(place):
    place.mkdir()


def an_earlier_publication(place):
    fill(place, "old")


def a_link_to_an_earlier_publication(place):
    fill(place.with_name("real"), "old")
    place.symlink_to(place.with_name("real"))


def a_file(place):
    place.write_text("mine")


def a_folder_of_others(place):
    place.mkdir()
    (place / "thesis.txt").write_text("mine")


def a_folder_of_others_with_a_manifest(place):
    place.mkdir()
    (place / MANIFEST).write_text('{"publication": "other", "files": []}')


def a_folder_with_a_broken_manifest(place):
    place.mkdir()
    (place / MANIFEST).write_text('{"publication": "arms')


def a_publication_with_something_beside(place):
    fill(place, "old")
    (place / ".git").mkdir()
    (place / ".git" / "HEAD").write_text("mine")


def a_publication_with_a_link_in_it(place):
    fill(place, "old")
    (place / "data" / "away").symlink_to("/")


WRITTEN = [nothing, an_empty_folder, an_earlier_publication, a_link_to_an_earlier_publication]
LEFT_ALONE = [
    (a_file, "is a file"),
    (a_folder_of_others, "is no publication"),
    (a_folder_of_others_with_a_manifest, "is no publication"),
    (a_folder_with_a_broken_manifest, "is no publication"),
    (a_publication_with_something_beside, ".git/HEAD in it"),
    (a_publication_with_a_link_in_it, "data/away in it"),
]


@pytest.mark.parametrize("before", WRITTEN)
def test_it_is_written(tmp_path, before):
    place = tmp_path / "site"
    before(place)
    fill(place, "new")
    assert (place / "index.html").read_text() == "new"
    assert left_over(place) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"site", "real"}


@pytest.mark.parametrize(("before", "why"), LEFT_ALONE)
def test_it_is_left_alone(tmp_path, before, why):
    place = tmp_path / "site"
    before(place)
    was = files_in(tmp_path)
    with pytest.raises(InputError, match=why):
        fill(place, "new")
    assert files_in(tmp_path) == was


def test_others_may_read_it(tmp_path):
    umask = os.umask(0o022)
    try:
        fill(tmp_path / "site", "new")
    finally:
        os.umask(umask)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_failure_leaves_the_old_one(tmp_path):
    place = tmp_path / "site"
    fill(place, "old")
    with pytest.raises(InputError, match=r"site: cannot be written \(File exists\); check it"):
        fill_twice(place)
    assert (place / "index.html").read_text() == "old"
    assert left_over(place) == []


def test_who_is_killed_leaves_the_old_one_and_is_told_of(tmp_path):
    place = tmp_path / "site"
    fill(place, "old")
    program = f"""
        from pathlib import Path
        from armstrace.web.publication.folder import new_folder
        with new_folder(Path({str(place)!r})) as folder:
            folder.write("index.html", "half")
            print("under way", flush=True)
            input()
    """
    root = str(Path(armstrace.__file__).parents[1])
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )
    with run:
        assert run.stdout.readline() == b"under way\n"
        run.send_signal(signal.SIGKILL)
    assert (place / "index.html").read_text() == "old"
    assert len(left_over(place)) == 1
    fill(place, "new")
    assert (place / "index.html").read_text() == "new"
