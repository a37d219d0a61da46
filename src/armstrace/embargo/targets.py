"""Whether a measure is aimed at a party: the state, those in a territory, all but the government, or a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.embargo.answers import Answer, Held, listed, one_or_other, supposed
from armstrace.embargo.findings import AskedParty, Question
from armstrace.embargo.law import Law
from armstrace.embargo.measures import Asks, Beneficiary, Direction, Entry, Listing, Target, TargetKind
from armstrace.embargo.times import exemptions_on

_DAY = timedelta(days=1)
_SHOWN = 4  # names of groups told of a longer list


@dataclass(frozen=True, slots=True)
class Aimed:
    """A party before the target of an entry on a day, with the words for the answer."""

    party: AskedParty
    entry: Entry
    law: Law
    on: date

    @property
    def target(self) -> Target:
        """Return whom the entry is aimed at."""
        return self.entry.target

    @property
    def who(self) -> str:
        """Return the name of the party."""
        return party_words(self.party, self.law)

    @property
    def where(self) -> str:
        """Return the countries of the target in words."""
        return listed([self.law.named(code) for code in self.target.countries])

    @property
    def at(self) -> str:
        """Return what of the target's countries the entry is aimed at: them, or what comes from them."""
        buying = self.entry.direction is Direction.PROCUREMENT_FROM
        return f"arms that come from {self.where}" if buying else self.where

    @property
    def is_named(self) -> bool:
        """Tell whether the measure names the party."""
        return bool(self.named_by)

    @property
    def named_by(self) -> list[str]:
        """Return the names of the party that the measure names on the day."""
        named = self.target.names_on(self.on)
        return [name for name in self.party.names if name in named]

    @property
    def off_list(self) -> Listing | None:
        """Return the listing of the party where it is not on the list on the day."""
        return next(
            (one for one in self.target.listed if one.group in self.party.names and not one.holds(self.on)), None
        )

    @property
    def is_home(self) -> bool:
        """Tell whether the party belongs first of all to a country of the target."""
        home = self.party.country or next(iter(self.party.acts_in), None)
        return home in self.target.countries

    @property
    def acts_there(self) -> bool:
        """Tell whether the party is a group that acts in a country of the target beside its own."""
        return not self.is_home and bool({*self.party.acts_in} & {*self.target.countries})


def aimed_at(entry: Entry, question: Question, law: Law, on: date) -> Answer:
    """Return whether an entry is aimed at a transfer: at its recipient, or at its supplier, by its direction."""
    buying = entry.direction is Direction.PROCUREMENT_FROM
    parties = question.suppliers if buying else question.recipients
    if not parties:
        return _nobody_told(entry, question, law)
    answers = [(party_words(party, law), _aimed(Aimed(party, entry, law, on))) for party in parties]
    return one_or_other(answers)


def party_words(party: AskedParty, law: Law) -> str:
    """Return the name of a party to show: its own, else that of its country."""
    country = law.named(party.country) if party.country else ""
    if party.names:
        return listed(list(party.names))
    who = f"the government of {country}" if party.is_government and country else country
    where = f" ({listed(list(party.places))})" if party.places else ""
    return f"{who}{where}" or "an unknown party"


def target_words(target: Target, law: Law) -> str:
    """Return whom a measure is aimed at, in words."""
    countries = listed([law.named(code) for code in target.countries])
    groups = _some(target.all_names)
    return {
        TargetKind.STATE: countries,
        TargetKind.TERRITORY: f"anyone in {target.place or countries}",
        TargetKind.NON_GOVERNMENTAL: f"anyone but the government in {target.place or countries}",
        TargetKind.GROUP: groups,
    }[target.kind]


def _nobody_told(entry: Entry, question: Question, law: Law) -> Answer:
    target = target_words(entry.target, law)
    if entry.direction is Direction.SUPPLY_TO:
        return Answer(Held.UNKNOWN, "who received the arms is not told", (f"The recipient: {target}.",))
    made = [law.named(code) for code in question.makers if code in entry.target.countries]
    if made:
        why = f"the arms are of {listed(made)}'s make or design, but who supplied them is not told"
        return Answer(
            Held.MAYBE, why, (), supposed(f"supplied by {target}", "supplied by another, who had them before")
        )
    return Answer(Held.UNKNOWN, "who supplied the arms is not told", (f"The supplier: {target}.",))


def _aimed(aimed: Aimed) -> Answer:
    return _KINDS[aimed.target.kind](aimed)


def _state(aimed: Aimed) -> Answer:
    if aimed.is_named:
        return _among(aimed)
    if aimed.is_home:
        belongs = f", and {aimed.who} belongs there" if aimed.party.names else ""
        return Answer(Held.YES, f"the measure is aimed at {aimed.at}{belongs}")
    if aimed.acts_there:
        return _wherever(aimed)
    return _other(aimed)


def _territory(aimed: Aimed) -> Answer:
    if aimed.is_named:
        return _among(aimed)
    if aimed.is_home:
        return _in_place(aimed) if aimed.target.place else _state(aimed)
    return _state(aimed)


