"""A transfer in words, codes or as a line of the register -> the question that the law is asked -> findings.

What words mean is the lexicon's to say: an item may name its end user ("rifles for al-Shabaab") or a place ("to
Darfur"). What nobody told stays open, and a finding gives the answer for each possibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from armstrace.asked_arms import make_item, read_items
from armstrace.asking import is_untold, read_days, read_party
from armstrace.embargo.check import check_transfer
from armstrace.embargo.findings import AskedItem, AskedParty, AskedTime, Finding, Question
from armstrace.embargo.law import Law, load_law
from armstrace.errors import MetadataError
from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.model import Category, Polarity, Status
from armstrace.register.history import latest_status, status_history
from armstrace.register.types import Alternative, PartyValue, Period, Transfer
from armstrace.text.calendar_periods import parse_published

_ONLY_DENIED = "Only denials are known: a finding would hold only if what they deny were so."


def question_from_words(
    supplier: str | None, recipient: str | None, item: str, date: str | None, status: Status = Status.UNSPECIFIED
) -> Question:
    """Return the question that a person asks.

    Args:
        supplier: a code or name of a country, group, company or body; None or "unknown" where not known.
        recipient: likewise.
        item: words for the arms; they may name the end user or a place ("rifles for al-Shabaab").
        date: a day, month, year or range (``2022-09-06``, ``2022-09``, ``2018..2021``); None where not known.
        status: how far it has got.

    Raises:
        MetadataError: a name or a date that cannot be read.
    """
    lexicon = load_lexicon()
    read = read_items(item, lexicon)
    recipients, via = _with_user(_asked_party("recipient", recipient, lexicon), read.user)
    return Question(
        suppliers=_asked_party("supplier", supplier, lexicon),
        recipients=recipients,
        items=read.items,
        times=_asked_days(date),
        status=status,
        makers=read.makers,
        via=via,
    )


def question_from_transfer(transfer: Transfer) -> Question:
    """Return the question that a line of the register puts: every alternative that a claim gives.

    The days are those of the furthest step; else all that are told; else the day of the first report, which the
    question then says it assumes.
    """
    fields, step = transfer.fields, latest_status(transfer)
    return Question(
        suppliers=_parties(fields.supplier),
        recipients=_parties(fields.recipient),
        items=_items(transfer),
        times=_times(transfer, step.period if step else None),
        status=step.status if step else Status.UNSPECIFIED,
        makers=_makers(transfer),
        via=_parties(fields.via),
        contract=_contract(transfer),
        caveats=() if transfer.affirmed.backing.claims else (_ONLY_DENIED,),
    )


def check_question(question: Question) -> tuple[Finding, ...]:
    """Return a finding for each packaged measure, the gravest first.

    Raises:
        MeasureError: a packaged file is damaged.
    """
    return check_transfer(question, packaged_law())


def check_register_line(transfer: Transfer) -> tuple[Finding, ...]:
    """Return a finding for each packaged measure on a line of the register, the gravest first."""
    return check_question(question_from_transfer(transfer))


@cache
def packaged_law() -> Law:
    """Return the packaged law: read once, the same at every call.

    Raises:
        MeasureError: a packaged file is damaged.
    """
    return load_law()


def _asked_party(role: str, words: str | None, lexicon: Lexicon) -> tuple[AskedParty, ...]:
    if words is None or is_untold(words):
        return ()
    found = read_party(words, lexicon)
    if found is None:
        raise MetadataError(f"{role} {words!r}: no country, group, company or body known; give a code such as KP")
    return (found,)


def _asked_days(words: str | None) -> tuple[AskedTime, ...]:
    if words is None or is_untold(words):
        return ()
    found = read_days(words)
    if found is None:
        raise MetadataError(f"date {words!r}: give a day, month, year or range, such as 2022-09-06 or 2018..2021")
    return (found,)


def _with_user(
    told: tuple[AskedParty, ...], user: AskedParty | None
) -> tuple[tuple[AskedParty, ...], tuple[AskedParty, ...]]:
    """Return the recipients and those on the way: an end user is the recipient, one of another country before it not.

    A place or a force of the recipient's own country only says more of it.
    """
    if user is None:
        return told, ()
    if not told:
        return (user,), ()
    first = told[0]
    if user.country not in {None, first.country} and first.country not in user.acts_in:
        return (user,), told
    joined = replace(
        user,
        country=first.country or user.country,
        names=user.names or first.names,
        is_government=first.is_government if user.is_government is None else user.is_government,
        places=(*user.places, *first.places),
        acts_in=user.acts_in or first.acts_in,
        is_force=user.is_force or first.is_force,
    )
    return (joined,), ()


def _parties(alternatives: Sequence[Alternative[PartyValue]]) -> tuple[AskedParty, ...]:
    return tuple(dict.fromkeys(_party(a.value, a.texts) for a in alternatives if a.value is not None))


def _party(value: PartyValue, texts: Sequence[str]) -> AskedParty:
    """Return a party of the register with what its name and the words of the claims say of it."""
    read = read_party(value.organisation, load_lexicon()) if value.organisation else None
    places = tuple(place for text in texts if (found := read_party(text, load_lexicon())) for place in found.places)
    if read is None:
        names = (value.organisation,) if value.organisation else ()
        return AskedParty(value.country, names, places=tuple(dict.fromkeys(places)))
    return replace(
        read,
        country=value.country or read.country,
        names=read.names or (value.organisation or "",),
        places=tuple(dict.fromkeys((*read.places, *places))),
    )


def _makers(transfer: Transfer) -> tuple[str, ...]:
    """Return the makers that claims tell; where they tell none, the states that designed the types."""
    told = [a.value.country for a in transfer.fields.maker if a.value and a.value.country]
    types = [a.value.designation for a in transfer.fields.items if a.value and a.value.designation]
    designed = [maker for name in types for maker in read_items(name, load_lexicon()).makers]
    return tuple(dict.fromkeys(told or designed))


def _items(transfer: Transfer) -> tuple[AskedItem, ...]:
    found = []
    for alternative in transfer.fields.items:
        if alternative.value is not None:
            category, designation = alternative.value
            words = _item_words(designation, alternative.texts, category)
            read = [item for item in read_items(words, load_lexicon()).items if item.category is category]
            item = make_item(words, category, designation)
            found.append(replace(item, part_of=read[0].part_of if read else None))
    return tuple(found)


def _item_words(designation: str | None, texts: Sequence[str], category: Category) -> str:
    """Return the words of the claims, before them the designation where they lack it."""
    words = texts[0] if texts else "" if designation else str(category)
    return words if not designation or designation.casefold() in words.casefold() else f"{designation} {words}".strip()


def _times(transfer: Transfer, latest: Period | None) -> tuple[AskedTime, ...]:
    told = [latest] if latest else [a.value for a in transfer.fields.when if a.value]
    days = tuple(dict.fromkeys(_days(period) for period in told if period.start or period.end))
    if days:
        return days
    reports = [period for one in transfer.claims if (period := parse_published(one.published))]
    if not reports or not reports[0].start:
        return ()
    first = reports[0]
    of = str(first.start) if first.start == first.end else f"{first.start} to {first.end}"
    return (AskedTime(first.start, first.end, f"no source tells when; the first report is of {of}"),)


def _days(period: Period) -> AskedTime:
    return AskedTime(_day(period.start), _day(period.end))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _contract(transfer: Transfer) -> AskedTime | None:
    """Return the days of the order, where a claim tells them."""
    for step in status_history(transfer):
        if step.status is Status.ORDERED and step.polarity is Polarity.AFFIRMED and step.period and step.period.start:
            return _days(step.period)
    return None
