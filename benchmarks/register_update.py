"""What one more document costs the kept register, against making the whole register anew.

    python benchmarks/register_update.py [--sizes 2000 10000] [--add 50] [--database ADDRESS]

The documents are those of ``benchmarks/grouping.py`` (one in fifty a copy, one in ten with standing text of its
outlet); half of them tell a claim between two of forty states, a third of these of one of thirty large deals; in one of
ten a party is unknown. "anew" is an update of an empty register, "one more" the mean over documents that are added,
read and worked in one by one, "register" an update with nothing to do and a page of fifty transfers. Seconds are the
processor's. Prints how the cost of one more document grows, and what it is of the cost of making all anew; exit code 1
where the pairs of documents compared for one more grow faster than the logarithm of their number.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from armstrace.document import Capture, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.grouping import load_stages
from armstrace.ids import content_id
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import Updated, update_register
from armstrace.model import Category, Claim, ClaimKind, Evidence, Item, Party, Source, SourceKind, Status
from armstrace.store.open import open_store
from armstrace.store.readings import Reading
from armstrace.store.repository import Store
from armstrace.store.transfers import TransferQuery, count_transfers, page_of
from grouping import SLACK, Dice, make_document
from measured import Column, parser_of, processor_seconds, reporting

NOW = "2030-01-01T00:00:00Z"
STATES = (
    "AM AO AZ BD BG BI BY CD CF CI CN CU CZ DJ EG ER ET FI GE GH GN ID IL IN IQ IR JO KE KP KR KZ LB LY MA ML MM NG PK "
    "RU SY"
).split()
CATEGORIES = (Category.DRONES, Category.TANKS, Category.MISSILES, Category.ARTILLERY, Category.AIRCRAFT, Category.SHIPS)
STATUSES = (Status.PLANNED, Status.ORDERED, Status.DELIVERED)
UNKNOWN = 10  # one claim in so many has an unknown party
PAGE = 50
COLUMNS = (
    Column("documents", ","),
    Column("transfers", ","),
    Column("MiB of disk", ".0f"),
    Column("anew s", ".1f"),
    Column("one more ms", ".1f"),
    Column("pairs", ".1f"),
    Column("merged", ".1f"),
    Column("register ms", ".1f"),
    Column("one more / anew", ".5f"),
)


def make_claims(number: int, document: str) -> list[Claim]:
    """Return the claims of the document of a number: one for every second."""
    dice = Dice(f"claim {number}")
    if dice.below(2):
        return []
    deal = Dice(f"deal {dice.below(30) if not dice.below(3) else number // 4}")
    supplier, recipient = deal.of(STATES), deal.of(STATES)
    category = CATEGORIES[deal.below(len(CATEGORIES))]
    words = f"{supplier} sent {category} to {recipient}, officials of {dice.of(STATES)} said."
    span = Span(0, len(words))
    hidden = dice.below(2 * UNKNOWN)
    source = Source("officials", SourceKind.GOVERNMENT, dice.of(STATES), named=False)
    return [
        Claim(
            id=content_id(document, number),
            document=document,
            kind=ClaimKind.TRANSFER,
            evidence=Evidence(words, span),
            supplier=None if hidden == 0 else Party(supplier, None, supplier, span),
            recipient=None if hidden == 1 else Party(recipient, None, recipient, span),
            items=(Item(None, str(category), category, span),),
            status=STATUSES[dice.below(len(STATUSES))],
            attribution=(source,),
        )
    ]


def fill(store: Store, numbers: Sequence[int]) -> None:
    """Add documents and save their readings."""
    for number in numbers:
        document = make_document(number)
        data = document.text.encode()
        store.add_document(document, data, Capture(f"{document.id}.txt"), NOW)
        claims = make_claims(number, document.id)
        store.save_reading(Reading(document.id, "made", NOW, [(claim, claim_to_dict(claim)) for claim in claims]))


@dataclass(frozen=True, slots=True)
class Figures:
    """What a register of so many documents takes."""

    size: int
    transfers: int
    mebibytes: float
    anew: float
    more: float
    pairs: float
    merged: float
    idle: float

    @property
    def row(self) -> tuple[float, ...]:
        """A line of the table."""
        more = (1000 * self.more, self.pairs, self.merged)
        return (self.size, self.transfers, self.mebibytes, self.anew, *more, 1000 * self.idle, self.more / self.anew)


def measure(address: str, size: int, more: int, stages: Stages) -> Figures:
    """Return the figures of a store of so many documents."""
    folder = {"ARMSTRACE_EVIDENCE": f"{address}.evidence"} if "://" not in address else dict(os.environ)
    with open_store(address, folder) as store:
        fill(store, range(size))
        anew = processor_seconds(lambda: update_register(store, stages))
        spent, done = 0.0, list[Updated]()
        for number in range(size, size + more):
            fill(store, [number])
            spent += processor_seconds(lambda: done.append(update_register(store, stages)))
        idle = processor_seconds(lambda: _open_register(store, stages))
        with store.database.read() as connection:
            transfers = count_transfers(connection, TransferQuery())
    file = Path(address)
    mebibytes = file.stat().st_size / 2**20 if file.is_file() else 0.0
    pairs, merged = sum(one.pairs for one in done), sum(one.transfers for one in done)
    return Figures(size, transfers, mebibytes, anew, spent / more, pairs / more, merged / more, idle)


def _open_register(store: Store, stages: Stages) -> None:
    """Do what a look at the register takes: an update with nothing to do, a page, how many there are."""
    update_register(store, stages)
    with store.database.read() as connection:
        page_of(connection, TransferQuery(), "last-change", PAGE)
        count_transfers(connection, TransferQuery())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where the comparisons for one more document grow too fast."""
    ask = parser_of(__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[2000, 10_000])
    ask.add_argument("--add", type=int, default=50, help="documents added one by one at the end")
    ask.add_argument("--database", help="an empty PostgreSQL database, for one size; else files")
    options = ask.parse_args(arguments)
    stages, rows = load_stages(), list[Figures]()
    with reporting("register update", options) as report:
        table = report.table("Kept register", *COLUMNS)
        for size in options.sizes:
            with TemporaryDirectory(prefix="armstrace-register-") as folder:
                rows.append(measure(options.database or str(Path(folder) / "a.db"), size, options.add, stages))
            table.add(*rows[-1].row)
        first, last = rows[0], rows[-1]
        growth = max(1.0, last.pairs) / max(1.0, first.pairs)
        allowed = log(last.size) / log(first.size) * SLACK
        report.note(f"pairs compared for one more document: {growth:.2f} times; log n allows {allowed:.2f}")
        told = f"time of one more document: {last.more / first.more:.2f} times"
        report.note(f"{told}, at {last.size / first.size:.1f} times as many")
    return int(growth > allowed)


if __name__ == "__main__":
    sys.exit(main())
