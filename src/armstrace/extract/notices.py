"""Claims from official notices of arms sales: each counted article of the lists is a lot, the rest is one more.

The seller is the state whose government notifies, the buyer the prospective purchaser, the value the total of the
whole notice. A notice tells what may be sold: planned, or approved where it says so; never that anything moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from armstrace.document import Document, Span
from armstrace.extract.articles import is_service, read_article
from armstrace.extract.make import Rejected
from armstrace.extract.notice_parties import find_authority, find_purchasers, parties_in
from armstrace.ids import content_id
from armstrace.lexicon.load import Lexicon
from armstrace.model import Certainty, Claim, ClaimKind, Evidence, Item, Mode, Party, Quantity, Status, When
from armstrace.text.dates import find_dates
from armstrace.text.item_lists import ListEntry, read_item_list
from armstrace.text.notices import Notice, Part, find_notices

# After the purchaser: what the sale is of, up to what merely goes with it.
_SOLD = re.compile(
    r"(?:\s*\([^()]{2,40}\))?\s+(?:of|to\s+buy|to\s+purchase|for)\s+"
    r"(?P<sold>\S.{0,400}?)(?=,?\s+(?:and|with)\s+(?:other\s+)?(?:related|associated)\b|,?\s*\Z)",
    re.ASCII | re.DOTALL,
)

# What the sentences of a notice say again of the same sale; a delivery that they mention is another claim.
_TOLD_AGAIN = frozenset({Status.PLANNED, Status.APPROVED, Status.SOUGHT, Status.OFFERED, Status.UNSPECIFIED})


@dataclass(frozen=True, slots=True)
class Lot:
    """Articles that one claim is about, where they stand, their number, and what is said of the pieces."""

    where: Span
    items: tuple[Item, ...]
    quantity: Quantity | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """The claims of notices, the entries of their lists that gave none, and the words that were read."""

    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    taken: tuple[Span, ...] = ()

    def covers(self, span: Span) -> bool:
        """Tell whether a sentence, or part of it, was read as a notice."""
        return any(taken.touches(span) for taken in self.taken)


def read_notices(document: Document, lexicon: Lexicon) -> NoticeReading:
    """Return the claims of the official notices in a document; none where it is no notice, or names no purchaser."""
    read = [_read(document, notice, lexicon) for notice in find_notices(document.text)]
    return NoticeReading(
        tuple(claim for each in read for claim in each.claims),
        tuple(rejected for each in read for rejected in each.rejected),
        tuple(span for each in read for span in each.taken),
    )


def _read(document: Document, notice: Notice, lexicon: Lexicon) -> NoticeReading:
    common = _common(document, notice, lexicon)
    buyers = find_purchasers(document.text, notice, lexicon)
    lots, services = _lots(document.text, notice, lexicon)
    if common.value and len(lots) > 1:
        common = replace(common, inferred=(*common.inferred, "value: the total of the notice, over all its articles"))
    if not buyers or not lots:
        return NoticeReading()
    reason = ("a service or a paper, no article",)
    parts = [*notice.lists, *([notice.headline] if notice.headline else [])]
    return NoticeReading(
        tuple(_claim(document, common, buyer, lot) for buyer, lot in product(buyers, lots)),
        tuple(Rejected(_evidence(document, s.span), s.item.of(document.text), reason) for s in services),
        (notice.basis, *(part.sentence or part.span for part in parts)),
    )


def without_repeats(reading: NoticeReading, transfers: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of notices, then those of other sentences that do not say the same sale again."""
    return (*reading.claims, *(claim for claim in transfers if not any(_repeats(c, claim) for c in reading.claims)))


def _repeats(told: Claim, claim: Claim) -> bool:
    same_seller = claim.supplier is None or _key(claim.supplier) == _key(told.supplier)
    same_buyer = _key(claim.recipient) == _key(told.recipient) and claim.polarity is told.polarity
    return claim.status in _TOLD_AGAIN and same_seller and (claim.recipient is None or same_buyer)


def _key(party: Party | None) -> str | None:
    return (party.country or party.organisation) if party else None


def _lots(text: str, notice: Notice, lexicon: Lexicon) -> tuple[list[Lot], list[ListEntry]]:
    """Return a lot for each counted entry and one for the others, and the services that are none.

    A notice that lists no article is about what the sale is named by, else about its services.
    """
    listed = list(_listed(text, notice))
    counted = [(entry, part) for entry, part in listed if entry.quantity]
    others = [(entry, part) for entry, part in listed if not entry.quantity]
    articles = [(entry, part) for entry, part in others if not is_service(entry.item.of(text))]
    services = [entry for entry, _ in others if is_service(entry.item.of(text))]
    lots = [_lot(text, part, [entry], lexicon) for entry, part in counted]
    lots += [
        _lot(text, part, [e for e, p in articles if p == part], lexicon)
        for part in dict.fromkeys(p for _, p in articles)
    ]
    named = None if lots else _headline(text, notice, lexicon)
    if named:
        lots.append(named)
    if lots or not services:
        return lots, services
    return [_lot(text, others[0][1], services, lexicon)], []


