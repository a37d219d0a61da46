"""Which party fills a role: those that grammar, the network and the story propose, and the others of the document.

Every option is weighed by a table of named features (``LINKS``), among them "none is told". The weights are fitted on
labelled texts that the network has not seen (evaluation/fit_links.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from armstrace.extract.candidate import Candidate
from armstrace.extract.mentions import COUNTRY_KINDS, Mention
from armstrace.extract.parties import PartyReading, is_group
from armstrace.extract.reference import Story
from armstrace.extract.votes import SURE, Vote
from armstrace.model import Claim, Party

ROLES = ("supplier", "recipient")
_NEAR = 2  # sentences before that options are taken from
_SALIENT = 3  # countries that the document speaks of most
_MANY = 8  # claims told last, whose parties are likely again
_SOME, _LITTLE = 0.15, 0.03  # probabilities below ``SURE`` that still tell something
_GREAT_EXPORTERS = 8
_SHOWN = 3  # reasons told with a claim
_HERE = frozenset({"name", "modifier"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a role is filled from: the readings of one transfer word and the document around it."""

    story: Story
    role: str
    grammar: Candidate | None
    network: Candidate | None
    vote: Vote | None
    here: Sequence[Mention]
    before: Sequence[Mention]
    salient: Sequence[str]
    titled: frozenset[str]
    earlier: Sequence[Claim]
    other: frozenset[str | None]

    @property
    def candidate(self) -> Candidate:
        """Return the reading that the claim is made from: that of grammar, where there is one."""
        found = self.grammar or self.network
        assert found is not None  # noqa: S101 - a scene is made of at least one reading
        return found

    @property
    def is_closed(self) -> bool:
        """Tell whether only who is proposed may fill the role.

        "Various sources" fill it with nobody known; and who makes the arms that somebody has is no supplier.
        """
        candidate = self.candidate
        owned = candidate.frame.needs == "foreign-item" and self.role == "supplier"
        return owned or self.role in candidate.unknown

    def proposed(self, by: Candidate | None) -> list[PartyReading]:
        """Return the parties that one reading has in the role."""
        if by is None:
            return []
        return by.suppliers if self.role == "supplier" else by.recipients


Test = Callable[[Scene, str | None], bool]


def parties_proposed(scene: Scene) -> Iterator[PartyReading]:
    """Yield the parties that the readings propose, and one for each country that stands near or is salient."""
    yield from scene.proposed(scene.grammar)
    yield from scene.proposed(scene.network)
    if scene.is_closed:
        return
    for mention in (*reversed(scene.here), *reversed(scene.before)):
        if mention.country:
            yield _told(mention, scene)
    labels = scene.story.reading.lexicon.country_labels
    for country in (*scene.salient, scene.story.reading.home):
        if country:
            yield PartyReading(Party(country, None, labels.get(country, country), None), "story", -1)


def _told(mention: Mention, scene: Scene) -> PartyReading:
    """Return the party of a mention: as it stands in the sentence, from the story where it stands before."""
    labels = scene.story.reading.lexicon.country_labels
    party = mention.party.party if mention.party else None
    if mention in scene.here and mention.party and party and party.span:
        return replace(mention.party, how="modifier")
    if party and party.country:
        return PartyReading(Party(party.country, party.organisation, party.text, None), "story", -1)
    return PartyReading(Party(mention.country, None, labels.get(mention.country, mention.country), None), "story", -1)


def _by(which: str, hows: frozenset[str]) -> Test:
    """Return a test of whether a reading proposes a country in one of some ways."""

    def test(scene: Scene, country: str | None) -> bool:
        proposed = scene.proposed(scene.grammar if which == "grammar" else scene.network)
        return any(p.party.country == country and p.how in hows for p in proposed) if country else False

    return test


def _none_by(which: str) -> Test:
    """Return a test of "none is told" where a reading has none."""

    def test(scene: Scene, country: str | None) -> bool:
        reading = scene.grammar if which == "grammar" else scene.network
        return country is None and reading is not None and not scene.proposed(reading)

    return test


