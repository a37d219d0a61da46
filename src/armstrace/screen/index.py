"""Finds the few names on lists that are worth comparing with one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from armstrace.screen.entries import IMO, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.load import SanctionsList
from armstrace.screen.name_words import NameWords
from armstrace.screen.names import COMMON, PARTICLE, Name, Word, parse_name
from armstrace.screen.score import CONTRADICTION, EXTRA_OF_BODY, EXTRA_OF_PERSON
from armstrace.screen.sounds import consonants_of

MOST_CANDIDATES: Final = 300  # names compared in full
LEAST_PROMISE: Final = 0.45  # of points that a name could reach by the words found
_SHORTEST_SLIP: Final = 4  # letters of a sound that may have one more or less
_SLIPPED: Final = 0.85
_FRAME, _SOUND, _JOINED, _ACRONYM = "f:", "s:", "j:", "a:"


class Listed(NamedTuple):
    """A name on a list, taken apart."""

    list: SanctionsList
    entry: ListedEntry
    name: ListedName
    parsed: Name


class ListIndex:
    """The names of lists by how their words sound. Made once; what is asked of it does not change it."""

    def __init__(self, lists: Sequence[SanctionsList], words: NameWords) -> None:
        self.lists = tuple(lists)
        self.words = words
        self.names = [
            Listed(one, entry, name, parse_name(name.text, entry.kind, words))
            for one in lists
            for entry in one.entries
            for name in entry.names
        ]
        self._rows: dict[str, NDArray[np.int32]] = {}
        self._weights = np.array([listed.parsed.weight for listed in self.names], dtype=np.float32)
        persons = [listed.entry.kind is ListedKind.PERSON for listed in self.names]
        self._extras = np.where(persons, EXTRA_OF_PERSON, EXTRA_OF_BODY).astype(np.float32)
        self._imo: dict[str, list[Listed]] = {}
        self._fill()

    def by_imo(self, number: str) -> Iterable[Listed]:
        """Return the first name of each entry that has an IMO number."""
        return self._imo.get(number, ())

    def candidates(self, asked: Name) -> Iterator[Listed]:
        """Yield the names worth comparing, in the order of the lists."""
        found = np.zeros(len(self.names), dtype=np.float32)
        for word in asked.words:
            found += self._matches(word)
        promise = self._promise(found, asked.weight)
        for key in _whole_keys(asked):
            promise[self._rows.get(key, [])] = 1.0
        rows = np.flatnonzero(promise >= LEAST_PROMISE)
        if len(rows) > MOST_CANDIDATES:
            best = np.argsort(-promise[rows], kind="stable")[:MOST_CANDIDATES]
            rows = np.sort(rows[best])
        return (self.names[row] for row in rows)

    def _matches(self, word: Word) -> NDArray[np.float32]:
        """Return what a word brings to each name: its weight, less for a sound that is only near."""
        found = np.zeros(len(self.names), dtype=np.float32)
        for key in _near_keys(word.sound):
            found[self._rows.get(_SOUND + key, [])] = word.weight * _SLIPPED
        if word.frame or not word.is_number:
            found[self._rows.get(_FRAME + (word.frame or consonants_of(word.sound)), [])] = word.weight * _SLIPPED
        for key in (_SOUND + word.sound, _JOINED + word.sound):
            found[self._rows.get(key, [])] = word.weight
        return found

    def _promise(self, found: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
        """Return the most points that names can reach if no further word is found alike."""
        mine = np.maximum(weight - found, 0)
        others = np.maximum(self._weights - found, 0)
        points = found / np.maximum(found + (mine + others) * self._extras, PARTICLE)
        differ = (mine >= COMMON) & (others >= COMMON)
        promise: NDArray[np.float32] = np.where(differ, points * (1 + CONTRADICTION) / 2, points).astype(np.float32)
        return promise

    def _fill(self) -> None:
        rows: dict[str, list[int]] = {}
        for row, listed in enumerate(self.names):
            for key in set(_keys(listed)):
                rows.setdefault(key, []).append(row)
            if listed.name is listed.entry.names[0]:
                for number in listed.entry.identifiers:
                    if number.kind == IMO:
                        self._imo.setdefault(number.value, []).append(listed)
        self._rows = {key: np.array(found, dtype=np.int32) for key, found in rows.items()}


def _keys(listed: Listed) -> Iterator[str]:
    words = listed.parsed.words
    for word in words:
        for key in (word.sound, *_near_keys(word.sound)):
            yield _SOUND + key
        if word.frame:
            yield _FRAME + word.frame
        elif listed.name.sort is not NameSort.ORIGINAL and not word.is_number:
            yield _FRAME + consonants_of(word.sound)
    for size in (2, 3):
        for at in range(len(words) - size + 1):
            yield _JOINED + _joined(words[at : at + size])
    yield _JOINED + _joined(words)
    if listed.entry.kind is not ListedKind.PERSON:
        yield _ACRONYM + listed.parsed.initials


def _whole_keys(asked: Name) -> Iterator[str]:
    yield _JOINED + _joined(asked.words)
    if len(asked.words) == 1:
        yield _ACRONYM + asked.joined
    for size in (2, 3):
        for at in range(len(asked.words) - size + 1):
            yield _SOUND + _joined(asked.words[at : at + size])


def _joined(words: Sequence[Word]) -> str:
    return "".join([word.sound for word in words])


def _near_keys(sound: str) -> list[str]:
    """Return the sound with each letter left out, so that two that differ in one letter share a key."""
    if len(sound) < _SHORTEST_SLIP:
        return []
    return [sound[:at] + sound[at + 1 :] for at in range(len(sound))]
