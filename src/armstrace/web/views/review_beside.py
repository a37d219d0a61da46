"""What stands beside a claim under review: grades, its line of the register, claims to compare, earlier judgements."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from armstrace.export.plain import plain
from armstrace.export.transfer_words import outlet_words
from armstrace.export.wording import CountryNames, claim_words, standing_words
from armstrace.group.compare import Comparison, Reason, compare_claims
from armstrace.judging import OpenClaim
from armstrace.lexicon.match import Matcher
from armstrace.model import SourceKind
from armstrace.register.reliability import Row, grade_source
from armstrace.review.apply import Decision
from armstrace.told import Told
from armstrace.web.views.words import Stretch, evidence_words

MOST: Final = 6  # claims to compare with, of its own line and of others
_JUDGED: Final = {
    "same-transfer": "judged to be of one transfer",
    "different-transfer": "judged to be of different ones",
}


class Graded(NamedTuple):
    """A source: its name and kind, the letter of its reliability, what that means, and why."""

    name: str
    kind: str
    grade: str
    label: str
    why: str


class Candidate(NamedTuple):
    """A claim to compare with: what it says, where, how alike the two are and why, what people judged of them."""

    id: str
    headline: str
    standing: str
    outlet: str
    published: str
    words: tuple[Stretch, ...]
    verdict: str
    points: str
    reasons: tuple[tuple[str, str], ...]
    judged: str
    is_of_line: bool


class Said(NamedTuple):
    """A judgement: its number, when, who, what, why; ``is_undone`` where a later one took it back."""

    number: int
    at: str
    who: str
    what: str
    why: str
    is_undone: bool


def view_sources(told: Told, rows: Sequence[Row]) -> tuple[Graded, ...]:
    """Return how reliable each link of a claim's chain is, and the outlet that it stands in."""
    sources = [(one.name, one.kind, one.country) for one in told.claim.attribution]
    if told.outlet and told.outlet not in {name for name, _, _ in sources}:
        sources.append((told.outlet, SourceKind.OUTLET, None))
    graded = ((name, kind, grade_source(rows, name, kind, country)) for name, kind, country in sources)
    return tuple(
        Graded(plain(name), str(kind), one.grade, one.label, plain(one.sentence)) for name, kind, one in graded
    )


def view_candidates(
    told: Told, own: Iterable[Told], others: Iterable[Told], opened: OpenClaim, words: tuple[Matcher, CountryNames]
) -> tuple[Candidate, ...]:
    """Return the claims to compare with: of its own line the least alike first, then of others the most alike."""
    matcher, names = words
    judged = {other: f"{_JUDGED[one.verdict]} by {plain(by.who)}" for one, by in opened.pairs for other in one.pair}

    def compared(claims: Iterable[Told]) -> list[tuple[float, Told, Comparison]]:
        found = ((one, compare_claims(told, one, matcher)) for one in claims if one.claim.id != told.claim.id)
        return sorted(((made.score, one, made) for one, made in found), key=lambda row: (row[0], row[1].claim.id))

    mine = [(one, made, True) for _, one, made in compared(own)[:MOST]]
    rest = [(one, made, False) for _, one, made in compared(others)[::-1][:MOST]]
    return tuple(
        _candidate(one, made, names, judged.get(one.claim.id, ""), is_of_line=is_mine)
        for one, made, is_mine in (*mine, *rest)
    )


def view_said(opened: OpenClaim) -> tuple[Said, ...]:
    """Return what people judged of a claim, the latest first."""
    reviewed = opened.reviewed
    undone = {one.number for one in reviewed.undone}
    found = {one.number: one for one in (*reviewed.decisions, *reviewed.undone, *(by for _, by in opened.pairs))}
    return tuple(_said(one, is_undone=number in undone) for number, one in sorted(found.items(), reverse=True))


def _said(one: Decision, *, is_undone: bool) -> Said:
    what = _what(one.verdict, one.field, one.value)
    return Said(one.number, one.at, plain(one.who), what, plain(one.why or ""), is_undone)


def newer_than(said: Iterable[Said], number: int) -> tuple[Said, ...]:
    """Return the judgements that came after one."""
    return tuple(one for one in said if one.number > number)


def _candidate(told: Told, made: Comparison, names: CountryNames, judged: str, *, is_of_line: bool) -> Candidate:
    return Candidate(
        id=told.claim.id,
        headline=claim_words(told.claim, names),
        standing=standing_words(told.claim),
        outlet=outlet_words(told),
        published=plain(told.published or "no date"),
        words=evidence_words(told.claim),
        verdict=str(made.verdict),
        points=f"{made.score:g}",
        reasons=tuple((plain(one.words), _points(one)) for one in made.reasons),
        judged=judged,
        is_of_line=is_of_line,
    )


def _points(reason: Reason) -> str:
    return "rules it out" if reason.points is None else f"{reason.points:+g}"


def _what(verdict: str, field: str, value: object) -> str:
    """Return a judgement in words."""
    return _WHAT[verdict](field, value)


def _corrected(field: str, value: object) -> str:
    return plain(f"corrected {field}: {_short(value)}")


def _short(value: object) -> str:
    """Return a value in one line: what a record says, without the places of its words."""
    rows = value if isinstance(value, list) else [value]
    return "; ".join(", ".join(_parts(row)) for row in rows) or "none"


def _parts(row: object) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield "none" if row is None else row if isinstance(row, str) else json.dumps(row)
        return
    yield from (f"{key} {told}" for key, told in row.items() if key not in {"span", "codes"} and told not in (None, ""))


_WHAT: Final[Mapping[str, Callable[[str, object], str]]] = {
    "accept": lambda field, _: f"accepted {field} as read" if field else "accepted",
    "reject": lambda _, __: "rejected",
    "correct": _corrected,
    "undo": lambda _, value: f"took back judgement {', '.join(map(str, value if isinstance(value, list) else ()))}",
    "same-transfer": lambda _, value: plain(f"of one transfer with claim {value}"),
    "different-transfer": lambda _, value: plain(f"of another transfer than claim {value}"),
}
