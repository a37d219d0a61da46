"""From paths to texts: what files a path stands for, and that what is bad costs only itself."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import threading
from pathlib import Path

import pytest
from made_containers import page_record, warc, zipped

from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest import walk
from armstrace.ingest.limits import MOST_DEPTH
from armstrace.ingest.raw import PassedOver, Piece, RawText, Unread
from armstrace.ingest.walk import Known, find_inputs, read_input, read_piece
from rights import plain_user

GOOD = b"Chad bought six tanks from France, the ministry said.\n"
OTHER = b"Togo ordered two patrol boats from Spain, a dealer said.\n"


@pytest.fixture
def reachable():
    """Return a folder that another user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def filled(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(GOOD)
    return folder


def names(folder):
    return [found.name for found in find_inputs(str(folder))]


def read(data, name="box", knows=None):
    """Return what a walk over bytes finds, texts by name and the rest by why."""
    return list(read_piece(Piece(name, data, Capture(f"{name}.bin")), knows))


def read_path(path, knows=None):
    return [found for given in find_inputs(str(path)) for found in read_input(given, knows)]


def texts(found):
    return [one.text for one in found if isinstance(one, RawText)]


def reasons(found):
    return [one.told for one in found if isinstance(one, Unread)]


# which files


def test_a_file_goes_by_its_name_without_the_suffix(tmp_path):
    assert names(filled(tmp_path, "a.report.txt") / "a.report.txt") == ["a.report"]


def test_a_folder_gives_its_files_in_order_by_their_way_in_it(tmp_path):
    filled(tmp_path, "b.txt", "a.txt", "deep/z.txt", "deep/deeper/y.txt", "c")
    assert names(tmp_path) == ["a", "b", "c", "deep/deeper/y", "deep/z"]


def test_hidden_files_and_what_systems_leave_behind_are_passed_over(tmp_path):
    filled(tmp_path, "a.txt", ".hidden.txt", ".git/config", "Thumbs.db", "desktop.ini", "__MACOSX/._a.txt", ".DS_Store")
    assert names(tmp_path) == ["a"]


def test_a_link_to_a_file_is_followed_and_one_to_a_folder_is_not(tmp_path):
    filled(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "b.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert names(tmp_path / "in") == ["a", "link"]


@pytest.mark.parametrize("target", ["itself.txt", "nowhere.txt"], ids=["a link to itself", "a link to nothing"])
def test_a_link_that_leads_nowhere_is_told(tmp_path, target):
    (filled(tmp_path, "good.txt") / "itself.txt").symlink_to(tmp_path / target)
    found = read_path(tmp_path)
    assert texts(found) == [GOOD.decode()]
    (told,) = reasons(found)
    assert told.startswith(f"{tmp_path}/itself.txt: cannot be read (")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nothing.txt", "no such file or folder; check the path"),
        ("a.txt/b.txt", "no such file or folder; check the path"),
        ("n" * 5000, "File name too long"),
        ("empty", "the folder holds no file; give a file by name"),
        ("nul\0byte", "no such file or folder"),
    ],
)
def test_a_path_that_leads_nowhere_says_so(tmp_path, monkeypatch, given, says):
    (filled(tmp_path, "a.txt", "empty/.hidden") / "empty" / ".hidden").unlink()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        list(find_inputs(given))
    assert str(raised.value).startswith(f"{given}: ")
    assert says in str(raised.value)


def test_a_folder_that_may_not_be_read_costs_itself(reachable):
    filled(reachable, "closed/a.txt", "open/b.txt")
    (reachable / "closed").chmod(0)
    with plain_user():
        found = read_path(reachable)
    (reachable / "closed").chmod(0o700)
    assert texts(found) == [GOOD.decode()]
    assert reasons(found) == [
        f"{reachable}/closed: cannot be read (Permission denied); allow it to your user, or give another path"
    ]


def test_what_is_asked_for_and_may_not_be_read_is_told(reachable):
    closed = filled(reachable, "closed/a.txt") / "closed"
    closed.chmod(0)
    try:
        with plain_user():
            assert reasons(read_path(closed)) == [
                f"{closed}: cannot be read (Permission denied); allow it to your user, or give another path"
            ]
            with pytest.raises(InputError, match=r"closed/a\.txt: cannot be read \(Permission denied\)"):
                list(find_inputs(f"{closed}/a.txt"))
    finally:
        closed.chmod(0o700)


