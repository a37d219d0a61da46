"""What was seen in a document before any claim is looked for: trees, names, arms, numbers, dates, quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from armstrace.document import Document, Span
from armstrace.extract.tree import Tree
from armstrace.language import SentenceRoles
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.model import Item, Quantity, Value, When
from armstrace.text.quotations import Quotation


@dataclass(frozen=True, slots=True)
class ItemMention:
    """Arms named in a sentence: ``head`` is their noun, ``carrier`` the noun they stand before ("arms" sale) or -1.

    ``maker`` is the country of "X-made", ``type_maker`` that of the weapon type by the lexicon, ``supplier_span`` the
    words of "X-supplied".
    """

    head: int
    carrier: int
    item: Item
    strong: bool
    maker: str | None = None
    type_maker: str | None = None
    maker_span: Span | None = None
    supplier_span: Span | None = None


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence with everything found in it; spans are those of the document."""

    tree: Tree
    span: Span
    hits: tuple[Hit, ...]
    at: dict[int, Hit]
    items: tuple[ItemMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    money: tuple[Value, ...] = ()
    dates: tuple[When, ...] = ()

    @property
    def number(self) -> int:
        """Return the number of the sentence in the document."""
        return self.tree.number

    def entries(self, index: int, *kinds: EntryKind) -> list[Entry]:
        """Return the meanings of the name that covers a token, all or of some kinds."""
        hit = self.at.get(index)
        return [e for e in hit.entries if not kinds or e.kind in kinds] if hit else []


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document as read; passed to every step of extraction."""

    document: Document
    lexicon: Lexicon
    sentences: tuple[SentenceReading, ...]
    quotations: tuple[Quotation, ...] = ()
    home: str | None = None
    outlet: Entry | None = None
    roles: Mapping[int, SentenceRoles] = field(default_factory=dict)

    def words(self, span: Span) -> str:
        """Return the text under a span."""
        return span.of(self.document.text)
