"""The desk edits of the syndication set that are code: pure, seeded by the document's name, one row of ``EDITS`` each.

An edit takes the paragraphs of a text and returns those of its copy. Rewriting is not here: it is done by hand, in
``syndication/stories``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from syndication_desk import Desk, Paragraphs
from syndication_page import capitals, misread, straighten, wrap
from syndication_words import CONTRACTED, LARGER, PLAIN, SPELLING, STRUCK, UNITS

_ABBREVIATED = re.compile(
    r"\b(Mr|Mrs|Ms|Dr|Gen|Col|Capt|Cpl|Lt|Maj|Sgt|Cmdr|Brig|Sen|Rep|Gov|St|Jr|No|Co|Corp|Inc|Ltd|vs|Prof|Rear Adm|"
    r"[A-Z](\.[A-Z])*|a\.m|p\.m|Jan|Feb|Aug|Sept|Oct|Nov|Dec|approx|resp|e\.g|i\.e)\.$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])([\"”’']*)\s+(?=[\"“‘']?[A-Z0-9(])")
_FEWEST_KEPT = 25  # words that a cut leaves at least


Apply = Callable[[Paragraphs, Desk], Paragraphs]


@dataclass(frozen=True, slots=True)
class Edit:
    """One mechanical edit: its name in the stories, what it does in words, and the function."""

    name: str
    does: str
    apply: Apply


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; joined by a space they are the paragraph again."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(paragraph):
        piece = paragraph[start : match.end(1)]
        if not _ABBREVIATED.search(piece):
            found.append(piece)
            start = match.end()
    return [*found, paragraph[start:]]


def count_words(paragraphs: Paragraphs) -> int:
    """Return how many words the paragraphs hold."""
    return sum(len(p.split()) for p in paragraphs)


def each(change: Callable[[str], str]) -> Apply:
    """Return the edit that changes every paragraph by itself."""
    return lambda paragraphs, _: tuple(map(change, paragraphs))


def cut(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Cut from the end until N per cent of the words are left; whole sentences stay, and 25 words at least."""
    room = max(_FEWEST_KEPT, count_words(paragraphs) * desk.number(60) // 100)
    kept: list[str] = []
    for paragraph in paragraphs:
        sentences = split_sentences(paragraph)
        fitting = 0
        for sentence in sentences:
            room -= len(sentence.split())
            if room < 0 and (kept or fitting):  # the first sentence stays, however long
                break
            fitting += 1
        if fitting:
            kept.append(" ".join(sentences[:fitting]))
        if fitting < len(sentences):
            break
    return tuple(kept)


def thin(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Strike N per cent of the sentences inside; the first paragraph stays, and so does a lone quotation's opening."""
    share = desk.number(20) / 100
    kept = [paragraphs[0]]
    for at, paragraph in enumerate(paragraphs[1:], 1):
        sentences = [s for i, s in enumerate(split_sentences(paragraph)) if desk.chance("thin", at, i) >= share]
        if sentences:
            kept.append(" ".join(sentences))
    return tuple(kept)


def merge(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Run each N paragraphs into one."""
    size = desk.number(2)
    return tuple(" ".join(paragraphs[i : i + size]) for i in range(0, len(paragraphs), size))


def split(paragraphs: Paragraphs, _: Desk) -> Paragraphs:
    """Give every sentence a paragraph of its own, as tabloids and web desks do."""
    return tuple(sentence for paragraph in paragraphs for sentence in split_sentences(paragraph))


def swap(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Change places of N neighbouring pairs of paragraphs after the second."""
    found = list(paragraphs)
    pairs = sorted(range(2, len(found) - 1), key=lambda at: desk.chance("swap", at))
    done: set[int] = set()
    for at in pairs:
        if len(done) < 2 * desk.number(1) and not done & {at, at + 1}:
            found[at], found[at + 1] = found[at + 1], found[at]
            done |= {at, at + 1}
    return tuple(found)


def replace_words(table: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """Return the change of every left-hand word of a table into its right-hand one, capitals kept."""
    given = {left.lower(): right for left, right in table}
    words = "|".join(sorted(map(re.escape, given), key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)

    def one(match: re.Match[str]) -> str:
        new = given[match[0].lower()]
        return new[0].upper() + new[1:] if match[0][0].isupper() else new

    return lambda text: pattern.sub(one, text)


def spell_numbers(text: str) -> str:
    """Write 2-9 out where a small letter follows: "4 crates" -> "four crates"."""
    return re.sub(
        r"(?<![\w.,:$£€/-])([2-9])(?= [a-z])(?! ?(per cent|percent|million|billion|km|mm|p\.m|a\.m))",
        lambda m: UNITS[int(m[1]) - 2],
        text,
    )


def figure_numbers(text: str) -> str:
    """Write numbers from ten on as figures: "twelve crates" -> "12 crates"."""
    return re.sub(rf"(?<![\w-])({'|'.join(LARGER)})(?= [a-z])", lambda m: str(LARGER[m[1]]), text)


def shorten_money(text: str) -> str:
    """Write sums and shares short: "$40 million" -> "$40m", "12 percent" -> "12%"."""
    text = re.sub(r"(?<=\d) million\b", "m", text)
    text = re.sub(r"(?<=\d) billion\b", "bn", text)
    return re.sub(r"(?<=\d) (percent|per cent)\b", "%", text)


def curl(text: str) -> str:
    """Set curly quotes."""
    text = re.sub(r'(^|[\s(\[—–])"', r"\1“", text)
    text = re.sub(r"(^|[\s(\[—–“])'", r"\1‘", text)
    return text.replace('"', "”").replace("'", "’")


def single(text: str) -> str:
    """Set single quotes outside, as many British papers do."""
    return straighten(text).replace('"', "'")


def add_titles(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Write Mr or Ms before the bare surname of a person who was named in full before: "Okello" -> "Mr Okello"."""
    text = "\n".join(paragraphs)
    for surname, title in desk.people.items():
        full = re.search(rf"[A-Z][\w.-]+ {re.escape(surname)}(?!\w)", text)
        if full:
            words = re.split(rf"(?<![\w-])({re.escape(surname)})(?![\w-])", text[full.end() :])
            bare = [i for i in range(1, len(words), 2) if not _names(words[i - 1])]
            words = [f"{title} {word}" if i in bare else word for i, word in enumerate(words)]
            text = text[: full.end()] + "".join(words)
    return tuple(text.split("\n"))


def _names(before: str) -> bool:
    """Tell whether the words before a surname are part of the name or a rank: "Peter ", "Col. ", not "port. "."""
    last = before.rsplit(maxsplit=1)[-1] if before[-1:] == " " and before.split() else ""
    return last[:1].isupper() and (not last.endswith(".") or bool(_ABBREVIATED.search(last)))


def invert_said(text: str) -> str:
    """Turn the tag of a quotation round: '," Okello said.' -> '," said Okello.'."""
    return re.sub(r"(,[\"”’']) ((?:(?:Mr|Ms|Mrs|Gen\.|Col\.) )?[A-Z][\w-]+|he|she) said(?=[.,])", r"\1 said \2", text)


def drop_on(text: str) -> str:
    """Strike "on" before weekdays, as American desks do."""
    return re.sub(r" on (?=(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)", " ", text)


def say_yesterday(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Write the weekday named by the argument as "yesterday", as a morning paper does."""
    day = desk.argument or "Monday"
    return tuple(
        re.sub(rf"( on)? (last |late )?{day}\b(?! (night|morning|evening))", " yesterday", p) for p in paragraphs
    )


def tighten(text: str) -> str:
    """Strike asides: relative clauses between commas, brackets, "also", "that" after "said"."""
    for pattern in STRUCK:
        text = re.sub(pattern, "", text)
    return text


def add_furniture(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Set the outlet's own lines around the text: subscriptions, related links, notices of copyright."""
    return (*desk.top, *paragraphs, *desk.bottom)


EDITS = (
    Edit("cut", "cuts from the end to N per cent of the words", cut),
    Edit("thin", "strikes N per cent of the sentences inside", thin),
    Edit("merge", "runs each N paragraphs into one", merge),
    Edit("split", "gives every sentence its own paragraph", split),
    Edit("swap", "changes places of N neighbouring pairs of paragraphs", swap),
    Edit("british", "British spelling", each(replace_words(SPELLING))),
    Edit("american", "American spelling", each(replace_words(tuple((b, a) for a, b in SPELLING)))),
    Edit("plain", "the desk's plain words for the agency's", each(replace_words(PLAIN))),
    Edit("contracted", "isn't for is not", each(replace_words(CONTRACTED))),
    Edit("spelled", "small numbers in letters", each(spell_numbers)),
    Edit("figures", "numbers in figures", each(figure_numbers)),
    Edit("short-money", "$40m and 12%", each(shorten_money)),
    Edit("curly", "curly quotes", each(curl)),
    Edit("straight", "straight quotes, plain dashes", each(straighten)),
    Edit("single", "single quotes", each(single)),
    Edit("titles", "Mr and Ms before surnames", add_titles),
    Edit("said-he", "tags of quotations turned round", each(invert_said)),
    Edit("no-on", "no 'on' before weekdays", each(drop_on)),
    Edit("yesterday", "the weekday told as yesterday", say_yesterday),
    Edit("tight", "asides struck out", each(tighten)),
    Edit("furniture", "the outlet's own lines around the text", add_furniture),
    Edit("telex", "all in capitals", capitals),
    Edit("ocr", "N letters in a thousand misread", misread),
    Edit("wrapped", "lines broken at N columns", wrap),
)
BY_NAME: Mapping[str, Edit] = {edit.name: edit for edit in EDITS}


def apply_edits(paragraphs: Paragraphs, edits: Sequence[str], desk: Desk) -> tuple[Paragraphs, list[str]]:
    """Return the paragraphs after the edits, in their order, and those edits that changed anything.

    "cut:60" is ``cut`` with the argument 60.

    Raises:
        KeyError: an edit has no row in ``EDITS``.
    """
    effective = []
    for edit in edits:
        name, _, argument = edit.partition(":")
        changed = BY_NAME[name].apply(paragraphs, replace(desk, argument=argument))
        if changed != paragraphs:
            effective.append(edit)
        paragraphs = changed
    return paragraphs, effective
