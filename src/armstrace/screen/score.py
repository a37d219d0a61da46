"""How much two names have in common, as a sum of reasons that a person can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from armstrace.screen.align import Alignment, align_names
from armstrace.screen.entries import ListedKind
from armstrace.screen.names import COMMON, Name, Word

# Each is a judgement of the field, not a fit: see docs/decisions/0014-screening-matcher.md.
CONTRADICTION: Final = 0.65  # what is left where each name has a word of its own that tells it apart
EXTRA_OF_PERSON: Final = 0.3  # how much a further word counts: people's names are shortened all the time
EXTRA_OF_BODY: Final = 0.8  # a further word often means a daughter firm, or another firm
OTHER_FORM: Final = 0.05
NOT_FOR_PROFIT: Final = 0.3
RUN_TOGETHER: Final = 0.95
ACRONYM: Final = 0.8
SHORTEST_RUN: Final = 6
LONGEST_SHORT_NAME: Final = 4
_SHORTEST_ACRONYM: Final = 3
_LETTERS_A_SLIP: Final = 8


class Reason(NamedTuple):
    """One part of a score: which feature, how many points it brings or takes, in words."""

    feature: str
    points: float
    words: str


class Score(NamedTuple):
    """Points from 0 to 1 and what they are made of; the points of the reasons add up to them, rounding aside."""

    points: float
    reasons: tuple[Reason, ...]


class Compared(NamedTuple):
    """Two names as features see them."""

    asked: Name
    listed: Name
    kind: ListedKind
    alignment: Alignment


def score_names(asked: Name, listed: Name, kind: ListedKind) -> Score:
    """Return how much a name asked for has in common with one on a list of entries of a kind."""
    alignment = align_names(asked, listed, initials=kind in (ListedKind.PERSON, ListedKind.UNKNOWN))
    compared = Compared(asked, listed, kind, alignment)
    best = max((feature(compared) for feature in LIKENESSES), key=lambda reason: reason.points)
    reasons = [best]
    points = best.points
    for deduction in DEDUCTIONS if points else ():
        reason = deduction(compared, best)
        if reason:
            reasons.append(reason)
            points += reason.points
    return Score(round(max(points, 0.0), 3), tuple(reasons))


def same_words(compared: Compared) -> Reason:
    """Words that answer each other, by their weight, against all words; further words count less."""
    pairs = compared.alignment.pairs
    paired = sum(pair.weight for pair in pairs)
    extra = EXTRA_OF_PERSON if compared.kind is ListedKind.PERSON else EXTRA_OF_BODY
    further = sum(w.weight for w in (*compared.alignment.left, *compared.alignment.right)) * extra
    is_likeness = any(pair.why != "initial" for pair in pairs)  # initials alone are no name
    points = sum(pair.weight * pair.likeness for pair in pairs) / (paired + further) if is_likeness else 0.0
    return Reason("words", points, "; ".join(_pair_words(compared.alignment)) or "no word in common")


def run_together(compared: Compared) -> Reason:
    """The same letters with the spaces elsewhere: "VanderBilt" for "Van der Bilt"."""
    asked, listed = compared.asked.joined, compared.listed.joined
    is_same_count = len(compared.asked.words) == len(compared.listed.words)
    is_same_number = _numbers(compared.asked) == _numbers(compared.listed)
    if min(len(asked), len(listed)) < SHORTEST_RUN or is_same_count or not is_same_number:
        return Reason("run together", 0.0, "")
    most = min(len(asked), len(listed)) // _LETTERS_A_SLIP
    slips = OSA.distance(asked, listed, score_cutoff=most)
    points = RUN_TOGETHER * (1 - slips / max(len(asked), len(listed))) if slips <= most else 0.0
    return Reason("run together", points, f"'{compared.asked.text}' and '{compared.listed.text}' but for spaces")


def acronym(compared: Compared) -> Reason:
    """Capitals that are the first letters of the listed body's words."""
    asked, listed = compared.asked, compared.listed
    is_acronym = asked.text.isupper() and len(asked.words) == 1 and len(asked.joined) >= _SHORTEST_ACRONYM
    if compared.kind is ListedKind.PERSON or not is_acronym or asked.joined != listed.initials:
        return Reason("acronym", 0.0, "")
    return Reason("acronym", ACRONYM, f"'{asked.text}' are the first letters of '{listed.text}'")


def contradiction(compared: Compared, best: Reason) -> Reason | None:
    """Each name has a word of its own that tells it apart: relatives, daughter firms, other persons."""
    if best.feature != "words":
        return None
    mine, others = (_telling(words) for words in (compared.alignment.left, compared.alignment.right))
    if not (mine and others):
        return None
    words = f"'{mine[0].text}' against '{others[0].text}'"
    return Reason("contradiction", -best.points * (1 - CONTRADICTION), words)


def short_name(compared: Compared, best: Reason) -> Reason | None:
    """A name of a few letters that differs in one is another name."""
    asked, listed = compared.asked.joined, compared.listed.joined
    if asked == listed or max(len(asked), len(listed)) > LONGEST_SHORT_NAME:
        return None
    return Reason("short name", -best.points * (1 - CONTRADICTION), f"'{asked}' is not '{listed}'")


def legal_form(compared: Compared, best: Reason) -> Reason | None:
    """Forms of different kinds; a charity's name is no firm's."""
    mine, others = compared.asked.forms - {"company"}, compared.listed.forms - {"company"}
    if not (mine and others) or mine & others:
        return None
    deduction = NOT_FOR_PROFIT if "non-profit" in mine ^ others else OTHER_FORM
    words = f"{', '.join(compared.asked.aside)} against {', '.join(compared.listed.aside)}"
    return Reason("legal form", -min(best.points, deduction), words)


LIKENESSES: Final[tuple[Callable[[Compared], Reason], ...]] = (same_words, run_together, acronym)
DEDUCTIONS: Final[tuple[Callable[[Compared, Reason], Reason | None], ...]] = (contradiction, short_name, legal_form)


def _numbers(name: Name) -> list[str]:
    return [w.text for w in name.words if w.is_number]


def _telling(words: tuple[Word, ...]) -> list[Word]:
    return [w for w in words if w.weight >= COMMON]


def _pair_words(alignment: Alignment) -> list[str]:
    told = [
        f"{_text(pair.left)} = {_text(pair.right)}"
        if pair.why == "same"
        else f"{_text(pair.left)} ~ {_text(pair.right)} ({pair.why} {pair.likeness:.2f})"
        for pair in alignment.pairs
    ]
    further = _text((*alignment.left, *alignment.right))
    return [*told, *([f"further: {further}"] if further else [])]


def _text(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)
