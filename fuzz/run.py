"""Fuzz one target, or all, with atheris: ``python fuzz/run.py NAME|all --seconds N`` (see README.md).

Each target runs in a process of its own. What fails there is kept under ``tests/fuzz/found/NAME`` and printed; the
run goes on, and the same failure (error and place) is kept once. The corpus grows under ``--corpus``.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

_HERE: Final = Path(__file__).parent
_MOST_MEMORY: Final = 2048  # MiB of a process, the model included
_MOST_SECONDS: Final = 10  # of one input of a few kilobytes; the slowest honest one takes a tenth of that
_SLOW: Final = 2.0  # seconds; kept and told, but no failure by itself on a busy machine
_NO_FAULT: Final = 0
# Packages whose branches guide the fuzzer, by the module of the targets; to look at all of them takes its time.
_WATCHED: Final = {
    "targets_files": "ingest text.csv_records extract.sipri_rows", "targets_texts": "text language extract ingest.mail_headers",
    "targets_outside": "fetch llm screen embargo.load export web.oidc text.yaml_files ingest.metadata",
    "targets_asked": "asking asked_arms lexicon.match screen store.query store.words store.snippets web.views.register_form",
}  # fmt: skip


class Ran(NamedTuple):
    """What one target's run came to."""

    name: str
    executions: int
    seconds: float
    failures: tuple[str, ...]


def main() -> int:
    """Run what is asked for; return how the process ends: 0 where nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="a target, 'all', or 'list'")
    parser.add_argument("--seconds", type=int, default=60, help="of each target")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices")
    parser.add_argument("--corpus", type=Path, help="folder of inputs to go on from, one folder a target")
    parser.add_argument("--found", type=Path, help="where inputs that fail are kept; else tests/fuzz/found")
    parser.add_argument("--inside", metavar="MODULE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _fuzz(asked.name, asked)
        return 0
    sys.path.insert(0, str(_HERE))
    from targets import TABLES, TARGETS  # noqa: PLC0415 - a process inside has atheris look at its imports first

    names = list(TARGETS) if asked.name == "all" else [asked.name]
    if asked.name == "list" or asked.name not in {"all", *TARGETS}:
        print("\n".join(f"{name:15} {target.reads}" for name, target in TARGETS.items()))
        return int(asked.name != "list")
    failed = 0
    for name in names:
        ran = _run(name, next(module for module, table in TABLES.items() if TARGETS[name] in table))
        failed += len(ran.failures)
        print(f"{ran.name:15} {ran.executions:>9,} executions {ran.seconds:7.0f} s  {len(ran.failures)} failures", flush=True)
        print("".join(f"    {line}\n" for line in ran.failures), end="")
    return int(failed > 0)


def _run(name: str, module: str) -> Ran:
    """Fuzz a target in a process of its own."""
    begun = time.monotonic()
    command = [sys.executable, __file__, name, *sys.argv[2:], "--inside", module]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    told = done.stdout + done.stderr
    counts = [int(count) for count in re.findall(r"^#(\d+)", told, re.MULTILINE)]
    failures = re.findall(r"^FAILED (.*)$", told, re.MULTILINE)
    if done.returncode != _NO_FAULT:
        failures.append(f"the process ended with {done.returncode}: {' '.join(told.split()[-60:])}")
    return Ran(name, max(counts, default=0), time.monotonic() - begun, tuple(failures))


def _fuzz(name: str, asked: argparse.Namespace) -> None:
    """Fuzz a target in this process until its time is up; libFuzzer ends it."""
    import atheris  # noqa: PLC0415 - an optional tool

    sys.path.insert(0, str(_HERE))
    with atheris.instrument_imports(include=[f"armstrace.{package}" for package in _WATCHED[asked.inside].split()]):
        tables = vars(import_module(asked.inside)).values()  # of one module: to look at all imports takes its time
    import seeds  # noqa: PLC0415
    from target import LONE_SURROGATE, SIGNS, Target, hold  # noqa: PLC0415

    targets = [one for table in tables if isinstance(table, tuple) for one in table if isinstance(one, Target)]
    target = next(one for one in targets if one.name == name)
    kept = (asked.found or seeds.FOUND) / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    known: set[str] = set()

    def one(data: bytes) -> None:
        begun = time.process_time()
        try:
            hold(target, data)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            _keep(kept, data, known, _place_of(error))
        took = time.process_time() - begun
        if took > _SLOW:
            _keep(kept, data, known, f"took more than {_SLOW:g} seconds")

    with TemporaryDirectory() as made:
        folder = Path(made)
        corpus = (asked.corpus or folder / "corpus") / name
        corpus.mkdir(parents=True, exist_ok=True)
        for seed in target.seeds():
            (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
        tokens = [*(word.encode("utf-8", "surrogatepass") for word in (*SIGNS, *target.words)), LONE_SURROGATE]
        (folder / "words").write_text("".join(map(_escaped, tokens)))
        flags = {
            "dict": folder / "words", "max_total_time": asked.seconds, "max_len": target.longest, "seed": asked.seed,
            "timeout": _MOST_SECONDS, "rss_limit_mb": _MOST_MEMORY, "artifact_prefix": f"{kept}-", "print_final_stats": 1,
        }  # fmt: skip
        atheris.Setup([sys.argv[0], *(f"-{flag}={value}" for flag, value in flags.items()), str(corpus)], one)
        atheris.Fuzz()


def _escaped(token: bytes) -> str:
    """Return a line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n'


def _place_of(error: Exception) -> str:
    """Return what came out and the last place in our code that it came out of."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "armstrace" in frame.filename]
    last = (frames or traceback.extract_tb(error.__traceback__))[-1]
    own = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {str(error)[:120]!r} at {Path(last.filename).name}:{last.lineno} ({own.name})"


def _keep(folder: Path, data: bytes, known: set[str], what: str) -> None:
    """Keep an input that fails, once for each way to fail, and tell of it."""
    mark = re.sub(r"'.*' at", "at", what)
    if mark in known:
        return
    known.add(mark)
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(data).hexdigest()[:12]
    (folder / name).write_bytes(data)
    print(f"FAILED {what} on {name}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
