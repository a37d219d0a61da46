"""What ``armstrace batch --keep-texts`` left, as parts to be grouped: documents, then claims (docs/batch.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from armstrace.batch.joins.outcome import FAMILIES
from armstrace.batch.joins.plan import Part
from armstrace.batch.joins.told import ToldPart
from armstrace.batch.joins.work_folder import Folder
from armstrace.document import Document, Fact, Metadata
from armstrace.errors import InputError, MissingPartError, SettingsError
from armstrace.export.jsonl import claim_from_dict
from armstrace.ids import content_id
from armstrace.told import Told
from armstrace.versions import make_version

_RUN: Final = "batch.json"
_END: Final = "report.json"  # there once all shards are finished
_MOST_PARTS: Final = 256  # parts of a run are taken together, so that each bucket is put together of few pieces
_AT_ONCE: Final = 128  # rows of Parquet
_COLUMNS: Final = ("id", "outlet", "published", "title", "credited", "text")

Row = Mapping[str, Any]


def parts_of_run(folder: Folder) -> tuple[Part, ...]:
    """Return the documents of a finished run of ``armstrace batch``, in at most 256 parts.

    Raises:
        InputError: the folder holds no run, or one that is not finished.
        SettingsError: the run did not keep texts.
    """
    form, mark, bundles = _bundles(folder)
    return tuple(
        Part(names[0], content_id(mark, *names), partial(_documents, folder, form, names)) for names in bundles
    )


def told_of_run(folder: Folder, groups: Folder, families: str) -> tuple[ToldPart, ...]:
    """Return the claims of a run as told, where the copy families of its documents are in ``groups``.

    ``families`` is the mark of these. What a page said of its own corrections is not among what a run keeps, nor are
    its later versions.

    Raises:
        InputError: the folder holds no run, or one that is not finished.
        SettingsError: the run did not keep texts.
    """
    form, mark, bundles = _bundles(folder)
    return tuple(
        ToldPart(names[0], content_id(mark, families, *names), partial(_told, (folder, groups), form, names))
        for names in bundles
    )


def count_claims(folder: Folder) -> int:
    """Return how many claims a run found."""
    return sum(json.loads("".join(folder.lines(f"parts/{name}")))["claims"] for name in folder.names("parts"))


def _bundles(folder: Folder) -> tuple[str, str, list[tuple[str, ...]]]:
    """Return the format of a run, its mark, and the names of its parts in bundles."""
    run = _run_of(folder)
    names = sorted(name.removesuffix(".json") for name in folder.names("parts"))
    size = max(1, -(-len(names) // _MOST_PARTS))
    bundles = [tuple(names[at : at + size]) for at in range(0, len(names), size)]
    return run["options"]["format"], content_id(json.dumps(run, sort_keys=True)), bundles


def _run_of(folder: Folder) -> Mapping[str, Any]:
    if not folder.has(_RUN):
        raise InputError(f"{folder}: holds no {_RUN}; give the folder that `armstrace batch` wrote")
    run: Mapping[str, Any] = json.loads("".join(folder.lines(_RUN)))
    if not run["options"]["keep_texts"]:
        raise SettingsError(
            f"{folder}: the texts are not there, and copies are found by them; "
            "run `armstrace batch --keep-texts` into another folder"
        )
    if not folder.has(_END):
        raise InputError(f"{folder}: the run is not finished; run the same `armstrace batch` again until it is")
    return run


def _documents(folder: Folder, form: str, names: Sequence[str]) -> Iterator[Document]:
    """Yield the documents of some parts of a run, in order."""
    for name in names:
        for row in _READ[form](folder, f"documents/{name}.{form}"):
            facts = tuple(Fact("wire", agency, None) for agency in row["credited"] or ())
            metadata = Metadata(outlet=row["outlet"], published=row["published"], title=row["title"])
            yield Document(row["id"], row["text"], row["text"], metadata, facts=facts)


def _told(folders: tuple[Folder, Folder], form: str, names: Sequence[str]) -> Iterator[Told]:
    """Yield the claims of some parts of a run as told; the versions of the documents of one part are held."""
    folder, groups = folders
    families = _families(groups)
    for name in names:
        versions = {one.id: make_version(one) for one in _documents(folder, form, [name])}
        for row in _CLAIMS[form](folder, f"claims/{name}.{form}"):
            claim = claim_from_dict(row)
            yield versions[claim.document].tell(claim, families.get(claim.document, claim.document), ())


def _families(groups: Folder) -> Mapping[str, str]:
    """Return the families of documents that have one beside themselves: some 200 bytes each."""
    rows = (json.loads(line) for line in groups.lines(FAMILIES))
    return {row["document"]: row["family"] for row in rows}


def _lines(folder: Folder, name: str) -> Iterator[Row]:
    for line in folder.lines(name):
        yield json.loads(line)


def _claim_columns(folder: Folder, name: str) -> Iterator[Row]:
    from armstrace.batch.parquet_output import read_claims  # noqa: PLC0415 - an optional part

    with folder.open(name) as file:
        yield from read_claims(file)


def _columns(folder: Folder, name: str) -> Iterator[Row]:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise MissingPartError(f"{name}: Parquet needs another package: pip install 'armstrace[parquet]'") from error
    with folder.open(name) as file, parquet.ParquetFile(file) as rows:
        for batch in rows.iter_batches(_AT_ONCE, columns=list(_COLUMNS), use_threads=False):
            yield from batch.to_pylist()


_READ: Final[Mapping[str, Callable[[Folder, str], Iterator[Row]]]] = {"jsonl": _lines, "parquet": _columns}
_CLAIMS: Final[Mapping[str, Callable[[Folder, str], Iterator[Row]]]] = {"jsonl": _lines, "parquet": _claim_columns}
