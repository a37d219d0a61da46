"""Filling the roles of a candidate by the grammar of its frame: arguments, positions, two objects, end users."""

from __future__ import annotations

from armstrace.extract.arguments import PREPOSITIONS, noun_arguments, verb_arguments
from armstrace.extract.arms import MILITARY, items_under, military_phrase, nearby_items
from armstrace.extract.candidate import Candidate
from armstrace.extract.parties import PartyReading, adjective_party, party_at
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.tree import base
from armstrace.lexicon.entries import EntryKind

_ACTING = frozenset({"subject", "by", "from"})
_THINGS = frozenset({"for", "into", "with", "through"})  # a pronoun after these is mostly a thing ("parts for them")
# Prepositional attachment is what the parser does worst, so these are looked for by position too.
_BY_POSITION = (("to", "recipient"), ("from", "supplier"), ("into", "recipient"))
_GOALS = frozenset({"to", "for"})
_DEFINITE = frozenset({"the", "these", "those", "both"})  # "the countries" are those told before
_CLAUSE_END = frozenset(
    {"that", "which", "who", "because", "while", "after", "before", "when", "as", "although", "but"}
)
_SECOND_OBJECT = 7  # words between the two objects of a verb of giving
_SIGHT = 24  # words after a transfer word within which "to X" is looked for


def fill_roles(story: Story, candidate: Candidate, speaker: str | None) -> None:
    """Fill the roles of a candidate that are still open; ``speaker`` is the country of "we"."""
    find = verb_arguments if candidate.verbal else noun_arguments
    arguments = [(label, i) for label, i in find(candidate.sentence.tree, candidate.trigger) if i >= 0]
    # Names first: a pronoun or "the country" is none of the parties that the same word names.
    arguments.sort(key=lambda a: _needs_reference(story, candidate.sentence, a[1]))
    for label, index in arguments:
        _assign(story, candidate, label, index, speaker)
    _first_of_two_objects(story, candidate, speaker)
    _end_user(story, candidate)
    if candidate.frame.needs == "own-item":
        candidate.items = [m for m in candidate.sentence.items if m.head == candidate.trigger and m.strong]
    elif not candidate.items:
        candidate.items = nearby_items(candidate) or military_phrase(story.reading, candidate)
    for label, role in _BY_POSITION:
        if candidate.frame.roles.get(label) == role:
            _nearby_party(story, candidate, label, role)


def _needs_reference(story: Story, sentence: SentenceReading, index: int) -> bool:
    found = party_at(story.reading, sentence, index)
    return found is None or found.generic


def _first_of_two_objects(story: Story, candidate: Candidate, speaker: str | None) -> None:
    """Read "sold Peru 20 rifles": the party right behind the verb receives what follows, however it is parsed."""
    if not candidate.verbal or candidate.recipients or candidate.frame.roles.get("indirect") != "recipient":
        return
    sentence, tree = candidate.sentence, candidate.sentence.tree
    first = candidate.trigger + 1
    while first < len(tree) and tree.token(first).upos == "DET":
        first += 1
    hit = sentence.at.get(first)
    last = tree.at(hit.span.end - 1) if hit else first
    arms = [m for m in sentence.items if last < m.head <= last + _SECOND_OBJECT and m.carrier < 0]
    if not arms or (hit and any(e.kind is EntryKind.ADJECTIVE for e in hit.entries)):
        return
    between = [tree.token(i) for i in range(last + 1, arms[0].head)]
    if any(t.upos in {"ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PART", "PUNCT"} for t in between):
        return
    own = base(tree.token(first).deprel) in {"obj", "iobj"}  # "sold the kingdom five corvettes"
    parties = story.resolve(sentence, first, speaker) if hit or own else []
    named = adjective_party(story.reading, sentence, first) if hit and not parties else None
    _put(
        candidate,
        "recipient",
        [p for p in (*parties, *([named] if named else ())) if p.party.country],
        "first of two objects",
    )
    if candidate.recipients:
        add_items(candidate, [m for m in arms[:1] if m not in candidate.items])


def _end_user(story: Story, candidate: Candidate) -> None:
    """Who buys "for" another is not the recipient: the one that it buys for is."""
    if candidate.frame.roles.get("for") != "end-user" or not candidate.verbal:
        return
    for label, index in verb_arguments(candidate.sentence.tree, candidate.trigger):
        found = (
            [p for p in story.resolve(candidate.sentence, index) if p.how in {"name", "modifier"}]
            if label == "for"
            else []
        )
        if found and found[0].party.country:
            candidate.recipients = found
            candidate.rules.append("recipient: the one bought for")


def _assign(story: Story, candidate: Candidate, label: str, index: int, speaker: str | None) -> None:
    role = candidate.frame.roles.get(label)
    if index < 0 or not role:
        return
    if label == "possessive" and role == "recipient" and _goes_to_another(story, candidate, index):
        role = "supplier"
    items = items_under(candidate.sentence, index)
    if label == "compound":
        _assign_compound(story, candidate, index, items)
        return
    if items and role.startswith("item"):
        add_items(candidate, items)
        return
    if role in {"item", "value"}:
        return
    taken = {p.party.country for p in (*candidate.suppliers, *candidate.recipients)}
    parties = (
        story.resolve(candidate.sentence, index, speaker, taken)
        if label not in _THINGS or not _is_pronoun(candidate, index)
        else []
    )
    if items and not parties:
        return
    if not parties and role in {"supplier", "recipient"} and (label in _ACTING or _names_others(candidate, index)):
        candidate.unknown.add(role)
    _add_parties(story, candidate, role, parties, label)


