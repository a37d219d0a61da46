"""How long it takes to group documents into copy families on one core, and how that grows with their number.

    python benchmarks/grouping.py [--sizes 10000 30000 100000] [--seconds 600] [--mebibytes 2048] [--add 20]

The documents are generated: news-like prose from word tables, one in fifty a copy of an earlier one by mechanical edits
(cut from the end, sentences struck, a new lead, another house's spelling), and in one of ten a paragraph that its
outlet always uses. Generated prose shares fewer phrases by chance than real news does. Seconds are the processor's, of
one process; "add" is the mean over documents added one by one to the finished index, with how many pairs each had
compared. Exit code 1 over a limit, where the cost of a document grows faster than the logarithm of their number (with a
tenth of slack), or where copies are lost.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from armstrace.document import Document, Metadata
from armstrace.group.copies import copies_of
from armstrace.group.index import add_document, index_documents
from measured import Column, Report, parser_of, peak_mebibytes, reporting

COPIES = 50  # one document in so many is a copy
STANDING = 10  # one in so many carries its outlet's standing paragraph
OUTLETS = 200
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
SLACK = 1.1
COLUMNS = (
    Column("documents", ","),
    Column("s", ".1f"),
    Column("ms each", ".3f"),
    Column("compared", ","),
    Column("MiB at most", ".0f"),
    Column("found", ".4f"),
    Column("wrong"),
    Column("add ms", ".1f"),
    Column("add compared", ".1f"),
)
FOUND = 0.99  # of the copies
_SYLLABLES = "ba ko ri ta mo ne lu sha vi der gan pol kat mir zan or el ush im dov".split()
_STEMS = (
    "accord admiral airfield alloy ambassador ammunition archive armoury arsenal artillery assembly auction "
    "auditor barge barrel battalion beacon bidder blockade border boundary brigade broker budget cable captain "
    "cargo carrier cartridge casing cavalry charter chassis cipher clerk coalition coast column commander "
    "commission committee compound consignment consul contract convoy corridor corvette council courier court "
    "crate crew customs dealer delegate deposit depot deputy destroyer detonator director dock dossier embargo "
    "embassy engine engineer envoy escort exercise exhibition export factory ferry firm flotilla forge formation "
    "freighter frigate frontier fuel fuse garrison gauge general grain grenade guarantee gunboat hangar harbour "
    "harvest haulier helicopter holding hospital howitzer hull import inquiry inspector invoice island jetty "
    "journal judge ladder laboratory launcher lawyer ledger licence lighter loader lorry magazine manager "
    "manifest mariner market marshal mechanic mediator merchant militia mine ministry missile mission mortar "
    "motor navy notary officer orchard outpost owner parade parliament partner patrol pension permit pilot "
    "pipeline pistol plant platoon port powder premier prison prosecutor province quarry quay radar radio rail "
    "rebel receipt refinery regiment registry report reserve rifle rocket runway sailor sanction satellite "
    "scholar scrap seal senator sensor sentry shell shipment shipyard signal smuggler soldier spokesman squadron "
    "station steel stockpile strait submarine subsidy surgeon survey syndicate tanker tariff technician tender "
    "terminal testimony timber tower tractor trader trailer transit treasury treaty trench tribunal truck trustee "
    "turbine turret union valley vault vessel veteran village visa voyage warehouse warrant weapon workshop yard"
).split()
_VERBS = (
    "abandoned accused admitted approved arrested asked assembled awarded backed barred blamed blocked boarded "
    "bought cancelled carried challenged checked cleared concealed condemned confirmed counted delayed delivered "
    "demanded denied described detained doubted emptied examined expected financed found guarded handed hid "
    "inspected insured investigated loaded measured moved named offered opened ordered paid photographed promised "
    "questioned recovered refused released removed repaired replaced reported returned searched seized shipped "
    "showed signed sold stopped stored supplied tested towed traced traded turned unloaded valued visited warned "
    "watched weighed welcomed withdrew"
).split()
_SPELLING = (("armoury", "armory"), ("harbour", "harbor"), ("licence", "license"))


class Dice:
    """Numbers from a seed, equal on every machine."""

    def __init__(self, seed: str) -> None:
        self._state = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest(), "big") | 1

    def below(self, most: int) -> int:
        """Return the next number below ``most`` (xorshift64*, Vigna 2016)."""
        x = self._state
        x ^= x >> 12
        x = (x ^ (x << 25)) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 27
        self._state = x
        return ((x * 0x2545F4914F6CDD1D) & 0xFFFFFFFFFFFFFFFF) % most if most > 0 else 0

    def of(self, words: Sequence[str]) -> str:
        """Return one of the words."""
        return words[self.below(len(words))]

    def name(self) -> str:
        """Return a name."""
        return "".join(self.of(_SYLLABLES) for _ in range(2 + self.below(2))).capitalize()


# N stands for a noun, V for a verb, P for a name, F for a figure.
_SHAPES = (
    "The N of P V a N that the N had V near P.",
    "P P, a N, V the N and V F Ns.",
    '"We V the N before the N V it," said the N, P P.',
    "After the N V P, its N V every N in the N of P.",
)
_SLOT = re.compile(r"\b[NVPF](?=s?\b)")


def sentence(dice: Dice) -> str:
    """Return a sentence of one of four shapes."""
    fillers: dict[str, Callable[[], str]] = {
        "N": lambda: dice.of(_STEMS),
        "V": lambda: dice.of(_VERBS),
        "P": dice.name,
        "F": lambda: str(2 + dice.below(900)),
    }
    return _SLOT.sub(lambda slot: fillers[slot.group()](), dice.of(_SHAPES))


def story(number: int) -> list[str]:
    """Return the sentences of the story of a number: 10 to 20, some 250 words."""
    dice = Dice(f"story {number}")
    return [sentence(dice) for _ in range(10 + dice.below(11))]


def copied(number: int, of: int) -> list[str]:
    """Return the sentences of a copy of a story."""
    dice = Dice(f"copy {number}")
    kept = story(of)
    kept = kept[: max(6, len(kept) - dice.below(8))]
    kept = [one for one in kept if dice.below(8)]
    if dice.below(2):
        kept = [sentence(dice), sentence(dice), *kept[1:]]
    for ours, theirs in _SPELLING if dice.below(2) else ():
        kept = [one.replace(ours, theirs) for one in kept]
    return kept


def source_of(number: int) -> int | None:
    """Return the number of the story that the document of a number copies; None where it is a story of its own."""
    if number % COPIES != COPIES - 1:
        return None
    of = Dice(f"source {number}").below(number)
    return of if of % COPIES != COPIES - 1 else of - 1


def make_document(number: int) -> Document:
    """Return the document of a number."""
    of, dice = source_of(number), Dice(f"frame {number}")
    outlet = dice.below(OUTLETS)
    lines = story(number) if of is None else copied(number, of)
    if not dice.below(STANDING):
        lines.append(" ".join(sentence(Dice(f"standing {outlet} {at}")) for at in range(3)))
    day = Dice(f"frame {number if of is None else of}")
    day.below(OUTLETS)
    published = FIRST_DAY + timedelta(days=day.below(DAYS) + (0 if of is None else dice.below(3)))
    text = "\n".join(lines)
    return Document(f"{number:07}", text, text, Metadata(outlet=f"Outlet {outlet}", published=published.isoformat()))


@dataclass(frozen=True, slots=True)
class Figures:
    """What grouping so many documents took and found."""

    size: int
    seconds: float
    compared: int
    mebibytes: float
    found: float
    wrong: int
    added: float
    added_compared: float

    @property
    def row(self) -> tuple[float, ...]:
        """A line of the table."""
        each, added = 1000 * self.seconds / self.size, 1000 * self.added
        found = (self.compared, self.mebibytes, self.found, self.wrong)
        return (self.size, self.seconds, each, *found, added, self.added_compared)


def measure(size: int, more: int) -> Figures:
    """Return what grouping so many documents takes, and adding some more one by one."""
    documents = [make_document(number) for number in range(size)]
    begun = time.process_time()
    index = index_documents(documents)
    copies = copies_of(index)
    seconds = time.process_time() - begun
    compared = index.compared
    family = {member: at for at, members in enumerate(copies.families) for member in members}
    true = [(f"{n:07}", f"{of:07}") for n in range(size) if (of := source_of(n)) is not None]
    found = sum(family[one] == family[other] for one, other in true)
    origin = dict(true)
    wrong = sum(len({origin.get(one, one) for one in members}) > 1 for members in copies.families)
    steps = []
    begun = time.process_time()
    for number in range(size, size + more):
        index = add_document(index, make_document(number))
        steps.append(index.compared)
    added = (time.process_time() - begun) / more if more else 0.0
    return Figures(
        size, seconds, compared, peak_mebibytes(), found / len(true), wrong, added, sum(steps) / max(1, more)
    )


def failures(report: Report, rows: Sequence[Figures], seconds: float, mebibytes: float) -> Iterator[str]:
    """Tell how the cost grows; yield what exceeds the limits."""
    for row in rows:
        if row.seconds > seconds:
            yield f"{row.size:,} documents took {row.seconds:.0f} s, over {seconds:.0f}"
        if row.mebibytes > mebibytes:
            yield f"{row.size:,} documents took {row.mebibytes:.0f} MiB, over {mebibytes:.0f}"
        if row.found < FOUND:
            yield f"of {row.size:,} documents {row.found:.2%} of the copies were found, under {FOUND:.0%}"
    first, last = rows[0], rows[-1]
    growth = (last.seconds / last.size) / (first.seconds / first.size)
    allowed = log(last.size) / log(first.size) * SLACK
    told = f"cost of a document, {last.size:,} against {first.size:,}: {growth:.2f} times"
    report.note(f"{told}; log n allows {allowed:.2f}")
    if growth > allowed:
        yield f"the cost of a document grew {growth:.2f} times, over {allowed:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a limit is exceeded."""
    ask = parser_of(__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    ask.add_argument("--seconds", type=float, default=600.0)
    ask.add_argument("--mebibytes", type=float, default=2048.0)
    ask.add_argument("--add", type=int, default=20, help="documents added one by one at the end")
    options = ask.parse_args(arguments)
    with reporting("grouping", options) as report:
        table, rows = report.table("Copy families", *COLUMNS), list[Figures]()
        for size in options.sizes:
            rows.append(measure(size, options.add))
            table.add(*rows[-1].row)
        wrong = list(failures(report, rows, options.seconds, options.mebibytes))
        for one in wrong:
            report.note(one)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
