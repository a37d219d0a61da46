"""The register as its page shows it: filters with their counts, columns that sort, lines, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.register.grades import LABELS
from armstrace.register.known import known_from
from armstrace.store.line_query import NO_FINDING, Facets
from armstrace.store.transfers import NO_DAY, LineRow, TransferPage
from armstrace.web.views.register_form import CHOICES, Asked, address_of, cursor_to_text
from armstrace.web.views.watch_this import watch_filter

MOST_MARKS: Final = 6  # of one side; more are told as a number
MOST_MEASURES: Final = 4
_VERDICT_TAGS: Final = {Verdict.BREACH: "denied", Verdict.DEPENDS: "doubt", Verdict.UNKNOWN: ""}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "credibility": {str(digit): f"{digit} {label}" for digit, label in LABELS.items()},
    "law": {
        Verdict.BREACH: "breach if true",
        Verdict.DEPENDS: "depends",
        Verdict.UNKNOWN: "unknown",
        NO_FINDING: "no finding",
    },
    "reviewed": {"all": "all claims judged", "some": "some judged", "none": "not judged yet"},
}
_KINDS: Final = (
    ("status", "Status", "statuses"),
    ("category", "Arms", "categories"),
    ("credibility", "Credibility", "credibilities"),
    ("law", "Embargo law", "verdicts"),
    ("reviewed", "Review", "reviews"),
)
# Columns: what stands in the heading, and the order that it sorts by.
_COLUMNS: Final = (
    ("Status", None),
    ("Transfer", "route"),
    ("Number", None),
    ("For / against", "origins-for"),
    ("Cr.", "credibility"),
    ("Embargo law", None),
    ("First known", "first-known"),
    ("Last change", "last-change"),
)
_RISING: Final = frozenset({"first-known", "credibility", "route"})  # orders in which the least come first


class Answer(NamedTuple):
    """An answer that can be chosen: its value, in words, how many lines it would leave, whether it is chosen."""

    value: str
    words: str
    lines: int
    is_chosen: bool


class Kind(NamedTuple):
    """Answers of one kind; ``name`` is that of the form's field."""

    name: str
    heading: str
    answers: tuple[Answer, ...]


class Column(NamedTuple):
    """A column: heading, the address that sorts by it ("" where nothing does), how it is sorted now, as ARIA tells."""

    heading: str
    address: str
    sorted: str


class Marks(NamedTuple):
    """Origins of one side as marks: how many filled and hollow ones are drawn, how many are left out, all in words."""

    filled: int
    hollow: int
    more: int
    words: str


class LawMark(NamedTuple):
    """A verdict with the measures that give it, the colour of its tag, how many more there are."""

    words: str
    measures: tuple[str, ...]
    tag: str
    more: int


class LineView(NamedTuple):
    """A line as a row shows it."""

    id: str
    address: str
    shown: Mapping[str, Any]
    marks_for: Marks
    marks_against: Marks | None
    law: tuple[LawMark, ...]
    first_day: str
    changed_day: str


class Slider(NamedTuple):
    """The days that can be gone back to: the first, the last, how many there are, and at which the page stands."""

    first: str
    last: str
    length: int
    at: int


@dataclass(frozen=True, slots=True)
class Material:
    """What the page of a register is made of; ``total`` counts all lines of the day, ``days`` bound what is known."""

    page: TransferPage
    facets: Facets
    total: int
    days: tuple[str, str] | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class RegisterView:
    """All that the page of the register shows; ``empty`` names why there is no line, "" where there are some.

    ``watch`` is where a watch on what is asked for is made.
    """

    asked: Asked
    as_of: str
    told: str
    notice: str
    kinds: tuple[Kind, ...]
    measures: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    lines: tuple[LineView, ...]
    previous: str
    next: str
    clear: str
    today: str
    slider: Slider | None
    empty: str
    watch: str


