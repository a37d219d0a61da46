"""What watches cost the kept register: with none, and with a thousand.

    python benchmarks/alerts.py [--watches 1000] [--documents 2000] [--add 30] [--lines 5000]

The first table is of the store of ``benchmarks/register_update.py``: the mean time of one more document, in
milliseconds of the processor, and the alerts raised by it. The second is of matching alone: so many lines, each new,
against the watches; found by the index, and by asking every watch of every line. Exit code 1 where a document costs
more than half as much again with the watches as without.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from armstrace.alerts.alert import alerts_of
from armstrace.alerts.lines import Fact, Line, Side
from armstrace.alerts.matching import Index, is_asked_for
from armstrace.alerts.watches import Asks, Kind, Watch
from armstrace.grouping import load_stages
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import update_register
from armstrace.keeping.watch_rows import Wish
from armstrace.keeping.watches import make_watch
from armstrace.store.open import open_store
from grouping import Dice
from measured import Column, parser_of, processor_seconds, reporting
from register_update import CATEGORIES, STATES, fill

MOST = 1.5
_VERDICTS = ("breach-if-true", "depends", "unknown")


def asks_of(number: int) -> Asks:
    """Return what the watch of a number asks for: a party, a route, arms, or a measure."""
    dice = Dice(f"watch {number}")
    kinds = (
        Asks(party=dice.of(STATES)),
        Asks(supplier=dice.of(STATES), recipient=dice.of(STATES)),
        Asks(item=str(CATEGORIES[dice.below(len(CATEGORIES))]), recipient=dice.of(STATES)),
        Asks(measure=f"UN-{dice.of(STATES)}", verdict=dice.of(_VERDICTS)),
    )
    return kinds[number % len(kinds)]


def line_of_number(number: int) -> Line:
    """Return a line of a number."""
    dice = Dice(f"line {number}")
    return Line(
        id=f"l{number}",
        title="",
        status="delivered",
        credibility=3,
        supplier=_side(dice.of(STATES)),
        recipient=_side(dice.of(STATES)),
        via=Side(),
        items=f" {CATEGORIES[dice.below(len(CATEGORIES))]}",
        findings={f"UN-{dice.of(STATES)}": dice.of(_VERDICTS)},
        is_rejected=False,
        words="",
        facts=(Fact(Kind.NEW_TRANSFER, ""), Fact(Kind.STATUS, "", "delivered", "delivered")),
        claims={},
    )


def _side(code: str) -> Side:
    return Side((code,), f" {code.casefold()}")


def measure_store(watches: int, documents: int, more: int, stages: Stages) -> tuple[float, float]:
    """Return the milliseconds that one more document takes, and the alerts raised by it."""
    with TemporaryDirectory(prefix="armstrace-alerts-") as folder, open_store(str(Path(folder) / "a.db"), {}) as store:
        fill(store, range(documents))
        update_register(store, stages)
        for number in range(watches):
            make_watch(store, stages, "ann", Wish(f"watch {number}", asks_of(number), frozenset(Kind)))
        spent = 0.0
        for number in range(documents, documents + more):
            fill(store, [number])
            spent += processor_seconds(lambda: update_register(store, stages))
        raised = sum(store.alerts.counts().values())
    return 1000 * spent / more, raised / more


def measure_matching(watches: int, lines: int) -> tuple[float, float, int]:
    """Return the seconds that matching takes by the index and without it, and how many alerts there are."""
    made = [Watch(f"w{n}", "ann", f"w{n}", asks_of(n), frozenset(Kind), "") for n in range(watches)]
    told = [line_of_number(number) for number in range(lines)]
    alerts, plain = list[int](), list[int]()

    def by_index() -> None:
        index = Index(made)
        alerts.append(sum(len(alerts_of([], line, index.candidates([line]))) for line in told))

    indexed = processor_seconds(by_index)
    asked = processor_seconds(
        lambda: plain.append(sum(is_asked_for(line, watch.asks) for line in told for watch in made))
    )
    if plain != alerts:
        raise RuntimeError(f"{plain} by asking all, {alerts} by the index")
    return indexed, asked, alerts[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 where watches cost too much."""
    ask = parser_of(__doc__)
    ask.add_argument("--watches", type=int, default=1000)
    ask.add_argument("--documents", type=int, default=2000)
    ask.add_argument("--add", type=int, default=30)
    ask.add_argument("--lines", type=int, default=5000)
    options = ask.parse_args(arguments)
    stages, costs = load_stages(), list[float]()
    with reporting("alerts", options) as report:
        table = report.table("One more document", Column("watches", ","), Column("ms", ".1f"), Column("alerts", ".1f"))
        for watches in (0, options.watches):
            cost, raised = measure_store(watches, options.documents, options.add, stages)
            costs.append(cost)
            table.add(watches, cost, raised)
        columns = (Column("by the index s", ".2f"), Column("asking all s", ".2f"), Column("ratio", ".1f"))
        table = report.table("Matching", Column("lines", ","), Column("watches", ","), Column("alerts", ","), *columns)
        indexed, plain, alerts = measure_matching(options.watches, options.lines)
        table.add(options.lines, options.watches, alerts, indexed, plain, plain / indexed)
    return int(costs[1] > MOST * costs[0])


if __name__ == "__main__":
    sys.exit(main())
