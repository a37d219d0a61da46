"""A transfer as its page shows it: every value beside who gives it, every claim beside its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.export.plain import plain
from armstrace.export.reviews import review_mark, review_rows
from armstrace.export.transfer_words import (
    alternative_words,
    backing_words,
    certainty_words,
    givers_words,
    items_words,
    origin_words,
    outlet_words,
    period_words,
    quantity_column,
    range_words,
    route_words,
    standing_words,
    step_words,
)
from armstrace.export.wording import CountryNames, chain_words
from armstrace.export.wording import standing_words as claim_standing
from armstrace.model import Polarity
from armstrace.pictures.source_tree import draw_source_tree
from armstrace.pictures.timeline import draw_timeline
from armstrace.register.backing import voices_of
from armstrace.register.denials import denying_origins
from armstrace.register.grades import Credibility, grade_transfer, likelihoods
from armstrace.register.history import changes, latest_status, status_history
from armstrace.register.tree import Node, source_tree
from armstrace.register.types import Origin, Transfer
from armstrace.told import Told
from armstrace.web.addresses import Addresses
from armstrace.web.views.words import Stretch, evidence_words

_FIELDS: Final = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")


class Value(NamedTuple):
    """One alternative of a field: in words, who gives it, the claims that do, whether it is known."""

    words: str
    givers: str
    backing: str
    claims: tuple[str, ...]
    known: bool


class Row(NamedTuple):
    """A field with its alternatives, and what they span where they are numbers."""

    name: str
    values: tuple[Value, ...]
    span: str


class Voice(NamedTuple):
    """An origin: its name, whether it is shown to be independent, why its claims are one origin."""

    name: str
    is_shown: bool
    rules: tuple[str, ...]
    claims: tuple[str, ...]


class Around(NamedTuple):
    """The sentences before and after that of a claim; "" where there is none, or where they are not shown."""

    before: str = ""
    after: str = ""


class ClaimRow(NamedTuple):
    """A claim with its document, where that leads (None for nowhere), its standing, its chain and its words."""

    id: str
    address: str | None
    title: str
    outlet: str
    published: str
    standing: str
    chain: str
    origin: str
    denied: bool
    state: str
    words: tuple[Stretch, ...]
    around: Around
    review: str
    inferred: tuple[str, ...]
    judged: str


class Note(NamedTuple):
    """Something said of the transfer beside its values: its kind, the words, the claim that it is about."""

    kind: str
    words: str
    claim: str | None


class Step(NamedTuple):
    """A line of a history: when, what, who says so."""

    day: str
    what: str
    who: str
    denied: bool


@dataclass(frozen=True, slots=True)
class TransferView:
    """All that the page of a transfer shows."""

    id: str
    route: str
    items: str
    number: str
    status: str
    status_day: str
    denied: bool
    standing: str
    credibility: Credibility
    likelihood: str
    rows: tuple[Row, ...]
    affirming: tuple[Voice, ...]
    denying: tuple[Voice, ...]
    notes: tuple[Note, ...]
    claims: tuple[ClaimRow, ...]
    context: tuple[ClaimRow, ...]
    history: tuple[Step, ...]
    changes: tuple[Step, ...]
    reviews: tuple[tuple[str, str], ...]
    timeline: Markup
    tree: Markup
    denial_tree: Markup


def view_transfer(
    transfer: Transfer, names: CountryNames, addresses: Addresses, around: Mapping[str, Around] | None = None
) -> TransferView:
    """Return what the page of a transfer shows; ``around`` are the sentences beside those of its claims, by id."""
    shown = _Shown(transfer, names, addresses, around or {})
    step = latest_status(transfer)
    told = (*transfer.claims, *transfer.context)
    denying = denying_origins(transfer)
    return TransferView(
        id=transfer.id,
        route=route_words(transfer, names),
        items=items_words(transfer),
        number=quantity_column(transfer),
        status=step_words(step) if step else "unknown",
        status_day=period_words(step.period) if step and step.period else "",
        denied=bool(step and step.polarity is Polarity.DENIED),
        standing=standing_words(transfer),
        credibility=grade_transfer(transfer),
        likelihood=", ".join(f"{low}-{high} %" for low, high in likelihoods(transfer)),
        rows=tuple(_rows(transfer, names)),
        affirming=_voices(transfer.affirmed.origins, names),
        denying=_voices(denying, names),
        notes=tuple(_notes(transfer, names)),
        claims=tuple(_claims(transfer.claims, shown)),
        context=tuple(_claims(transfer.context, shown)),
        history=tuple(_history(transfer, names)),
        changes=tuple(Step(c.day or "no date", plain(c.what), "", denied=False) for c in changes(transfer)),
        reviews=tuple(review_rows(transfer, names)),
        timeline=draw_timeline(transfer, claim_anchor),
        tree=draw_source_tree(source_tree(told, transfer.affirmed.origins), "Who affirms it", names, shown.node),
        denial_tree=draw_source_tree(source_tree(told, denying), "Who denies it", names, shown.node),
    )


def claim_anchor(claim: str) -> str:
    """Return where a claim stands on the page of its transfer."""
    return f"#claim-{claim}"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A transfer with what its claims are shown by."""

    transfer: Transfer
    names: CountryNames
    addresses: Addresses
    around: Mapping[str, Around]

    def node(self, node: Node) -> str:
        """Return where a node of the tree leads: a document to itself if it can, else to its first claim here."""
        leads = self.addresses.words(node.place.key, node.claims[0]) if node.place.kind == "document" else None
        return leads or claim_anchor(node.claims[0])


