"""From a language model's answer to claims: only what stands in the report, or in a closed list, stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from armstrace.document import Document, Span
from armstrace.errors import AnswerError
from armstrace.ids import content_id
from armstrace.llm import checks as why
from armstrace.llm.checks import Checks, Drop, Row
from armstrace.llm.quotes import Quotes
from armstrace.llm.schema import CLAIM, ITEM, KINDS, PARTY, SOURCE
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
    Source,
    SourceKind,
    Status,
    Value,
    When,
)
from armstrace.text.dates import find_dates
from armstrace.text.money import find_money
from armstrace.text.quantities import find_quantities

MOST_CLAIMS = 200  # of one report; an answer of more is a model that goes round in circles
_LEAST_EVIDENCE = 3  # words; fewer could stand in any sentence

Amount = TypeVar("Amount", Quantity, Value, When)


@dataclass(frozen=True, slots=True)
class Background:
    """What is known beside the report: valid country codes, the countries that words name, and who publishes it."""

    codes: frozenset[str]
    countries_in: Callable[[str], frozenset[str]]
    publisher: Source


@dataclass(frozen=True, slots=True)
class Answer:
    """The claims of one answer that stood every check, and all that was left out."""

    claims: tuple[Claim, ...]
    drops: tuple[Drop, ...]


def parse_answer(content: str, *, cut: bool = False) -> list[Any]:
    """Return the raw claims of an answer.

    Args:
        content: The answer's text; a fence of Markdown around the JSON is allowed, nothing else.
        cut: Whether the service says that the answer was cut off.

    Raises:
        AnswerError: it was cut off, or is no JSON object with a list of claims.

    """
    if cut:
        raise AnswerError("its answer was cut off before its end")
    text = content.strip()
    if text.startswith("```"):
        text = text.removesuffix("```").partition("\n")[2]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AnswerError("its answer is no complete JSON") from error
    claims = found.get("claims") if isinstance(found, dict) else None
    if not isinstance(claims, list):
        raise AnswerError("its answer is no object with a list 'claims'")
    return claims


def read_answer(document: Document, rows: Sequence[object], background: Background, model: str) -> Answer:
    """Return the claims of an answer in the order of the document, each once, with every value that was dropped.

    A field is dropped where its quote does not stand in the report or its value is in no closed list; a claim is
    where its evidence, its polarity or both of its parties are.
    """
    reader = _ClaimReader(document, background, model)
    checks = reader.checks
    claims: dict[str, Claim] = {}
    for number, row in enumerate(rows[:MOST_CLAIMS], 1):
        checks.number = number
        claim = reader.read(row)
        if claim and claim.id in claims:
            checks.drop(why.CLAIM, claim.evidence.text, why.REPEATED)
        elif claim:
            claims[claim.id] = claim
    if len(rows) > MOST_CLAIMS:
        checks.number = MOST_CLAIMS + 1
        checks.drop(why.CLAIM, f"{len(rows)} claims", why.TOO_MANY)
    ordered = sorted(claims.values(), key=lambda claim: claim.evidence.span)
    return Answer(tuple(ordered), tuple(checks.drops))


class _ClaimReader:
    """Reads the claims of one answer about one document."""

    def __init__(self, document: Document, background: Background, model: str) -> None:
        self.document = document
        self.background = background
        self.why = (f"language model {model}",)
        self.quotes = Quotes(document)
        self.checks = Checks(self.quotes, background.codes)
        self.inferred: list[str] = []

    def read(self, value: object) -> Claim | None:
        """Return one claim, or None, and the reason noted."""
        row = self.checks.row(value, why.CLAIM, CLAIM)
        evidence = self._evidence(row) if row else None
        if row is None or evidence is None:
            return None
        self.inferred = []
        kind = self.checks.listed(ClaimKind, row.get("kind"), "kind")
        polarity = self.checks.listed(Polarity, row.get("polarity"), "polarity")
        supplier, recipient, maker = (
            self._party(row.get(role), role, evidence.span) for role in ("supplier", "recipient", "maker")
        )
        if kind is None or kind not in KINDS or polarity is None:
            self.checks.drop(why.CLAIM, evidence.text, why.UNTOLD)
            return None
        if kind is ClaimKind.TRANSFER and supplier is None and recipient is None:
            self.checks.drop(why.CLAIM, evidence.text, why.NO_PARTY)
            return None
        claim = Claim(
            id="",
            document=self.document.id,
            kind=kind,
            evidence=evidence,
            supplier=supplier,
            recipient=recipient,
            maker=maker,
            polarity=polarity,
            why=self.why,
        )
        claim = self._with_details(claim, row)
        return replace(claim, id=_claim_id(claim), inferred=tuple(self.inferred))

    def _evidence(self, row: Row) -> Evidence | None:
        """Return the whole sentence that a quote stands in."""
        quote = row.get("evidence")
        place = self.quotes.find(quote) if isinstance(quote, str) else None
        span = self.quotes.sentences_of(place) if place else None
        if (
            place is None
            or span is None
            or (place != span and len(place.of(self.document.text).split()) < _LEAST_EVIDENCE)
        ):
            self.checks.drop(why.CLAIM, quote, why.NO_EVIDENCE)
            return None
        return Evidence(span.of(self.document.text), span)

    def _with_details(self, claim: Claim, row: Row) -> Claim:
        """Return the claim with all that no claim needs."""
        near = claim.evidence.span
        dates = partial(find_dates, published=self.document.metadata.published)
        via = (self._party(each, "via", near) for each in self.checks.rows(row.get("via"), "via", PARTY))
        items = (self._item(each, near) for each in self.checks.rows(row.get("items"), "items", ITEM))
        return replace(
            claim,
            via=tuple(party for party in via if party),
            items=tuple(dict.fromkeys(item for item in items if item)),
            quantity=self._amount(row.get("quantity"), "quantity", near, find_quantities),
            value=self._amount(row.get("value"), "value", near, find_money),
            when=self._amount(row.get("when"), "when", near, dates),
            mode=self.checks.listed(Mode, row.get("mode"), "mode") or Mode.UNSPECIFIED,
            status=self.checks.listed(Status, row.get("status"), "status") or Status.UNSPECIFIED,
            certainty=self.checks.listed(Certainty, row.get("certainty"), "certainty") or Certainty.UNSTATED,
            attribution=self._chain(row.get("attribution"), near),
        )

    def _words(self, span: Span | None) -> str | None:
        return span.of(self.document.text) if span else None

    def _party(self, value: object, role: str, near: Span) -> Party | None:
        row = self.checks.row(value, role, PARTY) if value is not None else None
        span = self.checks.quote(row.get("words"), role, near) if row else None
        if row is None or span is None:
            return None
        words = span.of(self.document.text)
        organisation = self.checks.quote(row.get("organisation"), f"{role} organisation", near)
        country = self.checks.country(row.get("country"), role)
        known = self.background.countries_in(words)
        if country and country not in known:
            other = f"; the lexicon knows {', '.join(sorted(known))}" if known else ""
            self.inferred.append(f"{role}: '{words}' read as {country} by the language model{other}")
        if not near.holds(span):
            self.inferred.append(f"{role}: '{words}' from another sentence")
        return Party(country, self._words(organisation), words, span)

    def _item(self, row: Row, near: Span) -> Item | None:
        span = self.checks.quote(row.get("words"), "items", near)
        category = self.checks.listed(Category, row.get("category"), "items category")
        if span is None:
            return None
        designation = self.checks.quote(row.get("designation"), "items designation", near)
        if not near.holds(span):
            self.inferred.append("items: from another sentence")
        return Item(self._words(designation), span.of(self.document.text), category or Category.OTHER, span)

    def _amount(
        self, value: object, field: str, near: Span, read: Callable[[str], tuple[Amount, ...]]
    ) -> Amount | None:
        """Return what our own grammar reads where the quote stands: no number is taken from the model."""
        quote = self.checks.quote(value, field, near)
        sentence = self.quotes.sentence_of(quote) if quote else None
        if quote is None or sentence is None:
            return None
        for found in read(sentence.of(self.document.text)):
            span = Span(found.span.start + sentence.start, found.span.end + sentence.start) if found.span else None
            if span and span.touches(quote):
                return replace(found, span=span)
        self.checks.drop(field, value, why.NO_NUMBER)
        return None

    def _chain(self, value: object, near: Span) -> tuple[Source, ...]:
        """Return the chain of sources; an empty one is the publisher's own voice, one that was lost is nobody's."""
        if value == []:
            return (self.background.publisher,)
        sources = (self._source(row, near) for row in self.checks.rows(value, "attribution", SOURCE))
        return tuple(dict.fromkeys(source for source in sources if source))

    def _source(self, row: Row, near: Span) -> Source | None:
        span = self.checks.quote(row.get("words"), "attribution", near)
        kind = self.checks.listed(SourceKind, row.get("kind"), "attribution kind")
        if span is None or kind is None:
            return None
        named = row.get("named")
        if not isinstance(named, bool):
            self.checks.drop("attribution named", named, why.WRONG_SHAPE)
        return Source(
            name=span.of(self.document.text),
            kind=kind,
            country=self.checks.country(row.get("country"), "attribution"),
            named=named is True,
            channel=self._words(self.checks.quote(row.get("channel"), "attribution channel", near)),
            cue=self._words(self.checks.quote(row.get("cue"), "attribution cue", near)),
            span=span,
        )


def _claim_id(claim: Claim) -> str:
    """Return the id: of the sentence and of all that tells two claims of one sentence apart."""
    parties = (f"{p.country}/{p.organisation}/{p.span}" if p else "-" for p in (claim.supplier, claim.recipient))
    items = [tuple(item.span) for item in claim.items]
    origin = claim.attribution[-1].name if claim.attribution else "-"
    return content_id(
        "language model",
        claim.document,
        claim.kind,
        tuple(claim.evidence.span),
        *parties,
        items,
        claim.polarity,
        claim.status,
        origin,
    )
