"""Connecting through a proxy, where a person names one; those of the environment are not looked at.

The proxy is asked for a tunnel to the IP address that was checked, never to a name: it has nothing to look up, so the
checks hold through it. Many proxies open tunnels to port 443 only; plain http pages then stay out of reach.
"""

from __future__ import annotations

import base64
import re
import socket
from urllib.parse import unquote, urlsplit

from armstrace.errors import ArmstraceError
from armstrace.fetch.network import Connector

_MOST_HEAD = 16 * 1024
_DEFAULT_PORT = 8080
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})\b")


class ProxyError(ArmstraceError):
    """The address of a proxy is malformed."""

    exit_code = 2


def through_proxy(proxy: str) -> Connector:
    """Return a way to connect through an http proxy ("http://[user:password@]host:port").

    Raises:
        ProxyError: that is no address of a proxy.
    """
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port or _DEFAULT_PORT
        user = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()
    except ValueError:  # no port, or a character that no text can hold
        host, port, user = None, 0, b""
    if not host or parts.scheme != "http":
        raise ProxyError("the proxy must be given as http://host:port, or http://user:password@host:port")
    login = b"" if parts.username is None else b"Proxy-Authorization: Basic " + base64.b64encode(user) + b"\r\n"

    def connect(ip: str, there: int, seconds: float) -> socket.socket:
        target = f"[{ip}]:{there}" if ":" in ip else f"{ip}:{there}"
        line = socket.create_connection((host, port), seconds)
        try:
            line.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n".encode() + login + b"\r\n")
            _check_open(line)
        except BaseException:
            line.close()
            raise
        return line

    return connect


def _check_open(line: socket.socket) -> None:
    """Read the proxy's answer, and not a byte beyond it, which would be the server's."""
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        byte = line.recv(1)
        if not byte or len(head) > _MOST_HEAD:
            raise ConnectionError(0, "the proxy hung up")
        head += byte
    status = _STATUS.match(head)
    if status is None or not status[1].startswith(b"2"):
        raise ConnectionError(0, f"the proxy opens no connection: {status[1].decode() if status else 'no HTTP'}")