def _listed(text: str, notice: Notice) -> Iterator[tuple[ListEntry, Part]]:
    """Yield the entries of all lists; a sum of money is none, nor what the same words have told before."""
    seen: set[str] = set()
    for part in notice.lists:
        for entry in read_item_list(text, part.span):
            key = " ".join(entry.span.of(text).lower().split())
            if key not in seen and not key.startswith("$"):
                seen.add(key)
                yield entry, part


def _lot(text: str, part: Part, entries: Sequence[ListEntry], lexicon: Lexicon) -> Lot:
    notes = [f"of these: {' '.join(n.of(text).strip('()').split())}" for entry in entries for n in entry.notes]
    return Lot(
        part.sentence or Span(entries[0].span.start, entries[-1].span.end),
        tuple(read_article(text, entry.item, lexicon) for entry in entries),
        entries[0].quantity,
        tuple(notes),
    )


def _headline(text: str, notice: Notice, lexicon: Lexicon) -> Lot | None:
    """Return what the sale is of by the sentence that names it: "to the Government of X of Y and related equipment"."""
    told = notice.headline
    buyers = parties_in(text, told.span, lexicon) if told else ()
    if told is None or told.sentence is None or not buyers or buyers[-1].span is None:
        return None
    match = _SOLD.match(text, buyers[-1].span.end, told.span.end)
    if match is None:
        return None
    span = Span(*match.span("sold"))
    return Lot(told.sentence, (read_article(text, span, lexicon),), notes=("items: as the sale is named",))


def _common(document: Document, notice: Notice, lexicon: Lexicon) -> Claim:
    """Return what all claims of a notice share."""
    text = document.text
    authority = find_authority(text, notice, lexicon)
    certainty, ground = _certainty(text, notice, lexicon)
    basis = " ".join(notice.basis.of(text).split())
    return Claim(
        id="",
        document=document.id,
        kind=ClaimKind.TRANSFER,
        evidence=_evidence(document, notice.basis),
        supplier=authority.party,
        value=notice.value,
        mode=Mode.SALE,
        status=notice.status,
        certainty=certainty,
        when=_when(document, notice),
        attribution=(authority.source,),
        inferred=_inferred(authority.party),
        why=("an official notice", f"status: '{basis}'", f"certainty: {ground}"),
    )


def _certainty(text: str, notice: Notice, lexicon: Lexicon) -> tuple[Certainty, str]:
    """Return how sure the words are: a decision is the government's own act, a plan is as likely as it is worded."""
    if notice.status is Status.UNSPECIFIED:
        return Certainty.UNSTATED, "no word of it"
    if notice.status is not Status.PLANNED:
        return Certainty.FACT, "a party speaks of its own act"
    for word in notice.sale.of(text).lower().split() if notice.sale else ():
        hedge = lexicon.hedges.certainty.get(word)
        if hedge:
            return Certainty(hedge), f"'{word}'"
    return Certainty.EXPECTED, "a plan"


def _when(document: Document, notice: Notice) -> When | None:
    """Return the day of the notification: as told where Congress is notified, else that of the dateline."""
    told = [notice.notified] if notice.notified else []
    for stretch in (*told, *(f.span for f in document.facts if f.span and f.kind == "dateline")):
        for when in find_dates(stretch.of(document.raw), document.metadata.published)[:1]:
            if when.span and when.start:
                return replace(when, span=Span(when.span.start + stretch.start, when.span.end + stretch.start))
    return None


def _inferred(seller: Party | None) -> tuple[str, ...]:
    return (f"supplier: '{seller.text}' read as {seller.country}",) if seller else ()


def _claim(document: Document, common: Claim, buyer: Party, lot: Lot) -> Claim:
    first = lot.items[0].span
    return replace(
        common,
        id=content_id(document.id, lot.where, "notice", _key(common.supplier), _key(buyer), first),
        evidence=_evidence(document, lot.where),
        recipient=buyer,
        items=lot.items,
        quantity=lot.quantity,
        why=(*common.why, *lot.notes),
    )


def _evidence(document: Document, span: Span) -> Evidence:
    return Evidence(span.of(document.text), span)
