"""What becomes of one record: documents with their claims, or why there are none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Final, NamedTuple

from armstrace.batch.gate import passes_bytes, passes_text
from armstrace.batch.places import why
from armstrace.batch.records import Found, Record
from armstrace.batch.streams import BrokenReadError
from armstrace.document import Document, Metadata
from armstrace.errors import InputError, NotEnglishError
from armstrace.extractor import PARTS, version_of
from armstrace.ingest.languages import tell_language
from armstrace.ingest.raw import PassedOver, RawText, Unread
from armstrace.ingest.walk import read_piece
from armstrace.intake import document_id
from armstrace.model import Claim
from armstrace.pipeline import load_reader, make_document, read_report

# No clock ends a reading, for the same input shall give the same output on a slow machine: these bounds do.
MOST_CHARACTERS: Final = 1_000_000  # of one text: a minute's work
MOST_PAGE: Final = 8 << 20  # bytes of one page
_ALONE: Final = "read it alone (`armstrace read`), or split it"


class Reads(NamedTuple):
    """What reads: whether a text, or the bytes of a file, may hold a transfer, and the claims of a document."""

    passes_text: Callable[[RawText], bool]
    passes_bytes: Callable[[bytes], bool]
    claims: Callable[[Document], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Taken:
    """One text found in a record: ``outcome`` is a name of ``plan.COUNTS``.

    ``document`` and ``claims`` are there where it was read, ``where`` and ``reason`` where that failed.
    """

    outcome: str
    document: Document | None = None
    claims: tuple[Claim, ...] = ()
    where: str = ""
    reason: str = ""

    @property
    def is_text(self) -> bool:
        """Tell whether it is a text that could be read, whatever became of it."""
        return self.document is not None or self.outcome in ("passed_over", "duplicates")


def reading_version() -> str:
    """Return the version of all that decides on a batch's output: intake and gate beside the reader."""
    return version_of((*PARTS, "batch", "ingest", "pipeline.py", "relevance"))


@cache
def built_in() -> Reads:
    """Return what reads by the packaged model and lexicon, loaded once a process.

    Raises:
        ModelError: the packaged model is missing or damaged.
        LexiconError: a packaged lexicon file is.
    """
    reader = load_reader()
    passes_text(RawText("", ""), reader.lexicon)  # the gate is built at its first look
    gc.freeze()  # what is loaded stays to the end: it need not be looked through, and forks share it
    return Reads(
        partial(passes_text, lexicon=reader.lexicon),
        partial(passes_bytes, lexicon=reader.lexicon),
        lambda document: read_report(reader, document).claims,
    )


def take_record(record: Record, reads: Reads, *, gate: bool, seen: Container[str] = ()) -> Iterator[Taken]:
    """Yield what becomes of the texts of a record; nothing is raised but what the system fails at.

    With ``gate`` texts are passed over that cannot hold a transfer. Documents whose ids are ``seen`` are duplicates.

    Raises:
        BrokenReadError: the system fails; another time the record may be read.
    """
    where = ""
    try:
        found = record()
        where = _place_of(found)
        yield from _take(found, reads, seen, gate=gate)
    except InputError as error:
        yield Taken("failed", where=where, reason=str(error))
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:  # no fault of the document: no room, no handles
            raise BrokenReadError(f"{where}: cannot be read now ({why(error)}); run the same command again") from error
        kind = type(error).__name__
        yield Taken("failed", where=where, reason=f"could not be read ({kind}: {error}); please report this document")


def _place_of(found: Found) -> str:
    return found.where if isinstance(found, Unread) else found.capture.source


def _take(found: Found, reads: Reads, seen: Container[str], *, gate: bool) -> Iterator[Taken]:
    if isinstance(found, Unread):
        yield Taken("failed", where=found.where, reason=found.reason)
    elif isinstance(found, RawText):
        yield _take_text(found, reads, seen, gate=gate)
    elif len(found.data) > MOST_PAGE:
        yield Taken("failed", where=found.capture.source, reason=f"is a page of over {MOST_PAGE >> 20} MiB; {_ALONE}")
    elif gate and not reads.passes_bytes(found.data):
        yield Taken("passed_over")
    else:
        for one in read_piece(found):
            if isinstance(one, RawText):
                yield _take_text(one, reads, seen, gate=gate)
            elif isinstance(one, Unread) and not isinstance(one, PassedOver):
                yield Taken("failed", where=one.where, reason=one.reason)


def _take_text(raw: RawText, reads: Reads, seen: Container[str], *, gate: bool) -> Taken:
    where = raw.capture.source
    if len(raw.text) > MOST_CHARACTERS:
        return Taken("failed", where=where, reason=f"is longer than {MOST_CHARACTERS:,} characters; {_ALONE}")
    if gate and not reads.passes_text(raw):
        return Taken("passed_over")
    identity = document_id(raw)
    if identity in seen:
        return Taken("duplicates")
    language = tell_language(raw.text, raw.metadata.language)
    document = replace(make_document(raw, Metadata(language=language)), id=identity)
    try:
        return Taken("read", document, reads.claims(document), where=where)
    except NotEnglishError:
        return Taken("not_english", document, where=where)
    except InputError as error:
        return Taken("failed", document, where=where, reason=str(error).removeprefix(f"{document.id}: "))


def describe_document(document: Document, claims: int, place: tuple[str, int], *, keep_text: bool) -> dict[str, Any]:
    """Return the row of a document that was read; ``place`` is the key of its shard and the number of its record."""
    known = document.metadata
    credited = dict.fromkeys(fact.text.strip(" ()") for fact in document.facts if fact.kind == "wire")
    row = {
        "id": document.id,
        "name": document.name,
        "shard": place[0],
        "record": place[1],
        "outlet": known.outlet,
        "published": known.published,
        "title": known.title,
        "url": known.url,
        "language": known.language,
        "byline": known.byline,
        "credited": list(credited),
        "claims": claims,
        "characters": len(document.text),
    }
    return {**row, "text": document.text} if keep_text else row