def view_register(asked: Asked, material: Material | None) -> RegisterView:
    """Return what the page of a register shows; without material where what is asked for cannot be read."""
    found = material or Material(TransferPage((), None, None), Facets(0, {}, {}, {}, {}, {}, {}), 0, None)
    page, as_of = found.page, "" if asked.problems.get("as_of") else known_from(asked.words.get("as_of")) or ""
    return RegisterView(
        asked=asked,
        as_of=as_of,
        told=_told(found.facets.total, found.total) if material else "",
        notice=found.notice,
        kinds=tuple(_kinds(asked, found.facets)),
        measures=tuple(sorted(found.facets.measures.items(), key=lambda one: (-one[1], one[0]))),
        columns=tuple(_column(heading, order, asked) for heading, order in _COLUMNS),
        lines=tuple(_line(row, as_of) for row in page.lines),
        previous=address_of(asked, **{"from": cursor_to_text(page.previous)}) if page.previous else "",
        next=address_of(asked, **{"from": cursor_to_text(page.next)}) if page.next else "",
        clear=address_of(Asked({}, {}, asked.order, "", {}), as_of=asked.words.get("as_of", "")),
        today=address_of(asked, as_of=""),
        slider=slider_of(found.days, as_of),
        empty=_empty(found, as_of) if material and not page.lines else "",
        watch=watch_filter(asked),
    )


def _told(found: int, total: int) -> str:
    lines = "1 transfer" if found == 1 else f"{found:,} transfers"
    return lines if found == total else f"{lines} of {total:,}"


def _empty(material: Material, as_of: str) -> str:
    """Return why no line is shown: "nothing" is kept, nothing was "known" then, none is "found"."""
    if material.total:
        return "found"
    return "known" if as_of and material.days else "nothing"


def _kinds(asked: Asked, facets: Facets) -> Iterator[Kind]:
    for name, heading, field in _KINDS:
        counts: Mapping[str, int] = getattr(facets, field)
        chosen = asked.chosen.get(name, ())
        words = _WORDS.get(name, {})
        answers = tuple(
            Answer(one, words.get(one, one.replace("-", " ")), counts.get(one, 0), one in chosen)
            for one in CHOICES[name]
            if counts.get(one) or one in chosen
        )
        if answers:
            yield Kind(name, heading, answers)


def _column(heading: str, order: str | None, asked: Asked) -> Column:
    if order is None:
        return Column(heading, "", "")
    is_by_it, is_other_way = asked.order.removeprefix("-") == order, asked.order.startswith("-")
    way = "ascending" if (order in _RISING) ^ is_other_way else "descending"
    following = f"-{order}" if is_by_it and not is_other_way else order
    return Column(heading, address_of(asked, sort=following), way if is_by_it else "none")


def _line(row: LineRow, as_of: str) -> LineView:
    shown = row.shown
    (independent, not_shown), (denying, denying_not_shown) = shown["for"], shown["against"]
    is_denied = bool(denying or denying_not_shown)
    return LineView(
        id=row.transfer_id,
        address=f"/transfers/{row.transfer_id}{f'?as_of={as_of}' if as_of else ''}",
        shown=shown,
        marks_for=_marks(independent, not_shown, "for"),
        marks_against=_marks(denying, denying_not_shown, "against") if is_denied else None,
        law=tuple(_law(shown["law"])),
        first_day="" if row.first_day == NO_DAY else row.first_day,
        changed_day=row.changed_day,
    )


def _marks(independent: int, not_shown: int, side: str) -> Marks:
    filled = min(independent, MOST_MARKS)
    hollow = min(not_shown, MOST_MARKS - filled)
    parts = [f"{independent or 'no'} independent origin{'' if independent == 1 else 's'} {side} it"]
    parts += [f"{not_shown} not shown to be independent"] if not_shown else []
    return Marks(filled, hollow, independent + not_shown - filled - hollow, ", ".join(parts))


def _law(pairs: Sequence[tuple[str, str]]) -> Iterator[LawMark]:
    for verdict, tag in _VERDICT_TAGS.items():
        measures = [measure for one, measure in pairs if one == verdict]
        if measures:
            words = _WORDS["law"][verdict]
            yield LawMark(words, tuple(measures[:MOST_MEASURES]), tag, len(measures[MOST_MEASURES:]))


def slider_of(days: tuple[str, str] | None, as_of: str) -> Slider | None:
    """Return the days from a first to a last that can be gone back to; None where there is but one."""
    if days is None or days[0] == days[1]:
        return None
    first, last = map(date.fromisoformat, days)
    count = (last - first).days
    at = (date.fromisoformat(as_of) - first).days if as_of else count
    return Slider(days[0], days[1], count, min(max(at, 0), count))
