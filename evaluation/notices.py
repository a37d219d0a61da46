"""How well official notices of arms sales are read: articles with their numbers, purchaser, total.

``python evaluation/notices.py FILE`` reads a file of parsed notices, one a line: ``transmittal``, ``recipient``,
``value_usd_max_estimate``, ``mde_items`` (each with ``text`` as worded, ``item``, ``quantity``, ``approx``). The worded
lists are read bare, and inside whole notices written around them in the two styles in which notices are published.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from armstrace.document import Span
from armstrace.ingest.raw import RawText
from armstrace.model import Claim, Quantity
from armstrace.pipeline import Reader, load_reader, make_document, read_report
from armstrace.text.item_lists import read_item_list

Row = dict[str, Any]
Pair = tuple[str, int | None, int | None, int | None]
HELD_OUT = 3  # every third row by hash, left unlooked-at while rules are written
_NOTE = re.compile(r"\s*\([^()]*\b(?:installed|spares?)\b[^()]*\)\s*\Z")
_HYPHEN_BREAK = re.compile(r"-\s+")
_SCALES = ((10**9, "billion"), (10**6, "million"))
_WIDTH = 72  # columns of the Federal Register's text edition
_BOUNDS: dict[str, Callable[[int], tuple[int | None, int | None, int | None]]] = {
    "exact": lambda n: (n, n, n),
    "about": lambda n: (n, n, n),
    "up_to": lambda n: (None, None, n),
    "at_least": lambda n: (n, None, None),
}


@dataclass(slots=True)
class Tally:
    """What one way of reading got right."""

    right: int = 0
    found: int = 0
    told: int = 0
    rows: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, row: Row, found: Sequence[Pair]) -> None:
        """Count the pairs of one row."""
        told = list(told_pairs(row))
        matched = sum((Counter(found) & Counter(told)).values())
        self.right, self.found, self.told = self.right + matched, self.found + len(found), self.told + len(told)
        self.rows += 1
        self.misses += [f"{row['transmittal']} missed {pair}" for pair in (Counter(told) - Counter(found)).elements()]
        self.misses += [f"{row['transmittal']} extra  {pair}" for pair in (Counter(found) - Counter(told)).elements()]

    def check(self, row: Row, name: str, *, right: bool, found: object) -> None:
        """Count a field of one row."""
        self.fields[name] += right
        if not right:
            self.misses.append(f"{row['transmittal']} {name}: {found}")


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of a file of notices and return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--rows", choices=["all", "seen", "held-out"], default="all", help="a third is held out, by hash"
    )
    parser.add_argument("--list", dest="listing", action="store_true", help="list what was missed and what was extra")
    options = parser.parse_args(arguments)
    rows = [row for row in read_rows(options.file) if options.rows in {"all", part_of(row)}]
    reader = load_reader()
    print(f"rows {len(rows)}  articles {sum(len(row['mde_items']) for row in rows)}  ({options.rows})")
    for name, tally in tallies(reader, rows):
        print(figures(name, tally))
        for miss in tally.misses if options.listing else ():
            print(f"    {miss}")
    return 0


def read_rows(file: Path) -> list[Row]:
    """Return the rows of a file of notices."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def part_of(row: Row) -> str:
    """Return whether a row is held out; its transmittal alone decides."""
    number = int(hashlib.sha256(row["transmittal"].encode()).hexdigest(), 16)
    return "seen" if number % HELD_OUT else "held-out"


def tallies(reader: Reader, rows: Sequence[Row]) -> Iterator[tuple[str, Tally]]:
    """Yield the tally of each way of reading: bare lists by what parts them, whole notices by their style."""
    for name, mark in (("list, semicolons", "; "), ("list, commas", ", "), ("list, lines", "\n")):
        tally = Tally()
        for row in rows:
            tally.add(row, list_pairs(mark.join(item["text"] for item in row["mde_items"])))
        yield name, tally
    for name, write, status in (("press release", press_release, "approved"), ("transmittal", transmittal, "planned")):
        tally = Tally()
        for row in rows:
            add_claims(tally, reader, row, read_claims(reader, write(row)), status)
        yield name, tally


def list_pairs(words: str) -> list[Pair]:
    """Return the counted entries of a bare list."""
    entries = read_item_list(words, Span(0, len(words)))
    return [pair(entry.item.of(words), entry.quantity) for entry in entries if entry.quantity]


def read_claims(reader: Reader, text: str) -> tuple[Claim, ...]:
    """Return the claims of a whole notice."""
    return read_report(reader, make_document(RawText("notice", text))).claims


