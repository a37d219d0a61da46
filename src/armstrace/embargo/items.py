"""Whether arms fall under the terms of a measure: by category, by what they measure, by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from armstrace.embargo.answers import Answer, Held, Supposed, any_of, supposed
from armstrace.embargo.findings import AskedItem, Question
from armstrace.embargo.scopes import Covered, Reach, Scope, Threshold
from armstrace.lexicon.traits import Measured, Trait
from armstrace.model import Category

UNTOLD = AskedItem("arms of a kind not told", Category.OTHER)
_UNITS: Mapping[Measured, tuple[str, str]] = {
    Measured.RANGE_KM: ("a range", "km"),
    Measured.PAYLOAD_KG: ("a payload", "kg"),
    Measured.CALIBRE_MM: ("a calibre", "mm"),
    Measured.DISPLACEMENT_T: ("a displacement", "t"),
}


def covered_items(names: Iterable[str], question: Question, scopes: Mapping[str, Scope]) -> Answer:
    """Return whether any of the items in question falls under any of the terms ``names``."""
    terms = tuple(names)
    items = [_for_use(item, question) for item in question.items or (UNTOLD,)]
    return any_of([(item.words, _covered_item(item, terms, scopes)) for item in items])


def _for_use(item: AskedItem, question: Question) -> AskedItem:
    """Return an item as its user makes it: of what may be civil or military, what an armed force gets is military."""
    to_forces = bool(question.recipients) and all(party.is_force for party in question.recipients)
    if not (to_forces and Trait.MILITARY in item.may_be):
        return item
    return replace(item, has=item.has | {Trait.MILITARY}, may_be=item.may_be - {Trait.CIVIL, Trait.MILITARY})


def _covered_item(item: AskedItem, names: Sequence[str], scopes: Mapping[str, Scope]) -> Answer:
    """Return whether one item falls under any of several terms."""
    terms = [scopes[name] for name in names]
    answers = [_line(item, term, covered, scopes) for term in terms for covered in term.covered(item.category)]
    for held in (Held.YES, Held.MAYBE):
        if found := [answer for answer in answers if answer.held is held]:
            return _certainly_arms(item, found[0])
    if answers:
        return answers[0]
    titles = "; ".join(term.title for term in terms if term.covers) or "no goods"
    kind = "" if item.words == item.category else f" ({item.category})"
    return Answer(Held.NO, f"{item.words}{kind} are not among {titles}")


def _line(item: AskedItem, term: Scope, covered: Covered, scopes: Mapping[str, Scope]) -> Answer:
    """Return whether an item falls under one line of a term: parts by the arms that they are for, where told."""
    if item.part_of is None or covered.reach is Reach.ALL:
        return _under(item, term, covered)
    whole = _covered_item(item.part_of, (term.parts_of or term.name,), scopes)
    return replace(whole, why=f"{item.words} are parts: {whole.why}")


def _certainly_arms(item: AskedItem, answer: Answer) -> Answer:
    if item.is_arms:
        return answer
    cases = supposed("they are arms or made for them", "they are not")
    return Answer(Held.MAYBE, f"{item.words} may be no arms at all, as far as is known", (), cases)


def _under(item: AskedItem, scope: Scope, covered: Covered) -> Answer:
    if covered.reach is Reach.ALL:
        return Answer(Held.YES, f"{item.words} are among {scope.title}")
    if not (covered.thresholds or covered.if_any or covered.unless):
        part = covered.note or "a part of them"
        why = f"{item.words} fall under {scope.title} only in part ({part}), and which these are is not told"
        return Answer(Held.MAYBE, why, (), _part(part))
    answers = [*(_over(item, limit) for limit in covered.thresholds), *_traits(item, covered)]
    for held in (Held.NO, Held.MAYBE):
        if found := [answer for answer in answers if answer.held is held]:
            return found[0]
    return Answer(Held.YES, f"{item.words} are among {scope.title}{_because(answers)}")


def _part(part: str) -> tuple[Supposed, ...]:
    return supposed(f"they are such ({part})", "they are not")


def _because(answers: Sequence[Answer]) -> str:
    reasons = "; ".join(answer.why for answer in answers if answer.why)
    return f" ({reasons})" if reasons else ""


def _over(item: AskedItem, limit: Threshold) -> Answer:
    what, unit = _UNITS[limit.measured]
    bounds = (item.measures or {}).get(limit.measured)
    needed = f"{what} of {limit.at_least:g} {unit} or more"
    if bounds and bounds.low >= limit.at_least:
        return Answer(
            Held.YES, f"{what} of {_span(bounds.low, bounds.high)} {unit}, where {limit.at_least:g} is enough"
        )
    if bounds and bounds.high < limit.at_least:
        why = f"{item.words} have {what} of {_span(bounds.low, bounds.high)} {unit}, below {limit.at_least:g}"
        return Answer(Held.NO, why, (f"A type or variant with {needed}.",))
    known = f"between {bounds.low:g} and {bounds.high:g} {unit}" if bounds else "not known"
    cases = supposed(needed, f"{what} below {limit.at_least:g} {unit}")
    why = f"{item.words} fall under the measure from {what} of {limit.at_least:g} {unit} up, and theirs is {known}"
    return Answer(Held.MAYBE, why, (), cases)


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _traits(item: AskedItem, covered: Covered) -> list[Answer]:
    answers = []
    if covered.if_any:
        answers.append(_has(item, covered))
    if covered.unless:
        answers.append(_has_not(item, covered))
    return answers


def _has(item: AskedItem, covered: Covered) -> Answer:
    part = covered.note or " or ".join(sorted(covered.if_any))
    if found := item.has & covered.if_any:
        return Answer(Held.YES, ", ".join(sorted(found)))
    if item.measures is None or item.may_be & covered.if_any:
        return _part_only(item, part)
    return Answer(Held.NO, f"{item.words} are not of the part that the measure reaches ({part})")


def _has_not(item: AskedItem, covered: Covered) -> Answer:
    part = covered.note or f"not {' or '.join(sorted(covered.unless))}"
    if found := item.has & covered.unless:
        return Answer(Held.NO, f"{item.words} are {', '.join(sorted(found))}, which the measure leaves out ({part})")
    if item.measures is None or item.may_be & covered.unless:
        return _part_only(item, part)
    return Answer(Held.YES, "")


def _part_only(item: AskedItem, part: str) -> Answer:
    why = f"{item.words} fall under the measure only in part ({part}), and which these are is not told"
    return Answer(Held.MAYBE, why, (), _part(part))
