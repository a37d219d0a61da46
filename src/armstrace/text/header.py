"""What stands above the story: bylines, publication lines, title, unlabelled captions; and corrections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.dateline_words import MONTH, WIRES
from armstrace.text.findings import Finding
from armstrace.text.names import CONNECTORS, ROLES, only_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OUTLETS = (
    rf"{WIRES}|USA TODAY|The Washington Post|The New York Times|Los Angeles Times|The Wall Street "
    rf"Journal|Wall Street Journal|"
    r"Financial Times|The Times|The Independent|The Telegraph|The Daily Telegraph|Guardian|Daily "
    r"Mail|The Economist|Politico|"
    r"POLITICO|The Hill|Foreign Policy|Defense News|Jane['’]s(?: Defence Weekly)?|Haaretz|The "
    r"Jerusalem Post|The Times of "
    r"Israel|Al Jazeera|Al-Monitor|Deutsche Welle|DW|Der Spiegel|Le Monde|Kyiv Post|Kyiv Independent|"
    r"Kommersant|Izvestia|"
    r"Dawn|The Hindu|Times of India|The Times of India|Hindustan Times|The Nation|Daily Sabah|"
    r"Hurriyet Daily News|"
    r"Chicago Tribune|Boston Globe|The Boston Globe|Christian Science Monitor|Newsweek|TIME|NPR|PBS|"
    r"BuzzFeed News|HuffPost|"
    r"National Review|The Atlantic|Vox|Slate|Business Insider|South China Morning Post|The Straits "
    r"Times|Nikkei|"
    r"Yonhap News Agency|Staff Writer|Special to [\w .]{3,30}|(?:\w+ )?(?:Staff|Correspondent|"
    r"Reporter|Editor)"
)
NAME_WORD = r"[A-Z\u00c0-\u00de\u0100-\u017e][\w.'’-]*"
NAME = rf"{NAME_WORD}(?: (?:(?:al|el|de|da|di|du|van|von|der|bin|ibn|la|le)[ -])?{NAME_WORD}){{1,3}}"
BY_LINE = re.compile(r"(?:By|BY|by)\s?:?\s(?P<names>[^\n]{3,200})")
BY_HEAD = re.compile(rf"(?:By|BY) (?P<names>{NAME}(?:(?:,| and|, and) {NAME}){{0,3}}),?\s+(?=[A-Z]{{4,}}[ ,/])")
NAME_AND_OUTLET = re.compile(rf"{NAME}(?:(?:,| and) {NAME}){{0,3}}\s?(?:,|\||[–—-])\s?(?:{OUTLETS})\.?")
ROLE = r"(?:,? (?:(?:Staff|Senior|Foreign) )?(?:Writer|Correspondent|Reporter|Editor|Bureau|News Service))?"
OUTLET_LINE = re.compile(rf"(?i:{OUTLETS}){ROLE}\.?")
NAME_LINE = re.compile(rf"{NAME}(?:(?:,| and) {NAME}){{0,3}}")
DAY = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? "
    rf"\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?"
    rf"[ -]{MONTH}[ -],?\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
)
CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"
ZONE = r"[A-Z]{1,5}(?:[+-]\d\d?)?|\(?[A-Z]{2,4}\)?|[ECMP](?:astern|entral|ountain|acific)(?: time)?"
MOMENT = (
    rf"(?:{DAY}(?:,? ?(?:at|on|-|–|—|\||/)? ?(?:{CLOCK})(?: ?(?:{ZONE}))?)?"
    rf"|(?:{CLOCK})(?: ?(?:{ZONE}))?,? ?(?:on )?{DAY})"
)
CUE = (
    r"(?:(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|date|filed)"
    r"(?: on| at|:)*)"
)
PUBLISHED = re.compile(
    rf"(?:\W*{CUE}?:?\s*{MOMENT}(?:\s*(?:[|/·•—–-]|\()?\s*{CUE}:?\s*{MOMENT})?"
    rf"|\W*{CUE}:?\s(?:at |on )?(?:{MOMENT}|{CLOCK})(?: ?(?:{ZONE}))?)[\s.)]*",
    re.IGNORECASE,
)
BAR = re.compile(r"\s[|•·]\s")
MOMENT_ALONE = re.compile(rf"{CUE}?:? ?(?:{MOMENT}|(?:{CLOCK})(?: ?(?:{ZONE}))?)", re.IGNORECASE)
UPDATE = re.compile(
    rf"\((?:Adds|Updates|Updating|Recasts|Writes through|Rewrites|Refiles|Repeats|Inserts|"
    rf"Releads)\b[^():]{{0,200}}\)"
    rf"|Updated? (?:at |on )?(?:{CLOCK}|{DAY})[^.!?]{{0,40}}\.?:?"
)
CORRECTION = re.compile(
    r"[(\[*•—– -]{0,3}(?:(?P<correction>corrections?|corrects?|clarifications?|editor['’]s note|an "
    r"earlier version of|"
    r"a previous version of)|update|this (?:story|article|report|post) (?:has been|was) (?:updated|"
    r"corrected|amended))\b",
    re.IGNORECASE,
)
HEADLINE_WORDS = range(2, 24)
CAPTION_WORDS = 4
# Where no line is longer, two words are a name or a kicker, three may be a title.
SHORTEST_TITLE = 3
MOST_BYLINE_WORDS = 24
LONGEST_HEADLINE = 180
INNER_STOP = re.compile(r"[a-z)”\"]{2}[.!?][”\"']?\s+[A-Z“\"]")
BODY_LENGTH = 100


def find_header(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield bylines and publication lines above the story, update lines anywhere: taken out, as facts."""
    body = _body_number(text, lines)
    for number, line in enumerate(lines):
        head = BY_HEAD.match(text, *line) if number <= body + 1 else None
        if line.end - line.start <= LONGEST_HEADLINE and UPDATE.fullmatch(text, *line):
            yield Finding(line, "update", "update")
        elif head:
            yield Finding(Span(line.start, head.end() - 1), "byline", "byline")
        elif number < body and _is_published(text, line):
            yield Finding(line, "published", "published")
        elif number < body and _is_byline(text, lines, number):
            yield Finding(line, "byline", "byline")


