"""Targets: what other machines send, and files of settings, lists and bundles that somebody hands over."""

from __future__ import annotations

import gzip
import hmac
import json
import socket
import tempfile
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import seeds
from armstrace.errors import ArmstraceError, LoginRefusedError
from armstrace.export.bag_reading import Damaged
from armstrace.export.bagit import manifest_text, read_manifest
from armstrace.export.bundle_check import check_bundle
from armstrace.export.tables.read import read_tables
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
from armstrace.ingest.metadata import read_metadata
from armstrace.llm.service import find_service
from armstrace.register.reliability import read_reliability
from armstrace.screen.countries import load_country_codes
from armstrace.screen.load import ListFile, read_lists
from armstrace.store.addresses import url_key
from armstrace.web.oidc.settings import read_oidc_file
from armstrace.web.oidc.tokens import Expected, read_keys, verify_token
from target import Target, text_of, told_by

_NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_SECRET = "an invented secret of some length, for tests only"  # noqa: S105


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


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="armstrace-fuzz-"))


def _kept(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _oidc_file(data: bytes) -> None:
    read_oidc_file(_kept("oidc.yml", data), {"ARMSTRACE_OIDC_CLIENT_SECRET": _SECRET})


def _metadata(data: bytes) -> None:
    read_metadata(_kept("metadata.jsonl", data))


def _token(data: bytes) -> None:
    """Verify a token whose parts stand in lines (header, claims, keys), signed by the secret where there is one."""
    head, body, *rest = [*data.split(b"\n", 2), b"", b""][:3]
    keys = []
    with suppress(ValueError, RecursionError):
        keys = list(read_keys(json.loads(rest[0])))
    expected = Expected("https://login.example", "desk", "nonce", ("HS256", "RS256", "ES256", "EdDSA"), _SECRET)
    for token in (text_of(data), _signed(head, body)):
        claims = verify_token(token, "an access token", expected, keys, 1_700_000_000)
        assert claims["iss"] == "https://login.example"


def _signed(head: bytes, body: bytes) -> str:
    def part(one: bytes) -> bytes:
        return urlsafe_b64encode(one).rstrip(b"=")

    signed = part(head) + b"." + part(body)
    return (signed + b"." + part(hmac.digest(_SECRET.encode(), signed, "sha256"))).decode()


@cache
def _codes() -> Mapping[str, str]:
    return load_country_codes()


def _list(data: bytes) -> None:
    for found in read_lists([ListFile("list.bin", lambda: BytesIO(data))], _codes()):
        for entry in found.entries:
            assert entry.id
            assert all(name.text.strip() for name in entry.names)
        assert all(fault.reason for fault in found.faults) if found.faults else True


def _bundle(data: bytes) -> None:
    """Check a bundle one of whose files holds these bytes, and a file that is these bytes."""
    name, _, body = data.partition(b"\n")
    files = {**_BUNDLED, (name.decode("latin-1")[:100] or "about.json"): body}
    for packed in (data, seeds.bundle(files)):
        for trouble in check_bundle(_kept("bundle.zip", packed), Counter()):
            assert trouble.what.strip()


def _manifest(data: bytes) -> None:
    told = read_manifest(text_of(data))
    assert read_manifest(manifest_text(told)) == told


def _tables(data: bytes) -> None:
    for _row in read_tables(_kept("tables.zip", data)):
        pass


_BUNDLED = {
    "about.json": b'{"bundle": "armstrace", "shape": 1, "counts": {"lines": 0, "claims": 0, "documents": 0}}',
    "records.jsonl": b"", "claims.jsonl": b"", "judgements.jsonl": b"", "law.json": b'{"measures": []}',
}  # fmt: skip
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
_JSON = ('{"', '": ', "[", "]", "}", "null", "true", "false", "\\ud800", "\\u0000", "1e400", "-0", "0.1")
_FEEDS = (
    b"sources:\n- url: https://paper.example/feed\n  kind: feed\n  outlet: Ledger\n  every: 1h\n  max_pages: 5\n"
    b"  include: ['*/a/*']\n  exclude: [b]\n- url: https://paper.example/sitemap.xml\n  kind: sitemap\n"
)
_OIDC = b"issuer: https://login.example\nclient_id: desk\nroles:\n  editors: reviewer\nscopes: [openid]\nadds: true\n"
_HEAD = (
    b'{"alg": "HS256"}\n{"iss": "https://login.example", "sub": "a", "aud": "desk", "exp": 1700000100, '
    b'"iat": 1699999990, '
)
_ANSWERED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 No\r\nRetry-After: 5\r\n\r\n",
)
_KEYS = (
    b'{"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": '
    b'"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}'
)


