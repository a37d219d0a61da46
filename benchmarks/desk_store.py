"""A store of the size that a desk must bear, made by rule: 100,000 documents, 50,000 claims, some 5,000 transfers.

Texts and copies are those of ``benchmarks/grouping.py``. One document in four tells two claims, each of one of the
deals: a few deals are told hundreds of times, most a handful of times; one claim in twelve denies its deal, and one
document with claims in five repeats another. The states are those that arms embargoes speak of, so that there are
findings; a person has judged one claim in thirty. Documents come in bundles of 200, as one file each, and are written
with the store's own functions, a thousand in one transaction; claims are saved as a reader's readings are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from armstrace.alerts.watches import Asks, Kind
from armstrace.document import Capture, Document, Metadata, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.ids import content_id
from armstrace.keeping.stages import Stages
from armstrace.keeping.watch_rows import Wish
from armstrace.keeping.watches import make_watch
from armstrace.lexicon.load import load_country_labels
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    Evidence,
    Item,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
)
from armstrace.store import documents, judgements, readings
from armstrace.store.judgements import Judgement
from armstrace.store.readings import Reading
from armstrace.store.repository import Store
from grouping import Dice, copied, sentence, source_of, story

NOW: Final = "2030-01-01T00:00:00Z"
READER: Final = "made by benchmarks/desk_store.py"
TOLD: Final = 4  # one document in so many tells claims
EACH: Final = 2  # claims in such a document
DEALS: Final = 20  # one deal to so many documents
REPEATS: Final = 5  # one document with claims in so many repeats another
DENIED: Final = 12  # one claim in so many denies
JUDGED: Final = 30  # one claim in so many is judged
STEEPNESS: Final = 0.6  # how fast deals are told less often, by their rank
BUNDLE: Final = 200  # documents of one file
AT_ONCE: Final = 1000  # documents of one transaction
OUTLETS: Final = 300
SOURCES: Final = 1500
_STRIDE: Final = 7919  # a prime
_FIRST_DAY, _DAYS, _SPREAD = date(2019, 1, 1), 3600, 150
STATES: Final = (
    "RU IR CN KP US TR UA SY YE LY SD SS MM BY IL FR DE GB IN PK ZA AE SA EG CD CF SO ML ER ET RW IQ LB AF VE CU ZW AM "
    "AZ RS BG CZ SK PL RO IT ES SE KR JP KZ UZ KE UG NG TD NE BF DZ MA"
).split()
_KINDS: Final[Sequence[tuple[Category, str]]] = tuple((one, one.replace("-", " ")) for one in Category)
_SAID: Final[Sequence[tuple[Status, str]]] = (
    (Status.DELIVERED, "delivered"),
    (Status.ORDERED, "contracted to supply"),
    (Status.PLANNED, "plans to send"),
    (Status.APPROVED, "agreed to send"),
    (Status.IN_TRANSIT, "shipped"),
)
_SPEAKERS: Final = (
    (SourceKind.GOVERNMENT, "the ministry of"),
    (SourceKind.OFFICIAL_NAMED, "the spokesman of"),
    (SourceKind.OFFICIAL_ANONYMOUS, "an official of"),
    (SourceKind.INTELLIGENCE, "the service of"),
    (SourceKind.NGO, "the watch group of"),
    (SourceKind.EXPERT, "the analyst of"),
)
WATCHES: Final[Mapping[str, Asks]] = {
    "Iran": Asks(party="IR"),
    "To Libya": Asks(recipient="LY"),
    "Drones": Asks(item="drones"),
    "Missiles of Russia": Asks(supplier="RU", item="missiles"),
    "Breaches": Asks(verdict="breach-if-true"),
}


@dataclass(frozen=True, slots=True)
class Deal:
    """Who is said to supply whom with what: a code, a code, a place in the kinds, the first day that it is told of."""

    supplier: str
    recipient: str
    kind: int
    day: date


@dataclass(frozen=True, slots=True)
class World:
    """What documents tell of: the deals, and when each is told of, in the order of time, once a claim."""

    size: int
    deals: tuple[Deal, ...]
    told: tuple[tuple[date, int], ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its claims, and how it reads as an entry of the bundle that it came in."""

    document: Document
    claims: tuple[Claim, ...]


