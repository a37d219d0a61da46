"""The typed records of the lexicon: what a matched name or word stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from armstrace.model import Category, ClaimKind, SourceKind


class EntryKind(StrEnum):
    """What a matched name or noun is."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"
    PLACE = "place"
    NICKNAME = "nickname"
    LEADER = "leader"
    INSTITUTION = "institution"
    INSTITUTION_NOUN = "institution-noun"
    GROUP = "group"
    GROUP_NOUN = "group-noun"
    BODY = "body"
    OUTLET = "outlet"
    THINK_TANK = "think-tank"
    COMPANY = "company"
    SPEAKER = "speaker"
    WEAPON_TYPE = "weapon-type"
    WEAPON_NOUN = "weapon-noun"
    NOT_ARMS = "not-arms"
    NOT_PARTY = "not-party"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name stands for.

    ``detail`` is the branch, group kind, outlet kind or company role; ``acts_in`` the countries of an armed group,
    of which ``country`` is the first.
    """

    kind: EntryKind
    label: str
    country: str | None = None
    category: Category | None = None
    detail: str = ""
    strong: bool = True
    acts_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """What kind of source a noun such as "official" gives, with and without a person's name."""

    anonymous: SourceKind
    named: SourceKind


@dataclass(frozen=True, slots=True)
class Frame:
    """A transfer word: which argument is supplier, recipient and item, and how far the transfer has got."""

    name: str
    roles: Mapping[str, str]
    done: str
    habit: str
    needs: str
    mode: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that takes a transfer as its argument and says how far it has got."""

    status: str
    actor: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that report speech: lemma -> effect, for verbs and for nouns; and the phrases without a verb."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    takes_noun: frozenset[str]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    channels: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Hedges:
    """Words of doubt: expression -> certainty, expression -> ICD 203 band, words of denial, negation and proof."""

    certainty: Mapping[str, str]
    bands: Mapping[str, tuple[int, int]]
    denials: frozenset[str]
    negations: frozenset[str]
    failings: frozenset[str]
    unproven: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextRule:
    """What makes a sentence a context claim: one of the signs, and one word of each list of needs."""

    kind: ClaimKind
    signs: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TransferWords:
    """All words of the frames and operators, by lemma and part of speech; ``arming`` finds those that need no arms."""

    verbs: Mapping[str, Frame]
    nouns: Mapping[str, Frame]
    verb_operators: Mapping[str, Operator]
    noun_operators: Mapping[str, Operator]
    noun_modifiers: Mapping[str, frozenset[str]]
    adjective_operators: Mapping[str, Operator]
    idioms: Mapping[tuple[str, str], Operator]
    lift_verbs: frozenset[str]
    lift_nouns: frozenset[str]
    call_verbs: frozenset[str]
    call_modals: frozenset[str]
    call_that: frozenset[str]
    call_against: frozenset[str]
    call_duties: frozenset[str]
    call_nouns: frozenset[str]
    made: frozenset[str]
    supplied: frozenset[str]
    arming: re.Pattern[str]
    exporters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All names and nouns to look for: ``cased`` as written, ``lower`` in any case."""

    cased: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    lower: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