OUTSIDE: tuple[Target, ...] = (
    Target("robots", "fetch.robots", _robots, lambda: (
        b"User-agent: *\nDisallow: /b\nCrawl-delay: 2\nSitemap: https://paper.example/s.xml\n",
        b"User-agent: armstrace/1.0\nAllow: /a*$\nDisallow: /\n"), ("User-agent: ", "Disallow: ", "Allow: ",
        "Crawl-delay: ",
        "Request-rate: ", "Visit-time: ", "*", "$", "%2f", "armstrace"), "a wait is no less than nothing",
        around=((b"User-agent: *\nDisallow: /", b"\n"), (b"User-agent: *\nCrawl-delay: ", b"\n"))),
    Target("http", "fetch.client, exchange, inflate, address", _http, lambda: _ANSWERED, (
        "HTTP/1.1 200 OK\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n",
        "Location: ",
        "Retry-After: ", "\r\n\r\n", "0\r\n\r\n"), "no more bytes than allowed; what is told can be shown"),
    Target("address", "fetch.address, guard, waits; store.addresses", _address, lambda: (
        b"https://Paper.example:443/a b?c=%2f#d", b"//[::ffff:127.0.0.1]/", b"http://2130706433/",
        "https://bücher.example/ä".encode(),
        b"../x", b"Mon, 06 May 2024 07:08:09 GMT"), ("http://", "https://", "[", "]", "@", "%", "0x7f", "xn--", "/../",
        "?", "#", ":99999"),
        "ASCII, printable, and its own spelling", longest=512),
    Target("inflate", "fetch.inflate", _inflate, lambda: (
        b"gzip\n" + gzip.compress(b"hello", mtime=0), b"br\n\x0b\x02\x80hello\x03", b"deflate\nx\x9c",
        b"gzip, br\nx", b"zstd\n"),
        ("gzip", "deflate", "br", ", ", "\n", "\x1f\x8b\x08", "(\xb5/\xfd"), "no more bytes than allowed"),
    Target("feeds_file", "fetch.feeds_file, text.yaml_files", _feeds_file, lambda: (_FEEDS,), (*_YAML, "url: ",
    "every: ", "kind: ")),
    Target("settings", "fetch.proxy; llm.service", _settings, lambda: (b"http://user:pw@127.0.0.1:3128\nkey",),
    ("http://", "@", ":", "%"),
           longest=256),
    Target("oidc_file", "web.oidc.settings", _oidc_file, lambda: (_OIDC,), (*_YAML, "issuer: ", "roles: ",
    "algorithms: ")),
    Target("oidc_token", "web.oidc.tokens", _token, lambda: (_HEAD + b'"nonce": "nonce"}\n' + _KEYS,), (
        *_JSON, '"alg": ', "none", "RS256", '"kid": ', '"crit": ', '"exp": ', '"aud": ', '"at_hash": ', "\n"),
        "only tokens of the issuer", errors=(LoginRefusedError,)),
    Target("reliability", "register.reliability", lambda data: read_reliability(text_of(data), "sources.yml"), lambda: (
        b"- {names: [Morning Ledger], kind: outlet, country: NO, grade: B, why: corrects itself}\n",), (*_YAML,
        "grade: ", "why: ")),
    Target("metadata", "ingest.metadata", _metadata,
    lambda: (b'{"id": "a", "published": "2024-05-06", "title": "t"}\n',), _JSON),
    Target("sanctions_list", "screen.load and its readers", _list, seeds.sanctions_lists, (
        "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<![CDATA[", ",", ";", '"', "\n", "-0-", "</", "/>", "IMO number: "),
        "every entry has an id, every name words", longest=8192),
    Target("bundle", "export.bag_reading, bundle_*", _bundle, lambda: (
        *(name.encode() + b"\n" + body for name, body in _BUNDLED.items()), b"documents/a.json\n{}",
        b"claims.jsonl\n{}\n",
        b"certificates/a.json\n{}", b"law/a.yml\nx", b"evidence/a\nx",
        b'records.jsonl\n{"told": [], "transfer": "a"}\n'),
        (*_JSON, "data/", "../", "%0A", "\n", '"document": ', '"span": ', '"evidence": '), "every trouble is told",
        errors=(ArmstraceError, Damaged)),
    Target("manifest", "export.bagit", _manifest, lambda: (b"0" * 64 + b"  data/a%0Ab\n",), ("%25", "%0D", "  ", "\n",
    "\r", "0" * 64),
           "written again and read again it is the same", errors=(ValueError,)),
    Target("tables_back", "export.tables.read", _tables, lambda: seeds.archives()[:1], ("PK\x01\x02",)),
)  # fmt: skip
