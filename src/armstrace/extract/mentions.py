"""The countries that a document mentions, in reading order, each with the party that the phrase around it names."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.extract.parties import PartyReading, party_at
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.lexicon.entries import EntryKind

COUNTRY_KINDS = (
    EntryKind.COUNTRY,
    EntryKind.ADJECTIVE,
    EntryKind.PEOPLE,
    EntryKind.CAPITAL,
    EntryKind.SEAT,
    EntryKind.NICKNAME,
    EntryKind.LEADER,
    EntryKind.INSTITUTION,
    EntryKind.PLACE,
)


_ACTORS = (EntryKind.INSTITUTION_NOUN, EntryKind.GROUP_NOUN)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a country in reading order."""

    sentence: int
    position: int
    country: str
    subject: bool
    possessor: bool
    plural: bool
    noun: str
    party: PartyReading | None


def find_mentions(reading: Reading, sentence: SentenceReading) -> list[Mention]:
    """Return the mentions of countries in one sentence, in order."""
    found = []
    for hit in sentence.hits:
        entries = [e for e in hit.entries if e.country and (e.kind in COUNTRY_KINDS or e.kind is EntryKind.GROUP)]
        if not entries:
            continue
        head = sentence.tree.head_of(hit.span)
        if head < 0:
            continue
        holder = _holder(sentence, head)
        party = party_at(reading, sentence, holder)
        if party and party.party.country is None:
            party = None  # "Russian-backed rebels": the country named is not the rebels'
        country = party.party.country if party else entries[0].country
        token = sentence.tree.token(holder)
        subject = token.deprel.startswith("nsubj")
        found.append(
            Mention(
                sentence.number,
                hit.span.start,
                country or "",
                subject,
                token.deprel == "nmod:poss" or sentence.tree.token(head).deprel == "nmod:poss",
                token.xpos in {"NNS", "NNPS"},
                token.lemma.lower(),
                party,
            )
        )
    return found


def _holder(sentence: SentenceReading, head: int) -> int:
    """Return the noun that a country name belongs to ("Syrian" -> "rebels")."""
    token = sentence.tree.token(head)
    while token.deprel in {"amod", "compound", "nmod:poss", "flat", "nmod:desc"} and token.head >= 0:
        token = sentence.tree.token(token.head)
    seat = sentence.tree.token(token.head) if token.head >= 0 and token.deprel == "nmod" else None
    if seat and sentence.tree.prepositions(token.index) == "in" and sentence.entries(seat.index, *_ACTORS):
        return seat.index  # "the regime in Tehran"
    return token.index


def is_place(mention: Mention) -> bool:
    """Tell whether a mention is a town or region rather than a state that acts."""
    return bool(mention.party and mention.party.entry and mention.party.entry.kind is EntryKind.PLACE)
