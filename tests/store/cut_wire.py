"""A wire to a PostgreSQL server that is cut at the moment when a transaction is to be kept."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

BEFORE, AFTER = "before the server has the COMMIT", "after the server kept it"
_SECONDS = 20
_COMMIT = b"COMMIT\0"  # and no BEGIN … READ COMMITTED


class Wire:
    """Passes bytes on between clients and a server; ``cut`` says when the next COMMIT, or other ``words``, is lost."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.cut: str | None = None
        self.words = _COMMIT
        self.cuts = 0
        self.is_severed = False  # nobody gets through any more
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            if self.is_severed:
                return
            with socket.create_connection(self._server, _SECONDS) as server:
                answers = threading.Thread(target=self._answer, args=(server, client), daemon=True)
                answers.start()
                while data := client.recv(65536):
                    if self.cut and self.words in data:
                        self._cut(server, client, data)
                        return
                    server.sendall(data)

    def _cut(self, server: socket.socket, client: socket.socket, data: bytes) -> None:
        when, self.cut = self.cut, None
        self.cuts += 1
        client.shutdown(socket.SHUT_RDWR)
        if when == AFTER:
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)  # the server answers what it has, then ends the session

    @staticmethod
    def _answer(server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
