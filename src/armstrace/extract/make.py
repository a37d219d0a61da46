"""One claim for each pair of parties of a candidate, every value with its span, what was inferred said so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from armstrace.extract.candidate import Candidate
from armstrace.extract.certainty import find_certainty
from armstrace.extract.chain import Chain
from armstrace.extract.items import quantity_of
from armstrace.extract.parties import PartyReading
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.extract.status import Standing
from armstrace.ids import content_id
from armstrace.lexicon.entries import EntryKind
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    Evidence,
    Item,
    Mode,
    Party,
    Polarity,
    Quantity,
    Span,
    Status,
    Value,
    When,
)

_FLYING = frozenset(
    {
        Category.MISSILES,
        Category.ROCKETS,
        Category.AIRCRAFT,
        Category.DRONES,
        Category.BOMBS,
        Category.AIR_DEFENCE,
    }
)
_NEEDS_ITEM = frozenset({"item", "own-item", "strong-item", "foreign-item", "strong-subject"})
_NEEDS_STRONG = frozenset({"strong-item", "strong-subject"})


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that gave no claim: its sentence, its word, and the reasons."""

    evidence: Evidence
    word: str
    reasons: tuple[str, ...]


def why_unfit(candidate: Candidate, standing: Standing) -> tuple[str, ...]:
    """Return why a candidate can be no claim whatever its score; empty if it can."""
    needs = candidate.frame.needs
    reasons = []
    if needs in _NEEDS_ITEM and not candidate.items and not candidate.told:
        reasons.append("no arms among its arguments")
    if needs in _NEEDS_STRONG and candidate.items and not candidate.told and not any(i.strong for i in candidate.items):
        reasons.append("only a vague item beside a vague verb")
    flies = candidate.word == "reach" and any(m.item.category in _FLYING for m in candidate.items)
    if flies or (needs == "strong-subject" and standing.certainty is Certainty.EVEN):
        reasons.append("where arms could get to is their range")
    if standing.status is Status.SOUGHT and standing.polarity is Polarity.DENIED:
        reasons.append("not needed, not sought")
    if needs == "foreign-item" and not any(i.maker or i.supplier_span for i in candidate.items):
        reasons.append("no word that the arms are foreign")
    if not any(p.party.country or p.party.organisation for p in (*candidate.suppliers, *candidate.recipients)):
        reasons.append("no party known")
    return tuple(reasons)