def make_world(size: int) -> World:
    """Return what ``size`` documents tell of."""
    deals = _deals(size // DEALS)
    slots = size // TOLD * EACH
    weights = [(rank + 1) ** -STEEPNESS for rank in range(len(deals))]
    scale = slots / sum(weights)
    told = [deal for deal, weight in enumerate(weights) for _ in range(max(1, round(weight * scale)))]
    told.extend(range(slots - len(told)))
    dice = Dice("told")
    days = sorted((deals[deal].day + timedelta(days=dice.below(_SPREAD)), deal) for deal in told[:slots])
    return World(size, deals, tuple(days), load_country_labels())


def _deals(count: int) -> tuple[Deal, ...]:
    """Return so many deals, no two of the same states and kind of arms; some states have far more than others."""
    dice, found = Dice("deals"), dict[tuple[int, int, int], Deal]()
    while len(found) < count:
        supplier, recipient = _skewed(dice, len(STATES)), _skewed(dice, len(STATES))
        kind = dice.below(len(_KINDS))
        if supplier != recipient:
            day = _FIRST_DAY + timedelta(days=dice.below(_DAYS))
            found.setdefault((supplier, recipient, kind), Deal(STATES[supplier], STATES[recipient], kind, day))
    return tuple(found.values())


def _skewed(dice: Dice, most: int) -> int:
    """Return a number below ``most``; the low ones come more often."""
    return dice.below(1 + dice.below(most))


def make_document(world: World, number: int) -> Made:
    """Return the document of a number."""
    repeated = _repeated(number)
    root = number if repeated is None else repeated
    lines = story(number) if repeated is None else copied(number, repeated)
    claims = _lines_of_claims(world, root) if root % TOLD == 1 else []
    frame = Dice(f"paper {number}")
    outlet = _skewed(frame, OUTLETS)
    day = claims[0].day if claims else _FIRST_DAY + timedelta(days=Dice(f"day {root}").below(_DAYS))
    day += timedelta(days=frame.below(3) if repeated is not None else 0)
    text = "\n".join((*(line.words for line in claims), *lines))
    title = " ".join((claims[0].words if claims else sentence(frame)).split()[:9])
    known = Metadata(
        outlet=f"The {Dice(f'outlet {outlet}').name()} {('Post', 'Times', 'Herald')[outlet % 3]}",
        published=day.isoformat(),
        title=title,
        url=f"https://outlet{outlet}.example/{day.year}/{number}",
        language="en",
    )
    document = Document(content_id(text, str(number)), text, text, known)
    return Made(document, tuple(_claims(world, document, claims)))


def _repeated(number: int) -> int | None:
    """Return the number of the document that one repeats, None where it is a story of its own."""
    turn = number // TOLD
    if number % TOLD == 1:
        return (
            number - TOLD * (1 + Dice(f"repeats {number}").below(REPEATS - 1))
            if turn % REPEATS == REPEATS - 1
            else None
        )
    return source_of(number)


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that tells a claim, and of what it is made."""

    words: str
    day: date
    deal: int
    status: Status
    polarity: Polarity
    pieces: int | None
    source: tuple[SourceKind, str, str]


def _lines_of_claims(world: World, root: int) -> list[_Line]:
    """Return the sentences of a document: documents come in no order of time."""
    place = root // TOLD * _STRIDE % (len(world.told) // EACH) * EACH
    return [_line(world, *told, f"line {root} {at}") for at, told in enumerate(world.told[place : place + EACH])]


def _line(world: World, day: date, number: int, seed: str) -> _Line:
    deal, dice = world.deals[number], Dice(seed)
    status, verb = _SAID[_skewed(dice, len(_SAID))]
    polarity = Polarity.AFFIRMED if dice.below(DENIED) else Polarity.DENIED
    most = Dice(f"pieces {number}").below(60) * 5 + 10
    pieces = (most if dice.below(8) else most - 4) if dice.below(3) else None
    speaker = Dice(f"speaker {_skewed(dice, SOURCES)}")
    kind, office = _SPEAKERS[speaker.below(len(_SPEAKERS))]
    state = STATES[_skewed(speaker, len(STATES))]
    source = kind, f"{office} {speaker.name()}", state
    supplier, recipient = world.names[deal.supplier], world.names[deal.recipient]
    number_words = f"{pieces} " if pieces else ""
    says = "said" if polarity is Polarity.AFFIRMED else "denied"
    arms = _KINDS[deal.kind][1]
    words = f"{supplier} {verb} {number_words}{arms} to {recipient}, {source[1]} {says}."
    return _Line(words, day, number, status, polarity, pieces, source)


def _claims(world: World, document: Document, lines: Sequence[_Line]) -> Iterator[Claim]:
    start = 0
    for place, line in enumerate(lines):
        deal, begun = world.deals[line.deal], start

        def span(words: str, line: _Line = line, begun: int = begun) -> Span:
            at = begun + line.words.index(words)
            return Span(at, at + len(words))

        category, arms = _KINDS[deal.kind]
        supplier, recipient = world.names[deal.supplier], world.names[deal.recipient]
        kind, name, state = line.source
        pieces, count = line.pieces, str(line.pieces)
        yield Claim(
            id=content_id(document.id, str(place)),
            document=document.id,
            kind=ClaimKind.TRANSFER,
            evidence=Evidence(line.words, span(line.words)),
            supplier=Party(deal.supplier, None, supplier, span(supplier)),
            recipient=Party(deal.recipient, None, recipient, span(recipient)),
            items=(Item(None, arms, category, span(arms)),),
            quantity=Quantity(count, pieces, pieces, pieces, "pieces", span(count)) if pieces else None,
            status=line.status,
            polarity=line.polarity,
            certainty=Certainty.UNSTATED if Dice(name).below(3) else Certainty.LIKELY,
            attribution=(Source(name, kind, state, named=kind is SourceKind.OFFICIAL_NAMED, span=span(name)),),
        )
        start += len(line.words) + 1


def fill(store: Store, world: World, tell: Callable[[int], None]) -> None:
    """Write the documents, their claims and the judgements; ``tell`` hears how many documents are there."""
    there = 0
    for made in batches(world):
        write(store, made)
        there += len(made)
        tell(there)


def batches(world: World) -> Iterator[list[Made]]:
    """Yield the documents of a world, as many at a time as are written in one transaction."""
    for begin in range(0, world.size, AT_ONCE):
        yield [make_document(world, number) for number in range(begin, min(begin + AT_ONCE, world.size))]


def write(store: Store, made: Sequence[Made]) -> None:
    """Write documents, their claims and the judgements in one transaction."""
    with store.database.write() as connection:
        for at in range(0, len(made), BUNDLE):
            _write_bundle(store, connection, made[at : at + BUNDLE])
        for decision in _decisions(made):
            judgements.add(connection, decision)


def _write_bundle(store: Store, connection: Connection, made: Sequence[Made]) -> None:
    """Write documents that came in one file, and their claims."""
    entries = [{"id": one.document.id, "text": one.document.text} for one in made]
    kept = store.evidence.put("\n".join(map(json.dumps, entries)).encode())
    for one in made:
        capture = Capture(f"bundle-{kept.sha256[:12]}.jsonl#{one.document.id}")
        documents.add(connection, documents.Arrival(one.document, kept, capture, NOW))
        claims = [(claim, claim_to_dict(claim)) for claim in one.claims]
        readings.save(connection, Reading(one.document.id, READER, NOW, claims))


def _decisions(made: Sequence[Made]) -> Iterator[Judgement]:
    for one in made:
        for claim in one.claims:
            dice = Dice(f"judged {claim.id}")
            if not dice.below(JUDGED):
                verdict, why = ("accept", None) if dice.below(4) else ("reject", "the words tell of something else")
                yield Judgement(one.document.id, claim.id, verdict, dice.of(("ann", "ben")), NOW, why=why)


def watch(store: Store, stages: Stages, owner: str) -> None:
    """Make the watches; what comes later raises alerts."""
    for name, asks in WATCHES.items():
        make_watch(store, stages, owner, Wish(name, asks, frozenset(Kind)))
