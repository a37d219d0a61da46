"""What it takes to publish a register.

    python benchmarks/publishing.py [--transfers 1000 5000]

Each transfer is told by three documents of their own, two that affirm it and one that denies it, between two of forty
states. Seconds are the processor's; memory is what a process that does nothing else needs at most. Exit code 1
where a transfer takes longer in the largest register than twice what it takes in the smallest, or memory grows by more
than a half of what is written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from armstrace.document import Capture, Document, Metadata, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.grouping import load_stages
from armstrace.ids import content_id
from armstrace.keeping.update import update_register
from armstrace.model import Claim, ClaimKind, Evidence, Item, Party, Polarity, Source, SourceKind, Status
from armstrace.register.reliability import load_reliability
from armstrace.store.open import open_store
from armstrace.store.readings import Reading
from armstrace.store.repository import Store
from armstrace.web.publication.publish import Publication, Published, publish
from measured import MIB, Column, parser_of, peak_mebibytes, processor_seconds, reporting, run_again
from register_update import CATEGORIES, NOW, STATES

SAYS = (Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED)


def add_transfer(store: Store, number: int) -> None:
    """Add the documents of the transfer of a number."""
    place, category = divmod(number, len(CATEGORIES))
    supplier, recipient = STATES[place % len(STATES)], STATES[(place // len(STATES) + place + 1) % len(STATES)]
    for part, polarity in enumerate(SAYS):
        words = f"{supplier} sent {CATEGORIES[category]} of lot {number} to {recipient}, said office {part}."
        text = f"{words} {content_id(number, part)} {content_id(part, number)} stood on the papers."
        identity, span = content_id(text), Span(0, len(words))
        known = Metadata(f"Paper {number % 300}", f"2029-0{1 + part}-1{number % 10}", words, "https://paper.example/a")
        store.add_document(Document(identity, text, text, known), text.encode(), Capture(identity), NOW)
        claim = Claim(
            id=content_id(identity, "claim"),
            document=identity,
            kind=ClaimKind.TRANSFER,
            evidence=Evidence(words, span),
            supplier=Party(supplier, None, supplier, span),
            recipient=Party(recipient, None, recipient, span),
            items=(Item(None, str(CATEGORIES[category]), CATEGORIES[category], span),),
            status=Status.DELIVERED,
            polarity=polarity,
            attribution=(
                Source(f"office {part}", SourceKind.GOVERNMENT, STATES[(number + part) % len(STATES)], named=True),
            ),
        )
        store.save_reading(Reading(identity, "made", NOW, [(claim, claim_to_dict(claim))]))


def build(address: str, size: int) -> None:
    """Make a register of so many transfers."""
    with open_store(address, {}) as store:
        for number in range(size):
            add_transfer(store, number)
        update_register(store, load_stages())


def measure(address: str, place: Path) -> list[float]:
    """Publish a register; return how many transfers, seconds, MiB of memory at most, MiB written."""
    stages, done = load_stages(), list[Published]()
    form = Publication(reliability=load_reliability())
    with open_store(address, {}) as store:
        seconds = processor_seconds(lambda: done.append(publish(store, stages, place, form)))
    return [done[0].transfers, seconds, peak_mebibytes(), done[0].size / MIB]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where time or memory grow too fast."""
    ask = parser_of(__doc__)
    ask.add_argument("--transfers", type=int, nargs="+", default=[1000, 5000])
    ask.add_argument("--published", metavar="ADDRESS", help=argparse.SUPPRESS)
    options = ask.parse_args(arguments)
    if options.published:
        print(json.dumps(measure(options.published, Path(options.published).parent / "site")))
        return 0
    rows = []
    columns = (Column("s", ".1f"), Column("ms each", ".1f"), Column("MiB at most", ".0f"), Column("MiB written", ".1f"))
    with reporting("publishing", options) as report:
        table = report.table("Publishing a register", Column("transfers", ","), *columns)
        for size in sorted(options.transfers):
            with TemporaryDirectory() as folder:
                address = f"{folder}/register.db"
                build(address, size)
                found, seconds, memory, written = run_again(__file__, "--published", address)
            rows.append((seconds / found, memory, written))
            table.add(found, seconds, 1000 * seconds / found, memory, written)
    (first, low, little), (last, high, much) = rows[0], rows[-1]
    return int(last > 2 * first or high - low > (much - little) / 2)


if __name__ == "__main__":
    sys.exit(main())
