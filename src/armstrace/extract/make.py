"""One claim for each pair of parties of a candidate, every value with its span, what was inferred said so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from armstrace.extract.candidate import Candidate
from armstrace.extract.certainty import find_certainty
from armstrace.extract.chain import Chain
from armstrace.extract.lots import Lot, find_lots, find_maker, nearest_date, nearest_value
from armstrace.extract.parties import PartyReading, is_group
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.extract.standing import Standing
from armstrace.ids import content_id
from armstrace.model import Category, Certainty, Claim, ClaimKind, Evidence, Mode, Polarity, Status

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


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that gave no claim: its sentence, its word, and the reasons."""

    evidence: Evidence
    word: str
    reasons: tuple[str, ...]


def why_unfit(candidate: Candidate, standing: Standing) -> tuple[str, ...]:
    """Return why a candidate can be no claim whatever its score; empty if it can."""
    reasons = []
    flies = candidate.word == "reach" and any(m.item.category in _FLYING for m in candidate.items)
    if flies or (candidate.frame.needs == "strong-subject" and standing.certainty is Certainty.EVEN):
        reasons.append("where arms could get to is their range")
    unused = candidate.foreign and standing.polarity is Polarity.DENIED
    if candidate.frame.name == "use" and (unused or standing.status is Status.PLANNED):
        reasons.append("arms not used, or only what they could be used for")
    if standing.status is Status.SOUGHT and standing.polarity is Polarity.DENIED:
        reasons.append("not needed, not sought")
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
    so a named one is another. ``got``: it says only who got the arms; ``told``: its arms are those of an earlier
    sentence ("they were supplied by"). ``to_group``: an armed group receives, which is not the state it fights in.
    ``headline``: it stands in the title, which says shortly what the story says in full. ``added``: its arms come on
    top of those told before.
    """

    claim: Claim
    soft: bool = False
    open: bool = False
    to_group: bool = False
    headline: bool = False
    got: bool = False
    told: bool = False
    added: bool = False


def make_claims(
    reading: Reading, candidate: Candidate, standing: Standing, chain: Chain, reasons: tuple[str, ...]
) -> list[Draft]:
    """Return a draft for each supplier, recipient and lot of a candidate."""
    common = _common(reading, candidate, standing, chain, reasons)
    suppliers: list[PartyReading | None] = [*candidate.suppliers] or [None]
    recipients: list[PartyReading | None] = [*candidate.recipients] or [None]
    drafts = []
    for supplier, recipient, lot in product(suppliers, recipients, find_lots(reading, candidate)):
        if _is_same(supplier, recipient) or _is_of_another(lot, supplier):
            continue
        first = lot.items[0].span if lot.items else None
        where = (reading.document.id, common.evidence.span, candidate.trigger)
        claim = replace(
            common,
            id=content_id(*where, _key(supplier), _key(recipient), first),
            supplier=supplier.party if supplier else None,
            recipient=recipient.party if recipient else None,
            items=lot.items,
            quantity=lot.quantity,
            inferred=(*_inferred(candidate, supplier, recipient), *common.inferred),
        )
        opened, got = "supplier" in candidate.unknown, "supplier" in candidate.closed
        headline = _is_headline(reading, candidate.sentence)
        to_group = recipient is not None and is_group(recipient)
        drafts.append(Draft(claim, standing.soft, opened, to_group, headline, got, bool(candidate.told), lot.added))
    return drafts


def _common(
    reading: Reading, candidate: Candidate, standing: Standing, chain: Chain, reasons: tuple[str, ...]
) -> Claim:
    """Return what all claims of a candidate share."""
    certainty, likelihood, rule = find_certainty(candidate, standing, chain, reading.lexicon)
    maker, maker_note = find_maker(reading, candidate)
    return Claim(
        id="",
        document=reading.document.id,
        kind=ClaimKind.TRANSFER,
        evidence=evidence_of(reading, candidate.sentence),
        maker=maker,
        value=nearest_value(candidate),
        mode=Mode(candidate.frame.mode),
        via=tuple(p.party for p in candidate.via),
        status=standing.status,
        polarity=_polarity(standing, chain),
        certainty=certainty,
        likelihood=likelihood,
        when=nearest_date(candidate),
        attribution=tuple(chain.sources),
        inferred=(maker_note,) if maker_note else (),
        why=tuple(dict.fromkeys((*candidate.rules, *standing.rules, *chain.rules, rule, *reasons))),
    )


def _is_headline(reading: Reading, sentence: SentenceReading) -> bool:
    """Tell whether a sentence is the title, or stands above the dateline."""
    facts = reading.document.facts
    above = any(f.span and f.kind == "dateline" and sentence.span.end <= f.span.start for f in facts)
    return above or any(f.span and f.kind == "title" and f.span.holds(sentence.span) for f in facts)


def _is_of_another(lot: Lot, supplier: PartyReading | None) -> bool:
    """Tell whether a lot's own adjective names another supplier ("Serbian mortars and Turkish drones")."""
    return lot.nation is not None and supplier is not None and lot.nation != supplier.party.country


def _key(party: PartyReading | None) -> str:
    return f"{party.party.country}/{party.party.organisation}" if party else "-"


def _is_same(supplier: PartyReading | None, recipient: PartyReading | None) -> bool:
    return bool(supplier and recipient) and _key(supplier) == _key(recipient)


def _polarity(standing: Standing, chain: Chain) -> Polarity:
    """A denying cue over an affirmed claim denies it; over a negated one it stays denied: nobody affirms by denying.

    A party that knows of no proof of its own deed denies it.
    """
    return Polarity.DENIED if "denies" in chain.effects or standing.unproven else standing.polarity


def _inferred(candidate: Candidate, supplier: PartyReading | None, recipient: PartyReading | None) -> tuple[str, ...]:
    notes = ["items: from an earlier sentence"] if candidate.told else []
    for role, found in (("supplier", supplier), ("recipient", recipient)):
        if found and found.how == "reference":
            notes.append(f"{role}: '{found.party.text}' read as {found.party.country} within the document")
        elif found and found.how == "story":
            notes.append(f"{role}: {found.party.country} from the story, not in the sentence")
    return tuple(notes)
