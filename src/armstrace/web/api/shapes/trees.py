"""The tree of sources of a transfer as the API gives it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from armstrace.model import SourceKind
from armstrace.web.api.shapes.base import Shape


class Node(Shape):
    """A node of the tree of sources."""

    kind: Literal["origin", "source", "outlet", "document", "claim"]
    """What it stands for."""
    key: str
    """Equal for equal ones; of documents and claims the id."""
    label: str
    """To show."""
    documents: int
    """How many documents hang on it."""
    families: int
    """How many texts, copies counted once."""
    claims: list[str]
    """Ids of the claims below it."""
    rules: list[str]
    """Why it is one."""
    children: list[Node]
    """Who passed it on."""


class Graded(Shape):
    """How reliable a source is (Admiralty scale, A-F); apart from the credibility of what it says."""

    name: str
    """Of the source."""
    kind: SourceKind
    """What kind of speaker."""
    country: str | None
    """Of whom it speaks for."""
    grade: Literal["A", "B", "C", "D", "E", "F"]
    """F where it cannot be judged."""
    label: str
    """What the letter is called."""
    why: str
    """Why."""


class Trees(Shape):
    """The trees of sources of a transfer: from each origin to the words."""

    transfer: str
    """Id of the transfer."""
    for_: list[Node] = Field(alias="for")
    """Who affirms it: a branch an origin."""
    denials: list[Node]
    """Who denies it or a part of it."""
    reliability: list[Graded]
    """How reliable each source is."""
