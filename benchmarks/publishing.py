"""What it takes to publish a register.

    python benchmarks/publishing.py [--transfers 1000 5000]

Each transfer is told by three documents of their own, two that affirm it and one that denies it, between two of forty
states. Seconds are the processor's; memory is what the process needed at most above what it held before it published,
each size in a process of its own. Exit code 1 where a transfer takes twice as long, or memory grows by more than a
fifth of what was published, from the smallest size to the largest.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from register_update import CATEGORIES, NOW, STATES

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
from armstrace.web.publication.publish import Publication, publish

SAYS = (Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED)
KIB = 1024


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


def measure(size: int) -> tuple[int, float, float, float]:
    """Return how many transfers were published, and what it took: seconds, MiB of memory, MiB written."""
    stages = load_stages()
    with TemporaryDirectory() as folder, open_store(f"{folder}/register.db", {}) as store:
        for number in range(size):
            add_transfer(store, number)
        update_register(store, stages)
        before, begun = _peak(), time.process_time()
        done = publish(store, stages, Path(folder) / "site", Publication(reliability=load_reliability()))
        return done.transfers, time.process_time() - begun, _peak() - before, done.size / KIB / KIB


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB


def main() -> int:
    """Print the table; return 1 where time or memory grow too fast."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--transfers", type=int, nargs="+", default=[1000, 5000])
    rows = []
    print(f"{'transfers':>10}{'seconds':>9}{'ms each':>9}{'MiB memory':>12}{'MiB written':>13}")
    for size in sorted(ask.parse_args().transfers):
        read, write = os.pipe()
        if not os.fork():
            os.write(write, repr(measure(size)).encode())
            os._exit(0)
        os.wait()
        found, seconds, memory, written = map(float, os.read(read, 1 << 16).decode().strip("()").split(","))
        rows.append((seconds / found, memory, written))
        print(f"{found:>10,.0f}{seconds:>9.1f}{1000 * seconds / found:>9.1f}{memory:>12.0f}{written:>13.1f}")
    (first, low, little), (last, high, much) = rows[0], rows[-1]
    return int(last > 2 * first or high - low > (much - little) / 5)


if __name__ == "__main__":
    sys.exit(main())