def _share(scene: Scene, country: str | None, role: str) -> float:
    """Return how probable the network holds it that one of a country's mentions in the sentence fills a role."""
    tree = scene.candidate.sentence.tree
    if scene.vote is None:
        return 0.0
    places = [tree.at(m.position) for m in scene.here if m.country == country]
    places += [m.party.head for m in scene.here if m.country == country and m.party]
    return max((scene.vote.fills(place, role) for place in places if place >= 0), default=0.0)


def _marked(low: float, high: float, *, other: bool = False) -> Test:
    """Return a test of how sure the network is that a country in the sentence fills the role, or the other one."""

    def test(scene: Scene, country: str | None) -> bool:
        if country is None or all(m.country != country for m in scene.here):
            return False
        role = scene.role if not other else ROLES[1 - ROLES.index(scene.role)]
        return low <= _share(scene, country, role) < high

    return test


def _is_role(role: str, test: Test) -> Test:
    return lambda scene, country: scene.role == role and test(scene, country)


def _left_open(scene: Scene, country: str | None) -> bool:
    return country is None and scene.vote is not None and scene.vote.told(scene.role)[0] == "unknown"


def _told_last(scene: Scene, country: str | None) -> bool:
    party = getattr(scene.earlier[-1], scene.role) if scene.earlier else None
    return country is not None and party is not None and party.country == country


def _told_before(scene: Scene, country: str | None) -> bool:
    parties = [getattr(claim, scene.role) for claim in scene.earlier[-_MANY:]]
    return country is not None and any(p and p.country == country for p in parties)


def _rank(scene: Scene, country: str | None) -> int:
    exporters = scene.story.reading.lexicon.transfer.exporters
    return exporters.index(country) if country in exporters else len(exporters)


def _stands(scene: Scene, country: str | None) -> bool:
    return country is not None and any(m.country == country for m in scene.here)


def _stood(scene: Scene, country: str | None) -> bool:
    return country is not None and not _stands(scene, country) and any(m.country == country for m in scene.before)


def _in_both_roles(scene: Scene, country: str | None) -> bool:
    """Tell whether a country would supply itself; an armed group of it is another party."""
    groups = [p for by in (scene.grammar, scene.network) for p in scene.proposed(by) if is_group(p)]
    return country is not None and country in scene.other and all(p.party.country != country for p in groups)


def _home(scene: Scene, country: str | None) -> bool:
    return country is not None and country == scene.story.reading.home


LINKS: tuple[tuple[str, float, Test], ...] = (
    ("grammar names it here", 2.0, _by("grammar", _HERE)),
    ("grammar refers to it", 1.5, _by("grammar", frozenset({"reference"}))),
    ("grammar takes it from the story", 0.25, _by("grammar", frozenset({"story"}))),
    ("the network names it here", 1.0, _by("network", _HERE)),
    ("the network refers to it", 0.25, _by("network", frozenset({"reference"}))),
    ("the network's reading takes it from the story", 0.5, _by("network", frozenset({"story"}))),
    ("the network is sure of its place", 1.0, _marked(SURE, 1.01)),
    ("the network sees its place as possible", 0.75, _marked(_SOME, SURE)),
    ("the network hardly sees it there", 0.5, _marked(_LITTLE, _SOME)),
    ("the network does not see it there", -0.25, _marked(0.0, _LITTLE)),
    ("the network sees it in the other role", -1.0, _marked(SURE, 1.01, other=True)),
    ("it fills the other role", -3.75, _in_both_roles),
    ("it stands in the sentence", 2.25, _stands),
    ("it stands shortly before", 1.0, _stood),
    ("the document speaks of it most", 0.5, lambda s, c: c is not None and c in s.salient[:1]),
    ("the document speaks of it much", 0.25, lambda s, c: c is not None and c in s.salient[1:]),
    ("the title names it", 0.0, lambda s, c: c is not None and c in s.titled),
    ("the claim before has it there", 0.25, _told_last),
    ("a claim before has it there", 0.75, _told_before),
    ("a great exporter supplies", 0.75, _is_role("supplier", lambda s, c: _rank(s, c) < _GREAT_EXPORTERS)),
    ("a great exporter receives", -1.75, _is_role("recipient", lambda s, c: _rank(s, c) < _GREAT_EXPORTERS)),
    ("the outlet's own state supplies", 0.25, _is_role("supplier", _home)),
    ("the outlet's own state receives", 0.5, _is_role("recipient", _home)),
    ("none is told: supplier", 2.5, _is_role("supplier", lambda _, c: c is None)),
    ("none is told: recipient", 0.0, _is_role("recipient", lambda _, c: c is None)),
    ("none is told, says the network", 2.5, _left_open),
    ("none is told, says grammar", -0.25, _none_by("grammar")),
    ("none is told in the network's reading", -0.25, _none_by("network")),
)


