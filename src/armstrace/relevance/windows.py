"""Windows around words for arms, and the features of each: what stands there, and how near.

All features are yes or no and weigh nothing or more: a word more hardly ever makes a text less relevant. What a text
opens with counts for more, as in every newspaper; so a short text needs less to be read, and it costs less.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from armstrace.relevance.plain import START
from armstrace.relevance.signs import Sign

# In bytes of plain words, of which a word of the press with its spaces takes about seven.
_REACHES: Final = ((45, "near"), (120, "mid"), (300, "far"))
_LEAD, _LEAD_AFTER_START = 560, 1_200  # the second of pages: a byline, buttons and a caption may follow the headline
_BEFORE, _AFTER, _NEAR_PARTY = 26, 70, 120
_FARTHEST = 300
_COMPANY = 200  # in which a word for arms tells that "Patriot" is a missile
_SEVERAL = 2
_TO_PARTY: Final = (b" to ", b" for ", b" from ", b" into ", b" by ", b" bound ")
_TELLS_ARMS: Final = frozenset({"named", "noun", "weak"})
# Armies and ships are in every paper; a text that says no more of arms must open with them.
_FAINT: Final = frozenset({"everyday", "forces", "military"})
_NUMBERS: Final = tuple(
    f" {word}  ".encode()
    for word in "two three four five six seven eight nine ten eleven twelve dozen hundred several few more".split()
)
_START = START.encode()
_MOST_PARTIES = 3
# Where most general news of the English press plays: its guns are seldom somebody else's.
_HOME: Final = frozenset({"US"})
_TRANSFER_NEAR: Final = ("mid verb", "mid noun")


class Found(NamedTuple):
    """A sign at a place (byte of the plain words)."""

    at: int
    sign: Sign


class Window(NamedTuple):
    """A word for arms with the features of its surroundings."""

    anchor: Found
    features: set[str]


def list_windows(words: bytes, found: Sequence[Found]) -> Iterator[Window]:
    """Yield the windows of plain words; ``found`` is in order of places."""
    places = [one.at for one in found]
    starts = list(_starts(words))
    for anchor in found:
        if anchor.sign.role == "arms":
            first, last = bisect_left(places, anchor.at - _FARTHEST), bisect_right(places, anchor.at + _FARTHEST)
            around = found[first:last]
            is_lead = _is_lead(anchor.at, starts)
            if (
                is_lead
                if anchor.sign.group in _FAINT
                else anchor.sign.group != "bare" or _is_arms(words, anchor, around)
            ):
                features, told = _surroundings(words, anchor, around)
                scopes = ("", "lead ") if is_lead else ("",)
                features.update(f"{scope}{anchor.sign.group}{one}" for scope in scopes for one in told)
                yield Window(anchor, features)


def _starts(words: bytes) -> Iterator[int]:
    at = words.find(_START)
    while at >= 0:
        yield at
        at = words.find(_START, at + 1)


def _is_arms(words: bytes, anchor: Found, around: Sequence[Found]) -> bool:
    """Tell whether a name that is an ordinary word too stands for arms here: in plural, after a number, in company."""
    end = words.find(b"  ", anchor.at + 1)
    before = words[max(0, anchor.at - 12) : anchor.at + 1].lower()
    return (
        words[end - 1 : end] in (b"s", b"S")
        or before.rstrip()[-1:].isdigit()
        or before.endswith(_NUMBERS)
        or any(
            one.sign.role == "arms" and one.sign.group in _TELLS_ARMS and abs(one.at - anchor.at) < _COMPANY
            for one in around
        )
    )


def _is_lead(at: int, starts: Sequence[int]) -> bool:
    return at < _LEAD or any(0 < at - start < _LEAD_AFTER_START for start in starts)


def _surroundings(words: bytes, anchor: Found, around: Sequence[Found]) -> tuple[set[str], list[str]]:
    """Return the features of what stands around, and what is told by the kind of the word for arms beside them."""
    features = {f"is {anchor.sign.kind}"}
    parties, near = set[str](), set[str]()
    for one in around:
        sign, distance = one.sign, one.at - anchor.at
        if sign.role == "party":
            parties.add(sign.kind)
            if abs(distance) <= _NEAR_PARTY:
                near.add(sign.kind)
                features.update(_placed(words, anchor.at, one))
        elif sign.role != "arms":
            features.update(f"{name} {sign.kind}" for reach, name in _REACHES if abs(distance) <= reach)
        elif distance:
            features.add(f"with {sign.group}")
    features.update(f"parties {count + 1}" for count in range(min(len(parties), _MOST_PARTIES)))
    told = {
        "": True,
        " foreign": bool(parties - _HOME),
        " parties": len(parties) >= _SEVERAL,
        " near": bool(near),
        " near foreign": bool(near - _HOME),
        " word": any(feature.startswith(_TRANSFER_NEAR) for feature in features),
    }
    return features, [name for name, is_true in told.items() if is_true]


def _placed(words: bytes, at: int, party: Found) -> Iterator[str]:
    """Yield how a party stands to a word for arms: right before it, or after it with "to", "for" and the like."""
    whose = "home" if party.sign.kind in _HOME else "foreign"
    if 0 < at - party.at <= _BEFORE:
        yield f"{whose} before"
    elif 0 < party.at - at <= _AFTER:
        between = words[at : party.at + 1]
        yield from (f"{whose} after{word.decode().rstrip()}" for word in _TO_PARTY if word in between)
