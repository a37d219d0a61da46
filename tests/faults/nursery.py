"""Runs commands in processes that are forked from this one, which has loaded everything: a run costs what it does.

Reads a request a line from standard input, answers each with a line on standard output. Started by ``runs.Nursery``.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shim import Action, Call, Fault, Loaded

_LIMITS = {"memory": resource.RLIMIT_AS, "files": resource.RLIMIT_NOFILE, "size": resource.RLIMIT_FSIZE}
_MODULES = (
    "add", "alerts", "check", "compare", "deliver", "doctor", "export", "import_", "judge", "judgements", "lists",
    "llm", "people", "publish", "read", "reading", "register", "registers", "report", "screen", "search", "settings",
    "show", "trace", "update", "verify", "watch", "watches", "why",
)  # fmt: skip
_LAZY = (
    "alembic.command", "alembic.config", "armstrace.grouping", "armstrace.intake", "armstrace.export.page",
    "armstrace.web.publication.publish", "armstrace.web.publication.bundle", "armstrace.judging", "armstrace.exporting",
    "armstrace.screening", "armstrace.delivering", "armstrace.keeping.watches", "armstrace.llm.client", "xlsxwriter",
    "armstrace.export.page", "armstrace.export.person", "armstrace.export.tables.xlsx", "armstrace.alerts.watches",
    "armstrace.registering", "armstrace.web.people.accounts", "armstrace.keeping.update", "multiprocessing.util",
)  # fmt: skip

_WARM = (
    "add sold.txt", "update", "publish site", "export --format xlsx -o out.xlsx", "lists", "watches add all", "verify",
)  # fmt: skip


def load() -> None:
    """Load what commands use, and let each of them have the reader that is loaded."""
    for name in (*(f"armstrace.cli.{one}" for one in _MODULES), *_LAZY):
        importlib.import_module(name)
    grouping = importlib.import_module("armstrace.grouping")
    reader = importlib.import_module("armstrace.pipeline").load_reader()
    for name in ("read", "reading"):
        importlib.import_module(f"armstrace.cli.{name}").load_reader = lambda: reader
    grouping.load_stages = cache(grouping.load_stages)
    importlib.import_module("armstrace.extractor").extractor_version()
    with TemporaryDirectory() as folder:
        _warm_up(Path(folder))


def _warm_up(folder: Path) -> None:
    """Run what loads law, lexicon and templates, so that each of the processes has them."""
    os.chdir(folder)
    Path("sold.txt").write_text("France sold six tanks to Chad, a French minister said in May 2031.\n", "utf-8")
    stdout, sys.stdout = sys.stdout, Path(os.devnull).open("w")  # noqa: SIM115
    for line in _WARM:
        if code := _ended(line.split()):
            raise SystemExit(code)
    sys.stdout.close()
    sys.stdout = stdout
    os.chdir("/")


def run(request: dict[str, Any], shim: Loaded) -> int:
    """Run one command in this process, which ends with it; return its exit code."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if request[name] is None:
            os.close(number)
            setattr(sys, name, None)  # as the interpreter finds it
            continue
        handle = os.open(request[name], os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.dup2(handle, number)
        os.close(handle)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if request["log"] else -1
    if request["nobody"]:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    for name, most in request["limits"].items():
        used = _memory_used() if name == "memory" else 0
        resource.setrlimit(_LIMITS[name], (used + most, used + most))
    action, calls, code = request["fault"]
    if request["clock"]:
        shim.set_clock(*request["clock"])
    shim.arm(request["root"], Fault(Action(action), Call(calls), code), request["at"], log)
    return _ended(request["argv"])


def _memory_used() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def _ended(argv: list[str]) -> int:
    """Run the command line and end as the interpreter would."""
    main = importlib.import_module("armstrace.cli.main").main
    try:
        main(argv)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter shows what nobody caught
        traceback.print_exc()
        code = 1
    try:
        if sys.stdout:
            sys.stdout.flush()
    except (OSError, ValueError):
        if code == 0:  # else the interpreter leaves it at that, too
            sys.stderr.write("Exception ignored in: standard output\n")
            code = 120
    sys.stderr.flush()
    return code


def main() -> None:
    """Answer requests until there are none."""
    asked, answers = os.fdopen(os.dup(0), "r"), os.fdopen(os.dup(1), "w")
    load()
    shim = Loaded()
    answers.write("ready\n")
    answers.flush()
    for line in asked:
        request = json.loads(line)
        shim.arm("", Fault(), 0)
        child = os.fork()
        if child == 0:
            os.close(asked.fileno())
            os._exit(run(request, shim))
        code = _wait(child, request["seconds"])
        answers.write(json.dumps({"code": code, "count": shim.count()}) + "\n")
        answers.flush()
    asked.close()
    answers.close()


def _wait(child: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGTERM)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -999
        time.sleep(0.002)


if __name__ == "__main__":
    main()
