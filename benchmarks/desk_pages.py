"""What users of a desk ask for: kinds of pages, each with how often it is asked for and with addresses to ask.

Pages that are kept until the register changes are asked for under addresses that differ (``x=…``, which no page knows),
so that each is made anew; one kind alone is asked for as browsers ask, and shows what keeping saves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, Select, func, select

from armstrace.store.alerts_schema import WATCHES as WATCH_ROWS
from armstrace.store.register_schema import SOURCES, TRANSFER_CLAIMS
from armstrace.store.repository import Store
from armstrace.store.review_schema import CLAIM_REVIEWS
from armstrace.store.schema import CLAIMS, DOCUMENTS
from armstrace.store.transfers import Cursor, TransferQuery, page_of
from armstrace.web.views.register_form import cursor_to_text
from desk_store import STATES
from grouping import Dice

_MANY: Final = 200  # of a thing that is asked for by its id
_DEEP: Final = 50  # pages of the register, one behind the other
_RARE: Final = re.compile("[A-Z][a-z]{7,}")
ITEMS: Final = ("drones", "missiles", "tanks", "artillery", "aircraft", "rockets", "ships", "sensors")
STATUSES: Final = ("delivered", "ordered", "planned", "approved", "in-transit")
WORDS: Final = (
    "shipment",
    "ministry",
    "harbour",
    "licence",
    "inspector",
    "warehouse",
    "convoy",
    "embargo",
)  # one document in ten
PHRASES: Final = ('"contracted to supply"', '"agreed to send"', '"plans to send"')


class Kind(NamedTuple):
    """A kind of pages: its name, how often it is asked for beside others, and what gives an address."""

    name: str
    weight: int
    address: Callable[[Dice], str]


@dataclass(frozen=True, slots=True)
class Known:
    """What of a store is asked for by its id."""

    transfers: Sequence[str]
    large: Sequence[str]
    documents: Sequence[str]
    told: Sequence[str]
    claims: Sequence[str]
    sources: Sequence[str]
    watches: Sequence[str]
    names: Sequence[str]
    places: Sequence[str]


def know(store: Store) -> Known:
    """Return what users will ask for: always the same of the same store."""
    claimed = select(TRANSFER_CLAIMS.c.transfer_id).group_by(TRANSFER_CLAIMS.c.transfer_id)
    sizes = claimed.order_by(func.count().desc(), TRANSFER_CLAIMS.c.transfer_id)
    with store.database.read() as connection:
        every = _ids(connection, sizes)
        told = _some(_ids(connection, select(CLAIMS.c.document_id).distinct().order_by(CLAIMS.c.document_id)))
        every_document = _ids(connection, select(DOCUMENTS.c.id).order_by(DOCUMENTS.c.id))
        texts = _ids(connection, select(DOCUMENTS.c.text).where(DOCUMENTS.c.id.in_(told)).order_by(DOCUMENTS.c.id))
        return Known(
            transfers=_some(every),
            large=every[:10],
            documents=_some(every_document),
            told=told,
            claims=_some(_ids(connection, select(CLAIM_REVIEWS.c.claim_id).order_by(CLAIM_REVIEWS.c.claim_id))),
            sources=_some(_ids(connection, select(SOURCES.c.id).order_by(SOURCES.c.id))),
            watches=_ids(connection, select(WATCH_ROWS.c.id).order_by(WATCH_ROWS.c.id)),
            names=sorted({name for text in texts for name in _RARE.findall(text)})[:_MANY],
            places=tuple(_places(connection)),
        )


def _ids(connection: Connection, wanted: Select[tuple[str]]) -> list[str]:
    return list(connection.scalars(wanted))


def _some(found: Sequence[str]) -> Sequence[str]:
    return found[:: max(1, len(found) // _MANY)]


def _places(connection: Connection) -> Iterator[str]:
    """Yield where pages deep in the register begin."""
    cursor: Cursor | None = None
    for _ in range(_DEEP):
        page = page_of(connection, TransferQuery(), "last-change", 50, cursor)
        cursor = page.next
        if cursor is None:
            return
        yield cursor_to_text(cursor)


def kinds_of(known: Known) -> tuple[Kind, ...]:
    """Return the kinds of pages of a store."""
    return (*_register(known), *_material(known), *_search(known), *_others(known), *_programs(known))


_number = count()


def _anew(path: str, **asked: str) -> str:
    """Return an address that nobody asked for yet."""
    return f"{path}?{urlencode({**asked, 'x': str(next(_number))})}"


def _one(path: str, ids: Sequence[str], more: Mapping[str, str] | None = None) -> Callable[[Dice], str]:
    """Return what gives the address of one of many, made anew."""
    return lambda dice: _anew(path.format(dice.of(ids)), **(more or {}))


def _day(dice: Dice) -> str:
    return f"20{20 + dice.below(9)}-{1 + dice.below(12):02}-{1 + dice.below(28):02}"


def _register(known: Known) -> tuple[Kind, ...]:
    return (
        Kind("register, as kept", 4, lambda _: "/"),
        Kind("register, whole", 4, lambda _: _anew("/")),
        Kind("register, party", 4, lambda d: _anew("/", party=d.of(STATES))),
        Kind("register, item", 3, lambda d: _anew("/", item=d.of(ITEMS))),
        Kind("register, status", 3, lambda d: _anew("/", status=d.of(STATUSES), category=d.of(ITEMS))),
        Kind("register, law", 2, lambda _: _anew("/", law="breach-if-true")),
        Kind("register, words", 2, lambda d: _anew("/", q=d.of(ITEMS))),
        Kind("register, as of a day", 4, lambda d: _anew("/", as_of=_day(d))),
        Kind("register, other order", 3, lambda d: _anew("/", sort=d.of(("-credibility", "route", "origins-for")))),
        Kind("register, deep page", 3, lambda d: _anew("/", **{"from": d.of(known.places)})),
        Kind("map", 2, lambda _: _anew("/map")),
        Kind("map of a party", 2, lambda d: _anew("/map", party=d.of(STATES))),
        Kind("matrix", 2, lambda _: _anew("/map/matrix")),
        Kind("network", 2, lambda _: _anew("/map/network")),
    )


def _material(known: Known) -> tuple[Kind, ...]:
    return (
        Kind("transfer", 8, _one("/transfers/{}", known.transfers)),
        Kind("transfer, as of a day", 2, lambda d: _anew(f"/transfers/{d.of(known.large[:3])}", as_of="2031-01-01")),
        Kind("transfer, very large", 2, _one("/transfers/{}", known.large)),
        Kind("document with claims", 6, _one("/documents/{}", known.told)),
        Kind("document without", 2, _one("/documents/{}", known.documents)),
        Kind("document, what is told", 3, _one("/documents/{}/register", known.told)),
        Kind("review queue", 4, lambda _: "/review"),
        Kind("review queue, party", 3, lambda d: f"/review?party={d.of(STATES)}"),
        Kind("review of a claim", 6, _one("/review/{}", known.claims)),
    )


def _search(known: Known) -> tuple[Kind, ...]:
    return (
        Kind("search, a rare name", 4, lambda d: f"/search?words={d.of(known.names)}"),
        Kind("search, a common word", 4, lambda d: f"/search?words={d.of(WORDS)}"),
        Kind("search, two words", 3, lambda d: f"/search?words={d.of(WORDS)}+{d.of(WORDS)}"),
        Kind("search, in every text", 2, lambda d: f"/search?words={d.of(('said', 'near', 'before', 'the'))}"),
        Kind("search, a phrase", 3, lambda d: f"/search?words={quote(d.of(PHRASES))}"),
        Kind("search, word and party", 3, lambda d: f"/search?words={d.of(WORDS)}&party={d.of(STATES)}"),
        Kind("search, word and days", 2, lambda d: f"/search?words={d.of(WORDS)}&after={_day(d)[:7]}"),
        Kind("search, not a word", 1, lambda d: f"/search?words={d.of(WORDS)}+-{d.of(WORDS)}"),
        Kind("search, a beginning", 2, lambda d: f"/search?words={d.of(('ship', 'in', 'arm', 'ha'))}*"),
        Kind("search, party alone", 2, lambda d: f"/search?party={d.of(STATES)}"),
        Kind("search, the form", 1, lambda _: "/search"),
    )


def _others(known: Known) -> tuple[Kind, ...]:
    return (
        Kind("sources", 3, lambda _: "/sources"),
        Kind("sources, filtered", 2, lambda _: "/sources?kind=government&sort=confirmed"),
        Kind("source", 3, _one("/sources/{}", known.sources)),
        Kind("law", 2, lambda _: "/law"),
        Kind("law, a measure", 2, lambda d: f"/law/{d.of(('UN-KP', 'UN-LY', 'EU-RU', 'UN-SO'))}"),
        Kind("law, a question", 2, _question),
        Kind("lists", 1, lambda _: "/lists"),
        Kind("watches", 2, lambda _: "/watches"),
        Kind("watch", 2, _one("/watches/{}", known.watches)),
        Kind("alerts", 2, lambda _: "/alerts"),
    )


def _question(dice: Dice) -> str:
    supplier, recipient = dice.of(STATES), dice.of(STATES[8:17])
    return f"/law/question?supplier={supplier}&recipient={recipient}&item={dice.of(ITEMS)}&date={_day(dice)}"


def _programs(known: Known) -> tuple[Kind, ...]:
    api = "/api/v1"
    return (
        Kind("API transfers", 3, lambda d: f"{api}/transfers?party={d.of(STATES)}"),
        Kind("API transfers, JSONL", 1, lambda d: f"{api}/transfers?format=jsonl&supplier={d.of(STATES[:8])}"),
        Kind("API transfer", 3, lambda d: f"{api}/transfers/{d.of(known.transfers)}"),
        Kind("API claims", 2, lambda d: f"{api}/claims?party={d.of(STATES)}"),
        Kind("API documents", 2, lambda d: f"{api}/documents?after={_day(d)}"),
        Kind("API document", 2, lambda d: f"{api}/documents/{d.of(known.told)}"),
        Kind("API search", 2, lambda d: f"{api}/search?q={d.of(WORDS)}"),
        Kind("API sources", 2, lambda _: f"{api}/sources"),
        Kind("API status", 1, lambda _: f"{api}/status"),
    )
