"""How long a trade register in SIPRI's layout takes to import, and to be worked into the register.

    python benchmarks/sipri_import.py [--rows 28000] [--register] [--database ADDRESS]

The rows are invented: 24 recipients, 12 suppliers, 600 types of arms, years from 1955 on, as many markers and years of
delivery as in such a file. "import" is reading, claims and their storing; with ``--register`` the first update of the
register is timed too, in which the law is asked of every deal. Seconds are the processor's. Exit code 1 where a row or
a marker is lost.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from armstrace.extract.sipri import NUMBER_UNCERTAIN, YEAR_UNCERTAIN
from armstrace.extract.sipri_rows import COLUMNS
from armstrace.extractor import extractor_version
from armstrace.grouping import load_stages
from armstrace.ingest.walk import find_inputs, read_input
from armstrace.intake import keep_texts, read_kept
from armstrace.keeping.update import Updated, update_register
from armstrace.pipeline import load_reader
from armstrace.store.open import open_store
from armstrace.store.repository import Store
from grouping import Dice
from measured import Column, parser_of, processor_seconds, reporting

NOW = "2030-01-01T00:00:00Z"
SUPPLIERS = (
    "United States;Soviet Union;Russia;France;Germany;China;Israel;Ukraine;unknown supplier(s);"
    "South Africa;Sweden;Italy"
).split(";")
RECIPIENTS = (
    "India;Japan;Chad;Mali;Peru;Kenya;Egypt;Hezbollah (Lebanon)*;African Union**;unknown recipient(s);Viet Nam;UAE;"
    "Poland;Chile;Brazil;Morocco;Algeria;Iraq;Iran;Pakistan;Turkiye;Greece;Spain;Cote d'Ivoire"
).split(";")
ARMS = (
    ("Kestrel-{}", "fighter aircraft"), ("Boulder {}", "tank"), ("Lance-{}M", "anti-tank missile"), ("Quill {}", "SAM"),
    ("Marlin-{}", "frigate"), ("Anvil {}", "towed gun"), ("Wader-{}", "APC"), ("Owl-{}", "air-search radar"),
    ("Heron {}", "UAV"), ("ship engine", "ship engine"),
)  # fmt: skip


def make_row(number: int) -> list[str]:
    """Return the row of a number."""
    dice = Dice(f"row {number}")
    name, kind = ARMS[dice.below(len(ARMS))]
    year, ordered = 1955 + dice.below(65), 1 + dice.below(300)
    delivered = "" if dice.below(5) == 0 else str(max(1, ordered // (1 + dice.below(2))))
    years = "; ".join(str(year + at) for at in range(1 + dice.below(4))) if delivered else ""
    marks = ["?" * dice.below(2) for _ in range(3)]
    cells = [dice.of(RECIPIENTS), dice.of(SUPPLIERS), str(year), marks[0], str(ordered), marks[1]]
    cells += [name.format(1 + dice.below(60)), kind, delivered, marks[2] if delivered else "", years, "New"]
    return [*cells, f'Deal {number}; "aid", with commas', "2.5", str(ordered), delivered]


def make_file(rows: list[list[str]]) -> str:
    """Return a trade register of rows."""
    out = io.StringIO(newline="")
    out.write("Transfers of major conventional arms from All countries  to All countries . Invented\n")
    out.write("A line of words of no matter here\n" * 8)
    out.write("Source: SIPRI Arms Transfers Database (c) SIPRI.\nData generated: 11 Mar 2030 10:02:49 AM\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def import_file(store: Store, file: Path) -> float:
    """Return the processor's seconds that the import of a file takes, the loading of the reader left out."""
    reader, version = load_reader(), extractor_version()

    def take_in() -> None:
        for given in find_inputs(str(file)):
            for _ in keep_texts(store, read_input(given, store.holds), lambda _: (), lambda: NOW):
                pass
        for _ in read_kept(store, reader, version, lambda: NOW):
            pass

    return processor_seconds(take_in)


def lost(store: Store, rows: list[list[str]]) -> list[str]:
    """Return what is not in the store as the rows have it."""
    claims = [one.body for identity in store.unread("") for one in store.claims(identity)]
    found = {"rows": len({one["evidence"]["span"][0] for one in claims})}
    wanted = {"rows": len(rows)}
    for name, column, status, words in (
        ("years marked", 3, "ordered", YEAR_UNCERTAIN),
        ("orders marked", 5, "ordered", NUMBER_UNCERTAIN),
        ("deliveries marked", 9, "delivered", NUMBER_UNCERTAIN),
    ):
        wanted[name] = sum(row[column] == "?" for row in rows)
        found[name] = sum(one["status"] == status and words in one["why"] for one in claims)
    return [f"{name}: {found[name]} of {count}" for name, count in wanted.items() if found[name] != count]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times; return 1 where something is lost."""
    parser = parser_of(__doc__)
    parser.add_argument("--rows", type=int, default=28_000)
    parser.add_argument("--register", action="store_true", help="time the first update of the register too")
    parser.add_argument("--database", help="else a new file")
    options = parser.parse_args(arguments)
    rows = [make_row(number) for number in range(options.rows)]
    with TemporaryDirectory() as folder, reporting("SIPRI import", options) as report:
        file = Path(folder) / "trade-register.csv"
        file.write_text(make_file(rows), encoding="latin-1")
        with open_store(options.database or f"{folder}/benchmark.db", {}) as store:
            columns = (Column("rows or claims", ","), Column("transfers", ","), Column("s", ".1f"))
            table = report.table(f"A file of {file.stat().st_size / 1e6:.1f} MB", Column("step"), *columns)
            table.add("import", len(rows), None, import_file(store, file))
            told = lost(store, rows)
            report.note(f"lost: {', '.join(told) or 'nothing'}")
            if options.register:
                stages, updated = load_stages(), list[Updated]()
                seconds = processor_seconds(lambda: updated.append(update_register(store, stages)))
                table.add("register", updated[0].claims, updated[0].transfers, seconds)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
