"""Which word of one name answers which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from armstrace.screen.names import Name, Word
from armstrace.screen.sounds import consonants_of

SAME_SOUND: Final = 0.95
SAME_FRAME: Final = 0.9  # consonants of a name in Arabic or Hebrew letters
INITIAL: Final = 0.85
JOINED: Final = 0.95  # "vander bilt" for "vanderbilt"
# The longest words of which so many letters may differ: about one in four, and none in the shortest.
_SLIPS: Final = ((2, 0), (7, 1), (11, 2))
_MOST_SLIPS: Final = 3
_LEAST_JOINED: Final = 0.85
_LEAST_SHARE: Final = 0.6  # of letters, where only the sounds are near
_SHORTEST_SOUND: Final = 4  # below, a letter more or less makes another sound
_SHORTEST_FRAME: Final = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that answer each other, how much alike they are (0 to 1), and why."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    likeness: float
    why: str

    @property
    def weight(self) -> float:
        """What the pair counts: the heavier side, for what one list calls common may be all that the other has."""
        return max(sum(w.weight for w in self.left), sum(w.weight for w in self.right))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of two names, and the words of either that nothing answers."""

    pairs: tuple[Pair, ...]
    left: tuple[Word, ...]
    right: tuple[Word, ...]


def align_names(left: Name, right: Name, *, initials: bool) -> Alignment:
    """Return the best pairs, most alike first; with ``initials`` a single letter answers a word that begins with it."""
    found: list[tuple[float, int, int, str]] = []
    for i, word in enumerate(left.words):
        for j, other in enumerate(right.words):
            likeness, why = compare_words(word, other, initials=initials)
            if likeness:
                found.append((-likeness, i, j, why))
    rest_left, rest_right = dict(enumerate(left.words)), dict(enumerate(right.words))
    pairs = []
    for negative, i, j, why in sorted(found):
        if i in rest_left and j in rest_right:
            pairs.append(Pair((rest_left.pop(i),), (rest_right.pop(j),), -negative, why))
    if rest_left and rest_right:
        pairs += _joined_pairs(rest_left, rest_right)
        pairs += [Pair(p.right, p.left, p.likeness, p.why) for p in _joined_pairs(rest_right, rest_left)]
    return Alignment(tuple(pairs), tuple(rest_left.values()), tuple(rest_right.values()))


def compare_words(word: Word, other: Word, *, initials: bool) -> tuple[float, str]:
    """Return how much alike two words are (0 where they are not one word), and why."""
    if word.text == other.text:
        return 1.0, "same"
    if word.is_number or other.is_number or word.is_sign or other.is_sign:
        return 0.0, ""
    shorter, longer = sorted((word.text, other.text), key=len)
    if len(shorter) == 1:
        return (INITIAL, "initial") if initials and longer.startswith(shorter) else (0.0, "")
    if word.sound == other.sound:
        return SAME_SOUND, "same sound"
    if bool(word.frame) != bool(other.frame):
        return _compare_frames(word, other)
    likeness = _likeness(word.text, other.text)
    if min(len(word.sound), len(other.sound)) >= _SHORTEST_SOUND:
        near = _likeness(word.sound, other.sound) * SAME_SOUND
        likeness = near if near > likeness and _share(word.text, other.text) >= _LEAST_SHARE else likeness
    return (likeness, "spelling") if likeness else (0.0, "")


def _compare_frames(word: Word, other: Word) -> tuple[float, str]:
    mine, others = (w.frame or consonants_of(w.sound) for w in (word, other))
    if mine == others and len(mine) > 1:
        return SAME_FRAME, "same consonants"
    if min(len(mine), len(others)) < _SHORTEST_FRAME:
        return 0.0, ""
    likeness = _likeness(mine, others) * SAME_FRAME
    return (likeness, "consonants") if likeness else (0.0, "")


def _likeness(word: str, other: str) -> float:
    length = max(len(word), len(other))
    most = next((slips for size, slips in _SLIPS if length <= size), _MOST_SLIPS)
    if abs(len(word) - len(other)) > most:
        return 0.0
    slips = OSA.distance(word, other, score_cutoff=most)
    return 1 - slips / length if slips <= most else 0.0


def _share(word: str, other: str) -> float:
    return OSA.normalized_similarity(word, other)


def _joined_pairs(single: dict[int, Word], several: dict[int, Word]) -> Iterator[Pair]:
    """Yield pairs of a word left over and two or three that follow each other and spell it together."""
    for i in sorted(single):
        for at in _runs(sorted(several)):
            joined = "".join([several[j].text for j in at])
            if abs(len(joined) - len(single[i].text)) > 1:
                continue
            likeness = _likeness(single[i].text, joined)
            if likeness > _LEAST_JOINED:
                words = tuple(several.pop(j) for j in at)
                yield Pair((single.pop(i),), words, likeness * JOINED, "in one word")
                break


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Return the places that follow each other by two and by three."""
    return [
        list(places[at : at + size])
        for size in (2, 3)
        for at in range(len(places) - size + 1)
        if places[at + size - 1] - places[at] == size - 1
    ]
