"""Whether arms fall under the terms of a measure: by category, by what they measure, by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from armstrace.embargo.answers import Answer, Held, any_of, supposed
from armstrace.embargo.findings import AskedItem, Question
from armstrace.embargo.scopes import Covered, Reach, Scope, Threshold
from armstrace.lexicon.traits import Measured
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
    terms = [scopes[name] for name in names]
    return any_of([(item.words, covered_item(item, terms)) for item in question.items or (UNTOLD,)])


def covered_item(item: AskedItem, scopes: Sequence[Scope]) -> Answer:
    """Return whether one item falls under any of several terms."""
    answers = [_under(item, scope, covered) for scope in scopes for covered in scope.covered(item.category)]
    for held in (Held.YES, Held.MAYBE):
        if found := [answer for answer in answers if answer.held is held]:
            return _certainly_arms(item, found[0])
    if answers:
        return answers[0]
    terms = "; ".join(scope.title for scope in scopes if scope.covers) or "no goods"
    return Answer(Held.NO, f"{item.words} ({item.category}) are not among {terms}")


def _certainly_arms(item: AskedItem, answer: Answer) -> Answer:
    if item.is_arms:
        return answer
    cases = supposed("if they are arms or made for them", "if they are not")
    return Answer(Held.MAYBE, f"{item.words} may be no arms at all, as far as is known", (), cases)


def _under(item: AskedItem, scope: Scope, covered: Covered) -> Answer:
    if covered.reach is Reach.ALL:
        return Answer(Held.YES, f"{item.words} are among {scope.title}")
    if not (covered.thresholds or covered.if_any or covered.unless):
        part = covered.note or "a part of them"
        why = f"{item.words} fall under {scope.title} only in part ({part}), and which these are is not told"
        return Answer(Held.MAYBE, why, (), supposed("of that part", "not of that part"))
    answers = [*(_over(item, limit) for limit in covered.thresholds), *_traits(item, covered)]
    for held in (Held.NO, Held.MAYBE):
        if found := [answer for answer in answers if answer.held is held]:
            return found[0]
    return Answer(Held.YES, f"{item.words} are among {scope.title}{_because(answers)}")


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
    why = f"{item.words} fall under it from {what} of {limit.at_least:g} {unit} up, and theirs is {known}"
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
    why = f"{item.words} fall under it only in part ({part}), and which these are is not told"
    return Answer(Held.MAYBE, why, (), supposed("of that part", "not of that part"))
