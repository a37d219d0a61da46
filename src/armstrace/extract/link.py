"""Which party fills a role: those that grammar, the network and the story propose, and the others of the document.

Every option is weighed by the table ``LINKS``, among them "none is told"; supplier and recipient are chosen together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armstrace.extract.candidate import Candidate
from armstrace.extract.links import IN_BOTH_ROLES, LINKS, Test, held_links, in_both_roles, weigh
from armstrace.extract.parties import PartyReading
from armstrace.extract.reference import Story
from armstrace.extract.scene import ROLES, Scene, countries_proposed, make_scene, parties_proposed
from armstrace.model import Claim

_SHOWN = 3  # reasons told with a claim


def link(story: Story, readings: Sequence[Candidate], earlier: Sequence[Claim]) -> Candidate:
    """Return one candidate with the parties that weigh most; several where a reading has them side by side."""
    chosen: dict[str, list[PartyReading]] = {}
    links: dict[str, tuple[str, ...]] = {}
    start = readings[-1]
    alone = [make_scene(story, readings, role, earlier, frozenset()) for role in ROLES]
    pair = choose_pair(*alone)
    for scene, country, other in zip(alone, pair, reversed(pair), strict=True):
        seen = replace(scene, other=frozenset({other} - {None}))
        chosen[scene.role] = _parties(scene, country)
        held = zip(LINKS, held_links(seen, country), strict=True)
        links[scene.role] = tuple(name for (name, _, _), holds in sorted(held, key=_strength) if holds)
    items = next((c.items for c in readings if c.reading == "network" and c.items), start.items)
    told = [f"{role}: {', '.join(names[:_SHOWN])}" for role, names in links.items() if chosen[role]]
    return replace(
        start,
        suppliers=chosen["supplier"],
        recipients=chosen["recipient"],
        items=items,
        links=links,
        rules=[*start.rules, *told],
    )


def _strength(row: tuple[tuple[str, float, Test], bool]) -> float:
    return -row[0][1]


def choose_pair(supplier: Scene, recipient: Scene) -> tuple[str | None, str | None]:
    """Return the supplier and the recipient that weigh most together: no country is both."""
    best: tuple[float, str | None, str | None] = (float("-inf"), None, None)
    weights = [(country, weigh(recipient, country)) for country in countries_proposed(recipient)]
    for one in countries_proposed(supplier):
        own = weigh(supplier, one)
        for other, weight in weights:
            same = IN_BOTH_ROLES if in_both_roles(replace(recipient, other=frozenset({one})), other) else 0.0
            if own + weight + same > best[0]:
                best = (own + weight + same, one, other)
    return best[1], best[2]


def _parties(scene: Scene, country: str | None) -> list[PartyReading]:
    """Return the parties of the chosen country: a reading's own, with those that stand beside it."""
    if country is None:
        return [p for p in scene.proposed(scene.grammar) if p.party.country is None]
    for reading in (scene.grammar, scene.network):
        parties = scene.proposed(reading)
        if any(p.party.country == country for p in parties):
            return parties
    return [next(p for p in parties_proposed(scene) if p.party.country == country)]
