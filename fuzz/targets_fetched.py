"""Targets: what servers answer, and the addresses and settings by which they are asked."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable
from datetime import UTC, datetime

from armstrace.errors import ArmstraceError
from armstrace.fetch.address import Address, follow, parse_address
from armstrace.fetch.client import fetch
from armstrace.fetch.feeds_file import parse_feeds
from armstrace.fetch.fetched import Fetched, FetchError, FetchOptions, Limits
from armstrace.fetch.guard import closed_reason
from armstrace.fetch.inflate import inflate
from armstrace.fetch.memory import MemoryState
from armstrace.fetch.network import Network
from armstrace.fetch.proxy import through_proxy
from armstrace.fetch.robots import Robots
from armstrace.fetch.waits import retry_after
from armstrace.llm.service import find_service
from armstrace.store.addresses import url_key
from target import Target, text_of, told_by

_NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def _robots(data: bytes) -> None:
    def answer(address: str) -> Fetched:
        return Fetched(address, address, 200, (), data, "2026-01-02T03:04:05Z")

    delay = Robots(answer, MemoryState(), lambda: _NOW).check(parse_address("https://paper.example/a?b=%20"))
    assert delay is None or delay >= 0


def _cut_short(_seconds: float) -> bool:
    return True


def _http(data: bytes) -> None:
    """Ask a server that answers these bytes to whatever it is asked, redirects included."""
    ends: list[socket.socket] = []

    def connect(_ip: str, _port: int, _seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        ends.append(theirs)
        return ours

    limits = Limits(seconds=5, stall=1, size=1 << 20, redirects=3, attempts=1)
    network = Network(lambda _host, _port: ("127.0.0.1",), connect, now=lambda: _NOW, sleep=_cut_short)

    def ask() -> None:
        fetched = fetch("http://paper.example/a", None, FetchOptions(limits, "x", allow_private=True), network)
        assert len(fetched.body) <= limits.size
        assert fetched.status in {200, 203, 304}

    try:
        assert told_by(ask, (FetchError,)).isprintable(), "an answer of a server reaches the terminal as it is"
    finally:
        for end in ends:
            end.close()


def _address(data: bytes) -> None:
    text = text_of(data)
    url_key(text, text.strip())
    retry_after(text, _NOW)
    base = parse_address("https://paper.example/a/b?c=d")
    readers: tuple[Callable[[], Address], ...] = (lambda: parse_address(text), lambda: follow(base, text))
    for read in readers:
        try:
            found = read()
        except ArmstraceError:
            continue
        assert str(found).isascii()
        assert str(found).isprintable()
        assert parse_address(str(found)) == found, "an address is not its own spelling"
        if found.literal is not None:
            closed_reason(found.literal, allow_private=False)


def _inflate(data: bytes) -> None:
    coding, _, body = data.partition(b"\n")
    assert len(inflate(body, coding.decode("latin-1"), 1 << 20)) <= 1 << 20


def _feeds_file(data: bytes) -> None:
    for source in parse_feeds(text_of(data), "feeds.yml"):
        assert parse_address(source.url)


def _settings(data: bytes) -> None:
    url, _, rest = text_of(data).partition("\n")
    for read in (lambda: through_proxy(url), lambda: find_service(url, "m", rest or None, 30)):
        told_by(read)


_YAML = (
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: *a",
    "!!int ",
    "!!timestamp x",
    "!!bool x",
    "!!float ''",
    "!!binary x",
    "? ",
    "|\n",
    "[",
    "{",
    "0x",
    "~",
)
_FEEDS = (
    b"sources:\n- url: https://paper.example/feed\n  kind: feed\n  outlet: Ledger\n  every: 1h\n  max_pages: 5\n"
    b"  include: ['*/a/*']\n  exclude: [b]\n- url: https://paper.example/sitemap.xml\n  kind: sitemap\n"
)
_ANSWERED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 No\r\nRetry-After: 5\r\n\r\n",
)


FETCHED: tuple[Target, ...] = (
    Target(
        "robots",
        "fetch.robots",
        _robots,
        lambda: (
            b"User-agent: *\nDisallow: /b\nCrawl-delay: 2\nSitemap: https://paper.example/s.xml\n",
            b"User-agent: armstrace/1.0\nAllow: /a*$\nDisallow: /\n",
        ),
        (
            "User-agent: ",
            "Disallow: ",
            "Allow: ",
            "Crawl-delay: ",
            "Request-rate: ",
            "Visit-time: ",
            "*",
            "$",
            "%2f",
            "armstrace",
        ),
        "a wait is no less than nothing",
        around=((b"User-agent: *\nDisallow: /", b"\n"), (b"User-agent: *\nCrawl-delay: ", b"\n")),
    ),
    Target(
        "http",
        "fetch.client, exchange, inflate, address",
        _http,
        lambda: _ANSWERED,
        (
            "HTTP/1.1 200 OK\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Location: ",
            "Retry-After: ",
            "\r\n\r\n",
            "0\r\n\r\n",
        ),
        "no more bytes than allowed; what is told can be shown",
    ),
    Target(
        "address",
        "fetch.address, guard, waits; store.addresses",
        _address,
        lambda: (
            b"https://Paper.example:443/a b?c=%2f#d",
            b"//[::ffff:127.0.0.1]/",
            b"http://2130706433/",
            "https://bücher.example/ä".encode(),
            b"../x",
            b"Mon, 06 May 2024 07:08:09 GMT",
        ),
        ("http://", "https://", "[", "]", "@", "%", "0x7f", "xn--", "/../", "?", "#", ":99999"),
        "ASCII, printable, and its own spelling",
        longest=512,
    ),
    Target(
        "inflate",
        "fetch.inflate",
        _inflate,
        lambda: (
            b"gzip\n" + gzip.compress(b"hello", mtime=0),
            b"br\n\x0b\x02\x80hello\x03",
            b"deflate\nx\x9c",
            b"gzip, br\nx",
            b"zstd\n",
        ),
        ("gzip", "deflate", "br", ", ", "\n", "\x1f\x8b\x08", "(\xb5/\xfd"),
        "no more bytes than allowed",
    ),
    Target(
        "feeds_file",
        "fetch.feeds_file, text.yaml_files",
        _feeds_file,
        lambda: (_FEEDS,),
        (*_YAML, "url: ", "every: ", "kind: "),
    ),
    Target(
        "settings",
        "fetch.proxy; llm.service",
        _settings,
        lambda: (b"http://user:pw@127.0.0.1:3128\nkey",),
        ("http://", "@", ":", "%"),
        longest=256,
    ),
)
