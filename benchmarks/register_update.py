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

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from grouping import SLACK, Dice, make_document

from armstrace.document import Capture, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.grouping import load_stages
from armstrace.ids import content_id
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import update_register
from armstrace.model import Category, Claim, ClaimKind, Evidence, Item, Party, Source, SourceKind, Status
from armstrace.store.open import open_store
from armstrace.store.readings import Reading
from armstrace.store.repository import Store
from armstrace.store.transfers import TransferQuery, count_transfers, page_of

NOW = "2030-01-01T00:00:00Z"
STATES = (
    "AM AO AZ BD BG BI BY CD CF CI CN CU CZ DJ EG ER ET FI GE GH GN ID IL IN IQ IR JO KE KP KR KZ LB LY MA ML MM NG PK "
    "RU SY"
).split()
CATEGORIES = (Category.DRONES, Category.TANKS, Category.MISSILES, Category.ARTILLERY, Category.AIRCRAFT, Category.SHIPS)
STATUSES = (Status.PLANNED, Status.ORDERED, Status.DELIVERED)
UNKNOWN = 10  # one claim in so many has an unknown party
PAGE = 50


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

    def row(self) -> str:
        """Return a line of the table."""
        return (
            f"{self.size:>9,}{self.transfers:>10,}{self.mebibytes:>8.0f}{self.anew:>9.1f}{1000 * self.more:>12.1f}"
            f"{self.pairs:>8.1f}{self.merged:>8.1f}{1000 * self.idle:>12.1f}{self.more / self.anew:>10.5f}"
        )


def measure(address: str, size: int, more: int, stages: Stages) -> Figures:
    """Return the figures of a store of so many documents."""
    folder = {"ARMSTRACE_EVIDENCE": f"{address}.evidence"} if "://" not in address else dict(os.environ)
    with open_store(address, folder) as store:
        fill(store, range(size))
        begun = time.process_time()
        update_register(store, stages)
        anew = time.process_time() - begun
        spent = 0.0
        pairs = merged = 0
        for number in range(size, size + more):
            fill(store, [number])
            begun = time.process_time()
            done = update_register(store, stages)
            spent += time.process_time() - begun
            pairs, merged = pairs + done.pairs, merged + done.transfers
        begun = time.process_time()
        update_register(store, stages)
        with store.database.read() as connection:
            page_of(connection, TransferQuery(), "last-change", PAGE)
            transfers = count_transfers(connection, TransferQuery())
        idle = time.process_time() - begun
    file = Path(address)
    mebibytes = file.stat().st_size / 2**20 if file.is_file() else 0.0
    return Figures(size, transfers, mebibytes, anew, spent / more, pairs / more, merged / more, idle)


def main() -> int:
    """Print the table; return 1 where the comparisons for one more document grow too fast."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", type=int, nargs="+", default=[2000, 10_000])
    ask.add_argument("--add", type=int, default=50, help="documents added one by one at the end")
    ask.add_argument("--database", help="an empty PostgreSQL database, for one size; else files")
    options = ask.parse_args()
    names = ("documents", "transfers", "MiB", "anew s", "one more ms", "pairs", "merged", "register ms", "ratio")
    widths = (9, 10, 8, 9, 12, 8, 8, 12, 10)
    print("".join(f"{name:>{width}}" for name, width in zip(names, widths, strict=True)))
    stages, rows = load_stages(), []
    for size in options.sizes:
        with TemporaryDirectory(prefix="armstrace-register-") as folder:
            rows.append(measure(options.database or str(Path(folder) / "a.db"), size, options.add, stages))
        print(rows[-1].row(), flush=True)
    first, last = rows[0], rows[-1]
    growth = max(1.0, last.pairs) / max(1.0, first.pairs)
    allowed = log(last.size) / log(first.size) * SLACK
    print(f"pairs compared for one more document: {growth:.2f} times; log n allows {allowed:.2f}")
    print(
        f"time of one more document: {last.more / first.more:.2f} times, at {last.size / first.size:.1f} times as many"
    )
    return int(growth > allowed)


if __name__ == "__main__":
    sys.exit(main())
