"""Who stands behind a transfer as a picture: from each origin on the left over those who passed it on to the documents.

The nodes are those of ``register.tree``; claims are left to the page, their documents end the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from armstrace.export.transfer_words import counts_words
from armstrace.export.wording import CountryNames
from armstrace.pictures.svg import element, link, number, picture, shortened, text
from armstrace.register.tree import Node

_COLUMN: Final = 230.0
_ROW: Final = 34.0
_EDGE: Final = 16.0
_LONGEST: Final = 34  # characters of a name
_ENDS: Final = frozenset({"document"})
_MOST_ROWS: Final = 60  # lines that are drawn; the page below has them all


@dataclass(frozen=True, slots=True)
class _Placed:
    """A node with its place and those that hang on it."""

    node: Node
    x: float
    y: float
    children: tuple[_Placed, ...]


def draw_source_tree(
    nodes: Sequence[Node], label: str, names: CountryNames, address: Callable[[Node], str | None]
) -> Markup:
    """Return the picture of the trees of one side; ``address`` gives where a node leads, None for nowhere."""
    placed, row = [], 0
    for node in nodes:
        if row >= _MOST_ROWS:
            break
        found, row = _place(node, 0, row)
        placed.append(found)
    depth = max((_depth(one) for one in placed), default=1)
    left_out = len(nodes) - len(placed)
    height = _EDGE * 2 + _ROW * (row + bool(left_out))
    more = [text(f"and {left_out} more origins", _EDGE, height - _EDGE, class_="quiet")] if left_out else []
    return picture(
        (_EDGE * 2 + _COLUMN * depth, height),
        label,
        *(wire for one in placed for wire in _wires(one)),
        *(mark for one in placed for mark in _nodes(one, names, address)),
        *more,
        class_="source-tree",
    )


def _place(node: Node, column: int, row: int) -> tuple[_Placed, int]:
    """Return a node with its place, and the first free row below it: it stands at the middle of those on it."""
    placed, at = [], row
    for child in () if node.place.kind in _ENDS else node.children:
        found, at = _place(child, column + 1, at)
        placed.append(found)
    at = max(at, row + 1)
    y = (placed[0].y + placed[-1].y) / 2 if placed else _EDGE + _ROW * (row + 0.5)
    return _Placed(node, _EDGE + _COLUMN * column, y, tuple(placed)), at


def _depth(one: _Placed) -> int:
    return 1 + max((_depth(child) for child in one.children), default=0)


def _wires(one: _Placed) -> Iterator[Markup]:
    for child in one.children:
        middle = child.x - 24
        path = (
            f"M{number(one.x + 8)} {number(one.y)} C{number(middle)} {number(one.y)} "
            f"{number(middle - 40)} {number(child.y)} {number(child.x)} {number(child.y)}"
        )
        yield element("path", d=path, class_="wire")
        yield from _wires(child)


def _nodes(one: _Placed, names: CountryNames, address: Callable[[Node], str | None]) -> Iterator[Markup]:
    node = one.node
    counts = counts_words(node.documents, node.families)
    words = _name(node, names)
    marks = [
        element("circle", cx=one.x + 6, cy=one.y, r=5, class_=f"node {node.place.kind}"),
        text(shortened(words, _LONGEST), one.x + 16, one.y - 5, class_="name"),
    ]
    if node.place.kind not in _ENDS:
        marks.append(text(counts, one.x + 16, one.y + 12, class_="quiet small"))
    yield link(address(node), *marks, label=f"{node.place.kind} {words}; {counts}")
    for child in one.children:
        yield from _nodes(child, names, address)


def _name(node: Node, names: CountryNames) -> str:
    country = node.place.key.removeprefix("government:") if node.place.kind == "origin" else ""
    return f"government of {names[country]}" if country in names else node.place.label
