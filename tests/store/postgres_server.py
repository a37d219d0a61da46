"""A PostgreSQL server of the tests' own: in a temporary folder, as an unprivileged user, gone when they end."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

PASSWORD = "hush-a-by"  # noqa: S105  of a server that lives as long as the tests
_USERS = ("postgres", "nobody")
_SECONDS = 20
# Nothing here outlives the tests, so nothing is waited for to reach the disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "dynamic_shared_memory_type": "posix",
}


@dataclass(frozen=True)
class Server:
    """A running server: its socket lets everybody in as ``postgres``, its port asks for the password."""

    folder: Path
    port: int

    def address(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"

    def port_address(self, database: str, password: str = PASSWORD) -> str:
        return f"postgresql://postgres:{password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        where = {"host": str(self.folder), "port": self.port, "user": "postgres"}
        return psycopg.connect(**where, dbname=database, autocommit=True)


def database_name(address: str) -> str:
    """Return the name of the database in an address of a ``Server``."""
    return address.partition("@/")[2].partition("?")[0]


def find_programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    return max(found, key=lambda p: [int(n) for n in re.findall(r"[0-9]+", str(p))], default=None)


class Cluster:
    """A server that can be stopped, as ``pg_ctl stop -m fast`` or ``-m immediate`` does it, and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._who = _plain_user(folder)
        _make_cluster(programs, folder, self._who)
        self.server = Server(folder, _free_port())
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        folder = self.server.folder
        with (folder / "log").open("ab") as log:
            command = _command(self._programs, self.server)
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **self._who)
        _wait(self.server, self._process)

    def stop(self, mode: str) -> None:
        """Stop it: "fast" breaks off what is under way, "immediate" leaves all as a crash would."""
        if self._process is not None:
            self._process.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
            self._process.wait(_SECONDS)
            self._process = None


@contextmanager
def clustered(programs: Path) -> Iterator[Cluster]:
    """Give a cluster whose server runs at first."""
    folder = Path(tempfile.mkdtemp(prefix="armstrace-pg-"))
    try:
        cluster = Cluster(programs, folder)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop("immediate")  # for nothing is to be kept
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Give a server that runs meanwhile."""
    with clustered(programs) as cluster:
        yield cluster.server


def _plain_user(folder: Path) -> dict[str, object]:
    """Return as whom to run: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in _USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise LookupError(f"none of the users {_USERS} is there to run PostgreSQL as")


def _make_cluster(programs: Path, folder: Path, who: dict[str, object]) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    options = ["--no-sync", "--username=postgres", "--encoding=UTF8", "--no-locale", f"--pwfile={secret}"]
    auth = ["--auth-local=trust", "--auth-host=scram-sha-256"]
    command = [programs / "initdb", "-D", folder / "data", *options, *auth]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, **who)
    assert done.returncode == 0, done.stdout + done.stderr


def _command(programs: Path, server: Server) -> list[object]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    where = ["-D", server.folder / "data", "-k", server.folder, "-h", "127.0.0.1", "-p", str(server.port)]
    return [programs / "postgres", *where, *settings]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL does not answer: {(server.folder / 'log').read_text(errors='replace')}")
        time.sleep(0.02)


def _answers(server: Server) -> bool:
    try:
        server.connect().close()
    except psycopg.OperationalError:
        return False
    return True
