"""Candidate transfers: every transfer word of a sentence with the parties and arms among its arguments."""

from __future__ import annotations

from armstrace.extract.arguments import PREPOSITIONS, noun_arguments, verb_arguments
from armstrace.extract.arms import items_under, military_phrase, nearby_items
from armstrace.extract.candidate import Candidate
from armstrace.extract.parties import PartyReading, adjective_party, party_at
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.tree import base, object_of
from armstrace.lexicon.entries import EntryKind

_ACTING = frozenset({"subject", "by", "from"})
_THINGS = frozenset({"for", "into", "with", "through"})  # a pronoun after these is mostly a thing ("parts for them")
# Prepositional attachment is what the parser does worst, so these are looked for by position too.
_BY_POSITION = (("to", "recipient"), ("from", "supplier"), ("into", "recipient"))
_CLAUSE_END = frozenset(
    {"that", "which", "who", "because", "while", "after", "before", "when", "as", "although", "but"}
)
_HYPHENS = frozenset({"-", "‑", "–"})
_SIGHT = 24  # words after a transfer word within which "to X" is looked for
# Frames that act on a transfer or on its arms; with a transfer noun as object that noun is the candidate.
_ACTING_ON = frozenset({"approve", "withhold", "halt", "offer", "seek", "promise", "fund", "seize"})


def find_candidates(story: Story, sentence: SentenceReading, speaker: str | None) -> list[Candidate]:
    """Return the candidates of one sentence; ``speaker`` is the country of "we" in it, where known."""
    found = []
    for index in range(len(sentence.tree)):
        candidate = _start(story, sentence, index)
        if candidate:
            _fill(story, candidate, speaker)
            found.append(candidate)
    return found


def _start(story: Story, sentence: SentenceReading, index: int) -> Candidate | None:
    token = sentence.tree.token(index)
    words = story.reading.lexicon.transfer
    lemma = token.lemma.lower()
    if index and sentence.tree.token(index - 1).text in _HYPHENS and sentence.tree.token(index - 1).end == token.start:
        return None  # "Russian-supplied" belongs to the arms it stands before
    if token.upos in {"VERB", "AUX"} and lemma in words.verbs and base(token.deprel) not in {"aux", "cop"}:
        frame = words.verbs[lemma]
        obj = object_of(sentence.tree, index) if frame.name in _ACTING_ON else -1
        if obj >= 0 and sentence.tree.token(obj).lemma.lower() in words.nouns:
            return None
        return Candidate(sentence, index, frame, verbal=True, rules=[f"verb {lemma}"])
    if token.upos in {"NOUN", "PROPN"} and lemma in words.nouns and token.deprel != "compound":
        return Candidate(sentence, index, words.nouns[lemma], verbal=False, rules=[f"noun {lemma}"])
    return None


def _fill(story: Story, candidate: Candidate, speaker: str | None) -> None:
    find = verb_arguments if candidate.verbal else noun_arguments
    arguments = [(label, i) for label, i in find(candidate.sentence.tree, candidate.trigger) if i >= 0]
    # Names first: a pronoun or "the country" is none of the parties that the same word names.
    arguments.sort(key=lambda a: _needs_reference(story, candidate.sentence, a[1]))
    for label, index in arguments:
        _assign(story, candidate, label, index, speaker)
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
    items = items_under(candidate.sentence, index)
    if label == "compound":
        _assign_compound(story, candidate, index, items)
        return
    if items and role.startswith("item"):
        _add_items(candidate, items)
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
    if not parties and role in {"supplier", "recipient"} and label in _ACTING:
        candidate.unknown.add(role)
    _add_parties(story, candidate, role, parties, label)


def _is_pronoun(candidate: Candidate, index: int) -> bool:
    return candidate.sentence.tree.token(index).upos == "PRON"


def _assign_compound(story: Story, candidate: Candidate, index: int, items: list[ItemMention]) -> None:
    """What stands before a transfer noun: arms ("missile deal") or a party ("Saudi arms sale")."""
    if items:
        _add_items(candidate, items)
        return
    parties = [p for p in story.resolve(candidate.sentence, index, None) if p.party.country]
    if not parties:
        adjective = adjective_party(story.reading, candidate.sentence, index)
        parties = [adjective] if adjective else []
    role = candidate.frame.roles.get("adjective", "either")
    if not parties and candidate.sentence.entries(index, EntryKind.BODY):
        candidate.unknown.add(role)  # a United Nations embargo binds all: no one state refuses
    if parties:
        _add_parties(story, candidate, role, parties, "before the noun")


def _add_items(candidate: Candidate, items: list[ItemMention]) -> None:
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
