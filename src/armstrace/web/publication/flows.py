"""Who is said to supply whom, as the page of the map shows it: a matrix of those with most transfers, and all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from armstrace.export.wording import CountryNames
from armstrace.pictures.flows import Flow, flow_words, is_mapped

_MOST: Final = 20  # rows and columns of the matrix


class Cell(NamedTuple):
    """A pair: in words, where it leads, how many transfers, and whether a denial counts against all of them."""

    words: str
    address: str
    transfers: int
    denied: bool
    mapped: bool


class State(NamedTuple):
    """A state by its code and name."""

    code: str
    name: str


class MatrixRow(NamedTuple):
    """A supplier and, for each recipient, the pair or None."""

    supplier: State
    cells: tuple[Cell | None, ...]


class Matrix(NamedTuple):
    """Suppliers by recipients, both by how many transfers they have; ``left_out`` tells whether there are more."""

    suppliers: tuple[State, ...]
    recipients: tuple[State, ...]
    rows: tuple[MatrixRow, ...]
    left_out: bool


def flow_address(supplier: str, recipient: str) -> str:
    """Return where the lines of a pair are listed."""
    return f"index.html#supplier={supplier}&recipient={recipient}"


def view_flows(flows: Sequence[Flow], names: CountryNames) -> tuple[Cell, ...]:
    """Return all pairs, those of most transfers first."""
    return tuple(_cell(flow, names) for flow in sorted(flows, key=lambda f: (-f.transfers, f.supplier, f.recipient)))


def view_matrix(flows: Sequence[Flow], names: CountryNames) -> Matrix:
    """Return the matrix."""
    sides = (
        _most((flow.supplier, flow.transfers) for flow in flows),
        _most((flow.recipient, flow.transfers) for flow in flows),
    )
    suppliers, recipients = (tuple(State(code, names.get(code, code)) for code in side[:_MOST]) for side in sides)
    cells = {flow[:2]: _cell(flow, names) for flow in flows}
    rows = tuple(MatrixRow(one, tuple(cells.get((one.code, other.code)) for other in recipients)) for one in suppliers)
    return Matrix(suppliers, recipients, rows, any(len(side) > _MOST for side in sides))


def _most(counted: Iterable[tuple[str, int]]) -> list[str]:
    counts = Counter[str]()
    for code, number in counted:
        counts[code] += number
    return sorted(counts, key=lambda code: (-counts[code], code))


def _cell(flow: Flow, names: CountryNames) -> Cell:
    address = flow_address(flow.supplier, flow.recipient)
    return Cell(flow_words(flow, names), address, flow.transfers, flow.denied >= flow.transfers, is_mapped(flow))
