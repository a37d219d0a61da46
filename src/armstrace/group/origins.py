"""Who stands behind a claim: the far ends of attribution chains over all documents, each counted once.

A relay adds nothing: an outlet that cites another stands for what that other cites. A government is one origin, whoever
of it speaks and to whom. What is not shown to be independent is kept apart and marked so, never counted as if it were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.group.voices import (
    GOVERNMENT,
    LEGISLATURE,
    OUTLET,
    REPORTS,
    STATES,
    Voice,
    government_voice,
    outlet_key,
    states_of,
    voice_of,
)
from armstrace.lexicon.load import country_label
from armstrace.lexicon.match import Matcher
from armstrace.model import SourceKind
from armstrace.told import Told

_PRESS: Final = frozenset({SourceKind.OUTLET, SourceKind.STATE_MEDIA})


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


def find_origins(claims: Iterable[Told], names: Matcher) -> tuple[Origin, ...]:
    """Return the origins behind claims about one transfer, the same in whatever order the claims come.

    1. The far end of each chain is a voice. 2. A relay is followed, over any number of steps: an outlet that names no
    source stands for the origins that its own article gives, or that another gives for its report. 3. Lawmakers who say
    what their government says are no second origin. 4. Several governments that speak as one are shown to be another
    origin only where none of them is one already.
    """
    told = sorted(claims, key=lambda one: (one.claim.document, one.claim.id))
    voices = [voice_of(one, names) for one in told]
    leads = _leads(told, voices, names)
    followed = [_followed(voice, leads) for voice in voices]
    keys = frozenset(voice.key for voice, _ in followed)
    found: dict[str, tuple[Voice, list[str], list[str]]] = {}
    for one, (voice, rules) in zip(told, followed, strict=True):
        settled, more = _settled(voice, keys)
        entry = found.setdefault(settled.key, (settled, [], []))
        entry[1].append(one.claim.id)
        entry[2].extend((*rules, *more))
    return tuple(
        Origin(key, voice.name, voice.is_shown, tuple(ids), tuple(dict.fromkeys(rules)))
        for key, (voice, ids, rules) in sorted(found.items())
    )


def _leads(told: Sequence[Told], voices: Sequence[Voice], names: Matcher) -> Mapping[str, Voice]:
    """Return for each outlet the voice that it had the claim from, if one is told.

    It is told by the outlet's own article and its copies, or by a chain that passes through the outlet.
    """
    publishers: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.outlet:
            publishers[one.family].add(outlet_key(one.outlet, names))
    leads: dict[str, Voice] = {}
    for one, voice in zip(told, voices, strict=True):
        if voice.key.startswith(REPORTS):
            continue
        cited = {outlet_key(s.name, names) for s in one.claim.attribution[:-1] if s.kind in _PRESS}
        for key in (cited | publishers[one.family]) - {voice.key}:
            leads[key] = min((voice, leads.get(key, voice)), key=_as_lead)
    return leads


def _as_lead(voice: Voice) -> tuple[bool, bool, str]:
    """Return what sorts the better lead first: a voice that speaks for itself before another outlet."""
    return voice.key.startswith(OUTLET), not voice.is_shown, voice.key


def _followed(voice: Voice, leads: Mapping[str, Voice]) -> tuple[Voice, tuple[str, ...]]:
    """Return whom a voice had it from, over any number of relays, and the rules that lead there."""
    rules: list[str] = []
    seen = {voice.key}
    while voice.key in leads and leads[voice.key].key not in seen:
        lead = leads[voice.key]
        rules.append(f"{voice.name} is a relay here: it had it from {lead.name}")
        seen.add(lead.key)
        voice = lead
    return voice, (*rules, voice.rule)


def _settled(voice: Voice, keys: frozenset[str]) -> tuple[Voice, tuple[str, ...]]:
    """Return a voice as it counts beside the others."""
    kind, _, rest = voice.key.partition(":")
    if f"{kind}:" == LEGISLATURE and GOVERNMENT + rest in keys:
        rule = "lawmakers who say what their government says have it from there"
        return government_voice(rest, rule), (rule,)
    if f"{kind}:" == STATES:
        counted = sorted(state for state in states_of(voice.key) if GOVERNMENT + state in keys)
        if counted:
            rule = f"may be the government of {' or '.join(map(country_label, counted))}, which is counted already"
            return voice._replace(is_shown=False), (rule,)
    return voice, ()
