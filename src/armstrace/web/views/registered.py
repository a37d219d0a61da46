"""What the register tells of one document: the lines that its claims are part of, and its copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from armstrace.export.transfer_words import items_words, quantity_column, route_words
from armstrace.export.wording import CountryNames
from armstrace.register.types import Transfer
from armstrace.registering import Register


class Line(NamedTuple):
    """A line of the register with the claims of the document in it; context beside it counts too."""

    id: str
    words: str
    number: str
    documents: int
    claims: tuple[str, ...]


def lines_of(register: Register, document: str, names: CountryNames) -> tuple[Line, ...]:
    """Return the lines that claims of a document are part of."""
    return tuple(_lines(register, document, names))


def family_of(register: Register, document: str) -> tuple[str, ...]:
    """Return the other documents that reuse one text with this one, by id."""
    first = register.families.get(document, document)
    return tuple(sorted(one for one, head in register.families.items() if head == first and one != document))


def _lines(register: Register, document: str, names: CountryNames) -> Iterator[Line]:
    for transfer in register.transfers:
        claims = tuple(dict.fromkeys(_claims(transfer, document)))
        if claims:
            words = f"{route_words(transfer, names)}: {items_words(transfer)}"
            documents = len({told.claim.document for told in transfer.claims})
            yield Line(transfer.id, words, quantity_column(transfer), documents, claims)


def _claims(transfer: Transfer, document: str) -> Iterator[str]:
    return (told.claim.id for told in (*transfer.claims, *transfer.context) if told.claim.document == document)
