"""Whether a measure binds those who act: all states, the members of a body on the day, or the target itself."""

from __future__ import annotations

from datetime import date

from armstrace.embargo.answers import Answer, Held, one_or_other, supposed
from armstrace.embargo.findings import AskedParty, Question
from armstrace.embargo.law import Law
from armstrace.embargo.measures import Bound, Direction, Entry
from armstrace.embargo.targets import party_words


def is_bound(entry: Entry, question: Question, law: Law, on: date) -> Answer:
    """Return whether those who deal with the target are bound on a day; by the supplier, or the buyer, by direction."""
    if Bound.ALL_STATES in entry.bound:
        return Answer(Held.YES, "all states are bound")
    if Bound.TARGET in entry.bound:
        return Answer(Held.YES, "the target itself is bound")
    buying = entry.direction is Direction.PROCUREMENT_FROM
    parties = question.recipients if buying else question.suppliers
    title = joined_titles(entry, law)
    acting = "buyer" if buying else "supplier"
    if not parties:
        cases = supposed(f"the {acting} is a {title}", f"the {acting} is not")
        return Answer(Held.MAYBE, f"only a {title} is bound, and the {acting} is not told", (), cases)
    found = one_or_other([(party_words(party, law), _bound(entry, party, law, on)) for party in parties])
    through = [party_words(one, law) for one in question.via if _bound(entry, one, law, on).held is Held.YES]
    if found.held is Held.NO and through:
        note = f"{', '.join(through)}, through which it passes, is bound for what is done on its territory."
        return Answer(found.held, found.why, (note, *found.changes))
    return found


def membership_boundaries(entry: Entry, question: Question, law: Law) -> frozenset[date]:
    """Return the days on which it changes whether one of the parties is bound."""
    parties = (*question.suppliers, *question.recipients, *question.via)
    circles = [law.members[bound] for bound in entry.bound if bound in law.members]
    return frozenset(on for one in parties if one.country for c in circles for on in c.boundaries(one.country))


def joined_titles(entry: Entry, law: Law) -> str:
    """Return what those bound are called."""
    return " or ".join(law.members[b].title if b in law.members else "state that it names" for b in entry.bound)


def _bound(entry: Entry, party: AskedParty, law: Law, on: date) -> Answer:
    title, who = joined_titles(entry, law), party_words(party, law)
    if party.country is None:
        cases = supposed(f"{who} is of a {title}", f"{who} is not")
        return Answer(Held.MAYBE, f"only a {title} is bound, and where {who} belongs is not told", (), cases)
    if Bound.NAMED_STATES in entry.bound:
        cases = supposed(f"{who} is named", f"{who} is not named")
        return Answer(Held.MAYBE, "only the states that the text names are bound", (), cases)
    if any(law.members[bound].holds(party.country, on) for bound in entry.bound if bound in law.members):
        return Answer(Held.YES, f"{who} is bound as a {title}")
    why = f"{who} is no {title} and not bound by it"
    return Answer(Held.NO, why, (f"A national, company, ship or aircraft of a {title} that takes part.",))
