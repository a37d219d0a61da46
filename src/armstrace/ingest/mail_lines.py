"""The lines of a letter, and where in it a forwarded letter begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_QUOTE: Final = re.compile(r"(?:> ?)+")
_FORWARDED: Final = re.compile(
    r"(?:-{2,}\s*(?:forwarded (?:message|letter|by .{1,80})|weitergeleitete nachricht|message transféré|mensaje "
    r"reenviado|messaggio inoltrato|пересылаемое сообщение)\s*-*|begin forwarded message\s*:)\s*$",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(
    r"(?:-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|исходное сообщение)\s*-{2,}|_{20,})\s*$",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\*?(from|von|de|от|sent|date|datum|gesendet|envoyé|fecha|дата|отправлено|to|an|à|para|кому|cc|копия|subject"
    r"|betreff|objet|asunto|тема|reply-to)\s?:\*?\s+(\S.*)",
    re.IGNORECASE,
)
_FIELD_NAMES: Final = {
    **dict.fromkeys(("from", "von", "de", "от"), "from"),
    **dict.fromkeys(("sent", "date", "datum", "gesendet", "envoyé", "fecha", "дата", "отправлено"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "тема"), "subject"),
}
_LONGEST_MARK: Final = 200
_HEADER_LINES: Final = 12  # of a forwarded letter, blank ones among them


class MailLine(NamedTuple):
    """One line: its words without quotation marks, where they stand in their part, how deep they are quoted.

    ``flows`` tells that it goes on in the next line.
    """

    text: str
    part: str
    start: int
    level: int
    flows: bool


class Source(NamedTuple):
    """The text of one part and how it is wrapped (RFC 3676)."""

    label: str
    text: str
    is_flowed: bool
    drops_spaces: bool


@dataclass(frozen=True, slots=True)
class Forward:
    """What the header of a forwarded letter says."""

    sender: str | None = None
    date: str | None = None
    subject: str | None = None


def read_lines(source: Source) -> Iterator[MailLine]:
    """Yield the lines of a part."""
    for match in _LINE.finditer(source.text):
        if not match[0] and match.start():
            continue
        line = match[0].rstrip("\r\n")
        quote = _QUOTE.match(line)
        skip = quote.end() if quote else 0
        words = line[skip:]
        if source.is_flowed and words.startswith(" "):  # stuffed
            skip, words = skip + 1, words[1:]
        flows = source.is_flowed and words.endswith(" ") and words != "-- "
        kept = words[:-1] if flows and source.drops_spaces else words if flows else words.rstrip()
        yield MailLine(kept, source.label, match.start() + skip, quote[0].count(">") if quote else 0, flows)


def find_forward(lines: Sequence[MailLine], *, is_reply: bool, is_forward: bool) -> tuple[int, int, Forward] | None:
    """Return where a forwarded letter's header starts and ends, and what it says; None where there is none.

    A line that says so opens it in any letter. The header that Outlook puts above what it quotes opens it too, but
    not in a reply: there it opens the letter that is answered.
    """
    for number, line in enumerate(lines):
        words = line.text.strip()
        says_so = _says(_FORWARDED, words)
        opens = says_so or (not is_reply and _says(_ORIGINAL, words))
        bare = is_forward and not is_reply and _FIELD.match(words) is not None
        if not (opens or bare):
            continue
        header = _read_header(lines, number + 1 if opens else number)
        if header is not None:
            return number, *header
        if says_so:
            return number, number + 1, Forward()
    return None


def find_answered(lines: Sequence[MailLine]) -> int | None:
    """Return the line at which the letter begins that a reply quotes without marks; None where there is none."""
    for number, line in enumerate(lines):
        words = line.text.strip()
        start = number + 1 if _says(_ORIGINAL, words) else number
        if (start > number or _FIELD.match(words)) and _read_header(lines, start) is not None:
            return number
    return None


def _says(pattern: re.Pattern[str], words: str) -> bool:
    return len(words) <= _LONGEST_MARK and pattern.match(words) is not None


def _read_header(lines: Sequence[MailLine], start: int) -> tuple[int, Forward] | None:
    """Return the end of a header that begins at a line, and its fields; it must say who wrote, and when or of what."""
    fields: dict[str, str] = {}
    end = start
    for number in range(start, min(start + _HEADER_LINES, len(lines))):
        words = lines[number].text.strip()
        match = _FIELD.match(words)
        if match:
            fields.setdefault(_FIELD_NAMES.get(match[1].lower(), ""), match[2].strip())
            end = number + 1
        elif words and fields and end == number and lines[number].text[:1].isspace():
            end = number + 1  # a long field goes on
        elif words or fields:
            break
    if "from" not in fields or not ("date" in fields or "subject" in fields):
        return None
    return end, Forward(fields.get("from"), fields.get("date"), fields.get("subject"))
