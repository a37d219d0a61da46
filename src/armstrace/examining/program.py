"""The installation: its parts, its reader, its law, the machine."""

from __future__ import annotations

import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

from armstrace import __version__
from armstrace.checking import question_from_words
from armstrace.document import Metadata
from armstrace.embargo.check import check_transfer
from armstrace.embargo.findings import Verdict
from armstrace.embargo.law import load_law
from armstrace.errors import ArmstraceError
from armstrace.examining.looks import Look, broken, doubtful, fine
from armstrace.extractor import extractor_version
from armstrace.ingest.raw import RawText
from armstrace.model import Party, Status
from armstrace.pipeline import load_reader, make_document, read_report

_REINSTALL: Final = "install it anew: pip install --force-reinstall armstrace"
# One sentence and one question whose answers no version may change.
_SENTENCE: Final = "France sold six tanks to Chad, the French defence ministry said on Monday."
_SAID: Final = [("FR", "TD")]
_ASKED: Final = ("RU", "KP", "tanks", "2019-05-01")  # Security Council resolution 1718 (2006), paragraph 8 (a)
_MEASURE: Final = "UN-KP"
_FIRST_DAY: Final = "2026-11-01"  # this version was made after it
_LEAST_ROOM: Final = 200 << 20  # bytes


def look_at_program(now: datetime) -> Iterator[Look]:
    """Yield how the parts of the installation are; ``now`` is the clock of this machine."""
    yield fine("armstrace", f"{__version__}, Python {platform.python_version()}, {platform.system()}")
    yield _parts()
    yield _guarded("reader", _reader)
    yield _guarded("law", _law)
    yield _clock(now)
    yield _room()


def _guarded(what: str, look: Callable[[], Look]) -> Look:
    """Return a look, or what kept it from being taken: an import of a damaged part, a file that is not there."""
    try:
        return look()
    except (ArmstraceError, ImportError, OSError) as error:
        return broken(what, str(error), _REINSTALL)


def _parts() -> Look:
    """Return whether all that the core needs is installed, and which extras are."""
    missing: list[str] = []
    extras: dict[str, bool] = {}
    for line in requires("armstrace") or ():
        name, _, condition = line.partition(";")
        extra = re.search(r"extra == ['\"]([\w-]+)", condition)
        package = re.split(r"[ \[<>=!~(]", name.strip(), maxsplit=1)[0]
        there = _is_installed(package)
        if extra:
            extras[extra[1]] = extras.get(extra[1], True) and there
        elif not there:
            missing.append(package)
    if missing:
        return broken("packages", f"not installed: {', '.join(missing)}", _REINSTALL)
    whole = sorted(name for name, there in extras.items() if there)
    return fine("packages", f"all that are needed; extras: {', '.join(whole) or 'none'}")


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _reader() -> Look:
    document = make_document(RawText("doctor", _SENTENCE), Metadata(published="2031-01-01"))
    claims = read_report(load_reader(), document).claims
    read = [(_country(one.supplier), _country(one.recipient)) for one in claims]
    if read != _SAID:
        return broken("reader", f"reads its own test sentence wrongly: {read}", _REINSTALL)
    return fine("reader", f"{extractor_version()}, reads its test sentence rightly")


def _country(party: Party | None) -> str | None:
    return party.country if party else None


def _law() -> Look:
    law = load_law()
    supplier, recipient, item, day = _ASKED
    found = check_transfer(question_from_words(supplier, recipient, item, day, Status.DELIVERED), law)
    if not any(one.measure == _MEASURE and one.verdict is Verdict.BREACH for one in found):
        return broken("law", f"its test question gets another answer than a breach of {_MEASURE}", _REINSTALL)
    return fine("law", f"{len(law.measures)} measures, answers its test question rightly")


def _clock(now: datetime) -> Look:
    told = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if told < _FIRST_DAY:
        return doubtful("clock", f"{told}: before this version was made", "set the clock: what comes in is dated by it")
    return fine("clock", told)


def _room() -> Look:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _LEAST_ROOM:
        return doubtful("temporary files", f"{folder}: {free >> 20} MiB free", "make room, or set TMPDIR")
    return fine("temporary files", f"{folder}: {free >> 20:,} MiB free")
