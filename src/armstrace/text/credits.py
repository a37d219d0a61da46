"""Lines that say who reported, wrote and edited a story, and embedded tweets' signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.findings import Finding
from armstrace.text.names import only_names
from armstrace.text.paragraphs import trim_span

if TYPE_CHECKING:
    from collections.abc import Iterator

WORK = (
    r"(?:reporting|writing|editing|compiled|written|edited|translated|translation|graphics?|production|"
    r"photographs?)"
)
WORKED_BY = re.compile(
    rf"[(\[—–-]{{0,2}}\s?(?:(?:additional|further|with) )?{WORK}(?:(?:,| and| &) (?:additional "
    rf")?{WORK}){{0,2}}"
    r" (?:by|from)\b:?",
    re.IGNORECASE,
)
CONTRIBUTED = re.compile(
    r"[(—–•⦁*-]{0,2}\s?[^.!?]{0,12}(?:[^!?\n]{3,220}?)\bcontributed (?:to this (?:report|story|"
    r"article|post|dispatch|piece)"
    r"|reporting|research)\b[^!?\n]{0,60}[.)]{0,2}$"
)
CONTRIBUTING = re.compile(
    r"[—–(-]{0,2}\s?(?:(?:contributing|contributors?)\s?:\s|with (?:assistance|files|reporting|"
    r"additional reporting) (?:from|by)\s)",
    re.IGNORECASE,
)
NEW_SENTENCE = re.compile(r"[.!?…][)”\"'’»]{0,2}\s+(?=[(A-Z—–•])")
BASED_ON = re.compile(r"\W{0,2}\s?this (?:article|story|report) is based (?:in part )?on wire\b.{0,40}", re.IGNORECASE)
REPORTED_FROM = re.compile(r"[^.!?]{3,80} reported from (.{2,60}?)\.")
TWEET_SIGNATURE = re.compile(
    r"[—–-]{1,2}\s?[^\n(){}—]{1,60} \(@\w{1,20}\)(?:\s+[A-Z][a-z]{2,9}\.? \d{1,2}, \d{4})?(?=\s*$|"
    r"\s{2,}|\s[A-Z\"“])"
)
WINDOW = 420


def find_credits(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield the credits of reporters and editors (facts of kind credit) and tweet signatures (kind tweet)."""
    for line in lines:
        begin = _credit_start(text, line)
        if begin is not None:
            yield Finding(Span(begin, line.end), "credit", "credit")
            line = trim_span(text, line.start, begin)  # noqa: PLW2901 - the rest of the same line
        for match in TWEET_SIGNATURE.finditer(text, *line) if "(@" in text[line.start : line.end] else ():
            yield Finding(Span(*match.span()), "tweet", "tweet")


def _credit_start(text: str, line: Span) -> int | None:
    """Return where the credit at a line begins: at its start, or after one of its last sentences."""
    window = max(line.start, line.end - WINDOW)
    offsets = [window] if window == line.start else []
    offsets += [match.end() for match in NEW_SENTENCE.finditer(text, window, line.end)]
    return next((at for at in offsets if _is_credit(text, at, line.end)), None)


def _is_credit(text: str, start: int, end: int) -> bool:
    """Tell whether everything between is a credit."""
    if BASED_ON.fullmatch(text, start, end):
        return True
    worked = WORKED_BY.match(text, start, end)
    if worked:
        return _names_only_parts(text[worked.end() : end])
    contributing = CONTRIBUTING.match(text, start, end)
    if contributing:
        return only_names(text[contributing.end() : end])
    return _contributed(text, start, end)


def _names_only_parts(words: str) -> bool:
    """Tell whether each part between semicolons holds names only."""
    parts = [part for part in re.split(r"[;\n]", words.rstrip(" .)]")) if part.strip()]
    return bool(parts) and all(only_names(re.sub(WORK, "", part, flags=re.IGNORECASE) or "X") for part in parts)


def _contributed(text: str, start: int, end: int) -> bool:
    """Tell whether the stretch is "X contributed to this report", perhaps after "Z reported from Kyiv."."""
    if text.find("contributed", start, end) < 0:  # almost every line; the patterns would try each of its words
        return False
    reported = REPORTED_FROM.match(text, start, end)
    while reported and only_names(reported.group(1)):
        start = reported.end()
        reported = REPORTED_FROM.match(text, start, end)
    match = CONTRIBUTED.match(text, start, end)
    return match is not None and only_names(text[start:end].split("contributed", maxsplit=1)[0])
