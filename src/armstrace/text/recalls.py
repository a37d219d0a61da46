"""Notices by which an outlet takes back or puts right a story of its own in another text: which is meant, and how.

A notice says at its head what it is, and in its text that a story is withdrawn, or was wrong. A corrected story that is
sent anew in full is marked at its head alone. A report that merely tells of a withdrawal, or of a mistake, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from armstrace.model import DatePrecision
from armstrace.text.dates import find_dates
from armstrace.text.sentences import split_sentences
from armstrace.text.tables import alternatives, flatten, load_table

_MOST_WORDS: Final = 250  # of a notice; a longer text is a story
_FULL: Final = 60  # words of a corrected story that is sent anew
_HEAD_LINES: Final = 3
_TITLE_WORDS: Final = 3  # fewer are a slug
_QUOTED: Final = re.compile(r"[\"“‘«](?P<told>[^\"“”‘’«»\n]{8,200})[\"”’»]")
_SLUG: Final = r"[\"“]?(?P<told>[A-Z][\w/-]*(?:[ -][A-Z][\w/-]*){0,5})"
_UNQUOTED_END: Final = (
    r"(?=,?\s+(?:which|that|moved|sent|issued|published|transmitted|filed|dated|on the|at \d|is|was|has)\b"
    r"|[,;\n]|\.(?:\s|$)|$)"
)
# White space is taken whole and once: masked text has long runs of it.
_END_MARK: Final = re.compile(
    r"(?<!\s)\s*+[-–—:(]\s*+(?:(?:story|report|item)\s*+)?"
    r"(?:withdrawn|retracted|killed|removed|corrected)\)?\s*$",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(
    r"\b(?:(?:story|report|item)\s+)?(?:withdrawn|retracted|killed|removed)\s*$", re.IGNORECASE
)

_ENDS: Final = re.compile(r"[.!?][\"”’')]*\s*$")


class RecallKind(StrEnum):
    """What a notice does with the story that it means."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Recall:
    """What an outlet takes back in a text of its own.

    Attributes:
        kind: withdrawn or corrected.
        words: of the sentence that does it, or of the mark of a corrected story.
        headings: titles of the story meant, as the notice tells them.
        slugs: the names by which agencies file it, words with dashes between.
        days: ISO days on which it was sent, as far as told.
        is_repeat: whether the text is the story itself, told anew.
    """

    kind: RecallKind
    words: str
    headings: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    is_repeat: bool = False


class _Head(NamedTuple):
    kind: RecallKind
    line: str
    rest: str  # what stands after the mark


class _Patterns(NamedTuple):
    heads: tuple[tuple[RecallKind, re.Pattern[str]], ...]
    withdrawn: re.Pattern[str]
    corrects: re.Pattern[str]
    own: re.Pattern[str]
    wrong: re.Pattern[str]
    headed: re.Pattern[str]
    slugged: re.Pattern[str]


def find_recall(title: str | None, text: str, published: str | None) -> Recall | None:
    """Return what a document takes back, None where it is no notice and no corrected story."""
    heads = [head for line in (title or "", *_top(text)) if (head := _head(line))]
    if not heads:
        return None
    words = len(text.split())
    sentences = [span.of(text) for span in split_sentences(text)]
    if words <= _MOST_WORDS:
        for kind in dict.fromkeys(head.kind for head in heads):
            told = next((one for one in sentences if _DOES[kind](one)), None)
            if told:
                return _notice(kind, told, heads, (text, sentences, published))
    corrected = [head for head in heads if head.kind is RecallKind.CORRECTED]
    if corrected and words >= _FULL:
        headings = [corrected[0].rest, title or ""]
        told = next((head.line for head in corrected if _is_remark(head.line)), corrected[0].line)
        return Recall(RecallKind.CORRECTED, _plain(told), _titles(headings), is_repeat=True)
    return None


def _top(text: str) -> Iterator[str]:
    """Yield the first lines of a text, up to the first that ends a sentence."""
    for line in [line for line in text.splitlines() if line.strip()][:_HEAD_LINES]:
        yield line
        if _ENDS.search(line):
            return