def held_links(scene: Scene, country: str | None) -> tuple[bool, ...]:
    """Return which features of the table hold for an option."""
    return tuple(test(scene, country) for _, _, test in LINKS)


def weigh(scene: Scene, country: str | None) -> float:
    """Return the sum of the weights of the features that hold."""
    return sum(weight for _, weight, test in LINKS if test(scene, country))


def countries_proposed(scene: Scene) -> list[str | None]:
    """Return the options of a role: countries in the order proposed, and None for "none is told"."""
    return [*dict.fromkeys(p.party.country for p in parties_proposed(scene) if p.party.country), None]


def make_scene(
    story: Story, readings: Sequence[Candidate], role: str, earlier: Sequence[Claim], other: frozenset[str | None]
) -> Scene:
    """Return what a role of a transfer word is filled from."""
    grammar = next((c for c in readings if c.reading == "grammar"), None)
    network = next((c for c in readings if c.reading == "network"), None)
    sentence = readings[0].sentence
    end = sentence.span.end
    known = [m for m in story.before(end) if m.country]
    title = story.reading.lexicon.matcher.find(story.reading.document.metadata.title or "")
    return Scene(
        story=story,
        role=role,
        grammar=grammar,
        network=network,
        vote=readings[0].vote,
        here=[m for m in known if m.sentence == sentence.number],
        before=[m for m in known if sentence.number - _NEAR <= m.sentence < sentence.number],
        salient=[c for c, _ in story.weight.most_common(_SALIENT)],
        titled=frozenset(e.country for h in title for e in h.entries if e.kind in COUNTRY_KINDS and e.country),
        earlier=earlier,
        other=other,
    )


def link(story: Story, readings: Sequence[Candidate], earlier: Sequence[Claim]) -> Candidate:
    """Return one candidate with the parties that weigh most; several where a reading has them side by side."""
    chosen: dict[str, list[PartyReading]] = {}
    links: dict[str, tuple[str, ...]] = {}
    start = readings[-1]
    for role in ROLES:
        other = frozenset(p.party.country for p in chosen.get(ROLES[0], ()))
        scene = make_scene(story, readings, role, earlier, other)
        country, chosen[role] = _best(scene)
        held = zip(LINKS, held_links(scene, country), strict=True)
        links[role] = tuple(name for (name, weight, _), holds in sorted(held, key=_strength) if holds and weight)
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


def _best(scene: Scene) -> tuple[str | None, list[PartyReading]]:
    options = countries_proposed(scene)
    best = max(options, key=lambda country: weigh(scene, country))
    if best is None:
        return None, [p for p in scene.proposed(scene.grammar) if p.party.country is None]
    for reading in (scene.grammar, scene.network):
        parties = scene.proposed(reading)
        if any(p.party.country == best for p in parties):
            return best, parties
    return best, [next(p for p in parties_proposed(scene) if p.party.country == best)]