def _non_governmental(aimed: Aimed) -> Answer:
    if aimed.is_named:
        return _among(aimed)
    if not aimed.is_home:
        return _wherever(aimed) if aimed.acts_there else _other(aimed)
    is_government = aimed.law.acts_for_state(aimed.party, aimed.on)
    if is_government is not False:
        return _government(aimed) if is_government else _who_knows(aimed)
    if aimed.target.place:
        return _in_place(aimed)
    return Answer(Held.YES, f"{aimed.who} is not the government, whom alone the measure spares in {aimed.where}")


def _government(aimed: Aimed) -> Answer:
    if _on_conditions(aimed):
        return Answer(Held.YES, f"the measure lets arms go to the government of {aimed.where} on conditions only")
    change = f"Arms that go on to others than the government in {aimed.target.place or aimed.where}."
    return Answer(Held.NO, f"the measure is not aimed at the government of {aimed.where}", (change,))


def _who_knows(aimed: Aimed) -> Answer:
    place = f", in {aimed.target.place}" if aimed.target.place else ""
    told = f"whether {aimed.who} counts as its own" if aimed.party.names else f"who in {aimed.where} received"
    cases = supposed(f"for others than the government{place}", "for the government")
    return Answer(Held.MAYBE, f"the measure spares the government; {told} is not told", (), cases)


def _on_conditions(aimed: Aimed) -> bool:
    """Tell whether a notice or an approval is asked for what goes to the government that the measure else spares."""
    asked = [one.asks for one in exemptions_on(aimed.entry, aimed.on) if one.beneficiary is Beneficiary.GOVERNMENT]
    return bool(asked) and Asks.NONE not in asked


def _group(aimed: Aimed) -> Answer:
    if aimed.is_named:
        return Answer(Held.YES, f"the measure is aimed at {listed(aimed.named_by)}")
    if off := aimed.off_list:
        return _off_list(off)
    named = aimed.target.names_on(aimed.on)
    groups = _some(named)
    ruling = [one for one in aimed.law.rulers if one.group in named and _rules(one.country, aimed)]
    if now := [one for one in ruling if one.holds(aimed.on)]:
        country = aimed.law.named(now[0].country)
        why = f"the measure is aimed at {now[0].group}, who held the government of {country} in fact"
        cases = supposed(f"for listed persons or forces of {now[0].group}", "for others there")
        return Answer(Held.MAYBE, why, (), cases)
    main = aimed.target.countries[:1]
    if aimed.party.country in main and aimed.party.is_government is None and not aimed.party.names:
        why = f"the measure is aimed at {groups}; who in {aimed.who} received is not told"
        return Answer(Held.MAYBE, why, (), supposed(f"for {groups}", "for others there"))
    return Answer(Held.NO, f"the measure is aimed at {groups}, not at {aimed.who}", (f"Arms that go on to {groups}.",))


def _among(aimed: Aimed) -> Answer:
    return Answer(Held.YES, f"{listed(aimed.named_by)} is among those whom the measure is aimed at")


def _off_list(listing: Listing) -> Answer:
    to = f" to {listing.listed_to - _DAY}" if listing.listed_to else ""
    why = f"the measure is aimed at those on a list, and {listing.group} was on it only from {listing.listed_from}{to}"
    return Answer(Held.NO, why, (f"A day on which {listing.group} was on the list.",))


def _some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - _SHOWN
    return listed(list(names)) if more <= 1 else f"{', '.join(names[:_SHOWN])} and {more} others"


def _rules(country: str, aimed: Aimed) -> bool:
    return aimed.party.country == country and aimed.party.is_government is not False


def _in_place(aimed: Aimed) -> Answer:
    place, area = aimed.target.place, aimed.law.areas.get(aimed.target.place)
    named = frozenset(aimed.party.places)
    if area and named & area.within:
        return Answer(Held.YES, f"{listed(sorted(named & area.within))} lies where the measure applies")
    if area and named and named <= area.elsewhere:
        why = f"{listed(sorted(named))} lies outside {place}, where alone the measure applies"
        return Answer(Held.NO, why, (f"Arms that go on to {place}.",))
    cases = supposed(f"for use in {place}", f"for use elsewhere in {aimed.where}")
    return Answer(Held.MAYBE, f"the measure applies only in {place}, and where the arms go is not told", (), cases)


def _wherever(aimed: Aimed) -> Answer:
    why = f"{aimed.who} acts in {aimed.where} too, at which the measure is aimed"
    return Answer(Held.MAYBE, why, (), supposed(f"in {aimed.where}", f"outside {aimed.where}"))


def _other(aimed: Aimed) -> Answer:
    return Answer(Held.NO, f"the measure is aimed at {target_words(aimed.target, aimed.law)}, not at {aimed.who}")


_KINDS: Mapping[TargetKind, Callable[[Aimed], Answer]] = {
    TargetKind.STATE: _state,
    TargetKind.TERRITORY: _territory,
    TargetKind.NON_GOVERNMENTAL: _non_governmental,
    TargetKind.GROUP: _group,
}
