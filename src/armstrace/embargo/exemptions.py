"""What the exemptions of an entry leave of it: let through, let through if asked for, or only another way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from armstrace.embargo.answers import Answer, Held, Supposed
from armstrace.embargo.findings import AskedParty, AskedTime, Question
from armstrace.embargo.items import covered_items
from armstrace.embargo.law import Law
from armstrace.embargo.measures import Asks, Beneficiary, Entry, Exemption
from armstrace.embargo.times import exemptions_on
from armstrace.model import Status

_ASKED: Mapping[Asks, str] = {
    Asks.NONE: "",
    Asks.NOTIFICATION: "notified beforehand",
    Asks.NO_OBJECTION: "notified beforehand, without objection",
    Asks.ADVANCE_APPROVAL: "approved in advance",
    Asks.END_USER: "with end-user papers",
}
# What anyone may get without being asked for: papers and notices are given, an approval is the exception.
_ORDINARY = frozenset({Asks.NOTIFICATION, Asks.END_USER})


@dataclass(frozen=True, slots=True)
class Fit:
    """How an exemption fits a transfer: ``yes`` is what must be so, in words.

    ``remote``: it could fit, but nothing in what is told points to it.
    """

    held: Held
    remote: bool = False
    yes: str = ""


def left_by(entry: Entry, question: Question, law: Law, on: date) -> Answer:
    """Return whether an entry still holds after its exemptions on a day: not where one surely fits and asks nothing."""
    standing = exemptions_on(entry, on)
    if not standing:
        return Answer(Held.YES, "")
    asked = _seen_by(law, question, on)
    fits = [(one, _fit(one, entry, asked, law)) for one in standing]
    usable = [(one, fit) for one, fit in fits if fit.held is not Held.NO]
    for one, fit in usable:
        if fit.held is Held.YES and not fit.remote and one.asks is Asks.NONE and one.contracts_before is None:
            return Answer(Held.NO, f"exempt: {_words(one)}", (f"That it is not so: {fit.yes}.",) if fit.yes else ())
    near = [(one, fit) for one, fit in usable if not fit.remote]
    remote = tuple(f"An exemption: {_words(one)}" for one, fit in usable if fit.remote)
    if not near:
        return Answer(Held.YES, "", remote)
    cases = _cases(near)
    return Answer(Held.MAYBE, "; ".join(f"an exemption may hold: {_words(one)}" for one, _ in near), remote, cases)


def _seen_by(law: Law, question: Question, on: date) -> Question:
    """Return the question with recipients that count as a state's forces that day no longer as surely none."""
    counted = [law.acts_for_state(party, on) for party in question.recipients]
    if all(counts is party.is_government for counts, party in zip(counted, question.recipients, strict=True)):
        return question
    seen = [replace(party, is_government=counts) for counts, party in zip(counted, question.recipients, strict=True)]
    return replace(question, recipients=tuple(seen))


def _cases(near: Sequence[tuple[Exemption, Fit]]) -> tuple[Supposed, ...]:
    """Return the possibilities: exempt by the first, by the second and so on, or by none."""
    exempt = [Supposed(_condition(one, fit), Held.NO) for one, fit in near]
    none = "not so" if len(near) == 1 else "none of these"
    return (*dict.fromkeys(exempt), Supposed(none, Held.YES))


def _condition(one: Exemption, fit: Fit) -> str:
    return ", ".join(filter(None, (fit.yes, _ASKED[one.asks]))) or one.summary.rstrip(".")


def _words(one: Exemption) -> str:
    return f"{one.summary.rstrip('.')} ({one.provision.instrument}, {one.provision.paragraph})"