def test_folders_in_folders_without_end_cost_no_more_than_their_files(tmp_path):
    levels = [tmp_path / "/".join("d" * depth) for depth in range(1, 1100)]  # deeper than Python's stack
    for level in levels:
        level.mkdir()
    filled(levels[-1], "a.txt")
    assert texts(read_path(tmp_path)) == [GOOD.decode()]
    (levels[-1] / "a.txt").unlink()
    for level in reversed(levels):  # what pytest itself could not remove
        level.rmdir()


def test_a_file_that_may_not_be_read_costs_itself(reachable):
    (filled(reachable, "a.txt", "b.txt") / "a.txt").chmod(0)
    with plain_user():
        found = read_path(reachable)
    assert reasons(found) == [
        f"{reachable}/a.txt: cannot be read (Permission denied); allow it to your user, or give another path"
    ]
    assert texts(found) == [GOOD.decode()]


def test_a_file_that_vanishes_costs_itself(tmp_path):
    given = list(find_inputs(str(filled(tmp_path, "a.txt", "b.txt"))))
    (tmp_path / "a.txt").unlink()
    found = [one for file in given for one in read_input(file)]
    assert reasons(found) == [f"{tmp_path}/a.txt: cannot be read (No such file or directory); check the path"]
    assert texts(found) == [GOOD.decode()]


def test_a_file_that_becomes_a_folder_costs_itself(tmp_path):
    (given,) = find_inputs(str(filled(tmp_path, "a.txt")))
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").mkdir()
    assert reasons(read_input(given)) == [
        f"{tmp_path}/a.txt: cannot be read (Is a directory); give a file, not a folder"
    ]


# standard input


@pytest.fixture
def piped(monkeypatch):
    """Return what puts bytes into standard input, by a real pipe."""
    opened = []

    def fill(data):
        end, start = os.pipe()

        def write():
            with os.fdopen(start, "wb") as pipe:
                pipe.write(data)

        writer = threading.Thread(target=write)
        writer.start()
        stream = os.fdopen(end, encoding="utf-8")
        opened.append((stream, writer))
        monkeypatch.setattr("sys.stdin", stream)

    yield fill
    for stream, writer in opened:
        writer.join()
        stream.close()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (GOOD, [GOOD.decode()]),
        (zipped([("a.txt", GOOD), ("b.txt", OTHER)]), [GOOD.decode(), OTHER.decode()]),
        (warc([page_record(1), page_record(2)]), ["Ruritania sold 12 howitzers to Graustark."] * 2),
        (GOOD * 40_000, [GOOD.decode() * 40_000]),
    ],
    ids=["a text", "a ZIP, whose list stands at its end", "a web archive", "two megabytes"],
)
def test_standard_input_is_read_though_a_pipe_cannot_be_sought_in(piped, data, found):
    piped(data)
    assert texts(read_path("-")) == found


def test_an_empty_pipe_is_told(piped):
    piped(b"")
    assert reasons(read_path("-")) == ["standard input: is empty; there is nothing to read"]


def test_a_named_pipe_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(zipped([("a.txt", GOOD)]),))
    writer.start()
    found = read_path(tmp_path / "pipe")
    writer.join()
    assert texts(found) == [GOOD.decode()]


# containers in containers


def nested(times, data=None):
    for level in range(times):
        data = zipped([(f"{level}.zip" if level else "a.txt", data or GOOD)])
    return data


@pytest.mark.parametrize("times", range(1, MOST_DEPTH + 1))
def test_containers_in_containers_are_read(times):
    assert texts(read(nested(times))) == [GOOD.decode()]


def test_what_lies_too_deep_costs_itself_and_keeps_its_bytes():
    found = read(zipped([("deep.zip", nested(MOST_DEPTH)), ("flat.txt", OTHER)]))
    assert texts(found) == [OTHER.decode()]
    (told,) = (one for one in found if isinstance(one, Unread))
    assert told.reason.endswith(f"!/a.txt: lies in more than {MOST_DEPTH} containers; unpack them first")
    assert told.evidence == GOOD


