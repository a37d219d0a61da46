"""The table of features that links a country to a role: each a named test with a weight.

The weights are fitted on labelled texts that the network has not seen (evaluation/fit_links.py), but for "it only says
so", which is set by hand: on our own texts the speaker's state mostly is a party.
"""

from __future__ import annotations

from collections.abc import Callable

from armstrace.extract.chain import cue_subject
from armstrace.extract.parties import is_group
from armstrace.extract.scene import ROLES, Scene
from armstrace.extract.votes import SURE

Test = Callable[[Scene, str | None], bool]

_MANY = 8  # claims told last, whose parties are likely again
_SOME, _LITTLE = 0.15, 0.03  # probabilities below ``SURE`` that still tell something
_GREAT_EXPORTERS = 8
_HERE = frozenset({"name", "modifier"})


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
    if scene.vote is None:
        return 0.0
    return max((scene.vote.fills(place, role) for place in _places(scene, country)), default=0.0)


def _marked(low: float, high: float, *, other: bool = False) -> Test:
    """Return a test of how sure the network is that a country in the sentence fills the role, or the other one."""

    def test(scene: Scene, country: str | None) -> bool:
        if not _stands(scene, country):
            return False
        role = scene.role if not other else ROLES[1 - ROLES.index(scene.role)]
        return low <= _share(scene, country, role) < high

    return test


def _is_role(role: str, test: Test) -> Test:
    return lambda scene, country: scene.role == role and test(scene, country)


def _places(scene: Scene, country: str | None) -> set[int]:
    """Return the words of the sentence that name a country or refer to it, and the heads of the phrases around it."""
    tree = scene.candidate.sentence.tree
    own = [m for m in scene.here if m.country == country]
    found = {tree.at(m.position) for m in own} | {m.party.head for m in own if m.party} | _referring(scene, country)
    return {place for place in found if place >= 0}


def _referring(scene: Scene, country: str | None) -> set[int]:
    """Return the heads of the phrases ("the rebels") that a reading of the sentence refers to a country."""
    proposed = [p for by in (scene.grammar, scene.network) for p in scene.proposed(by)]
    return {p.head for p in proposed if p.how == "reference" and p.party.country == country and country}


def _only_speaks(scene: Scene, country: str | None) -> bool:
    """Tell whether a country is only named as the one who says so ("U.S. officials said Iran had acquired ...")."""
    places = _places(scene, country)
    proposed = [p for by in (scene.grammar, scene.network) for p in scene.proposed(by)]
    if country is None or not places or any(p.party.country == country for p in proposed):
        return False
    tree = scene.candidate.sentence.tree
    cues = scene.story.reading.lexicon.cues.verbs
    speaking: set[int] = set()
    for above in tree.ancestors(scene.candidate.trigger):
        if tree.token(above).upos == "VERB" and tree.token(above).lemma.lower() in cues:
            subject = cue_subject(tree, above)
            speaking |= {subject, *(tree.noun_phrase(subject) if subject >= 0 else ())}
    return places <= speaking


def _after(*prepositions: str) -> Test:
    """Return a test of whether one of some prepositions stands before a country in the sentence."""

    def test(scene: Scene, country: str | None) -> bool:
        tree = scene.candidate.sentence.tree
        return country is not None and any(tree.prepositions(p) in prepositions for p in _places(scene, country))

    return test


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
    return country is not None and (any(m.country == country for m in scene.here) or bool(_referring(scene, country)))


def _stood(scene: Scene, country: str | None) -> bool:
    return country is not None and not _stands(scene, country) and any(m.country == country for m in scene.before)


def in_both_roles(scene: Scene, country: str | None) -> bool:
    """Tell whether a country would supply itself; an armed group of it is another party."""
    groups = [p for by in (scene.grammar, scene.network) for p in scene.proposed(by) if is_group(p)]
    return country is not None and country in scene.other and all(p.party.country != country for p in groups)


def _home(scene: Scene, country: str | None) -> bool:
    return country is not None and country == scene.story.reading.home


LINKS: tuple[tuple[str, float, Test], ...] = (
    ("grammar names it here", 1.75, _by("grammar", _HERE)),
    ("grammar refers to it", 1.5, _by("grammar", frozenset({"reference"}))),
    ("grammar takes it from the story", 0.5, _by("grammar", frozenset({"story"}))),
    ("the network names it here", 1.0, _by("network", _HERE)),
    ("the network refers to it", 0.25, _by("network", frozenset({"reference"}))),
    ("the network's reading takes it from the story", 0.5, _by("network", frozenset({"story"}))),
    ("the network is sure of its place", 1.0, _marked(SURE, 1.01)),
    ("the network sees its place as possible", 0.75, _marked(_SOME, SURE)),
    ("the network hardly sees it there", 0.5, _marked(_LITTLE, _SOME)),
    ("the network does not see it there", -0.25, _marked(0.0, _LITTLE)),
    ("the network sees it in the other role", -0.75, _marked(SURE, 1.01, other=True)),
    ("it fills the other role", -3.75, in_both_roles),
    ("it stands in the sentence", 2.0, _stands),
    ("it only says so", -2.5, _only_speaks),
    ("'to' or 'for' stands before the recipient", 0.5, _is_role("recipient", _after("to", "for", "into"))),
    ("'to' or 'for' stands before the supplier", -0.75, _is_role("supplier", _after("to", "for", "into"))),
    ("'through' or 'via' stands before the supplier", -3.0, _is_role("supplier", _after("through", "via"))),
    ("'from' or 'by' stands before the supplier", 0.5, _is_role("supplier", _after("from", "by"))),
    ("'from' or 'by' stands before the recipient", -0.5, _is_role("recipient", _after("from", "by"))),
    ("it stands shortly before", 1.0, _stood),
    ("the document speaks of it most", 0.75, lambda s, c: c is not None and c in s.salient[:1]),
    ("the document speaks of it much", 0.25, lambda s, c: c is not None and c in s.salient[1:]),
    ("the title names it", 0.0, lambda s, c: c is not None and c in s.titled),
    ("the claim before has it there", 0.5, _told_last),
    ("a claim before has it there", 0.5, _told_before),
    ("a great exporter supplies", 0.75, _is_role("supplier", lambda s, c: _rank(s, c) < _GREAT_EXPORTERS)),
    ("a great exporter receives", -1.75, _is_role("recipient", lambda s, c: _rank(s, c) < _GREAT_EXPORTERS)),
    ("the outlet's own state supplies", 0.5, _is_role("supplier", _home)),
    ("the outlet's own state receives", 0.5, _is_role("recipient", _home)),
    ("none is told: supplier", 2.25, _is_role("supplier", lambda _, c: c is None)),
    ("none is told: recipient", 0.0, _is_role("recipient", lambda _, c: c is None)),
    ("none is told, says the network", 2.5, _left_open),
    ("none is told, says grammar", 0.0, _none_by("grammar")),
    ("none is told in the network's reading", -0.25, _none_by("network")),
)


IN_BOTH_ROLES = next(weight for _, weight, test in LINKS if test is in_both_roles)


def held_links(scene: Scene, country: str | None) -> tuple[bool, ...]:
    """Return which features of the table hold for an option."""
    return tuple(test(scene, country) for _, _, test in LINKS)


def weigh(scene: Scene, country: str | None) -> float:
    """Return the sum of the weights of the features that hold."""
    return sum(weight for _, weight, test in LINKS if test(scene, country))
