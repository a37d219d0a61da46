"""Fuzz one target, some or all, with atheris: ``python fuzz/run.py NAME...|all --seconds N`` (see README.md).

Each target runs in a process of its own for so many seconds of processor time. What fails is kept under
``tests/fuzz/found/NAME`` and told; the run goes on, and of one failure (error and place) one input is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import sys
import time
import traceback
from contextlib import redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import atheris

_HERE: Final = Path(__file__).parent
sys.path.insert(0, str(_HERE))
# Packages whose branches guide the fuzzer; to look at all of the program takes long and tells it little.
_WATCHED: Final = (
    "asked_arms", "asking", "export.bag_reading", "export.bagit", "export.bundle_check", "export.bundle_contents",
    "extract", "fetch", "ingest", "language.tokens", "lexicon.match", "llm", "register.reliability", "screen",
    "store.query", "store.snippets", "store.words", "text", "web.oidc", "web.views.register_form",
)  # fmt: skip
with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=[f"armstrace.{name}" for name in _WATCHED]):
    from targets import TARGETS  # it tells of each module that it looks at

import seeds  # noqa: E402 - behind the imports that are looked at
from target import LONE_SURROGATE, SIGNS, Target, hold  # noqa: E402

MOST_MEMORY: Final = 2048  # MiB of a process, the model included
MOST_SECONDS: Final = 60  # by the clock, of one input of a few kilobytes: it hangs
SLOW: Final = 2.0  # seconds of processor time of one input: a failure, for its length explains a tenth of them


def main() -> int:
    """Run what is asked for; return 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="NAME", help="targets, or 'all', or 'list'")
    parser.add_argument("--seconds", type=float, default=60, help="of processor time, of each target")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices")
    parser.add_argument("--corpus", type=Path, help="folder to keep what reaches new branches in, and to go on from")
    parser.add_argument("--found", type=Path, default=seeds.FOUND, help="folder for inputs that fail")
    asked = parser.parse_args()
    if asked.names == ["list"]:
        print("\n".join(f"{name:15} {target.reads}" for name, target in TARGETS.items()))
        return 0
    if unknown := set(asked.names) - {"all", *TARGETS}:
        parser.error(f"there is no target {', '.join(sorted(unknown))}; 'list' lists them")
    failures = [_run(name, asked) for name in (TARGETS if "all" in asked.names else asked.names)]
    return int(any(failures))


def _run(name: str, asked: argparse.Namespace) -> int:
    """Fuzz a target in a process of its own; print what came of it and return how many inputs failed."""
    begun = time.monotonic()
    with TemporaryDirectory() as made:
        folder = Path(made)
        child = os.fork()
        if child == 0:
            log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
            os.dup2(log, 1)
            os.dup2(log, 2)
            _fuzz(TARGETS[name], folder, asked)  # ends the process
        _, status = os.waitpid(child, 0)
        told = (folder / "log").read_text("utf-8", "replace")
    failures = re.findall(r"^FAILED (.*)$", told, re.MULTILINE)
    ended = re.search(r"^EXECUTIONS (\d+)$", told, re.MULTILINE)
    if ended is None:
        failures.append(f"the process ended by itself ({status}): {' '.join(told.split()[-40:])}")
    count = int(ended[1]) if ended else 0
    seconds = time.monotonic() - begun
    print(f"{name:15} {count:>9,} executions {seconds:7.0f} s  {len(failures)} failures", flush=True)
    print("".join(f"    {line}\n" for line in failures), end="", flush=True)
    return len(failures)


def _fuzz(target: Target, folder: Path, asked: argparse.Namespace) -> None:
    """Fuzz a target in this process until its time is up, and end the process."""
    kept, known = asked.found / target.name, set[str]()
    kept.parent.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():  # what is loaded once is loaded
        hold(target, seed)
    start, count = time.process_time(), 0

    def one(data: bytes) -> None:
        nonlocal count
        count += 1
        begun = time.process_time()
        try:
            hold(target, data)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            _keep(kept, data, known, _told(error))
        now = time.process_time()
        if now - begun > SLOW:
            _keep(kept, data, known, f"took {now - begun:.1f} s")
        if now - start > asked.seconds:
            print(f"EXECUTIONS {count}", flush=True)
            os._exit(0)

    corpus = (asked.corpus or folder) / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    tokens = [*(word.encode("utf-8", "surrogatepass") for word in (*SIGNS, *target.words)), LONE_SURROGATE]
    (folder / "words").write_text("".join(map(_escaped, tokens)))
    flags = {
        "dict": folder / "words", "max_len": target.longest, "seed": asked.seed, "timeout": MOST_SECONDS,
        "rss_limit_mb": MOST_MEMORY, "artifact_prefix": f"{kept}-",
    }  # fmt: skip
    atheris.Setup([sys.argv[0], *(f"-{flag}={value}" for flag, value in flags.items()), str(corpus)], one)
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    """Return a line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n'


def _told(error: Exception) -> str:
    """Return what came out, and the last place of the program's own that it came out of."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "armstrace" in frame.filename] or frames
    return f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}: {str(error)[:120]!r}"


def _keep(folder: Path, data: bytes, known: set[str], what: str) -> None:
    """Keep an input that fails, once for each way to fail, and tell of it."""
    way = re.split(r": | \d", what)[0]
    if way in known:
        return
    known.add(way)
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(data).hexdigest()[:12]
    (folder / name).write_bytes(data)
    print(f"FAILED {what} (kept as {name})", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
