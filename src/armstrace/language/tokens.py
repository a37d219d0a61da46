"""Words of a sentence with their character offsets, cut as the English Universal Dependencies treebanks do.

Contractions and possessives are cut ("does" + "n't", "Russia" + "'s"), hyphenated compounds too ("US" + "-" +
"made"), but not behind prefixes ("anti-tank"). Unlike the treebanks, a weapon designation stays whole
("F-16s", "S-400", "Su-30MKI"): rules and readers need it as one word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.abbreviations import BEFORE_NUMBER, BINDING, BINDING_SMALL, DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Iterator

# Continue a word although they are no letters: combining marks, soft hyphen, zero-width signs.
_MARKS = "\u0300-\u036f\u064b-\u065f\u00ad\u200b-\u200d\u2060"
_LETTER = rf"[\w{_MARKS}]"
_HYPHEN = "[-\u2010\u2011]"
_APOSTROPHE = "['’]"
_END = rf"(?!{_LETTER})"
_ENDINGS = "(?i:s|re|ve|ll|d|m)"
_CLITIC = rf"{_APOSTROPHE}{_ENDINGS}{_END}"

_UNITS = "mm|cm|km|nm|kg|lbs?|ft|mph|kph|kmh|kt|kts|hp|kw|mw|mhz|ghz|am|pm|bn|mn|tn|trn|m|k|b|g|million|billion"
_CURRENCY = "US|USD|AU|A|CA|C|NZ|HK|S|NT|R"
# Prefixes that the treebanks leave on their word. What may be a word of its own ("vice-", "pan-") is cut.
_PREFIXES = (
    "anti|non|co|re|pre|post|pro|ex|mid|semi|multi|cross|counter|sub|neo|micro|mini|intra|inter|over|mis|socio|"
    "ultra|infra|arch|proto|quasi|pseudo|trans|un|de|bi|tri"
)
_NUMBER = r"\d+(?:[.,:/×x]\d+)*"
_SITES = "com|org|net|gov|mil|edu|int|info|eu|uk|us|ru|ua|de|fr|il|ir|in|cn|tr|doc|docx|pdf|xls|html?|jpg|txt"

# Tried in this order at every place; the first that matches is the token. Repeats that may fail are bounded,
# so that a word of a million characters costs a million steps and no more.
_RULES: tuple[tuple[str, str], ...] = (
    ("address", r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}'’]"),
    ("mail", rf"[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}{_END}"),
    ("site", rf"(?:[\w-]{{1,63}}\.){{1,5}}(?:{_SITES})(?![\w{_MARKS}@]|\.\w)"),
    ("handle", r"(?<![\w&])[@#]\w+"),
    ("clitic", rf"(?<=[\w.{_MARKS}]){_CLITIC}"),
    ("decade", rf"{_APOSTROPHE}\d\ds?{_END}"),
    ("telephone or date", r"\d{1,4}(?:-\d{2,4}){2}(?![\w-])|\d{3}-\d{4}(?![\w-])"),
    ("ordinal", rf"\d+(?:,\d{{3}})*(?:st|nd|rd|th|s|(?<=0){_APOSTROPHE}s){_END}"),
    ("number before unit", rf"{_NUMBER}(?=(?:{_UNITS}|[ap]\.m\.){_END})"),
    ("figures with letters", rf"\d+(?:\.\d+)?[^\W\d_]{_LETTER}*(?:-\d{{1,4}}\w{{0,3}}{_END})?"),
    ("number", rf"{_NUMBER}|(?<![\w.])\.\d+"),
    ("currency", rf"(?:{_CURRENCY})?[$€£¥₹₽₴₪₩]"),
    ("dotted", rf"(?:[^\W\d_]\.){{2,12}}(?:[^\W\d_]{_END})?|[^\W\d_]\.[^\W\d_]{_END}|Ph\.?D\.|M\.Sc\."),
    (
        "designation",
        rf"[A-Z][^\W\d_]{{0,15}}{_HYPHEN}(?:[A-Z]{{1,3}}{_HYPHEN})?\d{{1,4}}[A-Za-z]{{0,4}}\d{{0,2}}[A-Za-z]{{0,4}}"
        rf"(?:{_HYPHEN}[A-Z]?\d{{1,3}}[A-Z]?)?(?:/[A-Z]{{1,2}})?{_END}(?!{_HYPHEN}\d)",
    ),
    (
        "prefixed",
        rf"(?<![\w-])(?i:{_PREFIXES}|e(?=-[a-z]{{3}})){_HYPHEN}[^\W_]{_LETTER}*(?:{_APOSTROPHE}(?=t{_END})t)?",
    ),
    ("firm", rf"[A-Z]{{1,5}}&[A-Z]{{1,5}}{_END}"),
    ("word", rf"{_LETTER}+(?:{_APOSTROPHE}(?!{_ENDINGS}{_END})[^\W\d_]{_LETTER}*)*"),
    ("smiley", r"[:;]-?[()DP](?![\w(])"),
    ("dots", r"\.{2,}|…+"),
    ("marks", r"[!?]+|-{2,}|''|``|’’|<<|>>|<3"),
    ("line of signs", r"([=*~_+^|#])\1+"),
    ("sign", r"\S"),
)
_TOKEN = re.compile("|".join(f"(?:{pattern})" for _, pattern in _RULES))
# Control characters and byte-order marks between words are no words.
_NOTHING = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad]+")
_CONTRACTION = re.compile(rf"(?i)[^\W\d_]+?(?=n{_APOSTROPHE}t{_END})")
# Two words written as one, with the place of the cut.
_WRITTEN_AS_ONE = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "outta": 3, "dunno": 2, "d'ye": 2}
# A full stop belongs to these before a further word; which of them also keep it at the end of the sentence.
_ABBREVIATIONS = BINDING | BINDING_SMALL | BEFORE_NUMBER | DOUBTFUL | frozenset(["etc", "al", "approx", "dem"])
_KEEP_AT_END = frozenset(["etc", "inc", "corp", "ltd", "co", "jr", "sr", "bros"])
_SMALL_TOO = BINDING_SMALL | frozenset(["etc", "al", "approx", "no", "p", "pp", "ext", "ft"])
_LONGEST_ABBREVIATION = 8


def split_tokens(text: str, span: Span) -> tuple[Span, ...]:
    """Return the spans of the words inside ``span``, in order and without overlap; blanks belong to none.

    The span is taken as one sentence: a full stop inside it belongs to its abbreviation ("Sept. 6"), the last
    one ends the sentence, unless the abbreviation always keeps its own ("U.S.", "Inc.").
    """
    return tuple(_scan(text, span))


def _scan(text: str, span: Span) -> Iterator[Span]:
    """Yield the words between the span's ends."""
    at, end = span
    while at < end:
        skipped = _NOTHING.match(text, at, end)
        if skipped:
            at = skipped.end()
            continue
        found = _TOKEN.match(text, at, end)
        if found is None:
            at += 1
            continue
        stop = _with_full_stop(text, found.start(), found.end(), end)
        yield from _cut(text, found.start(), stop)
        at = stop


def _with_full_stop(text: str, start: int, stop: int, end: int) -> int:
    """Return where the word ends when a full stop that belongs to it is counted in."""
    if stop >= end or text[stop] != "." or stop - start > _LONGEST_ABBREVIATION:
        return stop
    word = text[start:stop]
    last = not text[stop + 1 : min(end, stop + 40)].strip("\"”’'») ]\t\n")
    if last:
        return stop + 1 if word.lower() in _KEEP_AT_END else stop
    if text[stop + 1] == ".":
        return stop
    initial = len(word) == 1 and word.isupper()
    known = word.lower() in _ABBREVIATIONS and (word[0].isupper() or word in _SMALL_TOO)
    return stop + 1 if initial or known else stop


def _cut(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield the parts of a contraction or of two words written as one; any other word as it is."""
    if stop - start <= _LONGEST_ABBREVIATION * 3:
        word = text[start:stop]
        contraction = _CONTRACTION.match(word)
        place = contraction.end() if contraction else _WRITTEN_AS_ONE.get(word.lower(), 0)
        if place:
            yield Span(start, start + place)
            start += place
    yield Span(start, stop)