def add_claims(tally: Tally, reader: Reader, row: Row, claims: Sequence[Claim], status: str) -> None:
    """Count the articles, the purchaser, the total and the status of one notice."""
    counted = [claim for claim in claims if claim.quantity and claim.items]
    tally.add(row, [pair(claim.items[0].description, claim.quantity) for claim in counted])
    buyers = {claim.recipient.country or claim.recipient.organisation for claim in claims if claim.recipient}
    totals = {claim.value.amount for claim in claims if claim.value}
    standings = {str(claim.status) for claim in claims}
    tally.check(row, "recipient", right=buyers == {name_of(reader, row["recipient"])}, found=buyers)
    tally.check(row, "value", right=totals == {row["value_usd_max_estimate"]}, found=totals)
    tally.check(row, "status", right=standings == {status}, found=standings)


def name_of(reader: Reader, words: str) -> str | None:
    """Return the code of a country, or the name of a body, that the lexicon gives to the words alone."""
    hits = reader.lexicon.matcher.find(words)
    whole = [hit for hit in hits if hit.span.of(words) == words] or list(hits)
    return next((entry.country or entry.label for hit in whole for entry in hit.entries), None)


def told_pairs(row: Row) -> Iterator[Pair]:
    """Yield the articles of a row with the bounds of their numbers, without the notes on spares."""
    for item in row["mde_items"]:
        yield (normal(_NOTE.sub("", item["item"])), *_BOUNDS[item["approx"]](item["quantity"]))


def pair(item: str, quantity: Quantity | None) -> Pair:
    """Return an article and its number as they are compared."""
    bounds = (quantity.low, quantity.best, quantity.high) if quantity else (None, None, None)
    return (normal(item), *bounds)


def normal(words: str) -> str:
    """Return words with single blanks, and joined where a line ends at a hyphen."""
    return _HYPHEN_BREAK.sub("-", " ".join(words.split()))


def money(amount: int) -> str:
    """Return a sum as notices write it."""
    scale, word = next(((s, w) for s, w in _SCALES if amount >= s), (1, ""))
    return f"${amount / scale:.10g} {word}".strip()


def press_release(row: Row) -> str:
    """Return a notice as a press release, written around the lists of a row."""
    texts = [item["text"] for item in row["mde_items"]]
    wanted = "; ".join([*texts[:-1], f"and {texts[-1]}"] if len(texts) > 1 else texts)
    buyer, total = row["recipient"], money(row["value_usd_max_estimate"])
    return (
        f"The State Department has made a determination approving a possible Foreign Military Sale to the Government "
        f"of {buyer} of defense articles and related equipment for an estimated cost of {total}. The Defense Security "
        f"Cooperation Agency delivered the required certification notifying Congress of this possible sale today.\n\n"
        f"The Government of {buyer} has requested to buy {wanted or 'spare parts'}. The following non-MDE items will "
        f"also be included: support equipment; training; and other related elements of logistics and program support. "
        f"The estimated total cost is {total}.\n\n"
        f"This proposed sale will support the foreign policy of the United States. There will be no adverse impact on "
        f"U.S. defense readiness as a result of this proposed sale.\n"
    )


def transmittal(row: Row) -> str:
    """Return a notice as the Federal Register prints it, written around the lists of a row."""
    total = money(row["value_usd_max_estimate"])
    lines = [textwrap.fill(item["text"], _WIDTH, subsequent_indent="      ") for item in row["mde_items"]]
    listed = "\n".join(lines) or "None"
    return (
        f"AGENCY: Defense Security Cooperation Agency, Department of War.\n\nTransmittal No. {row['transmittal']}\n\n"
        f"Notice of Proposed Issuance of Letter of Offer Pursuant to Section \n36(b)(1) of the Arms Export "
        f"Control Act\n\n"
        f"    (i) Prospective Purchaser: Government of {row['recipient']}\n    (ii) Total Estimated Value:\n\n"
        f"Major Defense Equipment *...............................   $1 million\n"
        f"    TOTAL...............................................   {total}\n\n"
        f"    (iii) Description and Quantity or Quantities of Articles or \nServices under Consideration for Purchase:"
        f"\n\n"
        f"Major Defense Equipment (MDE):\n\n{listed}\n\nNon-Major Defense Equipment:\n\n"
        f"The following non-MDE items will also be included: support equipment; \ntraining; and other related elements "
        f"of logistics.\n\n    (iv) Military Department: Army\n    (v) Prior Related Cases, if any: None\n"
    )


def figures(name: str, tally: Tally) -> str:
    """Return the line of one way of reading."""
    precision = tally.right / tally.found if tally.found else 1.0
    recall = tally.right / tally.told if tally.told else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    fields = "".join(f"  {key} {count / tally.rows:.3f}" for key, count in tally.fields.items())
    return f"{name:<18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}{fields}"


if __name__ == "__main__":
    sys.exit(main())
