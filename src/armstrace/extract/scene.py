"""What a role is filled from: the readings of a transfer word, and the countries of the document around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armstrace.extract.candidate import Candidate
from armstrace.extract.mentions import COUNTRY_KINDS, Mention
from armstrace.extract.parties import PartyReading
from armstrace.extract.reference import Story
from armstrace.extract.votes import Vote
from armstrace.model import Claim, Party

ROLES = ("supplier", "recipient")
_NEAR = 2  # sentences before that options are taken from
_SALIENT = 3  # countries that the document speaks of most
_MANY = 8  # claims told last, whose suppliers may supply again
_TITLED_EXPORTERS, _HOME_EXPORTERS = 8, 5  # greatest exporters that may supply where the title, the outlet is theirs


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
        """Tell whether only who is proposed may fill the role: "several countries" are nobody known."""
        return self.role in self.candidate.shut

    def proposed(self, by: Candidate | None) -> list[PartyReading]:
        """Return the parties that one reading has in the role."""
        if by is None:
            return []
        return by.suppliers if self.role == "supplier" else by.recipients


def parties_proposed(scene: Scene) -> Iterator[PartyReading]:
    """Yield the parties that the readings propose, then those that the document suggests."""
    yield from scene.proposed(scene.grammar)
    yield from scene.proposed(scene.network)
    if not scene.is_closed:
        yield from _known_suppliers(scene) if scene.role == "supplier" else _known_recipients(scene)


def _known_suppliers(scene: Scene) -> Iterator[PartyReading]:
    """Yield who supplies in the claims told last, and the great exporters of the title and the outlet.

    That somebody supplies is never guessed from being named near: most who are named there only speak.
    """
    reading = scene.story.reading
    exporters = reading.lexicon.transfer.exporters
    for claim in reversed(scene.earlier[-_MANY:]):
        if claim.supplier and claim.supplier.country:
            yield _from_story(scene, claim.supplier.country)
    for country in sorted(scene.titled & {*exporters[:_TITLED_EXPORTERS]}):
        yield _from_story(scene, country)
    if reading.home in exporters[:_HOME_EXPORTERS] and scene.story.weight[reading.home]:
        yield _from_story(scene, reading.home)


def _known_recipients(scene: Scene) -> Iterator[PartyReading]:
    """Yield the countries that stand near, and those that the document speaks of most."""
    for mention in (*reversed(scene.here), *reversed(scene.before)):
        if mention.country:
            yield _told(mention, scene)
    for country in (*scene.salient, scene.story.reading.home):
        if country:
            yield _from_story(scene, country)


def _from_story(scene: Scene, country: str) -> PartyReading:
    labels = scene.story.reading.lexicon.country_labels
    return PartyReading(Party(country, None, labels.get(country, country), None), "story", -1)


def _told(mention: Mention, scene: Scene) -> PartyReading:
    """Return the party of a mention: as it stands in the sentence, from the story where it stands before."""
    party = mention.party.party if mention.party else None
    if mention in scene.here and mention.party and party and party.span:
        return replace(mention.party, how="modifier")
    if party and party.country:
        return PartyReading(Party(party.country, party.organisation, party.text, None), "story", -1)
    return _from_story(scene, mention.country)


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
    made = [m.maker_span for m in sentence.items if m.maker_span]  # "Russian-made": a maker is no supplier
    known = [m for m in story.before(end) if m.country and not any(s.start <= m.position < s.end for s in made)]
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
