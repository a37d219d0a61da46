"""What the 16 columns have no place for, behind SIPRI's own comment: who says so, who denies it, what else is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from armstrace.export.plain import plain
from armstrace.export.sipri.deals import Deal, counting_claims, given_by
from armstrace.export.sipri.figures import delivery_years, number, order_year
from armstrace.export.transfer_words import alternative_words, origin_words
from armstrace.export.wording import CountryNames
from armstrace.extract.sipri_rows import Column
from armstrace.model import Mode, Status
from armstrace.register.stages import STAGE
from armstrace.register.types import Side

_MOST_ORIGINS: Final = 5


def comment_cell(deal: Deal, names: CountryNames) -> str:
    """Return SIPRI's comment as it stands, then the id of the transfer in armstrace and what it has beside."""
    notes = [f"armstrace {deal.transfer.id}", *(words for note in _NOTES for words in note(deal, names))]
    return "; ".join(filter(None, (deal.cell(Column.COMMENTS).strip(), " | ".join(notes))))


def _steps(deal: Deal, _: CountryNames) -> Iterator[str]:
    steps = {told.claim.status for told in counting_claims(deal.transfer)}
    if steps:
        yield f"said to be {', '.join(map(str, sorted(steps, key=_stage)))}"


def _for(deal: Deal, names: CountryNames) -> Iterator[str]:
    yield from _origins("for", deal.transfer.affirmed, names)


def _against(deal: Deal, names: CountryNames) -> Iterator[str]:
    yield from _origins("denied by", deal.transfer.denied, names)


def _denials(deal: Deal, _: CountryNames) -> Iterator[str]:
    """Yield what is denied of it but not as a whole: a number, a step, a party."""
    targets = dict.fromkeys(denial.target for denial in deal.transfer.denials if not denial.counts)
    if targets:
        yield f"denied of it: {', '.join(targets)}"


def _others(deal: Deal, names: CountryNames) -> Iterator[str]:
    """Yield the parties and arms that claims tell beside those that stand first."""
    fields = deal.transfer.fields
    for name, alternatives in (("recipient", fields.recipient), ("supplier", fields.supplier), ("arms", fields.items)):
        words = dict.fromkeys(alternative_words(one, names) for one in alternatives[1:] if one.value is not None)
        if words:
            yield f"{name} also told as {', '.join(words)}"


def _figures(deal: Deal, _: CountryNames) -> Iterator[str]:
    """Yield the numbers and times of each step in the words of their claims, but for what the columns say as it is."""
    fields = deal.transfer.fields
    told = (
        ("number ordered", given_by(fields.quantity, deal.ordered), number(deal, deal.ordered, Column.ORDERED).cell),
        ("time of order", given_by(fields.when, deal.ordered), order_year(deal).cell),
        (
            "number delivered",
            given_by(fields.quantity, deal.delivered),
            number(deal, deal.delivered, Column.DELIVERED).cell,
        ),
        ("time of delivery", given_by(fields.when, deal.delivered), delivery_years(deal)),
    )
    for name, alternatives, cell in told:
        words = dict.fromkeys(plain(text) for one in alternatives for text in one.texts)
        others = [text for text in words if text != cell]
        if others:
            yield f"{name} told as {', '.join(others)}"


def _rest(deal: Deal, names: CountryNames) -> Iterator[str]:
    """Yield sum, kind of deal, way and maker, which no column holds."""
    fields = deal.transfer.fields
    told = (("worth", fields.value), ("by", fields.mode), ("via", fields.via), ("made in or by", fields.maker))
    for name, alternatives in told:
        words = [alternative_words(one, names) for one in alternatives if one.value not in {None, Mode.UNSPECIFIED}]
        if words:
            yield f"{name} {', '.join(dict.fromkeys(words))}"


def _conflicts(deal: Deal, _: CountryNames) -> Iterator[str]:
    for conflict in deal.transfer.conflicts:
        if conflict.field != "quantity":  # fewer delivered than ordered is none, and others stand beside each step
            yield f"conflict: {conflict.sentence}"


def _stage(status: Status) -> tuple[int, Status]:
    return STAGE.get(status, 0), status


def _origins(word: str, side: Side, names: CountryNames) -> Iterator[str]:
    told = [origin_words(one, names) + ("" if one.is_shown else " (not shown)") for one in side.origins]
    if told:
        more = f" and {len(told) - _MOST_ORIGINS} more" if len(told) > _MOST_ORIGINS else ""
        yield f"{word} {', '.join(told[:_MOST_ORIGINS])}{more}"


_NOTES: Final[tuple[Callable[[Deal, CountryNames], Iterator[str]], ...]] = (
    _for,
    _against,
    _denials,
    _steps,
    _others,
    _figures,
    _rest,
    _conflicts,
)
