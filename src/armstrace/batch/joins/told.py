"""Claims over files, the first step: transfers sorted by who supplies whom, claims of other kinds by document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from armstrace.batch.joins.runs import pack_lines, read_lines, write_runs
from armstrace.batch.joins.sketching import number_of
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.clusters import block_of
from armstrace.keeping.told_rows import told_from_json, told_to_json
from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.match import Matcher
from armstrace.model import ClaimKind
from armstrace.told import Told

BLOCKS: Final = "told"
CONTEXTS: Final = "contexts"
_AT_ONCE: Final = 5_000  # claims that are held


class ToldPart(NamedTuple):
    """Some of the claims, as ``plan.Part`` has documents; ``read`` returns them as told."""

    name: str
    mark: str
    read: Callable[[], Iterable[Told]]


class ToldPiece(NamedTuple):
    """A task: the part of a number."""

    number: int
    part: ToldPart

    def __str__(self) -> str:
        return f"claims of {self.part.name}"


class Spread(NamedTuple):
    """Where the work lies, in how many parts claims come, and into how many buckets all is sorted."""

    folder: Folder
    parts: int
    buckets: int

    def bucket_of(self, name: object) -> int:
        """Return the bucket of a name, the same everywhere."""
        return number_of(repr(name)) % self.buckets

    def write(self, name: str, number: int, rows: Iterable[tuple[int, bytes]]) -> None:
        """Write lines by bucket; some are held at once."""
        write_runs(self.folder, file_name(name, number), self.buckets, self._runs(rows))

    def read(self, name: str, files: int, bucket: int) -> Iterator[bytes]:
        """Yield the lines of a bucket of all files of a name, in order."""
        for number in range(files):
            yield from read_lines(self.folder, file_name(name, number), bucket)

    def _runs(self, rows: Iterable[tuple[int, bytes]]) -> Iterator[list[bytes]]:
        held: dict[int, list[bytes]] = {}
        for at, (bucket, line) in enumerate(rows, start=1):
            held.setdefault(bucket, []).append(line + b"\n")
            if at % _AT_ONCE == 0:
                yield pack_lines(held, self.buckets)
                held = {}
        yield pack_lines(held, self.buckets)


def file_name(name: str, number: int) -> str:
    """Return a file of the work."""
    return f"{name}/{number:06}.runs"


@cache
def names() -> Matcher:
    """Return what the packaged lexicon knows of names; loaded once a process."""
    return load_lexicon().matcher


def pack_told(told: Told) -> bytes:
    """Return a claim as a line."""
    return told_to_json(told).encode("utf-8", "surrogatepass")


def unpack_told(line: bytes) -> Told:
    """Return the claim of a line."""
    return told_from_json(line.decode("utf-8", "surrogatepass"))


def first_told(lines: Iterable[bytes]) -> Sequence[Told]:
    """Return the claims of lines; of those with one id the first."""
    found: dict[str, Told] = {}
    for line in lines:
        told = unpack_told(line)
        found.setdefault(told.claim.id, told)
    return tuple(found.values())


def sort_claims(spread: Spread, piece: ToldPiece) -> None:
    """Write the claims of a part: transfers by their block, others by their document."""
    spread.write(CONTEXTS, piece.number, _contexts(spread, piece.part.read()))
    spread.write(BLOCKS, piece.number, _transfers(spread, piece.part.read()))


def _transfers(spread: Spread, claims: Iterable[Told]) -> Iterator[tuple[int, bytes]]:
    for told in claims:
        if told.claim.kind is ClaimKind.TRANSFER:
            yield spread.bucket_of(tuple(block_of(told, names()))), pack_told(told)


def _contexts(spread: Spread, claims: Iterable[Told]) -> Iterator[tuple[int, bytes]]:
    for told in claims:
        if told.claim.kind is not ClaimKind.TRANSFER:
            yield spread.bucket_of(told.claim.document), pack_told(told)
