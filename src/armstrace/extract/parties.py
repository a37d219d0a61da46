"""From a noun phrase to the parties that it names: countries, institutions, groups, firms; one for each coordinated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from armstrace.document import Span
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.match import Hit
from armstrace.model import Party

# The order in which the meanings of one name are tried when it heads the phrase, and when it stands before the head.
_AS_HEAD = (
    EntryKind.GROUP,
    EntryKind.LEADER,
    EntryKind.INSTITUTION,
    EntryKind.COUNTRY,
    EntryKind.CAPITAL,
    EntryKind.SEAT,
    EntryKind.NICKNAME,
    EntryKind.PEOPLE,
    EntryKind.COMPANY,
    EntryKind.BODY,
    EntryKind.PLACE,
)
_AS_MODIFIER = (
    EntryKind.ADJECTIVE,
    EntryKind.COUNTRY,
    EntryKind.GROUP,
    EntryKind.LEADER,
    EntryKind.CAPITAL,
    EntryKind.SEAT,
    EntryKind.NICKNAME,
    EntryKind.PEOPLE,
    EntryKind.INSTITUTION,
    EntryKind.PLACE,
)
_NATIONAL = frozenset(
    {
        EntryKind.COUNTRY,
        EntryKind.CAPITAL,
        EntryKind.SEAT,
        EntryKind.NICKNAME,
        EntryKind.PEOPLE,
        EntryKind.PLACE,
        EntryKind.ADJECTIVE,
    }
)
_ATTITUDE = ("pro-", "anti-", "non-", "ex-pro-", "Pro-", "Anti-")
_PLACE_WORDS = 4  # "in the north-east of Syria"
_WHERE = frozenset({"of", "in", "from", "inside", "within", "across"})
_LISTS = frozenset({"such as", "including", "like", "among", "namely"})
_ACTORS = frozenset({EntryKind.INSTITUTION_NOUN, EntryKind.GROUP_NOUN})


@dataclass(frozen=True, slots=True)
class PartyReading:
    """A party as read from one phrase. ``how`` is name, modifier, reference or story; ``entry`` what named it."""

    party: Party
    how: str
    head: int
    entry: Entry | None = None
    generic: bool = False


def parties_at(reading: Reading, sentence: SentenceReading, index: int) -> list[PartyReading]:
    """Return the parties that the phrase headed by ``index`` names, coordinated and listed ones each for itself."""
    tree = sentence.tree
    found: list[PartyReading] = []
    members = tree.conjuncts(index) if tree.token(index).deprel != "conj" else [index, *tree.children(index, "conj")]
    for member in members:
        party = party_at(reading, sentence, member)
        named = party is not None and party.party.country is not None and not party.generic
        listed = _each_of(reading, sentence, member) if named else _listed(reading, sentence, member)
        found += listed or ([party] if party else [])
    return list({(p.party.country, p.party.organisation): p for p in reversed(found)}.values())[::-1]


def _each_of(reading: Reading, sentence: SentenceReading, index: int) -> list[PartyReading]:
    """Return the states of "the governments of Egypt and Kuwait", each for itself; empty where one stands alone."""
    tree = sentence.tree
    if tree.token(index).xpos != "NNS":
        return []
    for child in tree.children(index, "nmod"):
        if tree.prepositions(child) == "of":
            states = [m for c in tree.conjuncts(child) if (m := party_at(reading, sentence, c)) and m.party.country]
            return states if len(states) > 1 else []
    return []


def _listed(reading: Reading, sentence: SentenceReading, index: int) -> list[PartyReading]:
    """Return the members of "allies such as Japan and South Korea", where the phrase itself names no one country.

    "Including" at the end of the sentence counts too: the parse hangs it on the nearest noun.
    """
    tree = sentence.tree
    found = []
    if tree.token(index).lemma.lower() in tree.sets["groups-of-states"] and tree.token(index).xpos == "NNS":
        heads = [t.index for t in tree.tokens if tree.prepositions(t.index) in _LISTS and t.index > index]
        found += [
            m for h in heads for c in tree.conjuncts(h) if (m := party_at(reading, sentence, c)) and m.party.country
        ]
        if found:
            return found
    for child in tree.children(index, "nmod", "appos"):
        if tree.prepositions(child) in _LISTS or (
            tree.token(child).deprel == "appos" and tree.token(index).xpos == "NNS"
        ):
            members = [party_at(reading, sentence, m) for m in tree.conjuncts(child)]
            found += [m for m in members if m and m.party.country]
    return found


def party_at(reading: Reading, sentence: SentenceReading, index: int) -> PartyReading | None:
    """Return the party that one noun phrase names, or None where it names no party or only an unresolved one."""
    hit = sentence.at.get(index)
    entry = _first(hit, _AS_HEAD) if hit and not _is_attitude(reading, hit) else None
    if entry and _counts(sentence, index, hit, entry):
        return _named(reading, sentence, index, entry)
    if any(e.kind is EntryKind.OUTLET for e in (hit.entries if hit else ())):
        return None
    nouns = sentence.entries(index, *_ACTORS)
    modifier = modifier_country(reading, sentence, index)
    if nouns:
        return _generic(reading, sentence, index, nouns[0], modifier)
    modifier = modifier_country(reading, sentence, index, before_only=True)
    if (
        modifier
        and modifier[1].kind is not EntryKind.PLACE
        and sentence.tree.token(index).upos in {"NOUN", "PROPN"}
        and _may_act(sentence, index)
    ):
        return _derived(reading, sentence, index, modifier)
    return None


def _counts(sentence: SentenceReading, index: int, hit: Hit | None, entry: Entry) -> bool:
    """Weak names count as parties only where the tagger sees a proper noun; adjectives never do."""
    token = sentence.tree.token(index)
    if hit and sentence.tree.head_of(hit.span) not in {index, -1} and entry.kind is not EntryKind.LEADER:
        return False
    return entry.strong or token.upos == "PROPN"


def _may_act(sentence: SentenceReading, index: int) -> bool:
    """A noun with a country before it may be a party, unless it is arms, an event or a place."""
    lemma = sentence.tree.token(index).lemma.lower()
    arms = any(m.head == index for m in sentence.items)
    return (
        not arms
        and lemma not in sentence.tree.sets["no-party"]
        and not sentence.entries(index, EntryKind.NOT_ARMS, EntryKind.WEAPON_NOUN)
    )


def _named(reading: Reading, sentence: SentenceReading, index: int, entry: Entry) -> PartyReading:
    tree = sentence.tree
    hit = sentence.at[index]
    country, organisation = (
        entry.country,
        None if entry.kind in _NATIONAL or entry.kind is EntryKind.LEADER else entry.label,
    )
    span, how = hit.span, "name"
    if entry.kind is EntryKind.GROUP:
        modifier = modifier_country(reading, sentence, index)
        if modifier:
            country, how = modifier[0], "modifier" if modifier[1].kind in _NATIONAL else "name"
            span = tree.span(tree.noun_phrase(index))
    party = Party(country, organisation, reading.words(span), span)
    return PartyReading(party, how, index, entry)


def _generic(
    reading: Reading,
    sentence: SentenceReading,
    index: int,
    entry: Entry,
    modifier: tuple[str | None, Entry] | None,
) -> PartyReading:
    """Read "the Syrian rebels", "Iraq's army"; without a country the party stays generic for reference to resolve."""
    span = _phrase_span(sentence, index)
    words = reading.words(span)
    if modifier:
        institution = modifier[1].kind is EntryKind.INSTITUTION
        return PartyReading(
            Party(modifier[0], modifier[1].label if institution else words, words, span),
            "modifier",
            index,
            entry,
        )
    return PartyReading(Party(None, words, words, span), "generic", index, entry, generic=True)


def _derived(
    reading: Reading, sentence: SentenceReading, index: int, modifier: tuple[str | None, Entry]
) -> PartyReading:
    span = _phrase_span(sentence, index)
    return PartyReading(
        Party(modifier[0], reading.words(span), reading.words(span), span), "modifier", index, modifier[1]
    )


def _phrase_span(sentence: SentenceReading, index: int) -> Span:
    tree = sentence.tree
    indices = [i for i in tree.noun_phrase(index) if i <= index]
    while len(indices) > 1 and tree.token(indices[0]).upos in {"DET", "PUNCT"}:
        indices.pop(0)
    return tree.span(indices)


def modifier_country(
    reading: Reading, sentence: SentenceReading, index: int, *, before_only: bool = False
) -> tuple[str | None, Entry] | None:
    """Return the country that stands before or after a noun ("Syrian", "Iraq's", "of Libya"), and what named it."""
    tree = sentence.tree
    before = [i for i in tree.noun_phrase(index) if i != index]
    before += [i for c in tree.children(index, "nmod:poss", "amod", "compound") for i in tree.noun_phrase(c)]
    after = []
    if not before_only:
        after = [c for c in tree.children(index, "nmod", "appos") if tree.prepositions(c) in _WHERE]
        after += _following(sentence, index)
    for candidate in [*sorted(set(before), reverse=True), *after]:
        hit = sentence.at.get(candidate)
        entry = _first(hit, _AS_MODIFIER) if hit else None
        if not hit or not entry or not entry.country or _is_sponsor(reading, hit) or _is_attitude(reading, hit):
            continue
        if entry.strong or entry.kind is EntryKind.ADJECTIVE or tree.token(candidate).upos == "PROPN":
            return entry.country, entry
    return None


def _following(sentence: SentenceReading, index: int) -> list[int]:
    """Return the words after "in" or "of" that directly follows a noun, whatever the parse hangs them on."""
    tree = sentence.tree
    if index + 1 >= len(tree) or tree.token(index + 1).text.lower() not in _WHERE:
        return []
    stretch = range(index + 2, min(len(tree), index + 2 + _PLACE_WORDS))
    return [i for i in stretch if sentence.entries(i, *_NATIONAL)][:1]


def adjective_party(reading: Reading, sentence: SentenceReading, index: int) -> PartyReading | None:
    """Return the country of a word that stands before a noun, as a party of its own ("Saudi" of "Saudi arms deal")."""
    hit = sentence.at.get(index)
    entry = _first(hit, _AS_MODIFIER) if hit else None
    if not hit or not entry or not entry.country or _is_sponsor(reading, hit) or _is_attitude(reading, hit):
        return None
    organisation = entry.label if entry.kind in {EntryKind.GROUP, EntryKind.INSTITUTION} else None
    return PartyReading(Party(entry.country, organisation, reading.words(hit.span), hit.span), "modifier", index, entry)


def _first(hit: Hit | None, order: tuple[EntryKind, ...]) -> Entry | None:
    if not hit:
        return None
    for kind in order:
        for entry in hit.entries:
            if entry.kind is kind:
                return entry
    return None


def _is_sponsor(reading: Reading, hit: Hit) -> bool:
    after = reading.document.text[hit.span.end : hit.span.end + 20]
    if after[:1] not in {"-", "‑", "–"}:
        return False
    word = after[1:].split()[0].strip(",.;:").lower() if after[1:].split() else ""
    return word in reading.lexicon.sets["sponsored"]


def _is_attitude(reading: Reading, hit: Hit) -> bool:
    return reading.document.text[max(0, hit.span.start - 5) : hit.span.start].endswith(_ATTITUDE)


def is_group(party: PartyReading) -> bool:
    """Tell whether a party is an armed group, named or not, and no state."""
    return party.entry is not None and party.entry.kind in {EntryKind.GROUP, EntryKind.GROUP_NOUN}


def with_country(found: PartyReading, country: str, how: str) -> PartyReading:
    """Return the party with a country found elsewhere in the document."""
    return replace(found, party=replace(found.party, country=country), how=how, generic=False)
