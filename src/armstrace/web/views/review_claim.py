"""The review of one claim as its page shows it: the document, the claim as a form, and what is known beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.document import Document
from armstrace.export.jsonl import claim_from_dict
from armstrace.export.lines import law_words
from armstrace.export.plain import plain
from armstrace.export.transfer_words import items_words, route_words, standing_words
from armstrace.export.wording import CountryNames
from armstrace.judging import OpenClaim
from armstrace.lexicon.match import Matcher
from armstrace.register.grades import Credibility, grade_transfer
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer
from armstrace.review.release import is_released
from armstrace.review.urgency import reasons_of
from armstrace.store.judgements import Seen
from armstrace.store.review_queue import ReviewRow
from armstrace.told import Told
from armstrace.web.views.claims import ClaimCard, claim_cards
from armstrace.web.views.review_beside import (
    Candidate,
    Graded,
    Said,
    newer_than,
    view_candidates,
    view_said,
    view_sources,
)
from armstrace.web.views.review_form import FieldForm, Filled, unplaced, view_form
from armstrace.web.views.text import Passage, text_passages
from armstrace.web.views.windows import choose_windows

_MARK: Final = re.compile(r"([0-9]{1,18})-([0-9a-f]{16})")
_NOTHING: Final = Seen(-1, "")


class Material(NamedTuple):
    """What the page is made of.

    ``told`` and ``row`` are the claim as the register has it, None where it is not in it (yet); ``home`` is its line
    with what the law says of it, ``near`` are claims of other lines.
    """

    opened: OpenClaim
    document: Document
    told: Told | None
    row: ReviewRow | None
    home: tuple[Transfer, Sequence[dict[str, object]]] | None
    near: Sequence[Told]


class Words(NamedTuple):
    """What a page is worded by: the names of the lexicon, those of countries, and the table of sources."""

    matcher: Matcher
    countries: CountryNames
    reliability: Sequence[Row]


class Line(NamedTuple):
    """The line of the register that a claim belongs to."""

    id: str
    route: str
    items: str
    standing: str
    credibility: Credibility
    law: str
    conflicts: tuple[str, ...]
    claims: int
    is_released: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """All that the page shows. ``mark`` is what a form of it is made from, ``newer`` what came after another mark."""

    id: str
    document: str
    title: str
    outlet: str
    published: str
    language: str | None
    card: ClaimCard
    state: str
    waits: bool
    urgent: tuple[str, ...]
    passages: tuple[Passage, ...]
    fields: tuple[FieldForm, ...]
    why: tuple[str, ...]
    inferred: tuple[str, ...]
    sources: tuple[Graded, ...]
    line: Line | None
    candidates: tuple[Candidate, ...]
    said: tuple[Said, ...]
    newer: tuple[Said, ...]
    last: tuple[int, ...]
    mark: str


def view_review(material: Material, words: Words, filled: Filled, seen: Seen | None = None) -> ReviewView:
    """Return what the page of a claim under review shows; ``seen`` is what a form that was overtaken was made from."""
    opened, document, names = material.opened, material.document, words.countries
    reviewed = opened.reviewed
    claim = claim_from_dict(reviewed.claim)
    (card,) = claim_cards(document, [claim], names)
    windows = choose_windows(document.raw, [card.span])
    told = material.told or Told(claim, document.metadata.outlet, document.metadata.published, document.id)
    told = _now(told, opened)
    said = view_said(opened)
    transfer = material.home[0] if material.home else None
    return ReviewView(
        id=claim.id,
        document=document.id,
        title=plain(document.metadata.title or "") or plain(document.name) or document.id,
        outlet=plain(told.outlet or ""),
        published=plain(told.published or "no date"),
        language=document.metadata.language,
        card=card,
        state=str(reviewed.state),
        waits=str(reviewed.state) in {"unreviewed", "outdated"},
        urgent=reasons_of(material.row.rank) if material.row and material.row.waits else (),
        passages=text_passages(document, [card], windows),
        fields=view_form(reviewed, card, names, filled),
        why=unplaced(claim.why),
        inferred=unplaced(claim.inferred),
        sources=view_sources(told, words.reliability),
        line=_line(*material.home, names) if material.home else None,
        candidates=view_candidates(
            told, transfer.claims if transfer else (), material.near, opened, (words.matcher, names)
        ),
        said=said,
        newer=newer_than(said, seen.latest or 0) if seen else (),
        last=opened.last,
        mark=mark_of(opened.seen),
    )


def _now(told: Told, opened: OpenClaim) -> Told:
    """Return a claim as told with what it says after the latest judgement, which the register may not hold yet."""
    claim = claim_from_dict(opened.reviewed.claim)
    return Told(claim, told.outlet, told.published, told.family, told.title, told.later)


def _line(transfer: Transfer, findings: Sequence[dict[str, object]], names: CountryNames) -> Line:
    return Line(
        id=transfer.id,
        route=route_words(transfer, names),
        items=items_words(transfer),
        standing=standing_words(transfer),
        credibility=grade_transfer(transfer),
        law=law_words({"law": [(one["verdict"], one["measure"]) for one in findings]}),
        conflicts=tuple(plain(one.sentence) for one in transfer.conflicts),
        claims=len(transfer.claims),
        is_released=is_released(transfer),
    )


def mark_of(seen: Seen) -> str:
    """Return what was seen of a claim as a form bears it."""
    return f"{seen.latest or 0}-{seen.answer}"


def read_mark(mark: str) -> Seen:
    """Return what a form says was seen of a claim; what no claim is, where it says nothing that can be read."""
    found = _MARK.fullmatch(mark)
    return Seen(int(found[1]) or None, found[2]) if found else _NOTHING
