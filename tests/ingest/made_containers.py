"""Containers that tests make, and the ways in which they are broken."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest.raw import Container

PAGE = b"<html><head><title>Guns</title></head><body><p>Ruritania sold 12 howitzers to Graustark.</p></body></html>"
CAPTURED = "2024-05-06T07:08:09Z"


class Writer(WARCWriter):
    """A writer that keeps blocks in memory: its own temporary files stay open, and a warning is an error here."""

    _create_temp_file = staticmethod(io.BytesIO)


def container(data, name="box"):
    stream = data if hasattr(data, "read") else io.BytesIO(data)
    return Container(name, stream, Capture(f"{name}.bin"))


def warc(records, *, gzip=True):
    """Return a web archive of (address, HTTP status line, HTTP headers, body, other) records."""
    out = io.BytesIO()
    writer = Writer(out, gzip=gzip)
    for number, (address, status, headers, body, *kind) in enumerate(records):
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if status else None
        stated = {"WARC-Date": CAPTURED, "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number:012}>"}
        record = writer.create_warc_record(
            address,
            kind[0] if kind else "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict=stated | (kind[1] if len(kind) > 1 else {}),
            warc_content_type=kind[2] if len(kind) > 2 else "",
        )
        writer.write_record(record)
    return out.getvalue()


def page_record(number, body=PAGE):
    return (f"https://paper.example/{number}", "200 OK", [("Content-Type", "text/html; charset=utf-8")], body)


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), data, compression)
    return out.getvalue()


def patched(data, old, new, count=-1):
    assert old in data
    return data.replace(old, new, count)


def bomb_entry(size):
    """Return raw deflated zeros that inflate to ``size`` bytes, a whole number of MiB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)), packer.flush()])


def overlapping_zip(copies):
    """Return an archive of whose entries each takes in all those behind it, as Fifield's bomb does."""
    kernel = bomb_entry(1 << 20)
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(bytes(1 << 20)), len(kernel), 1 << 20, 5, 0
    )
    body = (local + b"a.txt") * copies + kernel
    step = len(local) + 5
    directory = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, zlib.crc32(bytes(1 << 20)),
            len(kernel) + (copies - 1 - n) * step, 1 << 20, 5, 0, 0, 0, 0, 0, n * step,
        )
        + b"a.txt"
        for n in range(copies)
    )  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), len(body), 0)
    return body + directory + end


def empty_entries_zip(count):
    """Return an archive of empty entries."""
    names = [b"%d.txt" % n for n in range(count)]
    local = [struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(n), 0) + n for n in names]
    directory, at = [], 0
    for name, header in zip(names, local, strict=True):
        sizes = (0, 0, 0, len(name), 0, 0, 0, 0, 0, at)
        directory.append(struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *sizes) + name)
        at += len(header)
    size = sum(map(len, directory))
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return b"".join((*local, *directory, end_64, locator, end))


def broken(data, flips=60):
    """Yield data cut at every fiftieth, and with bytes changed at places drawn from a fixed seed."""
    for part in range(50):
        yield data[: len(data) * part // 50]
    drawn = random.Random(4)  # noqa: S311 (no secret)
    for _ in range(flips):
        changed = bytearray(data)
        for _ in range(drawn.randint(1, 8)):
            changed[drawn.randrange(len(changed))] = drawn.randrange(256)
        yield bytes(changed)


def fuzzed(unpack, data):
    """Unpack every broken form of data; only InputError may come out. Return how many gave a find."""
    read, reasons = 0, []
    for form in broken(data):
        try:
            read += bool(list(unpack(container(form))))
        except InputError as error:
            reasons.append(str(error))
    assert all(reason.startswith("box.bin") for reason in reasons)
    return read
