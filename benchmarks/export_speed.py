"""How long each format takes to write a large register, and how much memory: every format in a process of its own.

    python benchmarks/export_speed.py [--transfers 5000] [--claims 10] [--format csv ...]

The register is made up, one record at a time, so that what is measured is the writing alone. Aim: 50,000 claims within
60 s and 500 MiB a format. Reports (html) and bundles need a store: `/usr/bin/time -v armstrace export` on that of
benchmarks/desk_load.py measures them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence

from armstrace.document import Span
from armstrace.export.findings import findings_to_list
from armstrace.export.formats import FORMATS, writer_of
from armstrace.export.record import About, Cited, Record
from armstrace.lexicon.load import load_country_labels
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    When,
)
from armstrace.register.merge import merge_claims
from armstrace.register.reliability import load_reliability
from armstrace.register.types import Origin
from armstrace.told import Group, Told
from armstrace.web.exports import find_format
from measured import MIB, Column, parser_of, peak_mebibytes, reporting, run_again

CODES = "KP RU IR CN TR US FR DE SD ML UA SY YE LY".split()
KINDS = (
    ("artillery shells", Category.AMMUNITION),
    ("drones", Category.DRONES),
    ("armoured vehicles", Category.ARMOURED_VEHICLES),
)
DENIED = 8  # claim of ten that denies
SPEAKERS = ("government", "intelligence", "ngo", "company", "expert")
SPAN = Span(10, 60)
ASKED = {"un-register": "un-register:country=KP;year=2022;direction=exports"}  # what a format must be asked for


def make_claim(line: int, number: int) -> Told:
    """Return one claim of a line."""
    supplier, recipient = CODES[line % 7], CODES[7 + line % 7]
    words, category = KINDS[line % 3]
    day = f"20{20 + line % 10}-{1 + number % 12:02}-{1 + line % 28:02}"
    kind = SourceKind(SPEAKERS[number % len(SPEAKERS)])
    sentence = f"{supplier} has sent {100 + number} {words} to {recipient}, a {kind} said of line {line} on Monday. "
    claim = Claim(
        id=f"{line:08x}{number:08x}",
        document=f"{line:06x}{number // 2:010x}",
        kind=ClaimKind.TRANSFER,
        evidence=Evidence(sentence * 2, SPAN),
        supplier=Party(supplier, None, supplier, SPAN),
        recipient=Party(recipient, None, recipient, SPAN),
        items=(Item(None, words, category, SPAN, (("un-register", "III"),)),),
        quantity=Quantity(f"{100 + number}", 100 + number, 100 + number, 100 + number, "pieces", SPAN),
        status=Status.DELIVERED if number % 3 else Status.ORDERED,
        polarity=Polarity.DENIED if number % 10 == DENIED else Polarity.AFFIRMED,
        certainty=Certainty.LIKELY if number % 2 else Certainty.FACT,
        likelihood=(55, 80) if number % 2 else None,
        when=When("on Monday", day, day, DatePrecision.DAY, SPAN),
        attribution=(
            Source(f"Outlet {number % 40}", SourceKind.OUTLET, None, named=True),
            Source(
                f"{kind} of {CODES[number % len(CODES)]}",
                kind,
                CODES[number % len(CODES)],
                named=True,
                cue="said",
                span=SPAN,
            ),
        ),
        inferred=("day from the dateline",),
        why=("verb of sending", "source before the verb"),
    )
    return Told(claim, f"Outlet {number % 40}", day, claim.document, f"Shipment {line} reported")


def find_far_ends(claims: Sequence[Told]) -> tuple[Origin, ...]:
    """Return the origins of claims by their far ends alone."""
    found: dict[str, list[str]] = {}
    for told in claims:
        found.setdefault(told.claim.attribution[-1].name, []).append(told.claim.id)
    return tuple(Origin(name, name, None, True, tuple(sorted(ids))) for name, ids in sorted(found.items()))  # noqa: FBT003


def each_record(transfers: int, claims: int) -> Iterator[Record]:
    """Yield made-up lines, each of as many claims."""
    for line in range(transfers):
        told = tuple(make_claim(line, number) for number in range(claims))
        documents = {one.claim.document: _cited(one) for one in told}
        yield Record(merge_claims(Group(told), find_far_ends), findings_to_list(()), documents)


def _cited(told: Told) -> Cited:
    document = told.claim.document
    url = f"https://news.example/{document}"
    about = (told.title, told.outlet, None, "en", told.published, url, "html")
    return Cited(document, *about, captured="2031-01-01T00:00:00Z", sha256=document * 4)


class Counting:
    """Where bytes are counted and dropped."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes, /) -> None:
        """Count bytes."""
        self.size += len(data)


def measure(name: str, transfers: int, claims: int) -> None:
    """Print what writing one format took; "" for the making of the records alone."""
    form_name, _, settings = name.partition(":")
    options = dict(one.split("=", 1) for one in settings.split(";") if one)
    versions = {"program": "0", "readers": [], "register": "1", "law": "1", "sanctions_lists": []}
    about = About({}, None, versions, load_country_labels(), load_reliability(), options)
    out, records = Counting(), each_record(transfers, claims)
    begun = time.perf_counter()
    if form_name:
        writer_of(find_format(form_name))(records, about, out)
    else:
        for _ in records:
            pass
    seconds, cpu = time.perf_counter() - begun, time.process_time()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mib": peak_mebibytes(), "bytes": out.size}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every format, or those named."""
    parser = parser_of(__doc__)
    parser.add_argument("--transfers", type=int, default=5000)
    parser.add_argument("--claims", type=int, default=10)
    parser.add_argument("--format", action="append", dest="formats")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.alone is not None:
        measure(asked.alone, asked.transfers, asked.claims)
        return 0
    variants = [f"{form.name}:{one.option}={one.value}" for form in FORMATS for one in form.variants]
    names = asked.formats or ["", *(ASKED.get(form.name, form.name) for form in FORMATS), *variants]
    title = f"{asked.transfers * asked.claims:,} claims, {asked.transfers:,} transfers"
    columns = (
        Column("clock s", ".1f"),
        Column("CPU s", ".1f"),
        Column("MiB at most", ".0f"),
        Column("MiB written", ".1f"),
    )
    with reporting("export speed", asked) as report:
        table = report.table(title, Column("format"), *columns)
        for name in names:
            sizes = ("--transfers", str(asked.transfers), "--claims", str(asked.claims))
            told = run_again(__file__, "--alone", name, *sizes)
            shown = name.partition(";")[0] or "(records alone)"
            table.add(shown, told["seconds"], told["cpu"], told["mib"], told["bytes"] / MIB)
    return 0


if __name__ == "__main__":
    sys.exit(main())
