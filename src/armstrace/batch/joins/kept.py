"""The documents that ``armstrace batch --keep-texts`` left, as parts to be grouped (docs/batch.md has the layout)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from armstrace.batch.joins.plan import Part
from armstrace.batch.joins.work_folder import Folder
from armstrace.document import Document, Fact, Metadata
from armstrace.errors import InputError, MissingPartError, SettingsError
from armstrace.ids import content_id

_RUN: Final = "batch.json"
_END: Final = "report.json"  # there once all shards are finished
_MOST_PARTS: Final = 256  # parts of a run are taken together, so that each bucket is put together of few pieces
_AT_ONCE: Final = 128  # rows of Parquet
_COLUMNS: Final = ("id", "outlet", "published", "credited", "text")

Row = Mapping[str, Any]


def parts_of_run(folder: Folder) -> tuple[Part, ...]:
    """Return the documents of a finished run of ``armstrace batch``, in at most 256 parts.

    Raises:
        InputError: the folder holds no run, or one that is not finished.
        SettingsError: the run did not keep texts.
    """
    run = _run_of(folder)
    names = sorted(name.removesuffix(".json") for name in folder.names("parts"))
    size = max(1, -(-len(names) // _MOST_PARTS))
    bundles = [tuple(names[at : at + size]) for at in range(0, len(names), size)]
    form = run["options"]["format"]
    mark = content_id(json.dumps(run, sort_keys=True))
    return tuple(
        Part(bundle[0], content_id(mark, *bundle), partial(_documents, folder, form, bundle)) for bundle in bundles
    )


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
            metadata = Metadata(outlet=row["outlet"], published=row["published"])
            yield Document(row["id"], row["text"], row["text"], metadata, facts=facts)


def _lines(folder: Folder, name: str) -> Iterator[Row]:
    for line in folder.lines(name):
        yield json.loads(line)


def _columns(folder: Folder, name: str) -> Iterator[Row]:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise MissingPartError(f"{name}: Parquet needs another package: pip install 'armstrace[parquet]'") from error
    with folder.open(name) as file, parquet.ParquetFile(file) as rows:
        for batch in rows.iter_batches(_AT_ONCE, columns=list(_COLUMNS), use_threads=False):
            yield from batch.to_pylist()


_READ: Final[Mapping[str, Callable[[Folder, str], Iterator[Row]]]] = {"jsonl": _lines, "parquet": _columns}