def _goes_to_another(story: Story, candidate: Candidate, holder: int) -> bool:
    """Tell whether a deal is for another than who has it: "the president's arms package for Saudi Arabia"."""
    if candidate.frame.roles.get("by") != "supplier":
        return False
    goals = [i for label, i in noun_arguments(candidate.sentence.tree, candidate.trigger) if label in _GOALS]
    return any(i != holder and p.party.country for i in goals for p in story.resolve(candidate.sentence, i))


def _names_others(candidate: Candidate, index: int) -> bool:
    """Tell whether a phrase names states that nobody tells one by one ("Arab allies"), or a place ("the Red Sea")."""
    tree = candidate.sentence.tree
    token = tree.token(index)
    states = token.lemma.lower() in tree.sets["groups-of-states"] and token.xpos == "NNS"
    defined = any(tree.token(c).lemma.lower() in _DEFINITE for c in tree.children(index, "det"))
    place = token.upos == "PROPN" and token.entity.endswith("LOC")
    known = any(e.country for i in tree.subtree(index) for e in candidate.sentence.entries(i))
    return (states and not defined) or (place and not known)


def _is_pronoun(candidate: Candidate, index: int) -> bool:
    return candidate.sentence.tree.token(index).upos == "PRON"


def _assign_compound(story: Story, candidate: Candidate, index: int, items: list[ItemMention]) -> None:
    """What stands before a transfer noun: arms ("missile deal") or a party ("Saudi arms sale")."""
    if items:
        add_items(candidate, items)
        return
    if candidate.sentence.tree.token(index).lemma.lower() in MILITARY:
        return  # "military deals" are those of no one's military
    parties = [p for p in story.resolve(candidate.sentence, index, None) if p.party.country]
    if not parties:
        adjective = adjective_party(story.reading, candidate.sentence, index)
        parties = [adjective] if adjective else []
    role = candidate.frame.roles.get("adjective", "either")
    if not parties and candidate.sentence.entries(index, EntryKind.BODY):
        candidate.unknown.add(role)  # a United Nations embargo binds all: no one state refuses
    if parties:
        _add_parties(story, candidate, role, parties, "before the noun")


def add_items(candidate: Candidate, items: list[ItemMention]) -> None:
    """Add the arms that the candidate does not hold yet."""
    candidate.items += [i for i in items if i not in candidate.items]


def _add_parties(story: Story, candidate: Candidate, role: str, parties: list[PartyReading], label: str) -> None:
    if not parties:
        return
    role = role.removeprefix("item|")
    if role == "both" and len(parties) > 1:
        seller = min(parties, key=lambda p: _export_rank(story, p))
        _put(candidate, "supplier", [seller], label)
        _put(candidate, "recipient", [p for p in parties if p is not seller], label)
        return
    if role in {"either", "both"}:
        role = _open_role(story, candidate, parties)
    _put(candidate, role, parties, label)


def _open_role(story: Story, candidate: Candidate, parties: list[PartyReading]) -> str:
    """Decide "with X" and "an X deal": the side still free; if both are, X supplies where it is an exporter."""
    if candidate.suppliers and not candidate.recipients:
        return "recipient"
    if candidate.recipients and not candidate.suppliers:
        return "supplier"
    return (
        "supplier" if _export_rank(story, parties[0]) < len(story.reading.lexicon.transfer.exporters) else "recipient"
    )


def _export_rank(story: Story, party: PartyReading) -> int:
    exporters = story.reading.lexicon.transfer.exporters
    if party.entry and party.entry.kind is EntryKind.COMPANY:
        return -1
    country = party.party.country
    return exporters.index(country) if country in exporters else len(exporters)


def _put(candidate: Candidate, role: str, parties: list[PartyReading], label: str) -> None:
    target = {"supplier": candidate.suppliers, "recipient": candidate.recipients, "via": candidate.via}.get(role)
    if target is None or (target and role != "via"):
        return
    target += parties
    candidate.rules.append(f"{role} {label}")


def _nearby_party(story: Story, candidate: Candidate, label: str, role: str) -> None:
    """Take "to X" or "from X" that stands later in the same clause, whatever noun the parse hangs it on."""
    target = candidate.recipients if role == "recipient" else candidate.suppliers
    if target or not candidate.items:
        return
    tree = candidate.sentence.tree
    for index in range(candidate.trigger + 1, min(len(tree), candidate.trigger + _SIGHT)):
        token = tree.token(index)
        if token.upos in {"VERB", "AUX"} or token.text in {";", ":"} or token.text.lower() in _CLAUSE_END:
            return
        if token.upos == "ADP" and PREPOSITIONS.get(token.text.lower()) == label and token.head > index:
            found = [p for p in story.resolve(candidate.sentence, token.head) if p.party.country]
            if found and tree.token(token.head).upos != "PRON":
                _put(candidate, role, found, f"{label} later in the clause")
                return
