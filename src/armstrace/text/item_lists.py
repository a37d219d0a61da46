"""Lists of articles with their numbers, as official notices word them: "Eight (8) engines (4 installed, 4 spares)".

Entries stand on lines, between semicolons, or after commas and "and" before the next number. An entry is the words
of the article, its number where one stands (first, or last as in licence lists: "rifles (12)"), and notes on the
pieces counted.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from armstrace.document import Span
from armstrace.model import Quantity
from armstrace.text.list_counts import quantity_of, read_count
from armstrace.text.measures import is_measured, is_part_of_word
from armstrace.text.numerals import FLAGS, GAP, RIGHT, SMALL, read_numeral
from armstrace.text.paragraphs import trim_span
from armstrace.text.tables import alternatives, load_table
from armstrace.text.units import PIECES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BRACKET = re.compile(r"[()]")
_HARD = re.compile(r";|\n[ \t\r]*\n")
_LINE = re.compile(r"\n[ \t]*(?=(?P<bullet>[-*•▪‣·–—][ \t])?\S)")
_COMMA = re.compile(rf",{GAP}(?:and{RIGHT}{GAP})?|{GAP}and{RIGHT}{GAP}", FLAGS)
_INCLUDES = re.compile(rf"(?:which{GAP})?(?:includ(?:es|ing)|plus|of{GAP}which|with|up{GAP}to){GAP}", FLAGS)
_LAST = re.compile(
    r"(?:[ \t]\(|:[ \t]{1,3}|[ \t][-–—x×][ \t]{1,3})(?P<number>[0-9]{1,3}(?:,[0-9]{3})*|[0-9]{1,7})\)?\Z"
)
_TAIL = re.compile(r"(?:[\s,;:.*]|(?<![\w-])(?:and|or)(?=[\s,;:.*]|\Z))+\Z", FLAGS)
_ARTICLE = re.compile(rf"(?:an?|the){GAP}", FLAGS)
_TAIL_LENGTH = 40
_MOST_NOTES = 4  # in brackets after one article
_MOST_LEADS = 8  # before one article: of a run of "and and ..." each would be read again behind every other
_NUMBER = "(?:[0-9]{1,6}|" + "|".join(SMALL) + ")"


class ListEntry(NamedTuple):
    """One entry: ``span`` is all of it, ``item`` the words of the article, ``notes`` what is said of the pieces."""

    span: Span
    item: Span
    quantity: Quantity | None
    notes: tuple[Span, ...] = ()


class Patterns(NamedTuple):
    """The tables of ``item_lists.yml`` as patterns."""

    lead: re.Pattern[str]
    note: re.Pattern[str]
    only_note: re.Pattern[str]
    nothing: re.Pattern[str]
    goes_on: re.Pattern[str]


def read_item_list(text: str, region: Span) -> tuple[ListEntry, ...]:
    """Return the entries of the list that ``region`` holds, in order; without number where none is told.

    Where no semicolon and no line parts them, commas do, unless there is but one comma after a number and no "and":
    "bodies, 1,000-pound" is one article. "None" is no entry.
    """
    bare = _without_brackets(text, region)
    parted = [line for piece in _at_marks(bare, region, _HARD) for line in _at_lines(text, piece)]
    pieces = [part for piece in parted for part in _at_counts(text, bare, piece)]
    if len(parted) == 1 and (len(pieces) > 1 or _is_comma_list(text, bare, parted[0])):
        pieces = [part for piece in pieces for part in _at_commas(bare, piece)]
    entries = [entry for piece in pieces if (entry := _read_entry(text, piece)) is not None]
    if not any(entry.quantity for entry in entries):
        entries = [_counted_last(text, entry) for entry in entries]
    return tuple(_join_notes(text, entries))


def _bracketed(text: str, region: Span) -> list[Span]:
    """Return the outermost bracketed stretches; a bracket that does not close holds nothing."""
    found: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text, *region):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            span = Span(opened.pop(), match.end())
            while found and span.holds(found[-1]):
                found.pop()
            found.append(span)
    return found


def _without_brackets(text: str, region: Span) -> str:
    """Return the text with what stands in brackets made underscores, so that nothing in them parts a list."""
    pieces: list[str] = []
    done = 0
    for span in _bracketed(text, region):
        pieces += (text[done : span.start], "_" * (span.end - span.start))
        done = span.end
    return "".join((*pieces, text[done:]))


def _cut(region: Span, cuts: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches between cuts."""
    borders = [Span(region.start, region.start), *cuts, Span(region.end, region.end)]
    yield from (Span(first.end, second.start) for first, second in pairwise(borders) if first.end < second.start)


def _at_marks(bare: str, piece: Span, marks: re.Pattern[str]) -> Iterator[Span]:
    yield from _cut(piece, [Span(*match.span()) for match in marks.finditer(bare, *piece)])


def _at_lines(text: str, piece: Span) -> Iterator[Span]:
    """Cut where a line begins an entry: with a bullet, or a number written as the numbers of the other lines are.

    Any other line goes on with the entry before it, for notices are wrapped by hand.
    """
    breaks = list(_LINE.finditer(text, *piece))
    bullets = {match.end() for match in breaks if match["bullet"]}
    starts = [piece.start, *(match.end() for match in breaks)]
    counts = {start: read_count(text, _after_lead(text, Span(start, piece.end))) for start in starts}
    twice = any(count.twice for count in counts.values() if count)
    opens = [s for s in starts[1:] if s in bullets or ((count := counts[s]) and (count.twice or not twice))]
    yield from _cut(piece, [Span(start, start) for start in opens])


