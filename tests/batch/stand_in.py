"""A light reader for tests of what a run keeps account of, and one that dies; the real one reads in one test."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

from armstrace.batch.reading import Reads
from armstrace.document import Span
from armstrace.errors import InputError, NotEnglishError
from armstrace.model import Claim, ClaimKind, Evidence


def claims(document):
    """Return a claim for each "sold" in a text; some words make a document go wrong in a way of their own."""
    text = document.text
    if "en français" in text:
        raise NotEnglishError(f"{document.id}: not English")
    if "unreadable" in text:
        raise InputError(f"{document.id}: holds no words; there is nothing to read")
    if "faulty" in text:
        raise ZeroDivisionError("a fault of ours")
    if "torn page" in text:
        raise OSError("a library of pictures says so")
    if "no handles" in text:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    if "deadly" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "dies once at " in text:
        _die_once(Path(text.partition("dies once at ")[2].split()[0]))
    if "slow" in text:
        time.sleep(0.05)
    at = text.find("sold")
    if at < 0:
        return ()
    span = Span(at, at + 4)
    return (Claim(f"c-{document.id}", document.id, ClaimKind.TRANSFER, Evidence("sold", span)),)


def _die_once(mark):
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def light():
    """Return the stand-in: "irrelevant" texts and pages do not pass its gate."""
    return Reads(lambda raw: "irrelevant" not in raw.text, lambda data: b"irrelevant" not in data, claims)
