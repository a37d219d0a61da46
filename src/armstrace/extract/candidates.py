"""Candidate transfers: every transfer word of a sentence with the parties and arms among its arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from armstrace.extract.parties import PartyReading, adjective_party, party_at
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.tree import SUBJECTS, Tree, base, object_of, subject_of
from armstrace.lexicon.entries import EntryKind, Frame
from armstrace.model import Category, Item

_PREPOSITIONS = {
    "to": "to",
    "towards": "to",
    "for": "for",
    "from": "from",
    "with": "with",
    "into": "into",
    "onto": "into",
    "in": "in",
    "through": "through",
    "via": "through",
    "by": "by",
    "of": "of",
    "on": "on",
    "against": "against",
    "between": "between",
    "over": "over",
    "at": "at",
    "among": "between",
}
_ITEM_PATH = frozenset({"of", "including", "such as", "like", "worth of", "in"})
_MAX_DEPTH = 8
_REACH = 10  # words after a transfer word within which arms count as its own where the parse shows no path
_ACTING = frozenset({"subject", "by", "from"})
_THINGS = frozenset(
    {"for", "into", "with", "through"}
)  # a pronoun after these is mostly a thing ("parts for them")
# Prepositional attachment is what the parser does worst, so these are looked for by position too.
_BY_POSITION = (("to", "recipient"), ("from", "supplier"), ("into", "recipient"))
_CLAUSE_END = frozenset(
    {"that", "which", "who", "because", "while", "after", "before", "when", "as", "although", "but"}
)
_HYPHENS = frozenset({"-", "‑", "–"})
_SIGHT = 24  # words after a transfer word within which "to X" is looked for
_LISTING = frozenset({"include", "comprise", "cover", "contain", "involve", "consist"})
_MILITARY = frozenset({"military", "defense", "defence", "lethal", "arms"})
# Frames that act on a transfer or on its arms; with a transfer noun as object that noun is the candidate.
_ACTING_ON = frozenset({"approve", "withhold", "halt", "offer", "seek", "promise", "fund", "seize"})
_TELLING = frozenset(
    {"report", "notify", "announce", "disclose", "describe", "explain", "present", "submit", "propose"}
)  # "to Congress"
_STOPS = frozenset({"VERB", "AUX", "PUNCT", "SCONJ"})


@dataclass(slots=True)
class Candidate:
    """One transfer word with what stands around it.

    ``told`` are the arms of an earlier sentence that "the sale" means. ``unknown`` holds the roles that a phrase fills which names no known party ("several countries"): nobody else
    may fill them. ``rules`` name how each part was found.
    """

    sentence: SentenceReading
    trigger: int
    frame: Frame
    verbal: bool
    suppliers: list[PartyReading] = field(default_factory=list)
    recipients: list[PartyReading] = field(default_factory=list)
    items: list[ItemMention] = field(default_factory=list)
    told: tuple[Item, ...] = ()
    via: list[PartyReading] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    rules: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Return the transfer word's lemma."""
        return self.sentence.tree.token(self.trigger).lemma.lower()


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
    if (
        index
        and sentence.tree.token(index - 1).text in _HYPHENS
        and sentence.tree.token(index - 1).end == token.start
    ):
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
    find = _verb_arguments if candidate.verbal else _noun_arguments
    arguments = [(label, i) for label, i in find(candidate.sentence.tree, candidate.trigger) if i >= 0]
    # Names first: a pronoun or "the country" is none of the parties that the same word names.
    arguments.sort(key=lambda a: _needs_reference(story, candidate.sentence, a[1]))
    for label, index in arguments:
        _assign(story, candidate, label, index, speaker)
    _end_user(story, candidate)
    if candidate.frame.needs == "own-item":
        candidate.items = [m for m in candidate.sentence.items if m.head == candidate.trigger and m.strong]
    elif not candidate.items:
        candidate.items = _nearby_items(candidate) or _military(story, candidate)
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
    for label, index in _verb_arguments(candidate.sentence.tree, candidate.trigger):
        found = (
            [p for p in story.resolve(candidate.sentence, index) if p.how in {"name", "modifier"}]
            if label == "for"
            else []
        )
        if found and found[0].party.country:
            candidate.recipients = found
            candidate.rules.append("recipient: the one bought for")