def _notice(
    kind: RecallKind, told: str, heads: Sequence[_Head], about: tuple[str, Sequence[str], str | None]
) -> Recall:
    text, sentences, published = about
    found = _patterns()
    quoted = [match["told"] for match in _QUOTED.finditer(text)]
    headed = [match["told"] for match in found.headed.finditer(text)]
    rests = [_SERVICE.sub("", head.rest).strip(" -–—:") for head in heads if not _ENDS.search(head.line)][:1]
    names = [name for name in (*quoted, *headed, *rests) if len(name.split()) >= _TITLE_WORDS]
    slugs = [match["told"] for match in found.slugged.finditer(text)]
    slugs += [rest for rest in rests if rest and len(rest.split()) < _TITLE_WORDS]
    telling = [one for one in sentences if found.own.search(one)]
    return Recall(kind, _plain(told), _titles(names), tuple(dict.fromkeys(slugs)), tuple(_days(telling, published)))


def _days(sentences: Sequence[str], published: str | None) -> Iterator[str]:
    """Yield the days that sentences about the story tell, those in its title left out."""
    for sentence in sentences:
        for when in find_dates(_QUOTED.sub(" ", sentence), published):
            if when.precision is DatePrecision.DAY and when.start and when.start == when.end:
                yield when.start


def _head(line: str) -> _Head | None:
    for kind, pattern in _patterns().heads:
        match = pattern.match(line)
        if match and _is_mark(match["head"], match["rest"]):
            return _Head(kind, line, _END_MARK.sub("", match["rest"]).strip(" -–—:.,()/!"))
    ended = _END_MARK.search(line)
    if ended:
        is_corrected = "correct" in ended.group().casefold()
        kind = RecallKind.CORRECTED if is_corrected else RecallKind.WITHDRAWN
        return _Head(kind, line, line[: ended.start()].strip())
    return None


def _is_mark(head: str, rest: str) -> bool:
    """Tell whether words at the head mark a text, and do not begin a sentence ("Advisory panel urges ...")."""
    return head.isupper() or not rest.strip() or rest.lstrip()[0] in ":-–—(/." or _is_remark(f"({head}")


def _is_remark(line: str) -> bool:
    """Tell whether a line is what is set before a corrected story: "(Corrects number of drones in paragraph 3)"."""
    return re.match(r"\s*[(\[*]*\s*corrects\b", line, re.IGNORECASE) is not None


def _withdraws(sentence: str) -> bool:
    return _patterns().withdrawn.search(_QUOTED.sub(" ", sentence)) is not None


def _corrects(sentence: str) -> bool:
    found, told = _patterns(), _QUOTED.sub(" ", sentence)
    return bool(found.corrects.search(told) or (found.own.search(told) and found.wrong.search(told)))


_DOES: Final = {RecallKind.WITHDRAWN: _withdraws, RecallKind.CORRECTED: _corrects}


def _titles(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(name).strip(" .,") for name in names if name.strip()))


def _plain(words: str) -> str:
    return " ".join(words.split())


@cache
def _patterns() -> _Patterns:
    """Return the patterns of ``recalls.yml``; the same at every call."""
    table = {name: rows for name, rows in load_table("recalls").items() if name != "heads"}
    words = {name: alternatives(flatten(rows)) for name, rows in table.items()}
    heads = load_table("recalls")["heads"]
    story = rf"(?:[\w'’-]+\s+){{0,3}}?{words['stories']}"
    its = r"(?:the|our|this|its|that|an?)"
    passive = r"(?:is|are|was|were|has been|have been|is being)(?: hereby)?"
    flags = re.IGNORECASE
    return _Patterns(
        heads=tuple(
            (kind, re.compile(rf"\W*(?P<head>{alternatives(flatten(heads[kind]))})\b(?P<rest>.*)", flags))
            for kind in RecallKind
        ),
        withdrawn=re.compile(
            rf"\b{words['orders']}\s+{its}\s+{story}\b|\b{words['undoes']}\s+{its}\s+{story}\b"
            rf"|\b{words['stories']}\b[^.!?]{{0,200}}?\b{passive}\s+{words['undone']}\b",
            flags,
        ),
        corrects=re.compile(rf"\b{words['corrects']}\s+{its}\s+{story}\b", flags),
        own=re.compile(rf"\b{its}\s+{story}\b", flags),
        wrong=re.compile(rf"\b{words['wrong']}\b", flags),
        headed=re.compile(rf"\b{words['headed']}[:,]?\s+(?P<told>[^\"“‘«\n]{{8,160}}?){_UNQUOTED_END}", flags),
        slugged=re.compile(rf"\b(?i:{words['slugged']})[:,]?\s+{_SLUG}"),
    )
