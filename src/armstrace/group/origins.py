"""Who stands behind a claim: the far ends of attribution chains over all documents, each counted once.

A relay adds nothing: an outlet that cites another stands for what that other cites. A government is one origin, whoever
of it speaks and to whom. What is not shown to be independent is kept apart and marked so, never counted as if it were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.model import Polarity, Source, SourceKind
from armstrace.told import Told

_STATE: Final = frozenset(
    {SourceKind.GOVERNMENT, SourceKind.OFFICIAL_NAMED, SourceKind.OFFICIAL_ANONYMOUS, SourceKind.INTELLIGENCE}
)
_PRESS: Final = frozenset({SourceKind.OUTLET, SourceKind.STATE_MEDIA})
_UNNAMED: Final = frozenset({"reports", "reportedly", "media", "media reports", "press reports", "rumours", "sources"})


class Voice(NamedTuple):
    """Who is the far end of one chain: a key that equal origins share, its name, and the rule that says so."""

    key: str
    name: str
    is_shown: bool  # to be independent of all voices with another key
    rule: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin, with the claims that come from it.

    ``is_shown`` tells whether it is shown to be independent of the others; ``rules`` say why its claims are one.
    """

    key: str
    name: str
    is_shown: bool
    claims: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand behind one side: documents, copy families, origins shown independent, origins not shown so."""

    documents: int
    families: int
    independent: int
    not_shown: int
    origins: tuple[Origin, ...]


class _Rule(NamedTuple):
    applies: Callable[[Source], bool]
    voice: Callable[[Source, Told], Voice]


def _government(source: Source, _: Told) -> Voice:
    country = source.country or ""
    return Voice(
        f"government:{country}",
        f"government of {country}",
        is_shown=True,
        rule="officials, ministries, services and state media of one state speak for one government",
    )


def _unnamed_official(source: Source, told: Told) -> Voice:
    return Voice(
        f"anonymous:{_plain(source.name)}:{told.family}",
        source.name,
        is_shown=False,
        rule="an unnamed official of an unknown state may be any government's; kept apart, one for each text",
    )


def _by_name(kind: str, rule: str) -> Callable[[Source, Told], Voice]:
    def voice(source: Source, told: Told) -> Voice:
        if source.named:
            return Voice(f"{kind}:{_plain(source.name)}", source.name, is_shown=True, rule=rule)
        apart = f"{kind}:{_plain(source.name)}:{told.family}"
        return Voice(apart, source.name, is_shown=False, rule=f"an unnamed {kind}, kept apart, one for each text")

    return voice


def _rumour(source: Source, told: Told) -> Voice:
    return Voice(f"reports:{told.family}", source.name, is_shown=False, rule="reports that nobody is named for")


def _outlet(source: Source, _: Told) -> Voice:
    return Voice(
        f"outlet:{_plain(source.name)}",
        source.name,
        is_shown=False,
        rule="an outlet that does not say from whom it has it may have it from any other origin",
    )


# The first row that applies counts.
_RULES: Final[tuple[_Rule, ...]] = (
    _Rule(lambda s: s.kind in _STATE and s.country is not None, _government),
    _Rule(lambda s: s.kind is SourceKind.STATE_MEDIA and s.country is not None, _government),
    _Rule(lambda s: s.kind in _STATE, _unnamed_official),
    _Rule(lambda s: s.kind is SourceKind.COMPANY, _by_name("company", "a company speaks for itself")),
    _Rule(lambda s: s.kind is SourceKind.DOCUMENT, _by_name("document", "a document that says so itself")),
    _Rule(lambda s: s.kind is SourceKind.EXPERT, _by_name("expert", "an expert speaks for himself")),
    _Rule(lambda s: s.kind is SourceKind.NGO, _by_name("organisation", "an organisation speaks for itself")),
    _Rule(lambda s: _plain(s.name) in _UNNAMED or not s.named, _rumour),
    _Rule(lambda _: True, _outlet),
)


def voice_of(told: Told) -> Voice:
    """Return the far end of one claim's chain; an outlet in its own voice where the chain is empty."""
    chain = told.claim.attribution
    far = chain[-1] if chain else Source(told.outlet or "the document", SourceKind.OUTLET, None, named=True)
    return next(rule.voice(far, told) for rule in _RULES if rule.applies(far))


def _plain(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def find_origins(claims: Iterable[Told]) -> tuple[Origin, ...]:
    """Return the origins behind claims about one transfer, the same in whatever order the claims come.

    1. The far end of each chain is a voice. 2. A relay is followed: an outlet that names no source stands for the
    origins of its own article, where that is among the claims, else for the source that another gives for its report.
    """
    told = sorted(claims, key=lambda one: (one.claim.document, one.claim.id))
    voices = {(one.claim.document, one.claim.id): voice_of(one) for one in told}
    leads = _leads(told, voices)
    found: dict[str, tuple[Voice, list[str], list[str]]] = {}
    for one in told:
        voice, rule = _followed(voices[(one.claim.document, one.claim.id)], leads)
        entry = found.setdefault(voice.key, (voice, [], []))
        entry[1].append(one.claim.id)
        entry[2].append(rule)
    return tuple(
        Origin(key, voice.name, voice.is_shown, tuple(ids), tuple(dict.fromkeys(rules)))
        for key, (voice, ids, rules) in sorted(found.items())
    )


def _leads(told: Sequence[Told], voices: Mapping[tuple[str, str], Voice]) -> dict[str, Voice]:
    """Return for each outlet that is cited the voice that it had the claim from, if one is told."""
    leads: dict[str, Voice] = {}
    for one in told:
        voice = voices[(one.claim.document, one.claim.id)]
        if voice.key.startswith(("outlet:", "reports:")):
            continue
        passed = [source.name for source in one.claim.attribution[:-1] if source.kind in _PRESS]
        for name in (*passed, *((one.outlet,) if one.outlet else ())):
            key = f"outlet:{_plain(name)}"
            known = leads.get(key)
            leads[key] = min((voice, known), key=lambda v: (not v.is_shown, v.key)) if known else voice
    return leads


def _followed(voice: Voice, leads: Mapping[str, Voice]) -> tuple[Voice, str]:
    lead = leads.get(voice.key)
    if lead is None:
        return voice, voice.rule
    return lead, f"{voice.name} is a relay here: it had it from {lead.name}"


def count_standing(claims: Iterable[Told], polarity: Polarity) -> Standing:
    """Return how many documents, families and origins affirm or deny."""
    chosen = [one for one in claims if one.claim.polarity is polarity]
    origins = find_origins(chosen)
    return Standing(
        documents=len({one.claim.document for one in chosen}),
        families=len({one.family for one in chosen}),
        independent=sum(origin.is_shown for origin in origins),
        not_shown=sum(not origin.is_shown for origin in origins),
        origins=origins,
    )
