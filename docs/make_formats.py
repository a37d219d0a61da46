"""Makes docs/formats.md (where each field goes in each format) and docs/tables.md (every table and column).

    python docs/make_formats.py          writes both
    python docs/make_formats.py --check  tells whether they are as they would be written

The first is made of docs/formats/fields.yml and a file a format beside it, the second of the definitions in the code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import pyarrow as pa
import yaml

from armstrace.export.tables.cells import HOW_CELLS_ARE
from armstrace.export.tables.definition import TABLES
from armstrace.export.tables.parquet_schema import COLUMNS
from armstrace.web.exports import ALL_FORMATS

DOCS: Final = Path(__file__).parent
DATA: Final = DOCS / "formats"
NONE: Final = "-"
WIDTH: Final = 120
MADE: Final = (
    "<!-- made by docs/make_formats.py; edit docs/formats/*.yml or the definitions in src/armstrace/export -->"
)


def main() -> int:
    """Write the pages, or tell which of them are stale."""
    pages = {DOCS / "formats.md": _page(_formats()), DOCS / "tables.md": _page(_tables())}
    if "--check" not in sys.argv[1:]:
        for path, text in pages.items():
            path.write_text(text, "utf-8")
        return 0
    stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    if stale:
        sys.stderr.write(f"docs: {', '.join(stale)} not as made; run python docs/make_formats.py\n")
    return 1 if stale else 0


def _page(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def load_format(name: str) -> dict[str, Any]:
    """Return what is told of a format; nothing for one without a file.

    Raises:
        ValueError: it tells of a field that there is none of.
    """
    path = DATA / f"{name}.yml"
    told: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    unknown = set(told.get("where", {})) - set(load_fields()["fields"])
    if unknown:
        raise ValueError(f"{path}: no field {', '.join(sorted(unknown))}; fields.yml lists them")
    return {"title": name, "where": {}, "cannot": [], **told}


def load_fields() -> dict[str, Any]:
    """Return fields and groups of formats."""
    told: dict[str, Any] = yaml.safe_load((DATA / "fields.yml").read_text("utf-8"))
    return told


def _formats() -> Iterator[str]:
    told = load_fields()
    known = {form.name: form for form in ALL_FORMATS}
    yield from ("# Formats", "", MADE, "")
    yield from wrap(
        "`armstrace export --format NAME` writes the register, or a part of it; the API (`GET /api/v1/export/NAME`) "
        "and the pages of the desk do too. One record is behind all formats: a line of the register with its values, "
        "claims, sources, history, findings and documents. Below: where each field goes, `-` for nowhere. The tables "
        "of `csv` and `xlsx` and the schema of `parquet` are explained in [tables.md](tables.md).",
        WIDTH,
    )
    for group, names in told["groups"].items():
        formats = {name: load_format(name) for name in names}
        yield from ("", f"## {group}", "", f"| field | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|")
        for field, meaning in told["fields"].items():
            places = (one["where"].get(field, NONE) for one in formats.values())
            yield f"| {meaning} | {' | '.join(places)} |"
    yield from ("", "## What each cannot hold")
    for name in (name for names in told["groups"].values() for name in names):
        one = load_format(name)
        if not one["cannot"] and name not in known:
            continue
        yield from ("", f"**{name}**: {one['title']}. {_options(known.get(name))}".rstrip(), "")
        yield from (f"- {words}" for words in one["cannot"] or ["nothing is lost"])


def _options(form: Any) -> str:  # noqa: ANN401 - a format or nothing
    asked = [f"it takes `--set {name}=...`" for name in form.options] if form else []
    needs = [f"it needs `pip install 'armstrace[{form.extra}]'`"] if form and form.extra else []
    words = "; ".join([*asked, *needs])
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _tables() -> Iterator[str]:
    yield from ("# Tables", "", MADE, "")
    yield from wrap(
        "The tables of `armstrace export --format csv --set table=NAME` (`table=all`: a ZIP of all of them, described "
        "for programs as CSV on the Web), and the sheets of `--format xlsx`. Every value of the register stands in one "
        "of them; `armstrace.export.tables.read.read_tables(path)` gives the records of a ZIP back exactly.",
        WIDTH,
    )
    yield from ("", *wrap(HOW_CELLS_ARE.replace("\\", "\\\\").replace("|", "`|`"), WIDTH))
    for table in TABLES:
        yield from (
            "",
            f"## {table.name}",
            "",
            f"A row is {table.meaning}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        )
        yield from (f"| `{one.name}` | {one.kind} | {one.meaning} |" for one in table.every)
    yield from ("", "# Parquet", "")
    yield from wrap(
        "`armstrace export --format parquet`: a row a transfer, some hundred to a row group; what was asked and by "
        "which versions stands as JSON under the key `armstrace` of the file. "
        "`armstrace.export.tables.parquet.read_parquet(path)` gives the records back exactly.",
        WIDTH,
    )
    yield from ("", "| column | type | meaning |", "|---|---|---|")
    yield from (f"| `{name}` | `{_type(kind)}` | {meaning} |" for name, kind, meaning in COLUMNS)


def _type(kind: pa.DataType) -> str:
    """Return a type in short; a struct by the names of its fields."""
    if pa.types.is_list(kind):
        return f"list<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {_type(field.type)}' for field in kind)}>"
    return str(kind)


if __name__ == "__main__":
    sys.exit(main())
