"""Which stretches of a text the claims were read from, cut so that each stretch knows all its uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from armstrace.document import Span
from armstrace.model import Claim


class Mark(NamedTuple):
    """A span, the role of the value that stands on it, and the number of the claim (0 for none)."""

    span: Span
    role: str
    number: int = 0


def used_marks(claim: Claim, number: int = 0) -> list[Mark]:
    """Return a mark for every span that a value of the claim stands on, in the order of the text."""
    values = [
        (claim.supplier, "supplier"),
        (claim.recipient, "recipient"),
        (claim.maker, "maker"),
        (claim.quantity, "quantity"),
        (claim.value, "value"),
        (claim.when, "when"),
        *((item, "item") for item in claim.items),
        *((party, "via") for party in claim.via),
        *((source, "source") for source in claim.attribution),
    ]
    return sorted({Mark(value.span, role, number) for value, role in values if value and value.span})


def cut_at_marks(whole: Span, marks: Iterable[Mark]) -> Iterator[tuple[Span, tuple[Mark, ...]]]:
    """Yield the stretches of ``whole`` in order, each with the marks that cover it (none for unused words).

    Marks may overlap in any way; what lies outside ``whole``, and a mark of no length, is ignored.
    """
    waiting = sorted((m for m in marks if m.span.touches(whole) and m.span.start < m.span.end), reverse=True)
    covering: list[Mark] = []
    position = whole.start
    while position < whole.end:
        covering = [m for m in covering if m.span.end > position]
        while waiting and waiting[-1].span.start <= position:
            covering.append(waiting.pop())
        ends = [m.span.end for m in covering] + [m.span.start for m in waiting[-1:]]
        end = min([whole.end, *ends])
        yield Span(position, end), tuple(covering)
        position = end
