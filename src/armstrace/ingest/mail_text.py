"""Which lines of a letter are its own: quoted letters, signatures, notices and links are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.document import LeftOut, Span
from armstrace.ingest.mail_lines import Forward, MailLine, Source, find_answered, find_forward, read_lines
from armstrace.ingest.placed import PlacedText

EXCERPT: Final = 200
MOST_FORWARDS: Final = 5  # letters handed on from hand to hand
# "On Tue, 11 Mar 2025 at 09:14, A. Writer <a@b.example> wrote:" and its like.
_WROTE: Final = ("wrote", "writes", "schrieb", "a écrit", "escribió", "ha scritto", "пишет", "написал")
_OPENING: Final = re.compile(r"(?:on|am|le|el|il|op)\s|[0-9]", re.IGNORECASE)
_WHEN: Final = re.compile(r"[12][0-9]{3}|[0-9]:[0-9]{2}")
_WHO: Final = re.compile(r"[^<]<\S+@\S+>")  # behind a name
_SENT_WITH: Final = re.compile(
    r"(?:sent from (?:my|a) \w.{0,40}|get outlook for \w+.*|sent (?:with|via) \w.{0,60}|von meinem \w+ gesendet)$",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE: Final = 12  # lines
_VIEW: Final = re.compile(
    r"\bview (?:this |it |the )?(?:e-?mail |message |newsletter |online )?(?:in|on|as) (?:your|a|the) (?:web )?"
    r"(?:browser|web)|trouble (?:viewing|reading)|\bhaving trouble\b|\bweb version\b|\bview (?:it )?online\b"
    r"|(?:not displaying|doesn't display) correctly",
    re.IGNORECASE,
)
# What only mailing lists say, and what stands beside it.
_NOTICE: Final = re.compile(
    r"\bunsubscribe|\byou(?: are|'re|’re|'ve|’ve| have)? (?:receiv(?:ed|ing)|getting|subscribed|signed up)"
    r"|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|settings|alerts?)"
    r"|\bto stop receiving|\bmailing list$|mailman/listinfo|this e-?mail was sent|this alert (?:was|is)"
    r"|create another alert|was sent to \S+@|\bno longer wish to",
    re.IGNORECASE,
)
_SMALL_PRINT: Final = re.compile(
    r"^(?:©|\(c\)|copyright)|\ball rights reserved|\bprivacy policy|\bopt[- ]out\b|forward (?:this )?to a friend"
    r"|confidential(?:ity)? notice",
    re.IGNORECASE,
)
_TOP_LINES: Final = 6  # lines in which a letter may say where else it can be read
_LONGEST_NOTICE: Final = 400
_LONGEST_LINK: Final = 2000
_MOST_BETWEEN: Final = 6  # short lines between two notices
LONGEST_ATTRIBUTION: Final = 300
_RULE: Final = re.compile(r"[-_=*~]{4,}$")
_LINK: Final = re.compile(r"[\[(<]*\s*(?:https?://|www\.|mailto:)\S+\s*[\])>]*$", re.IGNORECASE)
_SHORT: Final = 90  # characters of a line under a notice that belongs to it: an address, a link in words


@dataclass(frozen=True, slots=True)
class MailText:
    """The lines of a letter that are its own, with the place of each; and the forwarded letter, if it is one."""

    placed: PlacedText
    left_out: tuple[LeftOut, ...]
    forward: Forward | None


def read_mail_text(sources: Sequence[Source], *, is_reply: bool, is_forward: bool) -> MailText:
    """Return the text of a letter.

    Of a reply what it quotes is left out; of a forwarded letter all is left out but that letter. Signatures, notices of
    mailing lists and lines that are a link and nothing else are left out as well.
    """
    lines = [line for source in sources for line in read_lines(source)]
    left_out: list[LeftOut] = []
    forward: Forward | None = None
    for _ in range(MOST_FORWARDS):
        found = find_forward(lines, is_reply=is_reply, is_forward=is_forward and forward is None)
        if found is None:
            break
        start, end, forward = found
        _leave_out(left_out, lines[:start], "note of who forwarded the letter")
        _leave_out(left_out, lines[start:end], "header of a forwarded letter")
        lines = lines[end:]
    if forward is None:
        lines = _without_quotes(lines, left_out, is_reply=is_reply)
    for step in (_without_signature, _without_notices, _without_links):
        lines = step(lines, left_out)
    return MailText(_put_together(lines), tuple(left_out), forward)


def _leave_out(left_out: list[LeftOut], lines: Sequence[MailLine], reason: str) -> None:
    words = " ".join(" ".join(line.text for line in lines).split())
    if words:
        left_out.append(LeftOut(words[:EXCERPT], reason, next(line.part for line in lines if line.text.strip())))


def _without_quotes(lines: list[MailLine], left_out: list[LeftOut], *, is_reply: bool) -> list[MailLine]:
    """Return the lines that are not quoted from the letter that is answered."""
    answered = find_answered(lines) if is_reply else None
    if answered is not None:
        _leave_out(left_out, lines[answered:], "quoted letter")
        lines = lines[:answered]
    quoted = [line.level > 0 and is_reply for line in lines]
    for number in range(len(lines)):
        end = None if quoted[number] else _end_of_attribution(lines, number)
        if end is None:
            continue
        behind = next((n for n in range(end, len(lines)) if lines[n].text.strip()), len(lines))
        if behind < len(lines) and lines[behind].level:
            stop = next((n for n in range(behind, len(lines)) if not lines[n].level and lines[n].text), len(lines))
        elif is_reply:
            stop = len(lines)
        else:
            continue
        quoted[number:stop] = [True] * (stop - number)
    return _split_off(lines, quoted, left_out, "quoted letter")


def _end_of_attribution(lines: Sequence[MailLine], number: int) -> int | None:
    """Return the line behind "On ... wrote:" if that begins here, on one line or over two."""
    first = lines[number].text.strip()
    if not first or lines[number].level:
        return None
    if _is_attribution(first):
        return number + 1
    second = lines[number + 1].text.strip() if number + 1 < len(lines) and _OPENING.match(first) else ""
    goes_on = second and not _is_attribution(second) and _is_attribution(f"{first} {second}")
    return number + 2 if goes_on else None


def _is_attribution(line: str) -> bool:
    """Tell whether a line says when somebody wrote what follows, or who by address."""
    if not line.endswith(":") or len(line) > LONGEST_ATTRIBUTION:
        return False
    end = max(line.lower().rfind(word) for word in _WROTE)
    before = line[: max(end, 0)]
    return bool(_WHO.search(before) or (_OPENING.match(line) and _WHEN.search(before)))


def _without_signature(lines: list[MailLine], left_out: list[LeftOut]) -> list[MailLine]:
    """Return the lines without what follows "-- " at the end of a part, and without what phones write."""
    signed = [bool(_SENT_WITH.match(line.text.strip())) for line in lines]
    for start, end in _signatures(lines):
        signed[start:end] = [True] * (end - start)
    return _split_off(lines, signed, left_out, "signature")


def _signatures(lines: Sequence[MailLine]) -> Iterator[tuple[int, int]]:
    """Yield where the first "-- " with few enough lines behind it stands in a part, and where that part ends."""
    start, filled = None, 0
    end = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if number + 1 < end and lines[number + 1].part != line.part:
            if start is not None:
                yield start, end
            start, filled, end = None, 0, number + 1
        if line.text.rstrip() == "--" and filled <= _LONGEST_SIGNATURE:
            start = number
        filled += bool(line.text.strip())
    if start is not None:
        yield start, end


def _without_notices(lines: list[MailLine], left_out: list[LeftOut]) -> list[MailLine]:
    """Return the lines without the notices of mailing lists above and under the text."""
    filled = [number for number, line in enumerate(lines) if line.text.strip()]
    notices = [False] * len(lines)
    for number in filled[:_TOP_LINES]:
        notices[number] = len(lines[number].text) <= 2 * _SHORT and bool(_VIEW.search(lines[number].text))
    foot = _foot(lines, filled)
    if any(_says(_NOTICE, lines[number]) for number in foot):
        for number in foot:
            notices[number] = True
    return _split_off(lines, notices, left_out, "notice of the mailing list")


def _foot(lines: Sequence[MailLine], filled: Sequence[int]) -> list[int]:
    """Return the last lines from the first notice on: all notices, or short and between two of them."""
    foot: list[int] = []
    pending: list[int] = []
    for number in reversed(filled):
        if any(_says(pattern, lines[number]) for pattern in (_NOTICE, _SMALL_PRINT, _VIEW)):
            foot += (number, *pending)
            pending = []
        elif len(lines[number].text) <= _SHORT and len(pending) < _MOST_BETWEEN:
            pending.append(number)
        else:
            break
    return foot


def _says(pattern: re.Pattern[str], line: MailLine) -> bool:
    words = line.text.strip()
    return len(words) <= _LONGEST_NOTICE and pattern.search(words) is not None


def _without_links(lines: list[MailLine], left_out: list[LeftOut]) -> list[MailLine]:
    """Return the lines without those that are a link or a rule and nothing else."""
    links = [_is_link(line.text.strip()) for line in lines]
    return _split_off(lines, links, left_out, "link or rule")


def _is_link(words: str) -> bool:
    return len(words) <= _LONGEST_LINK and bool(_LINK.match(words) or _RULE.match(words))


def _split_off(lines: list[MailLine], marked: Sequence[bool], left_out: list[LeftOut], reason: str) -> list[MailLine]:
    """Return the lines that are not marked; each run of the others is listed, blank lines between them too."""
    run: list[MailLine] = []
    for line, out in zip(lines, marked, strict=True):
        if out:
            run.append(line)
        elif run and line.text.strip():
            _leave_out(left_out, run, reason)
            run = []
    _leave_out(left_out, run, reason)
    return [line for line, out in zip(lines, marked, strict=True) if not out]


def _put_together(lines: Iterable[MailLine]) -> PlacedText:
    """Return the lines as one text, with at most one blank line between two and none at its ends."""
    text = PlacedText()
    gap = ""
    for line in lines:
        words = line.text if line.flows else line.text.rstrip()
        if words.strip():
            text.add_bare(gap if text.length else "")
            text.add(words, line.part, Span(line.start, line.start + len(words)))
            gap = "" if line.flows else "\n"
        elif text.length:
            gap = "\n\n"
    return text
