"""Which watches ask for a line; of thousands only those are looked at that may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from armstrace.alerts.lines import Line, Side
from armstrace.alerts.watches import Asks, Watch
from armstrace.register.fields import plain_name
from armstrace.register.phrases import holds

_BEGINNING: Final = 3  # letters by which watches are found: enough to part most names


def is_asked_for(line: Line, asks: Asks) -> bool:
    """Tell whether a line is all that is asked for; one that people rejected never is."""
    return not line.is_rejected and all(test(line, asks) for test in _TESTS)


def _has_party(side: Side, asked: str) -> bool:
    return asked.strip().upper() in side.codes or holds(side.names, plain_name(asked))


def _party(line: Line, asks: Asks) -> bool:
    return asks.party is None or _has_party(line.supplier, asks.party) or _has_party(line.recipient, asks.party)


def _supplier(line: Line, asks: Asks) -> bool:
    return asks.supplier is None or _has_party(line.supplier, asks.supplier)


def _recipient(line: Line, asks: Asks) -> bool:
    return asks.recipient is None or _has_party(line.recipient, asks.recipient)


def _via(line: Line, asks: Asks) -> bool:
    return asks.via is None or _has_party(line.via, asks.via)


def _item(line: Line, asks: Asks) -> bool:
    return asks.item is None or holds(line.items, plain_name(asks.item))


def _law(line: Line, asks: Asks) -> bool:
    if asks.measure is None and asks.verdict is None:
        return True
    found = [verdict for measure, verdict in line.findings.items() if asks.measure in {None, measure}]
    return bool(found) if asks.verdict is None else asks.verdict in found


def _status(line: Line, asks: Asks) -> bool:
    return asks.status is None or line.status == asks.status


def _credibility(line: Line, asks: Asks) -> bool:
    return asks.credibility is None or line.credibility <= asks.credibility


def _words(line: Line, asks: Asks) -> bool:
    if asks.words is None:
        return True
    found = "\n".join((line.words, line.supplier.names, line.recipient.names, line.via.names, line.items))
    return all(holds(found, word) for word in plain_name(asks.words).split())


_TESTS: Final = (_status, _credibility, _party, _supplier, _recipient, _via, _item, _law, _words)


class Index:
    """Watches by their places."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        self._by_place: dict[str, list[Watch]] = defaultdict(list)
        for watch in watches:
            self._by_place[place_of(watch.asks)].append(watch)

    def candidates(self, lines: Iterable[Line]) -> list[Watch]:
        """Return the watches that may ask for one of the lines, by id: no other does."""
        places = {place for line in lines for place in places_of(line)}
        found = [watch for place in places & self._by_place.keys() for watch in self._by_place[place]]
        return sorted(found, key=lambda watch: watch.id)


def place_of(asks: Asks) -> str:
    """Return where a watch is looked for: the beginning of a name or a key, of the first that parts lines well.

    "" for a watch that asks for nothing of the kind.
    """
    named = (("supplier", asks.supplier), ("recipient", asks.recipient), ("party", asks.party), ("via", asks.via))
    for name, asked in (*named, ("item", asks.item)):
        if asked is not None:
            return f"{name} {plain_name(asked).split()[0][:_BEGINNING]}"
    return f"measure {asks.measure}" if asks.measure is not None else ""


def places_of(line: Line) -> Iterator[str]:
    """Yield all places of watches that may ask for a line."""
    yield ""
    sides = {"supplier": [line.supplier], "recipient": [line.recipient], "via": [line.via]}
    sides["party"] = [line.supplier, line.recipient]
    for name, found in sides.items():
        for side in found:
            yield from (f"{name} {start}" for start in _starts((side.names, *map(str.casefold, side.codes))))
    yield from (f"item {start}" for start in _starts((line.items,)))
    yield from (f"measure {measure}" for measure in line.findings)


def _starts(texts: Iterable[str]) -> set[str]:
    words = {word for text in texts for word in text.split()}
    return {word[:length] for word in words for length in range(1, _BEGINNING + 1)}
