"""Which documents a notice of their outlet means: a story withdrawn or corrected in a text of its own.

1. A notice means a document of the same outlet, published no later and not long before, on the day that the notice
tells where it tells one, and known by its title or by the name that the agency files it by. 2. Where documents of more
than one title fit, or the title is only somewhat like it, nothing is taken back and the notice stands beside each.
3. Copies of what was withdrawn by other outlets are marked, and still count: their outlets did not withdraw anything.
4. A story that is sent anew, corrected, is a later version of the one that it repeats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from armstrace.register.fields import plain_name
from armstrace.text.calendar_periods import parse_published
from armstrace.text.recalls import Recall, RecallKind
from armstrace.told import Later, LaterKind
from armstrace.versions import Version

_REACH: Final = {RecallKind.WITHDRAWN: timedelta(days=31), RecallKind.CORRECTED: timedelta(days=92)}
LONGEST_REACH: Final = max(_REACH.values())  # how long after a story a notice of it may come
_DAY_OFF: Final = timedelta(days=1)  # of a day told: the clocks of desks and agencies differ
_ALIKE: Final = 0.6  # share of the words of two titles
_SOMEWHAT: Final = 0.35
_SLUG_WORDS: Final = 2  # fewer fit too many stories
_FILING: Final = frozenset("bc am pm as eu us ap ld lead writethru wt 1st 2nd 3rd 4th update refile corrected".split())
_SMALL: Final = frozenset("the a an of to in on for and or at by with from as is are says say said".split())


@dataclass(frozen=True, slots=True)
class _Fit:
    version: Version
    likeness: float


def tie_retractions(versions: Iterable[Version], families: Mapping[str, str]) -> Mapping[str, tuple[Later, ...]]:
    """Return for each document that notices mean what they say of it, the oldest notice first.

    ``families`` give the copy family of each document. What a notice says is known from the day of the notice.
    """
    known = sorted(versions, key=lambda one: one.id)
    by_outlet: dict[str, list[Version]] = defaultdict(list)
    by_credit: dict[str, list[Version]] = defaultdict(list)
    by_family: dict[str, list[Version]] = defaultdict(list)
    for one in known:
        by_outlet[plain_name(one.outlet)].append(one)
        by_family[families.get(one.id, one.id)].append(one)
        for name in one.credited:
            by_credit[plain_name(name)].append(one)
    found: dict[str, list[Later]] = defaultdict(list)
    for notice in sorted((one for one in known if one.recall), key=lambda one: (one.published or "", one.id)):
        own = plain_name(notice.outlet)
        if not own:
            continue
        meant = _meant(notice, by_outlet[own])
        for version, kind in meant:
            found[version.id].append(_later(notice, kind))
        withdrawn = [version for version, kind in meant if kind is LaterKind.WITHDRAWAL]
        copies = [one for version in withdrawn for one in by_family[families.get(version.id, version.id)]]
        credited = [fit.version for fit in _fits(notice, by_credit[own]) if fit.likeness >= _ALIKE]
        for copy in dict.fromkeys((*copies, *(credited if _is_withdrawal(notice) else ()))):
            if plain_name(copy.outlet) != own:
                found[copy.id].append(_later(notice, LaterKind.SOURCE))
    return {identity: tuple(laters) for identity, laters in found.items()}


def _meant(notice: Version, candidates: Sequence[Version]) -> list[tuple[Version, LaterKind]]:
    """Return the documents that a notice means; all as doubtful where it is not clear which."""
    recall = notice.recall
    fits = _fits(notice, candidates)
    if recall is None or not fits:
        return []
    best = max(fit.likeness for fit in fits)
    likely = [fit for fit in fits if fit.likeness == best]
    titles = {plain_name(fit.version.title) for fit in likely}
    if best < _ALIKE or len(titles) > 1:
        return [(fit.version, LaterKind.DOUBTFUL) for fit in likely]
    kind = LaterKind.WITHDRAWAL if recall.kind is RecallKind.WITHDRAWN else LaterKind.CORRECTION
    kind = LaterKind.VERSION if recall.is_repeat else kind
    return [(fit.version, kind) for fit in likely]


def _fits(notice: Version, candidates: Iterable[Version]) -> list[_Fit]:
    """Return the documents that a notice may mean, by day and title."""
    recall = notice.recall
    if recall is None:
        return []
    fits = [
        _Fit(one, _likeness(recall, one.title or ""))
        for one in candidates
        if one.id != notice.id and not _is_withdrawal(one) and _is_in_time(recall, notice, one)
    ]
    least = _ALIKE if recall.is_repeat else _SOMEWHAT
    return [fit for fit in fits if fit.likeness >= least]


def _is_withdrawal(version: Version) -> bool:
    return version.recall is not None and version.recall.kind is RecallKind.WITHDRAWN


def _is_in_time(recall: Recall, notice: Version, candidate: Version) -> bool:
    """Tell whether a document may have been published when the story meant was."""
    told, then = parse_published(notice.published), parse_published(candidate.published)
    if told is None or then is None or not (told.start and told.end and then.start and then.end):
        return False
    if then.start > told.end or told.start - then.end > _REACH[recall.kind]:
        return False
    days = [date.fromisoformat(day) for day in recall.days]
    return not days or any(then.start - _DAY_OFF <= day <= then.end + _DAY_OFF for day in days)


def _likeness(recall: Recall, title: str) -> float:
    """Return how well a title fits: the best share of words with a title told, 1 where it holds a whole slug."""
    words = _words(title)
    shares = [_share(_words(heading), words) for heading in recall.headings]
    slugs = [_words(slug.replace("-", " ").replace("/", " ")) - _FILING for slug in recall.slugs]
    held = [1.0 for slug in slugs if len(slug) >= _SLUG_WORDS and all(_is_held(word, words) for word in slug)]
    return max([*shares, *held], default=0.0)


def _is_held(word: str, words: Iterable[str]) -> bool:
    """Tell whether a word of a slug is in a title, which may have it in another number."""
    return any(one == word or one.rstrip("s") == word.rstrip("s") for one in words)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _words(title: str) -> frozenset[str]:
    return frozenset(_plain_words(title))


def _plain_words(title: str) -> Iterator[str]:
    for word in plain_name(title).split():
        if word not in _SMALL and word not in _FILING:
            yield word


def _later(notice: Version, kind: LaterKind) -> Later:
    return Later(notice.id, notice.published, notice.recall.words if notice.recall else None, kind)