def test_the_way_through_containers_is_the_source():
    (found,) = read(zipped([("mail/b.zip", zipped([("c.txt", GOOD)]))]))
    assert found.capture.source == "box.bin!/mail/b.zip!/c.txt"


def test_a_zip_of_zips_may_not_inflate_without_end(monkeypatch):
    monkeypatch.setattr(walk, "MOST_INFLATED", 100_000)
    monkeypatch.setattr(walk, "MOST_RATIO", 10)
    layer = zipped([(f"{n}.txt", bytes([65 + n]) * 30_000) for n in range(10)])
    found = read(zipped([("first.txt", GOOD), *((f"{n}.zip", layer + bytes(n)) for n in range(20))]))
    assert texts(found)[0] == GOOD.decode()
    assert len(texts(found)) < 10  # of 200
    assert "box.bin: inflates without end, as bombs do; not read further" in reasons(found)


def test_an_honest_archive_may_grow_a_hundredfold():
    page = b"<p>" + b"Chad bought tanks. " * 1000 + b"</p>"
    assert len(texts(read(zipped([(f"{n}.html", page + b"%d" % n) for n in range(30)])))) == 30


BAD = {
    "an empty file": ("a.txt", b"", "is empty"),
    "a picture": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(100), None),  # passed over by its name
    "a picture called a text": ("a.txt", b"\xff\xd8\xff\xe0" + bytes(100), "is a picture"),
    "a broken ZIP": ("a.zip", zipped([("b.txt", GOOD)])[:30], "a.zip"),
    "a broken PDF": ("a.pdf", b"%PDF-1.7\nnothing", "a.pdf"),
    "a broken DOCX": ("a.docx", zipped([("[Content_Types].xml", b"<"), ("word/document.xml", b"<")]), "a.docx"),
    "a letter of nothing": ("a.eml", b"From: a@example.org\nMessage-ID: <1>\n\n", "a.eml"),
    "a feed of nothing": ("a.xml", b"<rss><channel></channel></rss>", "a.xml"),
    "rows of nothing": ("a.jsonl", b'{"id": 1}\n{"x":\n', "holds no text"),
    "bytes of nothing": ("a.bin.txt", bytes(range(1, 32)) * 9, "looks like a binary file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_piece_costs_itself(kind):
    name, data, says = BAD[kind]
    found = read(zipped([("0.txt", GOOD), (name, data), ("z.txt", OTHER)]))
    assert texts(found) == [GOOD.decode(), OTHER.decode()]
    failed = [one for one in found if isinstance(one, Unread) and not isinstance(one, PassedOver)]
    assert bool(failed) == (says is not None)
    assert all(f"box.bin!/{name}" in one.told for one in failed)
    assert says is None or says in failed[0].told


def test_what_a_container_holds_beside_documents_is_told_and_no_failure():
    found = read(zipped([("a.txt", GOOD), ("b.jpg", b"\xff\xd8\xff\xe0" + bytes(100)), ("c.css", b"p {}")]))
    assert texts(found) == [GOOD.decode()]
    assert [type(one) for one in found[1:]] == [PassedOver] * len(found[1:])
    assert len(found) > 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is an old Office file, which armstrace does not read; save it as DOCX"),
        (b"{\\rtf1 text}", "is an RTF file, which armstrace does not read; save it as DOCX, PDF or text"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "is a 7-Zip archive, which armstrace does not read; pack it as ZIP"),
        (b"Rar!\x1a\x07\x01" + bytes(40), "is a RAR archive, which armstrace does not read; pack it as ZIP"),
        (b"BZh91AY&SY" + bytes(40), "is a bzip2 or xz file, which armstrace does not read; unpack it first"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "is a picture, which armstrace does not read; run text recognition (OCR)"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(40), "is sound or video, which armstrace does not read; transcribe it"),
        (b"SQLite format 3\x00" + bytes(40), "is an SQLite database, which armstrace does not read; give it by"),
        (b"\x7fELF" + bytes(40), "is a program, which armstrace does not read; give documents only"),
    ],
)
def test_a_format_that_is_known_and_not_read_says_what_to_do(data, says):
    (found,) = read(data)
    assert isinstance(found, Unread)
    assert found.told.startswith(f"box.bin: {says}")
    assert found.evidence == data