def _fit(one: Exemption, entry: Entry, question: Question, law: Law) -> Fit:
    items = covered_items(one.items, question, law.scopes) if one.items else Answer(Held.YES, "")
    whole = _every_item(one, question, law)
    others = one.suppliers and not any(party.country in {None, *one.suppliers} for party in question.suppliers)
    if items.held is Held.NO or (others and question.suppliers):
        return Fit(Held.NO)
    if one.contracts_before is not None:
        fit = _contract(one.contracts_before, question)
    else:
        fit = _BENEFICIARIES[one.beneficiary](one, entry, question)
    if fit.held is Held.NO or whole:
        return fit
    doubly = fit.held is Held.MAYBE  # neither the item nor the user is known to fit
    return replace(
        fit, held=Held.MAYBE, remote=fit.remote or doubly, yes=_both(fit.yes, "an item that the exemption names")
    )


def _every_item(one: Exemption, question: Question, law: Law) -> bool:
    """Tell whether an exemption covers every item for sure, not just one of them."""
    if not one.items:
        return True
    each = [question] if len(question.items) == 1 else [replace(question, items=(item,)) for item in question.items]
    return all(covered_items(one.items, single, law.scopes).held is Held.YES for single in each) and bool(each)


def _both(first: str, second: str) -> str:
    return f"{first}, {second}" if first else second


def _contract(before: date, question: Question) -> Fit:
    """An old contract is let through; the day of an order is that of its contract."""
    told = question.contract or (_only(question) if question.status is Status.ORDERED else None)
    if told and told.first and told.first >= before:
        return Fit(Held.NO)
    return Fit(Held.MAYBE, yes=f"under a contract concluded before {before}")


def _only(question: Question) -> AskedTime | None:
    return question.times[0] if len(question.times) == 1 else None


def _anyone(one: Exemption, _: Entry, __: Question) -> Fit:
    if one.asks in _ORDINARY:
        return Fit(Held.YES)
    # One for certain items names its case, even where only its words tell the purpose; one for all is a mere power.
    return Fit(Held.MAYBE, remote=not one.items)


def _government(_: Exemption, entry: Entry, question: Question) -> Fit:
    """The government receives, or may do so where no more than its country is told."""
    held = {_of_government(party, entry) for party in question.recipients}
    if held == {Held.YES}:
        return Fit(Held.YES, yes="for the government")
    if not held & {Held.YES, Held.MAYBE}:
        return Fit(Held.NO)
    return Fit(Held.MAYBE, yes="for the government")


def _of_government(party: AskedParty, entry: Entry) -> Held:
    if party.country not in entry.target.countries or party.is_government is False:
        return Held.NO
    return Held.YES if party.is_government else Held.MAYBE


def _forces(one: Exemption, _: Entry, question: Question) -> Fit:
    """Forces that stand in the words of the exemption: an armed group that does not stand there is none of them."""
    if any(name.casefold() in one.summary.casefold() for party in question.recipients for name in party.names):
        return Fit(Held.YES, yes="for the forces named")
    if all(party.is_government is False for party in question.recipients):
        return Fit(Held.NO)
    return Fit(Held.MAYBE, yes="for the forces that the exemption names")


def _operations(one: Exemption, _: Entry, question: Question) -> Fit:
    names = [name for party in question.recipients for name in party.names]
    if names and all(_is_operation(name, one) for name in names):
        return Fit(Held.YES, yes="for the peace operation")
    return Fit(Held.MAYBE, remote=True)


def _is_operation(name: str, one: Exemption) -> bool:
    return name in _OPERATIONS or name.casefold() in one.summary.casefold()


def _remote(_: Exemption, __: Entry, ___: Question) -> Fit:
    return Fit(Held.MAYBE, remote=True)


_OPERATIONS = frozenset({"United Nations", "African Union"})
_BENEFICIARIES: Mapping[Beneficiary, Callable[[Exemption, Entry, Question], Fit]] = {
    Beneficiary.ANYONE: _anyone,
    Beneficiary.GOVERNMENT: _government,
    Beneficiary.NAMED_FORCES: _forces,
    Beneficiary.PEACE_OPERATIONS: _operations,
    Beneficiary.HUMANITARIAN: _remote,
    Beneficiary.STAFF_PROTECTION: _remote,
}
