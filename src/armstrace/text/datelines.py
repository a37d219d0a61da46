"""Datelines and wire credits: "WASHINGTON, Sept 6 (Reuters) -", "MOSCOW. March 3. INTERFAX -", "(AP)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.dateline_words import CITIES, MONTH, REGIONS, WIRES
from armstrace.text.findings import Finding
from armstrace.text.word_tables import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

UPPER = r"[A-Z\u00c0-\u00de\u0100\u010c\u0160\u017d\u0141]"
# Up to four words in capitals, perhaps two places: "KUALA LUMPUR", "MOSCOW/KYIV", "SANA'A".
CAPITAL_PLACE = (
    rf"(?P<place>{UPPER}(?:{UPPER}|['’.-](?={UPPER}))+"
    rf"(?:[ /](?:{UPPER}(?:{UPPER}|['’.-](?={UPPER}|\s))+)){{0,4}})"
)
PLAIN_PLACE = rf"(?P<place>{UPPER}[\w'’.-]+(?:[ /]{UPPER}[\w'’.-]+){{0,3}})"
DAY = (
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? (?:19|20)\d\d)?"
)
DATE = rf"(?P<date>(?i:{DAY}))"
REGION = rf"(?P<region>{UPPER}[\w.'’-]*(?: {UPPER}[\w.'’-]*){{0,3}})"
WIRE = rf"(?P<wire>{WIRES})"
DASH = r"(?:\s?(?:--?-?|[–—―−_])(?=\s|$|[A-Z\"“])\s*)"
COLON = r"(?:\s?:\s+)"
# Capitals before a dash that are no place.
LABELS = read_words(
    """
    EXCLUSIVE BREAKING UPDATE UPDATED ANALYSIS OPINION FACTBOX EXPLAINER INSIGHT FEATURE URGENT WATCH
    VIDEO PHOTOS CORRECTION NOTE RELATED BACKGROUND QUESTION ANSWER NATO OPEC UNICEF USAID ISIS
    """
)
LONGEST = 140
LONGEST_FOOT = 60
# So near the top of the text capitals before a dash may be a place that no table holds.
FIRST_LINES = 6
LONGEST_ACRONYM = 5
MOST_PLACE_WORDS = 3

# In order of strength: the first that fits wins. Each is (pattern, what else must hold: see CHECKS).
FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{CAPITAL_PLACE}\. (?i:{MONTH} \d{{1,2}})\. (?P<wire>[A-Z-]{{4,16}}){DASH}?"), "always"),
    (re.compile(rf"{CAPITAL_PLACE}(?:, {REGION})?[,.]? {DATE}?[,.]? ?/{WIRE}/\.?{DASH}?\s*"), "always"),
    (
        re.compile(
            rf"{PLAIN_PLACE}(?:, {REGION})?(?:,? {DATE})?[,.]? ?[(\[]{WIRE}[)\]](?: ?{DASH}|:\s+|"
            rf"\s+(?=[A-Z\"“]))"
        ),
        "short",
    ),
    (re.compile(rf"[(\[]{WIRE}[)\]]\s?(?:{DASH}|:\s+|(?=[A-Z\"“]))"), "always"),
    (
        re.compile(
            rf"{CAPITAL_PLACE}(?:, {REGION})?(?:,? {DATE})?,? ?\((?P<wire>[A-Z][\w &./-]{{1,28}})\) "
            rf"?{DASH}"
        ),
        "always",
    ),
    (re.compile(rf"{PLAIN_PLACE}(?:, {REGION})?[,.]? {DATE}\.? ?(?:{DASH}|{COLON})"), "always"),
    (re.compile(rf"{CAPITAL_PLACE}(?:, {REGION}),? ?{DASH}"), "capital follows"),
    (re.compile(rf"{PLAIN_PLACE}, (?P<region>{REGIONS}) ?(?:\s{DASH}|[–—]\s*)"), "capital follows"),
    (re.compile(rf"{CAPITAL_PLACE} ?(?:\s{DASH}|--|[–—]\s*)\s*"), "place"),
    (re.compile(rf"{CAPITAL_PLACE}{COLON}"), "city"),
)
FOOT_WIRE = re.compile(
    rf"[\s(\[—–-]*(?P<wire>{WIRES})(?:\s?[/,]\s?(?:{WIRES})){{0,3}}[)\].]*|(?i:source|via|with|"
    rf"from)s?:? (?P<source>{WIRES})\.?"
    r"|(?i:with post wires|news agencies|agencies|wire reports|from wire (?:reports|services))\.?"
)
TELEX_END = re.compile(
    r"\W*(?:NNNN|ENDS?|MORE|-0-|-30-|ends)\W*|&#\d{1,3};"
    r"|\W{0,3}(?:[a-z] [a-z] )?(?:BC|AM|PM|LD|AP)-[A-Z][\w-]*\W.{0,40}"
)


def find_datelines(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield datelines and their wires at the head of paragraphs, and wires that stand alone in a line.

    The fact of kind wire is the wire's name inside the dateline. Doubtful capitals ("NATO - the alliance -")
    stay.
    """
    for number, line in enumerate(lines):
        match = _match_dateline(text, line, first=number < FIRST_LINES)
        if match is not None:
            wire = match.groupdict().get("wire")
            kind = "dateline" if match.groupdict().get("place") else "wire"
            yield Finding(Span(match.start(), match.start() + len(match.group().rstrip())), "dateline", kind)
            if wire and kind == "dateline":
                yield Finding(Span(*match.span("wire")), None, "wire")
        elif line.end - line.start <= LONGEST_FOOT:
            yield from _find_foot(text, line)


def _find_foot(text: str, line: Span) -> Iterator[Finding]:
    """Yield a line that is nothing but a wire's name or a telex mark."""
    if FOOT_WIRE.fullmatch(text, *line):
        yield Finding(line, "wire", "wire")
    elif TELEX_END.fullmatch(text, *line):
        yield Finding(line, "telex mark")


def _match_dateline(text: str, line: Span, *, first: bool) -> re.Match[str] | None:
    """Return the strongest dateline at the head of the line that has words after it."""
    limit = min(line.end, line.start + LONGEST)
    for pattern, check in FORMS:
        match = pattern.match(text, line.start, limit)
        if match and match.end() < line.end and _passes(check, match, first=first):
            return match
    return None


def _passes(check: str, match: re.Match[str], *, first: bool) -> bool:
    """Tell whether the form's own condition holds."""
    place = match.groupdict().get("place")
    if place and (place.upper() in LABELS or place.split()[0].upper() in LABELS):
        return False
    following = match.string[match.end() : match.end() + 1]
    goes_on = not following.islower()
    if check == "short":
        return place is not None and (place.isupper() or len(place.split()) <= MOST_PLACE_WORDS) and "—" not in place
    if check == "capital follows":
        return goes_on
    if check == "place":
        return goes_on and (
            _is_city(place)
            or (first and place is not None and len(place) > LONGEST_ACRONYM and not match.string.isupper())
        )
    return check == "always" or (goes_on and _is_city(place))


def _is_city(place: str | None) -> bool:
    """Tell whether every place named is a known city of datelines."""
    return place is not None and all(part.strip().replace("’", "'") in CITIES for part in place.split("/"))
