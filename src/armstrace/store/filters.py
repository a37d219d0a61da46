"""What narrows a search: parties, items, status, outlet and days, as conditions on claims and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from armstrace.errors import StoreError
from armstrace.model import Category, Status
from armstrace.store.records import possible_days
from armstrace.store.schema import CLAIM_ITEMS, CLAIMS, DOCUMENTS, SEARCH_OUTLETS
from armstrace.store.words import fold

_CODE_LENGTH = 2
_CATEGORIES = {fold(category): str(category) for category in Category}


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; all that is given must hold.

    ``words`` as ``query`` takes them apart. ``party`` is a country code (two capitals: "RU") or words of the name of a
    supplier or recipient; ``item`` words of a designation or description, or a category. ``after`` and ``before`` are
    ISO days, months or years, both inclusive: a document counts by when it was published, a claim by the time it speaks
    of, else by its document; what may have been then counts as then. ``kind`` leaves only documents or only claims.
    ``status`` is that of a claim, ``outlet`` words of the name by which a document was published.
    """

    words: str = ""
    party: str | None = None
    item: str | None = None
    category: str | None = None
    after: str | None = None
    before: str | None = None
    kind: Literal["document", "claim"] | None = None
    status: str | None = None
    outlet: str | None = None


def claim_conditions(query: Query) -> list[ColumnElement[bool]]:
    """Return what party, item, category and status ask of a row of ``claims``.

    Raises:
        StoreError: a filter holds no words, or there is no such category or status.
    """
    conditions = []
    if query.party is not None:
        conditions.append(_of_party(query.party))
    if query.item is not None:
        conditions.append(_of_item(query.item))
    if query.category is not None:
        conditions.append(_has_item(CLAIM_ITEMS.c.category == _known_category(query.category)))
    if query.status is not None:
        conditions.append(CLAIMS.c.status == _known_status(query.status))
    return conditions


def outlet_conditions(query: Query, document: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Return what the outlet asks of a row by the column that holds the id of its document.

    Raises:
        StoreError: it holds no words.
    """
    if query.outlet is None:
        return []
    named = SEARCH_OUTLETS.c.words.like(f"% {_asked(query.outlet, 'outlet')} %")
    return [document.in_(select(SEARCH_OUTLETS.c.document_id).where(named))]


def document_days(query: Query) -> list[ColumnElement[bool]]:
    """Return what the days ask of a row of ``documents``.

    Raises:
        StoreError: one is no day, month or year.
    """
    return _overlap(query, DOCUMENTS.c.first_day, DOCUMENTS.c.last_day)


def documents_of_days(query: Query) -> Select[str] | None:
    """Return the query for the ids of the documents of the days, which an index alone answers; None for any day.

    Raises:
        StoreError: one is no day, month or year.
    """
    days = document_days(query)
    return select(DOCUMENTS.c.id).where(*days) if days else None


def claim_days(query: Query) -> list[ColumnElement[bool]]:
    """Return what the days ask of a row of ``claims``; raises as ``document_days``."""
    start, end, of_documents = CLAIMS.c.when_start, CLAIMS.c.when_end, documents_of_days(query)
    if of_documents is None:
        return []
    told = and_(*_overlap(query, func.coalesce(start, end), func.coalesce(end, start)))
    untold = and_(start.is_(None), end.is_(None), CLAIMS.c.document_id.in_(of_documents))
    return [or_(told, untold)]


def _overlap(query: Query, first: ColumnElement[str], last: ColumnElement[str]) -> list[ColumnElement[bool]]:
    conditions = []
    if query.after is not None:
        conditions.append(last >= _days(query.after, "after")[0])
    if query.before is not None:
        conditions.append(first <= _days(query.before, "before")[1])
    return conditions


def _days(value: str, name: str) -> tuple[str, str]:
    days = possible_days(value)
    if days is None:
        raise StoreError(f"{name} {value!r}: give a day, month or year such as 2022-09-06, 2022-09 or 2022")
    return days


def _of_party(party: str) -> ColumnElement[bool]:
    code, words = party.strip(), _asked(party, "party")
    if len(code) == _CODE_LENGTH and code.isupper():  # two indexes tell it, where words are looked for in every claim
        return or_(CLAIMS.c.supplier_country == code, CLAIMS.c.recipient_country == code)
    return CLAIMS.c.party_words.like(f"% {words} %")


def _of_item(item: str) -> ColumnElement[bool]:
    words = _asked(item, "item")
    named = CLAIM_ITEMS.c.words.like(f"% {words} %")
    category = _CATEGORIES.get(words)
    return _has_item(named if category is None else or_(CLAIM_ITEMS.c.category == category, named))


def _has_item(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return CLAIMS.c.number.in_(select(CLAIM_ITEMS.c.claim).where(condition))


def _asked(value: str, name: str) -> str:
    words = fold(value)  # letters, digits and spaces: nothing in it is a sign of LIKE
    if not words:
        raise StoreError(f"{name} {value!r}: holds no word to look for; give a name, or leave it out")
    return words


def _known_category(category: str) -> str:
    known = _CATEGORIES.get(fold(category))
    if known is None:
        raise StoreError(f"category {category!r}: is none; give one of {', '.join(Category)}")
    return known


def _known_status(status: str) -> str:
    if status not in set(Status):
        raise StoreError(f"status {status!r}: is none; give one of {', '.join(Status)}")
    return status
