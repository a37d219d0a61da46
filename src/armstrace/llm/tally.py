"""What a run asked, spent and left out, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from armstrace.llm.checks import CLAIM, Drop
from armstrace.llm.reply import Reply

Price = tuple[float, float]  # for a million tokens in, and out
_MILLION = 1_000_000


@dataclass(slots=True)
class Tally:
    """Counts over a run; ``untold`` are answers of which the service did not say what they took."""

    asked: int = 0
    repeated: int = 0
    cached: int = 0
    unkept: int = 0
    untold: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)

    def add_reply(self, reply: Reply) -> None:
        """Count what an answer took, usable or not."""
        if reply.tokens is None:
            self.untold += 1
        else:
            self.tokens_in += reply.tokens.prompt
            self.tokens_out += reply.tokens.completion

    def add_drops(self, drops: Iterable[Drop]) -> None:
        """Count what was left out of an answer."""
        for drop in drops:
            (self.claims if drop.field == CLAIM else self.fields)[drop.reason] += 1

    def cost(self, price: Price) -> float:
        """Return what the tokens cost."""
        return (self.tokens_in * price[0] + self.tokens_out * price[1]) / _MILLION

    def lines(self, model: str, price: Price | None) -> Iterator[str]:
        """Yield what a run took and left out."""
        again = f", {self.repeated} of them for a second answer" if self.repeated else ""
        yield f"language model {model}: {self.asked} asked{again}, {self.cached} from the cache"
        untold = f", not told for {self.untold}" if self.untold else ""
        cost = f"; cost {self.cost(price):.4f} at {price[0]:g} in, {price[1]:g} out a million" if price else ""
        yield f"tokens: {self.tokens_in:,} in, {self.tokens_out:,} out{untold}{cost}"
        for what, counts in (("fields", self.fields), ("claims", self.claims)):
            reasons = "; ".join(f"{reason}: {count}" for reason, count in sorted(counts.items()))
            yield f"{what} left out of its answers: {counts.total()}{f' ({reasons})' if reasons else ''}"
        if self.unkept:
            yield f"warning: {self.unkept} could not be written to the cache; a second run will ask again"
