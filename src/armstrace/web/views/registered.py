"""The lines of the register that the claims of one document are part of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from armstrace.export.transfer_words import items_words, quantity_column, route_words
from armstrace.export.wording import CountryNames
from armstrace.register.types import Transfer


class Line(NamedTuple):
    """A line of the register with the claims of the document in it; context beside it counts too."""

    id: str
    words: str
    number: str
    documents: int
    claims: tuple[str, ...]


def lines_of(transfers: Iterable[Transfer], document: str, names: CountryNames) -> tuple[Line, ...]:
    """Return the lines that claims of a document are part of."""
    return tuple(_line(transfer, document, names) for transfer in transfers)


def _line(transfer: Transfer, document: str, names: CountryNames) -> Line:
    told = (*transfer.claims, *transfer.context)
    claims = dict.fromkeys(one.claim.id for one in told if one.claim.document == document)
    words = f"{route_words(transfer, names)}: {items_words(transfer)}"
    documents = len({one.claim.document for one in transfer.claims})
    return Line(transfer.id, words, quantity_column(transfer), documents, tuple(claims))