def test_a_container_that_cannot_be_unpacked_is_kept_as_any_other(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss>&c;</rss>'
    (tmp_path / "feed.xml").write_bytes(bomb)
    for found in (read(bomb), read_path(tmp_path / "feed.xml"), read(zipped([("feed.xml", bomb)]))):
        (told,) = found
        assert isinstance(told, Unread)
        assert told.evidence == bomb


# what is known already


def digest(data):
    return hashlib.sha256(data).hexdigest()


def test_what_is_known_by_its_bytes_is_not_read_again():
    seen = []

    def knows(sha256):
        seen.append(sha256)
        return sha256 == digest(GOOD)

    found = read(zipped([("a.txt", GOOD), ("b.txt", OTHER)]), knows=knows)
    assert found[0] == Known(digest(GOOD), Capture("box.bin!/a.txt", found[0].capture.moment), "box/a")
    assert texts(found) == [OTHER.decode()]
    assert seen == [digest(GOOD), digest(OTHER)]


def test_a_row_that_is_known_is_not_read_again():
    rows = [json.dumps({"text": text.decode()}).encode() for text in (GOOD, OTHER)]
    found = read(b"\n".join(rows), knows=lambda sha256: sha256 == digest(rows[1]))
    assert texts(found) == [GOOD.decode()]
    assert found[1] == Known(digest(rows[1]), found[1].capture, "box:2")


# several texts of the same bytes


PARAGRAPH = "Chad bought six tanks from France, the ministry said in the capital on Monday after weeks of talks."


def test_rows_that_hold_html_are_read_as_pages_with_the_row_as_evidence():
    bodies = [f"<p>{PARAGRAPH}</p><p>The price of lot {n} is not known.</p>" for n in (1, 2)]
    rows = [json.dumps({"id": f"r{n}", "body": body}).encode() for n, body in enumerate(bodies)]
    found = read(b"\n".join(rows))
    assert [one.id for one in found] == ["r0", "r1"]
    assert [one.evidence for one in found] == rows
    assert all(PARAGRAPH in one.text for one in found)
    assert len({one.identity for one in found}) == 2
    assert all(place.part.startswith("line ") for one in found for place in one.places)


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>
<item><guid>one</guid><title>Tanks</title><description>&lt;p&gt;{words} Lot 1.&lt;/p&gt;</description>{more}</item>
<item><guid>two</guid><title>Guns</title><description>{words} Lot 2.</description>{more}</item>
</channel></rss>"""


def test_entries_of_a_feed_have_their_own_bytes_and_an_identity_that_a_counter_does_not_change():
    first, later = (
        read(FEED.format(words=PARAGRAPH, more=f"<slash:comments>{n}</slash:comments>").encode()) for n in (1, 2)
    )
    assert [one.id for one in first] == ["one", "two"]
    assert all(one.evidence.startswith(b"<item>") and one.evidence.endswith(b"</item>") for one in first)
    assert len({one.identity for one in first}) == 2
    assert [one.identity for one in later] == [one.identity for one in first]
    assert [one.evidence for one in later] != [one.evidence for one in first]
    assert [one.capture.source for one in first] == ["box.bin!/one", "box.bin!/two"]
    assert {place.part for place in first[0].places} == {"the entry as a page"}


def test_an_entry_whose_words_change_is_another_document():
    first, later = (read(FEED.format(words=words, more="").encode()) for words in (PARAGRAPH, PARAGRAPH + " Perhaps."))
    assert not {one.identity for one in first} & {one.identity for one in later}


def test_one_page_in_two_containers_is_the_same_document():
    page = f"<html><body><article><p>{PARAGRAPH}</p></article></body></html>".encode()
    in_zip, in_warc = read(zipped([("a.html", page)])), read(warc([page_record(1, page)]))
    assert in_zip[0].evidence == in_warc[0].evidence == page
    assert in_zip[0].identity is in_warc[0].identity is None
    assert in_zip[0].text == in_warc[0].text


def test_a_stream_that_breaks_off_costs_its_file():
    class Broken(io.BytesIO):
        def read(self, *_):
            raise OSError(5, "Input/output error")

    given = walk.Input("a", Path("a.txt"), lambda: Broken(GOOD))
    assert reasons(read_input(given)) == [
        "a.txt: cannot be read (Input/output error); check the disk, then run the same again"
    ]
