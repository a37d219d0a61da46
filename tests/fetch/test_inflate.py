"""Bodies that came compressed: whole, twice over, cut off, damaged, and bombs of each kind."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard

from armstrace.errors import InputError
from armstrace.fetch.inflate import inflate

PAGE = b"Kestrovia ordered twelve patrol boats, its navy said.\n" * 400
LIMIT = 100_000
BOMB = 50_000_000


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


WAYS = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "upper case": ("GZIP", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", raw_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstandard.ZstdCompressor().compress),
}


@pytest.mark.parametrize(("coding", "compress"), WAYS.values(), ids=WAYS)
def test_what_was_compressed_comes_back(coding, compress):
    assert inflate(compress(PAGE), coding, LIMIT) == PAGE


@pytest.mark.parametrize(("coding", "compress"), WAYS.values(), ids=WAYS)
def test_a_bomb_is_broken_off_without_being_held(coding, compress):
    bomb = compress(bytes(BOMB))
    tracemalloc.start()
    with pytest.raises(InputError, match="inflates to more than 100,000 bytes"):
        inflate(bomb, coding, LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < BOMB / 2


@pytest.mark.parametrize(("coding", "compress"), WAYS.values(), ids=WAYS)
def test_what_is_cut_off_is_told(coding, compress):
    with pytest.raises(InputError, match="damaged or cut off"):
        inflate(compress(PAGE)[:-9], coding, LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_plain_page_that_is_said_to_be_compressed_is_told(coding):
    with pytest.raises(InputError, match="damaged or cut off"):
        inflate(PAGE, coding, LIMIT)


@pytest.mark.parametrize(("coding", "compress"), WAYS.values(), ids=WAYS)
def test_the_bound_itself_is_allowed(coding, compress):
    assert len(inflate(compress(bytes(LIMIT)), coding, LIMIT)) == LIMIT


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("gzip", gzip.compress(PAGE[:5000]) + gzip.compress(PAGE[5000:])),
        ("zstd", zstandard.compress(PAGE[:5000]) + zstandard.compress(PAGE[5000:])),
        ("gzip", gzip.compress(PAGE) + bytes(7)),
        ("zstd", b"\x50\x2a\x4d\x18\x04\x00\x00\x00note" + zstandard.compress(PAGE)),
    ],
    ids=["none", "identity", "twice", "gzip then br", "two members", "two frames", "padded", "with a note"],
)
def test_other_wrappings(coding, data):
    assert inflate(data, coding, LIMIT) == PAGE


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
def test_a_thousand_pieces_are_enough(coding, compress):
    assert inflate(compress(b"x") * 1_000, coding, LIMIT) == b"x" * 1_000
    with pytest.raises(InputError, match="more than 1,000 pieces; broken off"):
        inflate(compress(b"x") * 1_001, coding, LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_nothing_stays_nothing(coding):
    assert inflate(b"", coding, LIMIT) == b""


def test_a_bomb_in_a_bomb_is_bounded_at_each_step():
    with pytest.raises(InputError, match="inflates to more"):
        inflate(gzip.compress(gzip.compress(bytes(BOMB))), "gzip, gzip", LIMIT)


@pytest.mark.parametrize(
    ("coding", "said"), [("compress", "cannot undo"), ("\x1b[31m", r"'\\x1b\[31m'"), ("gzip,gzip,gzip", "3 times over")]
)
def test_an_unknown_coding_is_told(coding, said):
    with pytest.raises(InputError, match=said):
        inflate(b"x", coding, LIMIT)