def find_notes(text: str, lines: tuple[Span, ...], found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the facts that stay in the text: corrections, the title, and a caption without a label above it.

    A line that is known as a caption is no title, and where the page opens with highlights there is none.
    """
    for line in lines:
        kind = _note_kind(text, line)
        if kind is not None:
            yield Finding(line, None, kind)
    labelled = {finding.span for finding in found if finding.kind == "caption"}
    if any(finding.reason == "highlights label" for finding in found):
        return
    heads = []
    for line in lines[: _body_number(text, lines)]:
        if line not in labelled and not _is_headline(text, line):
            break
        if line not in labelled:
            heads.append(line)
    title = _choose_title(text, heads)
    if title is not None and lines[-1] != title:
        yield from (Finding(line, None, "caption") for line in heads[: heads.index(title)])
        yield Finding(title, None, "title")


def _choose_title(text: str, heads: list[Span]) -> Span | None:
    """Return the first headline of more than a few words, else the longest of at least three."""
    sizes = [len(line.of(text).split()) for line in heads]
    if not sizes or max(sizes) < SHORTEST_TITLE:
        return None
    return heads[next((at for at, size in enumerate(sizes) if size > CAPTION_WORDS), sizes.index(max(sizes)))]


def _body_number(text: str, lines: tuple[Span, ...]) -> int:
    """Return the number of the first line that reads as the story: long, or short and closed by a stop."""
    for number, line in enumerate(lines):
        words = line.of(text)
        if PUBLISHED.fullmatch(words[:LONGEST_HEADLINE]) or BY_LINE.fullmatch(words[:LONGEST_HEADLINE]):
            continue
        if len(words) > LONGEST_HEADLINE or (words.rstrip("\"'”’)")[-1:] in ".?!" and len(words) > BODY_LENGTH // 2):
            return number
    return min(len(lines), 12)


def _is_published(text: str, line: Span) -> bool:
    """Tell whether the line holds nothing but a date or time of publication."""
    return line.end - line.start <= BODY_LENGTH and PUBLISHED.fullmatch(text, *line) is not None


def _is_byline(text: str, lines: tuple[Span, ...], number: int) -> bool:
    """Tell whether the line names the writers: "By ...", "Name, Outlet", or a bare name above an outlet."""
    words = lines[number].of(text)
    if len(words) > LONGEST_HEADLINE:
        return False
    by = BY_LINE.fullmatch(words)
    if by:
        names, *others = BAR.split(by.group("names"))
        return _all_names(names) and all(MOMENT_ALONE.fullmatch(part) or only_names(part) for part in others)
    if NAME_AND_OUTLET.fullmatch(words):
        return True
    following = lines[number + 1].of(text) if number + 1 < len(lines) else ""
    before = lines[number - 1].of(text) if number else ""
    if OUTLET_LINE.fullmatch(words):
        return NAME_LINE.fullmatch(before) is not None
    return bool(NAME_LINE.fullmatch(words) and len(following) <= BODY_LENGTH and OUTLET_LINE.fullmatch(following))


def _all_names(words: str) -> bool:
    """Tell whether what follows "By" is names and roles only, and more than one word."""
    tokens = re.findall(r"[^\s,;|/&()]+", words)
    small = [token for token in tokens if token[0].islower()]
    if len(tokens) == 1 or not len(tokens) <= MOST_BYLINE_WORDS or words.rstrip().endswith((".", "!", "?")):
        return False
    if tokens[0].casefold() == "the" and "Press" not in words and "staff" not in words.casefold():
        return False
    return all(token in CONNECTORS or token in ROLES or token in {"a", "our", "as", "told"} for token in small)


def _note_kind(text: str, line: Span) -> str | None:
    """Tell corrections and updates from sentences that begin with the same word ("Update the fleet ...")."""
    match = CORRECTION.match(text, line.start, min(line.end, line.start + 60))
    if match is None:
        return None
    head = line.of(text)[:400].casefold()
    lead = match.group().casefold().lstrip("([*•—– -")
    if lead.startswith("editor") and not re.search(
        r"correct|updated|misstated|misspelled|(?:earlier|original) version", head
    ):
        return None
    if ":" in head[:60] or lead.startswith(("an earlier", "a previous", "this ", "corrects")):
        return "correction" if match.group("correction") else "update"
    return None


def _is_headline(text: str, line: Span) -> bool:
    """Tell whether the line looks like a headline: short, one piece, no final full stop."""
    words = line.of(text)
    return (
        len(words) <= LONGEST_HEADLINE
        and len(words.split()) in HEADLINE_WORDS
        and not words.endswith((".", ",", ";", ":", ".”", '."', ".)"))
        and not words[0].islower()
        and words[0] not in "•*-–—(["
        and INNER_STOP.search(words) is None
    )