def _verb_arguments(tree: Tree, verb: int) -> Iterator[tuple[str, int]]:
    """Yield the labelled arguments of a verb; from/to/with phrases also where they hang on the object."""
    obj = object_of(tree, verb)
    if not tree.is_passive(verb):
        subject = subject_of(tree, verb)
        if subject >= 0 and subject != obj:
            yield "subject", subject
    elif obj >= 0 and tree.token(verb).deprel == "amod":  # "Iran's newly acquired missiles"
        for holder in tree.children(obj, "nmod:poss"):
            yield "subject", holder
    if obj >= 0:
        yield "object", obj
    for child in tree.children(verb, "iobj"):
        yield "indirect", child
    if tree.children(verb, "obj"):  # "the group was given rifles"
        for child in tree.children(verb, "nsubj:pass"):
            yield "indirect", child
    yield from _prepositional(tree, verb, "obl")
    if obj >= 0:
        for holder in _object_nouns(tree, obj):
            yield from _prepositional(tree, holder, "nmod")
    for conjunct in tree.children(
        verb, "conj"
    ):  # "buys and ships X to Y": the last verb holds what all share
        if not tree.children(verb, "obl") and not [
            c for c in tree.children(conjunct) if tree.token(c).deprel in SUBJECTS
        ]:
            yield from _prepositional(tree, conjunct, "obl")


def _object_nouns(tree: Tree, obj: int) -> list[int]:
    """Return the object with what it is coordinated with and what it counts ("millions of shells")."""
    found, stack = [], tree.conjuncts(obj)
    while stack:
        i = stack.pop(0)
        if i not in found:
            found.append(i)
            stack += tree.children(i, "conj") + [
                c for c in tree.children(i, "nmod") if tree.prepositions(c) in _ITEM_PATH
            ]
    return found


def _noun_arguments(tree: Tree, noun: int) -> Iterator[tuple[str, int]]:
    """Yield the labelled arguments of a noun: possessor, what stands before it, and its prepositional phrases."""
    for child in tree.children(noun, "nmod:poss"):
        yield "possessive", child
    for child in tree.children(noun, "nsubj"):
        yield "subject", child
    if tree.token(noun).deprel in {"appos", "xcomp"}:
        yield (
            "subject",
            tree.token(noun).head if tree.token(noun).deprel == "appos" else subject_of(tree, noun),
        )
    for child in tree.children(noun, "appos"):
        yield "subject", child
    for child in tree.children(noun, "compound", "amod", "nmod:desc"):
        yield "compound", child
        for inner in tree.children(child, "compound", "amod"):
            yield "compound", inner
    for holder in _object_nouns(tree, noun):
        yield from _prepositional(tree, holder, "nmod")
    head = tree.token(noun).head
    if (
        head >= 0
        and base(tree.token(noun).deprel) in {"obj", "nsubj"}
        and tree.token(head).upos == "VERB"
        and tree.token(head).lemma not in _TELLING
    ):
        for label, index in _prepositional(tree, head, "obl"):
            if label in {"to", "from", "by"} and index > noun:
                yield label, index
    if head >= 0 and base(tree.token(noun).deprel) == "obl" and tree.children(head, "nsubj:pass"):
        yield "by", tree.children(head, "obl:agent")[0] if tree.children(head, "obl:agent") else -1


def _prepositional(tree: Tree, head: int, relation: str) -> Iterator[tuple[str, int]]:
    for child in tree.children(head, relation):
        if tree.token(child).deprel == "nmod:poss":
            continue
        for nested in tree.children(child, "nmod"):
            if (
                tree.prepositions(nested) in {"from", "to"}
                and relation == "obl"
                and tree.token(child).upos == "PROPN"
            ):
                yield tree.prepositions(nested), nested
        first = tree.prepositions(child).split(" ")[0]
        label = "by" if tree.token(child).deprel == "obl:agent" else _PREPOSITIONS.get(first)
        if label:
            yield label, child


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


def _add_parties(
    story: Story, candidate: Candidate, role: str, parties: list[PartyReading], label: str
) -> None:
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
        "supplier"
        if _export_rank(story, parties[0]) < len(story.reading.lexicon.transfer.exporters)
        else "recipient"
    )


def _export_rank(story: Story, party: PartyReading) -> int:
    exporters = story.reading.lexicon.transfer.exporters
    if party.entry and party.entry.kind is EntryKind.COMPANY:
        return -1
    country = party.party.country
    return exporters.index(country) if country in exporters else len(exporters)


def _put(candidate: Candidate, role: str, parties: list[PartyReading], label: str) -> None:
    target = {"supplier": candidate.suppliers, "recipient": candidate.recipients, "via": candidate.via}.get(
        role
    )
    if target is None or (target and role != "via"):
        return
    target += parties
    candidate.rules.append(f"{role} {label}")