def _at_counts(text: str, bare: str, piece: Span) -> Iterator[Span]:
    """Cut after a comma or "and" before the next number; a bare "and" needs a number written as the first one is."""
    first = read_count(text, _after_lead(text, piece))
    cuts = []
    for match in _COMMA.finditer(bare, first.end if first else piece.start, piece.end):
        count = read_count(text, _after_lead(text, Span(match.end(), piece.end)))
        if count and (count.twice or (first and (match.group().startswith(",") or not first.twice))):
            cuts.append(Span(*match.span()))
    yield from _cut(piece, cuts)


def _at_commas(bare: str, piece: Span) -> Iterator[Span]:
    """Cut at the commas of a list that nothing else parts, but not before words that go on ("pods, with fuzes")."""
    goes_on = load_patterns().goes_on
    commas = (match for match in _COMMA.finditer(bare, *piece) if match.group().startswith(","))
    yield from _cut(piece, [Span(*match.span()) for match in commas if not goes_on.match(bare, match.end())])


def _is_comma_list(text: str, bare: str, piece: Span) -> bool:
    """Tell whether commas part a piece: it has a last ", and", or no number that its words may go on after."""
    commas = [match.group() for match in _COMMA.finditer(bare, *piece) if match.group().startswith(",")]
    return any(comma.rstrip().endswith("and") for comma in commas) or read_count(text, _after_lead(text, piece)) is None


def _after_lead(text: str, piece: Span) -> Span:
    """Return a piece without white space, bullet, list mark and "and" before its words."""
    trimmed = trim_span(text, *piece)
    lead = load_patterns().lead.match(text, *trimmed)
    return Span(lead.end() if lead else trimmed.start, trimmed.end)


def _without_tail(text: str, span: Span) -> Span:
    """Return a span without white space at its ends and without stops and "and" after it."""
    start, end = trim_span(text, *span)
    tail = _TAIL.search(text[max(start, end - _TAIL_LENGTH) : end])
    return Span(start, end - len(tail.group())) if tail else Span(start, end)


def _read_entry(text: str, piece: Span) -> ListEntry | None:
    """Return the entry that a piece holds; None where it holds no words, or says that there is none."""
    span = _without_tail(text, _after_lead(text, piece))
    if not any(c.isalnum() for c in span.of(text)) or load_patterns().nothing.fullmatch(text, *span):
        return None
    count = read_count(text, span)
    article = _ARTICLE.match(text, *span)
    start = count.end if count else article.end() if article else span.start
    item = _without_tail(text, Span(start, span.end))
    notes: list[Span] = []
    while (closing := _last_bracket(text, item)) and len(notes) < _MOST_NOTES:
        if not _is_note(text, Span(closing.start + 1, closing.end - 1)):
            break
        notes.insert(0, closing)
        item = _without_tail(text, Span(item.start, closing.start))
    return ListEntry(span, item, quantity_of(text, span.start, count) if count else None, tuple(notes))


def _last_bracket(text: str, item: Span) -> Span | None:
    """Return the brackets that close an article's words."""
    last = next(reversed(_bracketed(text, item)), None)
    return last if last and last.end == item.end and last.start > item.start else None


def _is_note(text: str, inside: Span) -> bool:
    """Tell whether words in brackets speak of the pieces ("10 installed, 8 spares"), not of the article ("GMLRS")."""
    if load_patterns().only_note.fullmatch(text, *inside):
        return True
    includes = _INCLUDES.match(text, *inside)
    numeral = read_numeral(text, includes.end() if includes else inside.start)
    if numeral is None or numeral.span.end >= inside.end:
        return False
    return not is_part_of_word(text, numeral) and not is_measured(text, numeral)


def _join_notes(text: str, entries: Sequence[ListEntry]) -> Iterator[ListEntry]:
    """Yield the entries, those that are mere notes ("10 installed") joined to the entry before."""
    kept: list[ListEntry] = []
    for entry in entries:
        if kept and entry.quantity and load_patterns().note.fullmatch(text, *entry.item):
            last = kept[-1]
            kept[-1] = last._replace(span=Span(last.span.start, entry.span.end), notes=(*last.notes, entry.span))
        elif entry.item.end > entry.item.start:
            kept.append(entry)
    yield from kept


def _counted_last(text: str, entry: ListEntry) -> ListEntry:
    """Return an entry with the number that stands after its words, as licence lists write it: "rifles (12)"."""
    match = _LAST.search(entry.item.of(text))
    if match is None:
        return entry
    start = entry.item.start
    span = Span(start + match.start("number"), start + match.end("number"))
    value = int(match["number"].replace(",", ""))
    item = _without_tail(text, Span(start, start + match.start()))
    return entry._replace(item=item, quantity=Quantity(span.of(text), value, value, value, PIECES, span))


@cache
def load_patterns() -> Patterns:
    """Return the tables of ``item_lists.yml`` as patterns; the same at every call."""
    words = load_table("item_lists")
    note = alternatives(words["notes"])
    mark = r"(?:[-*•▪‣·–—][ \t]+|\(?(?:[0-9]{1,2}|[a-z])[.)][ \t]+)"
    return Patterns(
        lead=re.compile(rf"{mark}?(?:{alternatives(words['leads'])}{RIGHT}[:,]?{GAP}){{0,{_MOST_LEADS}}}", FLAGS),
        note=re.compile(rf"(?:(?:{note}|{_NUMBER}|and|or|as|the|for)(?:[\s,]+|\Z))+", FLAGS),
        only_note=re.compile(note, FLAGS),
        nothing=re.compile(alternatives(words["nothing"]), FLAGS),
        goes_on=re.compile(rf"{alternatives(words['goes_on'])}{RIGHT}|[0-9][0-9,.]*-[a-z]", FLAGS),
    )