def evidence_of(reading: Reading, sentence: SentenceReading) -> Evidence:
    """Return the sentence as evidence."""
    return Evidence(reading.words(sentence.span), sentence.span)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before repeats are merged.

    ``soft``: its status rests on a bare infinitive. ``open``: the text names an unknown supplier ("various sources"),
    so a named one is another. ``to_group``: an armed group receives, which is not the state it fights in.
    """

    claim: Claim
    soft: bool = False
    open: bool = False
    to_group: bool = False


def make_claims(
    reading: Reading, candidate: Candidate, standing: Standing, chain: Chain, reasons: tuple[str, ...]
) -> list[Draft]:
    """Return a claim for each supplier and recipient of a candidate."""
    certainty, likelihood, rule = find_certainty(candidate, standing, chain, reading.lexicon)
    polarity = _polarity(standing, chain)
    evidence = evidence_of(reading, candidate.sentence)
    maker, maker_note = _maker(reading, candidate)
    drafts = []
    lots = _lots(reading, candidate)
    suppliers: list[PartyReading | None] = [*candidate.suppliers] or [None]
    recipients: list[PartyReading | None] = [*candidate.recipients] or [None]
    for supplier, recipient, (items, quantity) in product(suppliers, recipients, lots):
        if _is_same(supplier, recipient):
            continue
        drafts.append(
            Draft(
                Claim(
                    id=content_id(
                        reading.document.id,
                        evidence.span,
                        candidate.trigger,
                        _key(supplier),
                        _key(recipient),
                        items[0].span if items else None,
                    ),
                    document=reading.document.id,
                    kind=ClaimKind.TRANSFER,
                    evidence=evidence,
                    supplier=supplier.party if supplier else None,
                    recipient=recipient.party if recipient else None,
                    maker=maker,
                    items=items,
                    quantity=quantity,
                    value=_value(candidate),
                    mode=Mode(candidate.frame.mode),
                    via=tuple(p.party for p in candidate.via),
                    status=standing.status,
                    polarity=polarity,
                    certainty=certainty,
                    likelihood=likelihood,
                    when=_when(candidate),
                    attribution=tuple(chain.sources),
                    inferred=(
                        *_inferred(candidate, supplier, recipient),
                        *((maker_note,) if maker_note else ()),
                    ),
                    why=tuple(dict.fromkeys((*candidate.rules, *standing.rules, *chain.rules, rule, *reasons))),
                ),
                soft=standing.soft,
                open="supplier" in candidate.unknown,
                to_group=_is_group(recipient),
            )
        )
    return drafts


def _is_group(party: PartyReading | None) -> bool:
    return party is not None and party.entry is not None and party.entry.kind in {EntryKind.GROUP, EntryKind.GROUP_NOUN}


def _key(party: PartyReading | None) -> str:
    return f"{party.party.country}/{party.party.organisation}" if party else "-"


def _is_same(supplier: PartyReading | None, recipient: PartyReading | None) -> bool:
    return bool(supplier and recipient) and _key(supplier) == _key(recipient)


def _polarity(standing: Standing, chain: Chain) -> Polarity:
    """A denying cue over an affirmed claim denies it; over a negated one it stays denied: nobody affirms by denying."""
    return Polarity.DENIED if "denies" in chain.effects else standing.polarity


def _items(reading: Reading, candidate: Candidate) -> tuple[Item, ...]:
    if candidate.items:
        return tuple(m.item for m in candidate.items)
    if candidate.told:
        return candidate.told
    if candidate.frame.item:
        token = candidate.sentence.tree.token(candidate.trigger)
        span = Span(token.start, token.end)
        return (Item(None, reading.words(span), Category.OTHER, span),)
    return ()


def _maker(reading: Reading, candidate: Candidate) -> tuple[Party | None, str | None]:
    """Return the maker that the words name ("Iranian-made"), else that of the weapon type with a note."""
    for mention in candidate.items:
        if mention.maker and mention.maker_span:
            return Party(mention.maker, None, reading.words(mention.maker_span), mention.maker_span), None
    for mention in candidate.items:
        if mention.type_maker and mention.item.designation:
            party = Party(mention.type_maker, None, reading.words(mention.item.span), mention.item.span)
            return (
                party,
                f"maker: {mention.item.designation} is a type of {mention.type_maker}, from the lexicon",
            )
    return None, None


def _lots(reading: Reading, candidate: Candidate) -> list[tuple[tuple[Item, ...], Quantity | None]]:
    """Return the items with their number: one lot, or a lot an item where two or more have numbers of their own."""
    numbers = [quantity_of(candidate.sentence, m) for m in candidate.items]
    counted = [n for n in numbers if n]
    if len({n.span for n in counted}) > 1:
        return [((m.item,), n) for m, n in zip(candidate.items, numbers, strict=True)]
    return [(_items(reading, candidate), counted[0] if counted else None)]


def _value(candidate: Candidate) -> Value | None:
    """Return the sum nearest to the transfer word in its sentence."""
    position = candidate.sentence.tree.token(candidate.trigger).start
    sums = sorted(candidate.sentence.money, key=lambda v: abs(v.span.start - position))
    return sums[0] if sums else None


def _when(candidate: Candidate) -> When | None:
    position = candidate.sentence.tree.token(candidate.trigger).start
    dates = sorted(candidate.sentence.dates, key=lambda d: abs((d.span.start if d.span else 0) - position))
    return dates[0] if dates else None


def _inferred(candidate: Candidate, supplier: PartyReading | None, recipient: PartyReading | None) -> tuple[str, ...]:
    notes = ["items: from an earlier sentence"] if candidate.told else []
    for role, found in (("supplier", supplier), ("recipient", recipient)):
        if found and found.how == "reference":
            notes.append(f"{role}: '{found.party.text}' read as {found.party.country} within the document")
        elif found and found.how == "story":
            notes.append(f"{role}: {found.party.country} from the story, not in the sentence")
    return tuple(notes)
