"""What it takes to publish a register.

    python benchmarks/publishing.py [--transfers 1000 5000]

Each transfer is told by three documents of their own, two that affirm it and one that denies it, between two of forty
states. Seconds are the processor's; memory is what a process that does nothing else needs at most. Exit code 1
where a transfer takes longer in the largest register than twice what it takes in the smallest, or memory grows by more
than a half of what is written.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
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


def build(address: str, size: int) -> str:
    """Make a register of so many transfers."""
    with open_store(address, {}) as store:
        for number in range(size):
            add_transfer(store, number)
        update_register(store, load_stages())
    return ""


def measure(address: str, place: Path) -> str:
    """Publish a register; return how many transfers, seconds, MiB of memory at most, MiB written."""
    stages = load_stages()
    with open_store(address, {}) as store:
        begun = time.process_time()
        done = publish(store, stages, place, Publication(reliability=load_reliability()))
        seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    return f"{done.transfers} {seconds} {memory} {done.size / KIB / KIB}"


def apart(work: Callable[[], str]) -> str:
    """Return what work gives that is done in a process of its own."""
    read, write = os.pipe()
    if not os.fork():
        os.write(write, work().encode())
        os._exit(0)
    os.close(write)
    os.wait()
    with os.fdopen(read, "rb") as told:
        return told.read().decode()


def main() -> int:
    """Print the table; return 1 where time or memory grow too fast."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--transfers", type=int, nargs="+", default=[1000, 5000])
    rows = []
    print(f"{'transfers':>10}{'seconds':>9}{'ms each':>9}{'MiB memory':>12}{'MiB written':>13}")
    for size in sorted(ask.parse_args().transfers):
        with TemporaryDirectory() as folder:
            address = f"{folder}/register.db"
            apart(partial(build, address, size))
            told = apart(partial(measure, address, Path(folder) / "site"))
        found, seconds, memory, written = map(float, told.split())
        rows.append((seconds / found, memory, written))
        row = f"{found:>10,.0f}{seconds:>9.1f}{1000 * seconds / found:>9.1f}{memory:>12.0f}{written:>13.1f}"
        print(row, flush=True)
    (first, low, little), (last, high, much) = rows[0], rows[-1]
    return int(last > 2 * first or high - low > (much - little) / 2)


if __name__ == "__main__":
    sys.exit(main())
