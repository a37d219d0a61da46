"""What the gate looks for: words for arms, words of transfer, parties; all made from the lexicon.

A sign is a kind of word, such as ``noun:tanks`` in the role of arms or ``verb:sell`` in that of a transfer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Final, NamedTuple

from armstrace.language.irregular_forms import VERB_LEMMAS
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.nouns import forms
from armstrace.relevance.plain import plain_words

# Words that every paper is full of, among those that are arms only in company.
_EVERYDAY: Final = frozenset(
    "part parts system platform technology capability round magazine mine carrier baton uniform engine motor tube "
    "barrel battery chip sensor laser truck vehicle ship boat vessel plane satellite helmet lorry pickup jeep trainer "
    "cutter".split()
)
# Transfer verbs that far more often tell of something else; they weigh as a kind of their own.
_EVERYDAY_VERBS: Final = frozenset("run leak clear pass hand present block deny order extend contribute".split())
_MILITARY: Final = ("military", "defence", "defense", "lethal", "armament", "armaments", "arms", "weaponry")
_SUMS: Final = ("million", "billion", "dozen", "dozens", "hundreds", "thousands", "tons", "tonnes")
_WORDS = re.compile(r"[^\W_]+")
_SPACED_DIGIT = re.compile(r"([A-Za-z]{1,3}) \d")
_SHORTEST_CLASS = 4  # letters of a class of ships that is told by its plural ("the Kilos")
_SHORTEST_MAKER = 5  # shorter names of makers are other things too ("PAC", "EDGE")
_GROUPS: Final = {"type": "named", "plural": "named", "pattern": "named"}
_VOWELS = "aeiou"


class Sign(NamedTuple):
    """A kind of word: ``role`` is "arms", "transfer", "party" or "sum"; ``begins`` is how it must begin, in its case.

    ``group`` is the kind without its category; kinds of names that weigh alike are one group.
    """

    role: str
    kind: str
    group: str
    begins: bytes = b""


def _sign(role: str, kind: str, begins: bytes = b"") -> Sign:
    group = kind.partition(":")[0]
    return Sign(role, kind, _GROUPS.get(group, group), begins)


DESIGNATION: Final = _sign("arms", "pattern")


def list_signs(lexicon: Lexicon) -> dict[bytes, tuple[Sign, ...]]:
    """Return the plain words to look for, in lower case, with their signs.

    Those without a sign (outlets, "bomb scare") hide the words inside them.
    """
    found: dict[bytes, dict[Sign, None]] = {}
    for words, sign in (*_of_names(lexicon), *_of_transfer(lexicon), *_of_numbers()):
        key = plain_words(words).lower()[1:-1]  # one of two spaces at each end, so that neighbours do not overlap
        signs = found.setdefault(key, {})
        if sign:
            signs[sign] = None
    found.pop(b"", None)
    return {key: tuple(signs) for key, signs in sorted(found.items())}


def _of_names(lexicon: Lexicon) -> Iterator[tuple[str, Sign | None]]:
    known = {*lexicon.speakers, *(name.lower() for name, _ in lexicon.matcher.names())}
    for name, entries in lexicon.matcher.names():
        for entry in entries:
            yield name, _BY_KIND[entry.kind](name, entry) if entry.kind in _BY_KIND else None
            if entry.kind is EntryKind.INSTITUTION and entry.detail == "military":
                yield name, _sign("arms", "forces")
            yield from _of_class(name, entry, known)
    for word in _MILITARY:
        yield word, _sign("arms", "military")


def _of_noun(_: str, entry: Entry) -> Sign:
    kind = "noun" if entry.strong else "everyday" if entry.label in _EVERYDAY else "weak"
    return _sign("arms", f"{kind}:{entry.category}")


def _of_type(name: str, entry: Entry) -> Sign:
    spaced = _SPACED_DIGIT.match(name)
    if spaced or not entry.strong:
        return _sign("arms", f"bare:{entry.category}", (spaced[1] if spaced else name[:1]).encode())
    return _sign("arms", f"type:{entry.category}")


def _of_company(name: str, entry: Entry) -> Sign | None:
    return _sign("arms", f"maker:{entry.detail}", name[:1].encode()) if len(name) >= _SHORTEST_MAKER else None


def _of_institution_noun(_: str, entry: Entry) -> Sign | None:
    return _sign("arms", "forces") if entry.detail == "military" else None


def _of_party(_: str, entry: Entry) -> Sign | None:
    return _sign("party", entry.country) if entry.country else None


_BY_KIND: Final[Mapping[EntryKind, Callable[[str, Entry], Sign | None]]] = {
    EntryKind.WEAPON_NOUN: _of_noun,
    EntryKind.WEAPON_TYPE: _of_type,
    EntryKind.COMPANY: _of_company,
    EntryKind.INSTITUTION_NOUN: _of_institution_noun,
    EntryKind.GROUP_NOUN: lambda _, entry: _sign("party", entry.country or "group"),
} | dict.fromkeys(
    (
        EntryKind.COUNTRY,
        EntryKind.ADJECTIVE,
        EntryKind.PEOPLE,
        EntryKind.CAPITAL,
        EntryKind.SEAT,
        EntryKind.PLACE,
        EntryKind.NICKNAME,
        EntryKind.LEADER,
        EntryKind.INSTITUTION,
        EntryKind.GROUP,
    ),
    _of_party,
)


def _of_class(name: str, entry: Entry, known: Set[str]) -> Iterator[tuple[str, Sign | None]]:
    """Yield the plural by which the press calls arms told by class or kind: "the Kilos", "six Lafayettes"."""
    first, *more = _WORDS.findall(name)
    told_by_kind = bool(more) and more[0].isalpha() and more[0].islower()
    named = len(first) >= _SHORTEST_CLASS and first[0].isupper() and first.lower() not in known
    if entry.kind is EntryKind.WEAPON_TYPE and told_by_kind and named:
        yield f"{first}s", _sign("arms", f"plural:{entry.category}", first[:1].encode())


def _of_transfer(lexicon: Lexicon) -> Iterator[tuple[str, Sign | None]]:
    for lemma, frame in lexicon.transfer.verbs.items():
        kind = "everyday" if lemma in _EVERYDAY_VERBS else frame.name
        for form in _verb_forms(lemma):
            yield form, _sign("transfer", f"verb:{kind}")
            if frame.needs == "nothing" and form.endswith(("ed", "ing")):
                yield form, _sign("arms", "arming")
    for lemma, frame in lexicon.transfer.nouns.items():
        for form in forms(lemma):
            yield form, _sign("transfer", f"noun:{frame.name}")


def _of_numbers() -> Iterator[tuple[str, Sign | None]]:
    for word in _SUMS:
        yield word, _sign("sum", "sum")


def _verb_forms(verb: str) -> set[str]:
    """Return the forms of a verb, and a few that nobody writes."""
    irregular = {form for form, lemma in VERB_LEMMAS.items() if lemma == verb}
    if verb.endswith("e"):
        return {verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing", *irregular}
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing", *irregular}
    doubled = verb + verb[-1]
    return {*forms(verb), f"{verb}s", f"{verb}ed", f"{verb}ing", f"{doubled}ed", f"{doubled}ing", *irregular}
