"""Through a proxy that a person named: the tunnel leads to the checked address, and what it refuses is told."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from loopback_site import PUBLIC, TLS, Clock, Site, Wires, html, serving

from armstrace.fetch.client import fetch
from armstrace.fetch.fetched import FetchError
from armstrace.fetch.network import Network
from armstrace.fetch.proxy import ProxyError, through_proxy

BOATS = html("Kestrovia ordered twelve patrol boats.")


@contextmanager
def proxying(
    site: Site, answer: bytes = b"HTTP/1.1 200 Connected\r\nVia: desk\r\n\r\n"
) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the port of a proxy whose every tunnel leads to the site, and the requests that it got."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def carry(one: socket.socket, other: socket.socket) -> None:
        with one, other:
            while data := _received(one):
                other.sendall(data)

    def serve() -> None:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        asked.append(client.recv(65536))
        client.sendall(answer)
        if not answer.startswith(b"HTTP/1.1 200"):
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", site.port))
        up = threading.Thread(target=carry, args=(client.dup(), server.dup()), daemon=True)
        up.start()
        carry(server, client)
        up.join(5)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        thread.join(5)
        listener.close()


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except OSError:
        return b""


def network(proxy: str, trust=None) -> Network:
    clock = Clock()
    wires = Wires()
    return Network(wires.resolve, through_proxy(proxy), trust or ssl.create_default_context, sleep=clock.sleep)


def test_the_tunnel_leads_to_the_checked_address_not_to_the_name():
    with serving(BOATS) as site, proxying(site) as (port, asked):
        got = fetch("http://outlet.example/page", network=network(f"http://a:b%20c@127.0.0.1:{port}"))
    assert got.body == BOATS.body
    assert asked[0].startswith(f"CONNECT {PUBLIC}:80 HTTP/1.1\r\n".encode())
    assert b"\r\nProxy-Authorization: Basic YTpiIGM=\r\n" in asked[0]
    assert b"outlet.example" not in asked[0]


def test_tls_is_with_the_site_through_the_tunnel():
    def trusted() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(TLS / "certificate.pem"))

    with serving(BOATS, tls=True) as site, proxying(site) as (port, asked):
        got = fetch("https://outlet.example/page", network=network(f"http://127.0.0.1:{port}", trusted))
    assert got.body == BOATS.body
    assert site.names == ["outlet.example"]
    assert b"Proxy-Authorization" not in asked[0]


def test_a_closed_address_is_not_asked_for():
    with pytest.raises(FetchError, match="metadata"):
        fetch("http://169.254.169.254/", network=network("http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy opens no connection: 403"),
        (b"SSH-2.0\r\n\r\n", "the proxy opens no connection: no HTTP"),
        (b"HTTP/1.1 2", "the proxy hung up"),
        (b"HTTP/1.1 407 " + b"x" * 20_000, "the proxy hung up"),
    ],
    ids=["refused", "no proxy", "cut off", "endless"],
)
def test_a_proxy_that_opens_nothing_is_told(answer, said):
    with serving(BOATS) as site, proxying(site, answer) as (port, _), pytest.raises(FetchError, match=said):
        fetch("http://outlet.example/page", network=network(f"http://127.0.0.1:{port}"))
    assert site.asked == []


@pytest.mark.parametrize(
    "proxy", ["", "desk.example:8080", "https://desk.example", "socks5://desk.example", "http://:1", "http://[a"]
)
def test_what_is_no_proxy_is_told_without_repeating_a_password(proxy):
    with pytest.raises(ProxyError, match="must be given as http://host:port"):
        through_proxy(proxy)