def items_under(sentence: SentenceReading, index: int) -> list[ItemMention]:
    """Return the arms that a phrase names: its head, coordinated, "of"-phrases, examples, and arms before a package noun."""
    if index < 0:
        return []
    tree = sentence.tree
    reach, stack, depth = set[int](), [(index, 0)], 0
    while stack:
        i, depth = stack.pop()
        if i in reach or depth > _MAX_DEPTH:
            continue
        reach.add(i)
        for child in tree.children(i, "conj", "appos", "nmod", "compound", "nummod", "amod", "nmod:desc"):
            relation = tree.token(child).deprel
            if relation == "nmod:poss" or (
                base(relation) == "nmod" and relation != "nmod:desc" and not _counts_arms(sentence, i, child)
            ):
                continue
            stack.append((child, depth + 1))
    return [m for m in sentence.items if m.head in reach and _stands_for_arms(sentence, m, index)]


def _counts_arms(sentence: SentenceReading, noun: int, child: int) -> bool:
    """Tell whether "of X" after a noun is what the noun counts, packages or is ("batch of rifles", not "regulation of")."""
    tree = sentence.tree
    if not tree.prepositions(child) and any(m.head == child for m in sentence.items):
        return True
    if tree.prepositions(child) not in _ITEM_PATH:
        return False
    token = tree.token(noun)
    lemma = token.lemma.lower()
    return (
        lemma in tree.sets["measures"]
        or lemma in tree.sets["packages"]
        or token.upos in {"NUM", "SYM"}
        or any(m.head == noun for m in sentence.items)
    )


def _stands_for_arms(sentence: SentenceReading, mention: ItemMention, index: int) -> bool:
    """Arms before another noun are meant only if that noun packages or trades them ("arms cache", not "arms dealer")."""
    if mention.carrier < 0 or (mention.carrier == index and sentence.tree.token(index).upos != "NOUN"):
        return True
    lemma = sentence.tree.token(mention.carrier).lemma.lower()
    return lemma in sentence.tree.sets["packages"] or bool(sentence.entries(mention.carrier, EntryKind.WEAPON_NOUN))




def _nearby_items(candidate: Candidate) -> list[ItemMention]:
    """Return arms that stand before the transfer noun, or close after the word with no verb or comma between."""
    tree = candidate.sentence.tree
    carried = [m for m in candidate.sentence.items if m.carrier == candidate.trigger]
    if carried:
        return carried
    listed = _listed_items(candidate)
    if listed or not _may_look_on(tree, candidate):
        return listed
    for mention in candidate.sentence.items:
        first = tree.at(mention.item.span.start)
        between = range(candidate.trigger + 1, first)
        if candidate.trigger < first <= candidate.trigger + _REACH and not any(
            tree.token(i).upos in _STOPS for i in between
        ):
            return [mention] if _stands_for_arms(candidate.sentence, mention, mention.head) else []
    return []


def _may_look_on(tree: Tree, candidate: Candidate) -> bool:
    """Look for arms beyond the arguments only where the object measures them, or "of" follows the noun."""
    if candidate.verbal:
        obj = object_of(tree, candidate.trigger)
        return obj >= 0 and (
            tree.token(obj).lemma.lower() in tree.sets["measures"] or tree.token(obj).upos in {"NUM", "SYM"}
        )
    following = candidate.trigger + 1
    return following < len(tree) and tree.token(following).text.lower() == "of"


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
        if token.upos == "ADP" and _PREPOSITIONS.get(token.text.lower()) == label and token.head > index:
            found = [p for p in story.resolve(candidate.sentence, token.head) if p.party.country]
            if found and tree.token(token.head).upos != "PRON":
                _put(candidate, role, found, f"{label} later in the clause")
                return


def _listed_items(candidate: Candidate) -> list[ItemMention]:
    """Return the arms of a relative clause that lists them ("the sale, which includes tanks")."""
    tree = candidate.sentence.tree
    found: list[ItemMention] = []
    for holder in _object_nouns(tree, candidate.trigger) if not candidate.verbal else ():
        for clause in tree.children(holder, "acl"):
            if tree.token(clause).lemma.lower() in _LISTING:
                found += items_under(candidate.sentence, object_of(tree, clause))
    return found


def _military(story: Story, candidate: Candidate) -> list[ItemMention]:
    """Return "military contracts", "defence deal" as arms of an unnamed kind: the words themselves."""
    tree = candidate.sentence.tree
    if candidate.verbal:
        return []
    for child in tree.children(candidate.trigger, "amod", "compound"):
        if tree.token(child).lemma.lower() in _MILITARY:
            span = tree.span(
                [child, candidate.trigger] if child < candidate.trigger else [candidate.trigger, child]
            )
            item = Item(None, story.reading.words(span), Category.OTHER, span)
            return [ItemMention(candidate.trigger, -1, item, strong=True)]
    return []
