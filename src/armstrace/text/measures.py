"""Numbers that count nothing: calibres, distances, shares, ages, durations, designations, articles of law.

The words are in ``measures.yml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT, Numeral, read_numeral
from armstrace.text.tables import alternatives, flatten, load_table

_LOOK_BACK = 64

_STUCK = re.compile(
    r"(?u:\w)|[-–](?u:\w)|['’][a-z]|[ \u00a0\u2009\u202f]?(?:%|‰|°|″|′|[x×][ ]?[0-9])|[:/+.,][0-9]|[½¼¾]"
    rf"|(?:,?{GAP})?(?:away|wide|tall|deep|apart){RIGHT}",
    FLAGS,
)
_LISTED = re.compile(rf"(?:,{GAP}|,?{GAP}(?:and|or|by){GAP}|[-–](?=[0-9]))", FLAGS)
_AGE = re.compile(r"(?u:[^\W\d_][\w'’.-]*), \Z", re.ASCII)
_LIST_MARK = re.compile(r"(?:\A|[\n;:,.]|(?:and|or)[ ])[ \t]{0,8}\(\Z", FLAGS)
_LINE_START = re.compile(r"(?:\A|\n)[ \t]{0,8}\Z", FLAGS)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Patterns(NamedTuple):
    """The tables of ``measures.yml`` as patterns."""

    measured: re.Pattern[str]
    order_size: re.Pattern[str]
    reference: re.Pattern[str]
    series: re.Pattern[str]
    counted: re.Pattern[str]


def is_part_of_word(text: str, numeral: Numeral) -> bool:
    """Tell whether the number runs on into a word, a sign or a number: "155mm", "24-year-old", "5 %"."""
    end = numeral.span.end
    return _STUCK.match(text, end) is not None and load_patterns().order_size.match(text, end) is None


def is_measured(text: str, numeral: Numeral, depth: int = 3) -> bool:
    """Tell whether a measure follows the number, or numbers that end in one ("10, 20 and 30 km")."""
    end = numeral.span.end
    if follows_measure(text, end):
        return True
    listed = _LISTED.match(text, end) if depth else None
    following = read_numeral(text, listed.end()) if listed else None
    return following is not None and is_measured(text, following, depth - 1)


def follows_measure(text: str, end: int) -> bool:
    """Tell whether a measure stands at ``end``."""
    return load_patterns().measured.match(text, end) is not None


def is_reference(text: str, numeral: Numeral) -> bool:
    """Tell whether what stands before names the number: "Resolution 1718", "MiG 29", "aged 24"."""
    start, end = numeral.span
    patterns, before = load_patterns(), text[max(start - _LOOK_BACK, 0) : start]
    if before.endswith("[") or patterns.reference.search(before) or patterns.series.search(before):
        return True
    if _LIST_MARK.search(before) and text.startswith(")", end):
        return True
    if _LINE_START.search(text, max(start - _LOOK_BACK, 0), start) and text[end : end + 2] in _LIST_DOTS:
        return True
    return end - start == len("24") and _AGE.search(before) is not None and text.startswith((",", "."), end)


_LIST_DOTS = frozenset((". ", ") ", ".\t", ")\t"))


def is_year(text: str, numeral: Numeral) -> bool:
    """Tell whether a number looks like a year and no plural of arms or people after it says otherwise."""
    start, end = numeral.span
    return _YEAR.fullmatch(text, start, end) is not None and not counts_things(text, end)


def counts_things(text: str, end: int) -> bool:
    """Tell whether a plural of arms or people follows within three words."""
    return load_patterns().counted.match(text, end) is not None


@cache
def load_patterns() -> Patterns:
    """Return the tables of ``measures.yml`` as patterns; the same at every call."""
    words = {name: flatten(rows) for name, rows in load_table("measures").items()}
    return Patterns(
        measured=re.compile(
            rf"{GAP}(?:(?:more|full|long|other|additional|further|whole|and{GAP}a{GAP}half|of{GAP}(?:the|its)){GAP})?"
            # "Eight Mi-17s" are no miles, "two second-hand frigates" no seconds.
            rf"{alternatives(words['measures'])}{RIGHT}(?!-[a-z0-9])",
            FLAGS,
        ),
        order_size=re.compile(
            rf"-{alternatives(words['compound_items'])}(?:{GAP}[a-z-]{{1,20}})?{GAP}"
            rf"{alternatives(words['deals'])}{RIGHT}",
            FLAGS,
        ),
        reference=re.compile(
            rf"{LEFT}{alternatives(words['references'])}(?:\.|\.?{GAP})"
            rf"(?:[0-9]{{1,5}}(?:[ ]\([0-9]{{4}}\))?"
            rf"(?:,{GAP}(?:and{GAP})?|{GAP}(?:and|or|to){GAP}|[-–])){{0,4}}\Z",
            FLAGS,
        ),
        series=re.compile(rf"{LEFT}{alternatives((*words['series'], *words['symbols']))}{GAP}\Z", re.ASCII),
        counted=re.compile(rf"(?:{GAP}[a-z0-9-]{{1,24}}){{0,2}}{GAP}{alternatives(words['counted'])}{RIGHT}", FLAGS),
    )
