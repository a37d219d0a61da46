"""How long it takes to group the claims of one supplier and one recipient on one core, and what bounds spare.

    python benchmarks/same_transfer.py [--sizes 500 1000 2000 5000 10000] [--scored 2000] [--seconds 60]

The claims are generated: movements of twelve kinds of arms over ten years, each told some ten times within half a year
at the steps that it goes through, with a number or none, a type or none, in sentences that share words; one claim in
five stands in a copy of the one before. Up to ``--scored`` claims they are joined a second time with every pair scored,
which must give the same groups; "ratio" is how many times as long that takes. Seconds are the processor's.
Exit code 1 where groups differ, or the largest block takes longer than ``--seconds``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.document import Span
from armstrace.group.clusters import Group, group_claims
from armstrace.group.compare import SAME_FROM, score_subjects
from armstrace.group.linkage import join_best_first
from armstrace.group.subjects import subject_of
from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.match import Matcher
from armstrace.model import Category, Claim, ClaimKind, Evidence, Item, Party, Quantity, Status
from armstrace.told import Told
from grouping import Dice
from measured import Column, parser_of, peak_mebibytes, processor_seconds, reporting

FIRST_DAY, DAYS = date(2015, 1, 1), 3650
TOLD = 10  # claims of a movement
SPREAD = 180  # days over which they are told
NOWHERE = Span(0, 1)
COLUMNS = (
    Column("claims", ","),
    Column("groups", ","),
    Column("s", ".1f"),
    Column("MiB at most", ".0f"),
    Column("all scored s", ".1f"),
    Column("ratio", ".1f"),
)
_KINDS = (
    (Category.TANKS, "tanks", ("T-72", "Leopard 2")),
    (Category.DRONES, "drones", ("Mohajer-6", "Bayraktar TB2")),
    (Category.MISSILES, "missiles", ("Javelin", "Kornet")),
    (Category.AIR_DEFENCE, "air defence systems", ("S-300", "Patriot")),
    (Category.ARTILLERY, "howitzers", ("M777", "D-30")),
    (Category.AMMUNITION, "shells", ()),
    (Category.AIRCRAFT, "jets", ("F-16", "Su-27")),
    (Category.HELICOPTERS, "helicopters", ("Mi-17",)),
    (Category.ARMOURED_VEHICLES, "armoured vehicles", ("BMP-2",)),
    (Category.SHIPS, "patrol boats", ()),
    (Category.SMALL_ARMS, "rifles", ()),
    (Category.OTHER, "weapons", ()),
)
_STEPS = (Status.PLANNED, Status.APPROVED, Status.ORDERED, Status.IN_TRANSIT, Status.DELIVERED, Status.UNSPECIFIED)
_WORDS = (
    "ministry capital officials deal batch border depot ships cargo airport general contract delivery training crews "
    "minister parliament envoy photographs factory winter summer convoy train harbour papers witness budget offer"
).split()


def make_claim(number: int, size: int) -> Told:
    """Return the claim of a number in a block of so many."""
    dice = Dice(f"claim {number}")
    movement = Dice(f"movement {dice.below(max(1, size // TOLD))}")
    category, words, types = _KINDS[movement.below(len(_KINDS))]
    begun, pieces, kind = movement.below(DAYS), 4 + movement.below(400), movement.below(3)
    after = dice.below(SPREAD)
    status = _STEPS[min(len(_STEPS) - 1, after * len(_STEPS) // SPREAD)]
    designation = types[kind % len(types)] if types and kind and dice.below(2) else None
    told = pieces if dice.below(3) else None
    sentence = f"The {words} were told of by {' '.join(dice.of(_WORDS) for _ in range(12))}"
    published = FIRST_DAY + timedelta(days=begun + after)
    is_copy = number % 5 == 4  # noqa: PLR2004 - one in five
    claim = Claim(
        id=f"c{number:06}",
        document=f"d{number:06}",
        kind=ClaimKind.TRANSFER,
        evidence=Evidence(sentence, Span(number, number + 1)),
        supplier=Party("US", None, "US", NOWHERE),
        recipient=Party("UA", None, "UA", NOWHERE),
        items=(Item(designation, words, category, NOWHERE),),
        quantity=Quantity(str(told), told, told, told, "pieces", NOWHERE) if told else None,
        status=status,
    )
    family = f"d{number - 1:06}" if is_copy else claim.document
    return Told(claim, f"Outlet {dice.below(200)}", published.isoformat(), family, f"{words} {dice.of(_WORDS)}")


@dataclass(frozen=True, slots=True)
class Figures:
    """What grouping a block of so many claims took; ``scored`` seconds with every pair scored, None where not tried."""

    size: int
    groups: int
    seconds: float
    scored: float | None
    mebibytes: float
    is_same: bool

    @property
    def row(self) -> tuple[float | None, ...]:
        """A line of the table."""
        ratio = self.scored / self.seconds if self.scored is not None else None
        return (self.size, self.groups, self.seconds, self.mebibytes, self.scored, ratio)


def measure(size: int, names: Matcher, *, scored: bool) -> Figures:
    """Return what grouping a block of so many claims takes."""
    claims = [make_claim(number, size) for number in range(size)]
    groups, joined = list[Group](), list[tuple[str, ...]]()
    seconds = processor_seconds(lambda: groups.extend(group_claims(claims, names)))
    peak = peak_mebibytes()
    if not scored:
        return Figures(size, len(groups), seconds, None, peak, is_same=True)
    seconds_scored = processor_seconds(lambda: joined.extend(join_all_scored(claims, names)))
    found = sorted(tuple(sorted(told.claim.id for told in group.claims)) for group in groups)
    return Figures(size, len(groups), seconds, seconds_scored, peak, is_same=found == sorted(joined))


def join_all_scored(claims: Sequence[Told], names: Matcher) -> Sequence[tuple[str, ...]]:
    """Return the groups of claims, by their ids, every pair scored."""
    subjects = {told.claim.id: subject_of(told, names) for told in claims}
    singles = [(one,) for one in subjects]
    return join_best_first(singles, lambda a, b: score_subjects(subjects[a], subjects[b]), SAME_FROM)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a limit is exceeded or groups differ."""
    ask = parser_of(__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 5000, 10_000])
    ask.add_argument("--scored", type=int, default=2000, help="the largest block of which every pair is scored too")
    ask.add_argument("--seconds", type=float, default=60.0)
    options = ask.parse_args(arguments)
    names = load_lexicon().matcher
    with reporting("same transfer", options) as report:
        table, rows = report.table("Claims of one supplier and one recipient", *COLUMNS), list[Figures]()
        for size in options.sizes:
            rows.append(measure(size, names, scored=size <= options.scored))
            table.add(*rows[-1].row)
        wrong = [f"{row.size:,} claims: other groups than with every pair scored" for row in rows if not row.is_same]
        if rows[-1].seconds > options.seconds:
            wrong.append(f"{rows[-1].size:,} claims took {rows[-1].seconds:.0f} s, over {options.seconds:.0f}")
        for one in wrong:
            report.note(one)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
