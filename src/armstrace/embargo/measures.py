"""The types of a legal measure: a regime, its dated entries, and what ends, suspends, renews or loosens them.

Every interval is half-open like a span: ``in_force_from`` is the first day that a rule binds, ``in_force_to`` the first
day that it no longer does ("until 31 May" ends on 1 June; a rule lifted on 14 November has not bound on that day).
No end is open for an entry, and "as long as the entry" for what stands inside one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Body(StrEnum):
    """Who made the measure."""

    UNITED_NATIONS = "UN"
    EUROPEAN_UNION = "EU"
    OSCE = "OSCE"
    ECOWAS = "ECOWAS"
    ARAB_LEAGUE = "LAS"
    UNITED_STATES = "US"
    UNITED_KINGDOM = "GB"


class Direction(StrEnum):
    """Whether the target may not receive arms, or may not be bought from."""

    SUPPLY_TO = "supply-to"
    PROCUREMENT_FROM = "procurement-from"


class Strength(StrEnum):
    """How far the text obliges: ``urged`` and ``political`` break no law when not followed."""

    BINDING = "binding"
    URGED = "urged"
    POLITICAL = "political"


class TargetKind(StrEnum):
    """``state``: anyone in that country, its government first; ``non-governmental``: anyone there but that."""

    STATE = "state"
    TERRITORY = "territory"
    NON_GOVERNMENTAL = "non-governmental"
    GROUP = "group"


class Bound(StrEnum):
    """Whose acts the measure governs; ``target`` is the target state itself."""

    ALL_STATES = "all-states"
    TARGET = "target"
    EU_MEMBERS = "eu-members"
    OSCE_STATES = "osce-states"
    ECOWAS_MEMBERS = "ecowas-members"
    ARAB_LEAGUE_MEMBERS = "arab-league-members"
    UNITED_STATES = "united-states"
    UNITED_KINGDOM = "united-kingdom"
    NAMED_STATES = "named-states"


class Act(StrEnum):
    """What the text forbids; a plan or an offer falls under it only by ``brokering`` or ``sale``."""

    SUPPLY = "supply"
    SALE = "sale"
    TRANSFER = "transfer"
    PROCUREMENT = "procurement"
    TRANSIT = "transit"
    BROKERING = "brokering"
    FINANCING = "financing"
    TECHNICAL_HELP = "technical-help"
    LICENSED_MAKING = "licensed-making"


class Asks(StrEnum):
    """What an exemption asks for before it holds."""

    NONE = "none"
    NOTIFICATION = "notification"
    NO_OBJECTION = "no-objection"
    ADVANCE_APPROVAL = "advance-approval"
    END_USER = "end-user"


class Beneficiary(StrEnum):
    """For whose use an exemption lets arms through."""

    ANYONE = "anyone"
    GOVERNMENT = "government"
    PEACE_OPERATIONS = "peace-operations"
    NAMED_FORCES = "named-forces"
    HUMANITARIAN = "humanitarian"
    STAFF_PROTECTION = "staff-protection"


class Ending(StrEnum):
    """What ``in_force_to`` rests on; ``unchecked``: a set end whose renewal has not been looked up.

    ``widened``: the rule lives on within a wider one (``ended_by``), which is cited together with it.
    """

    OPEN = "open"
    LIFTED = "lifted"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WIDENED = "widened"
    UNCHECKED = "unchecked"


class Level(StrEnum):
    """How sure the encoder is of a file."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact can be read: the instrument itself (``official``) or an account of it."""

    id: str
    url: str
    title: str
    official: bool


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in law: "resolution 1718 (2006)", "8(a)(i)"."""

    instrument: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Which facts of a record were looked up: its days, its terms (scope, target, asks), its paragraph number.

    ``seen`` names the sources that have them, ``missing`` says what is still to be looked for.
    """

    dates: bool
    terms: bool
    paragraph: bool
    seen: tuple[str, ...]
    missing: str

    @property
    def verified(self) -> bool:
        """Return whether nothing is left to look up."""
        return self.dates and self.terms and self.paragraph


@dataclass(frozen=True, slots=True)
class Listing:
    """A group of ``lexicon/data/groups.yml`` that a list holds from a day on, to a day on which it is taken off.

    ``seen`` names the sources that have the days; without one ``missing`` says what to look for.
    """

    group: str
    listed_from: date
    listed_to: date | None
    seen: tuple[str, ...]
    missing: str

    def holds(self, on: date) -> bool:
        """Tell whether the group is on the list on a day."""
        return self.listed_from <= on and (self.listed_to is None or on < self.listed_to)


@dataclass(frozen=True, slots=True)
class Target:
    """Recipient (or seller, by direction) that a measure is aimed at.

    ``countries`` are ISO codes; ``groups`` names as in ``lexicon/data/groups.yml``, ``named`` others, ``listed`` groups
    for a time; ``place`` narrows a territory below a country. For non-governmental targets groups are examples, for a
    group target the whole list.
    """

    kind: TargetKind
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    named: tuple[str, ...]
    place: str
    listed: tuple[Listing, ...]

    def names_on(self, on: date) -> tuple[str, ...]:
        """Return the groups and others that it names on a day."""
        return (*self.groups, *self.named, *(one.group for one in self.listed if one.holds(on)))

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the groups and others that it names on any day, each once."""
        return tuple(dict.fromkeys((*self.groups, *self.named, *(one.group for one in self.listed))))


@dataclass(frozen=True, slots=True)
class Exemption:
    """What the measure lets through, from when to when, for whom, and what it asks for first.

    ``items`` are scope names, empty for all items; ``contracts_before`` keeps contracts signed before that day alive;
    ``suppliers`` are the codes of those who alone may supply under it, empty for anyone.
    """

    provision: Provision
    summary: str
    beneficiary: Beneficiary
    asks: Asks
    in_force_from: date
    in_force_to: date | None
    items: tuple[str, ...]
    contracts_before: date | None
    suppliers: tuple[str, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class Renewal:
    """A decision that moved an entry's end to ``until`` (first day no longer covered) and changed nothing else."""

    provision: Provision
    adopted: date
    until: date
    checked: Checked


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time within an entry during which it did not bind."""

    provision: Provision
    summary: str
    suspended_from: date
    suspended_to: date | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class Dispute:
    """States (``by``, ISO codes) that do not accept that the entry stands, from when to when, and why."""

    by: tuple[str, ...]
    summary: str
    disputed_from: date
    disputed_to: date | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule with one scope, for one time: a change of scope, target or direction is an entry of its own."""

    id: str
    provision: Provision
    summary: str
    adopted: date
    in_force_from: date
    in_force_to: date | None
    ending: Ending
    ended_by: Provision | None
    strength: Strength
    direction: Direction
    target: Target
    bound: tuple[Bound, ...]
    acts: tuple[Act, ...]
    scope: tuple[str, ...]
    exemptions: tuple[Exemption, ...]
    renewals: tuple[Renewal, ...]
    suspensions: tuple[Suspension, ...]
    disputes: tuple[Dispute, ...]
    source: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Measure:
    """A regime, ``ISSUER-TARGET``: all dated entries of one body about one target.

    ``date_checked`` is the day of the encoder's last look, ``known_until`` the last day whose law was found then: of
    later days the file says nothing.
    """

    key: str
    title: str
    body: Body
    date_checked: date
    known_until: date
    confidence: Level
    reason: str
    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
