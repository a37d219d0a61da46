"""Documents as versions of a page: which is later, from when it is known, and what it corrects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.document import Document, Span
from armstrace.model import Claim
from armstrace.text.calendar_periods import parse_published
from armstrace.text.recalls import Recall, RecallKind, find_recall
from armstrace.told import Later, LaterKind, Told

# What a correction quotes to take it back, and not to put it right.
_TAKES_BACK: Final = re.compile(
    r"\b(?:earlier|previous|original) version|\b(?:incorrectly|wrongly|mistakenly|erroneously|misstated|misreported)\b",
    re.IGNORECASE,
)
_DAY: Final = 10  # characters of an ISO day


@dataclass(frozen=True, slots=True)
class Version:
    """What must be known of a document to tell its claims, without its text.

    ``updated`` and ``captured`` are ISO days or moments; ``corrections`` the words of its corrections with their place;
    ``recall`` the story that it takes back as a notice; ``credited`` the agencies named as where it comes from.
    """

    id: str
    outlet: str | None
    published: str | None
    title: str | None
    updated: str | None
    corrections: tuple[tuple[str, Span | None], ...]
    captured: str | None = None
    recall: Recall | None = None
    credited: tuple[str, ...] = ()

    def tell(self, claim: Claim, family: str, later: Sequence[Later]) -> Told:
        """Return a claim of this document as told in it."""
        return Told(claim, self.outlet, self.published, family, self.title, (*self._takes_back(claim), *later))

    def _takes_back(self, claim: Claim) -> Iterator[Later]:
        """Yield what the document itself takes back of a claim in it: what a correction or a notice quotes."""
        for words, span in self.corrections:
            if span and span.holds(claim.evidence.span) and _TAKES_BACK.search(words):
                yield Later(self.id, self.published, words)
        if self.recall and self.recall.kind is RecallKind.WITHDRAWN:
            yield Later(self.id, self.published, self.recall.words, LaterKind.WITHDRAWAL)
        elif self.recall and not self.recall.is_repeat and _TAKES_BACK.search(claim.evidence.text):
            yield Later(self.id, self.published, self.recall.words)


def make_version(document: Document) -> Version:
    """Return what must be known of a document to tell its claims.

    What bears a correction is known from its update, where that is told: before, the page said something else.
    """
    known, facts = document.metadata, document.facts
    updated = max((fact.text for fact in facts if fact.kind == "updated" and parse_published(fact.text)), default=None)
    corrections = tuple((fact.text, fact.span) for fact in facts if fact.kind == "correction")
    credited = tuple(dict.fromkeys(fact.text.strip(" ()") for fact in facts if fact.kind == "wire"))
    published = updated[:_DAY] if corrections and updated else known.published
    return Version(
        document.id,
        known.outlet or next(iter(credited), None),
        published,
        known.title,
        updated,
        corrections,
        recall=find_recall(known.title, document.text, known.published),
        credited=credited,
    )


def later_versions(
    pages: Iterable[Sequence[Version]],
) -> Mapping[str, tuple[tuple[Later, ...], str | None]]:
    """Return for each version of a page what came after it, the oldest first, and from when it is itself known.

    Versions are put in order by when they were captured where that is known of all, else by their update or
    publication; of two that these do not tell apart neither is later.
    """
    return {version.id: entry for page in pages for version, entry in _follow(page)}


def _follow(page: Sequence[Version]) -> Iterable[tuple[Version, tuple[tuple[Later, ...], str | None]]]:
    captured = all(version.captured for version in page)
    keys = {
        version.id: (version.captured if captured else version.updated or version.published) or "" for version in page
    }
    ordered = sorted(page, key=lambda version: (keys[version.id], version.id))
    for version in ordered:
        before = {words for words, _ in version.corrections}
        after = [other for other in ordered if keys[version.id] and keys[other.id] > keys[version.id]]
        later = tuple(Later(other.id, _since(other), _new_words(other, before)) for other in after)
        is_first = keys[version.id] == keys[ordered[0].id]
        yield version, (later, None if is_first else _since(version))


def _since(version: Version) -> str | None:
    """Return the day from which a version that is not the first is known."""
    known = version.updated or version.captured
    return known[:_DAY] if known else version.published


def _new_words(version: Version, before: set[str]) -> str | None:
    """Return the corrections that an earlier version did not bear yet."""
    words = [words for words, _ in version.corrections if words not in before]
    return " / ".join(words) or None