def _rows(transfer: Transfer, names: CountryNames) -> Iterator[Row]:
    for name in _FIELDS:
        alternatives = getattr(transfer.fields, name)
        values = tuple(
            Value(
                alternative_words(one, names),
                givers_words(transfer, one.backing.claims, names),
                backing_words(one.backing),
                one.backing.claims,
                one.value is not None,
            )
            for one in alternatives
        )
        if any(value.known for value in values):
            span = "; ".join(map(range_words, transfer.ranges)) if name == "quantity" and len(values) > 1 else ""
            yield Row(name, values, span)


def _voices(origins: Sequence[Origin], names: CountryNames) -> tuple[Voice, ...]:
    return tuple(
        Voice(origin_words(one, names), one.is_shown, tuple(map(plain, one.rules)), one.claims) for one in origins
    )


def _notes(transfer: Transfer, names: CountryNames) -> Iterator[Note]:
    for account in transfer.accounts:
        words = f"{plain(names.get(account.country, account.country))}, the {account.side}, speaks for itself"
        yield Note("own account", words, account.claims[0])
    for denial in transfer.denials:
        against = "" if denial.counts else "; it does not count against the transfer"
        yield Note("denial", f"denies the {denial.target}: {denial.rule}{against}", denial.claim)
    for conflict in transfer.conflicts:
        yield Note("conflict", plain(conflict.sentence), None)
    for revision in transfer.revisions:
        words = f" “{plain(revision.correction)}”" if revision.correction else ""
        yield Note(revision.kind, f"{revision.since or 'undated'}: {plain(revision.rule)}{words}", revision.claim)
    if transfer.left_out:
        count = len(transfer.left_out)
        yield Note("left out", f"{count} claim{'s' if count > 1 else ''} of documents without a date", None)


def _claims(claims: Sequence[Told], shown: _Shown) -> Iterator[ClaimRow]:
    transfer, names = shown.transfer, shown.names
    voices = voices_of(transfer.voices)
    states: Mapping[str, str] = {one.claim: one.kind for one in transfer.revisions if one.takes_back}
    for told in claims:
        claim = told.claim
        yield ClaimRow(
            id=claim.id,
            address=shown.addresses.words(claim.document, claim.id),
            title=plain(told.title or "") or claim.document,
            outlet=outlet_words(told),
            published=told.published or "no date",
            standing=claim_standing(claim),
            chain=chain_words(claim.attribution, names),
            origin=origin_words(voices[claim.id], names) if claim.id in voices else "",
            denied=claim.polarity is Polarity.DENIED,
            state=states.get(claim.id, ""),
            words=evidence_words(claim) if claim.evidence.text else (),
            around=shown.around.get(claim.id, Around()),
            review=review_mark(told) or "not reviewed",
            inferred=tuple(map(plain, claim.inferred)),
            judged=review_mark(told),
        )


def _history(transfer: Transfer, names: CountryNames) -> Iterator[Step]:
    voices = voices_of(transfer.voices)
    for step in status_history(transfer):
        who = ", ".join(dict.fromkeys(origin_words(voices[one], names) for one in step.claims if one in voices))
        back = "; taken back" if step.taken_back else ""
        what = f"{step_words(step)}, {certainty_words(step)}{back}"
        yield Step(period_words(step.period), what, who, denied=step.polarity == Polarity.DENIED)
