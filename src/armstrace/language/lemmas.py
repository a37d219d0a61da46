"""Lemmas: tables for irregular forms, spelling rules for regular ones, the network's guess for the rest.

The network guesses a script ("lower-case, cut 3, add y"). It reads only the first word piece of a form, so
its cuts go wrong on long verbs and plurals; there the tag and the spelling decide, with the network's
word-piece vocabulary as the list of words that exist.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from armstrace.language.irregular_forms import (
    ADJECTIVE_LEMMAS,
    ADVERB_LEMMAS,
    NOUN_LEMMAS,
    SAME_IN_PLURAL,
    UNCHANGED_VERBS,
    VERB_LEMMAS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Known = Callable[[str], bool]  # tells whether a lower-case word exists

_FARTHEST_CUT, _LONGEST_WHOLE = 6, 8  # beyond these a script is no rule any more
_SHORT = 4  # letters of "ties", "dies"


def lemma_script(form: str, lemma: str) -> str:
    """Return the script that turns ``form`` into ``lemma``: lower-case or not, letters cut, ending added.

    Lemmas too far from the form become whole-word scripts; such with capitals keep the form instead.
    """
    lower = lemma == lemma.lower()
    base = form.lower() if lower else form
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    if len(base) - same > _FARTHEST_CUT or (same == 0 and len(lemma) > _LONGEST_WHOLE):
        return f"w|{lemma}" if lower else "0|0|"
    return f"{int(lower)}|{len(base) - same}|{lemma[same:]}"


def apply_script(form: str, script: str) -> str:
    """Return the lemma that ``script`` makes of ``form``; the form itself where nothing would be left."""
    case, _, rest = script.partition("|")
    if case == "w":
        return rest
    cut, _, ending = rest.partition("|")
    base = form.lower() if case == "1" else form
    return base[: max(0, len(base) - int(cut))] + ending or base


@lru_cache(maxsize=50_000)  # of a pure function: most words of a run are met again
def find_lemma(form: str, xpos: str, script: str, known: Known) -> str:
    """Return the lemma of a form with its Penn tag and the network's script.

    Verbs, plurals and comparisons go by tables and spelling. Names keep their form, plural names and
    designations lose the s. Other open words are written small, unless the script keeps capitals ("Iranian")
    or the form is an acronym. Closed words and clitics go by the script.
    """
    if xpos in _NAMES_AND_PLURALS and _DESIGNATIONS.fullmatch(form):
        return form[:-1]
    if xpos == "NNP" or form in _SINGULAR_NAMES or (xpos in _KEEP_FORM and _is_code(form, known)):
        return form
    if "'" in form or "’" in form:
        return apply_script(form, script)
    if xpos == "NNPS" or (xpos == "NNS" and _is_code(form[:-1], known)):
        return _without_s(form, lambda word: known(word.lower()))
    rule = _RULES.get(xpos)
    return rule(form.lower(), known) if rule else _by_script(form, xpos, script)


def _by_script(form: str, xpos: str, script: str) -> str:
    """Return the lemma of a number, a word that keeps its form but perhaps for capitals, or a closed word."""
    if xpos == "CD":
        return _of_number(form, script)
    if xpos in _KEEP_FORM:
        headline = form.isupper() and len(form) > _LONGEST_ACRONYM
        return form if script.startswith("0") and not headline else form.lower()
    return apply_script(form, script)


def _is_code(form: str, known: Known) -> bool:
    """Tell whether the form is an acronym or a designation: its capitals are part of it."""
    if any(c.isdigit() for c in form):
        return any(c.isalpha() for c in form)
    acronym = form.isupper() and 1 < len(form) <= _LONGEST_ACRONYM
    return acronym and (len(form) <= _SURE_ACRONYM or not known(form.lower()))


def _of_number(form: str, script: str) -> str:
    """Return the lemma of a number: figures without thousands signs, words in small letters."""
    if form[:1].isdigit():
        return form.replace(",", "")
    if _ROMAN.fullmatch(form):
        return form
    return apply_script(form, script) if script.startswith("w") else form.lower()


_KEEP_FORM = frozenset(["NN", "JJ", "RB"])
_NAMES_AND_PLURALS = frozenset(["NNP", "NNPS", "NNS"])
_DESIGNATIONS = re.compile(r"[^\W\d_][\w-]*\d[A-Z]{0,3}s")  # "F-16s", "Su-30MKIs"
_SINGULAR_NAMES = frozenset(
    ["Netherlands", "Philippines", "Maldives", "Bahamas", "Comoros", "Seychelles", "Honduras", "Cyprus"]
)
_ROMAN = re.compile(r"[IVXLCM]+")
_SURE_ACRONYM, _LONGEST_ACRONYM = 3, 5  # longer words in capitals stand in a headline in capitals


def _base_form(small: str, _known: Known) -> str:
    """Return the form of a bare verb."""
    return small


def _of_participle(small: str, known: Known) -> str:
    """Return the base of a form in -ing."""
    if small in VERB_LEMMAS:
        return VERB_LEMMAS[small]
    stem = small.removesuffix("ing")
    return _stem_to_base(stem, known) if stem != small and len(stem) > 1 else small


def _of_past(small: str, known: Known) -> str:
    """Return the base of a past form or participle."""
    if small in VERB_LEMMAS:
        return VERB_LEMMAS[small]
    if small in UNCHANGED_VERBS or not small.endswith("ed"):
        return small
    stem = small.removesuffix("ed")
    if stem.endswith("i"):
        return stem + "e" if len(small) <= _SHORT else stem[:-1] + "y"
    if stem.endswith("e"):
        return stem + "e"  # "guaranteed"
    return _stem_to_base(stem, known)


def _of_third_person(small: str, known: Known) -> str:
    """Return the base of a form in -s."""
    if small in VERB_LEMMAS or small in {"has", "does", "goes"}:
        return VERB_LEMMAS.get(small, {"has": "have", "does": "do", "goes": "go"}.get(small, small))
    return _without_s(small, known)


def _of_plural(small: str, known: Known) -> str:
    """Return the singular of a plural noun."""
    if small in NOUN_LEMMAS or small[:1].isdigit():
        return NOUN_LEMMAS.get(small, small)  # "1980s"
    if small.endswith(SAME_IN_PLURAL):
        return small
    if small.endswith("men") and small != "men":
        return small[: -len("men")] + "man"
    if small.endswith("children"):
        return small[: -len("ren")]
    if small.endswith(("wives", "knives")):
        return small[: -len("ves")] + "fe"
    return _without_s(small, known)


def _without_s(small: str, known: Known) -> str:
    """Return the word without the ending -s, -es or -ies."""
    if not small.endswith("s") or small.endswith(("ss", "'s")) or len(small) < _SHORT - 1:
        return small
    short = small[:-1]
    if small.endswith("ies"):
        return short if len(small) <= _SHORT or (known(short) and not known(small[:-3] + "y")) else small[:-3] + "y"
    if small.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return short if short.endswith(("ache", "axe")) and known(short) else small[:-2]
    if re.search(r"[aeiou][sz]es$|oes$", small):
        return small[:-2] if known(small[:-2]) and not known(short) else short
    return short


def _of_comparison(small: str, known: Known) -> str:
    """Return the positive of an adjective in -er or -est."""
    if small in ADJECTIVE_LEMMAS:
        return ADJECTIVE_LEMMAS[small]
    stem = re.sub(r"(?:er|est)$", "", small)
    if stem == small:
        return small
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if re.search(r"([bdgmnt])\1$", stem):
        return stem[:-1]
    return (
        stem + "e" if known(stem + "e") and not (known(stem) and not re.search(r"[aeiou][^aeiouwxy]$", stem)) else stem
    )


def _of_adverb_comparison(small: str, known: Known) -> str:
    """Return the positive of an adverb in -er or -est."""
    return ADVERB_LEMMAS.get(small) or _of_comparison(small, known)


_VOWELS = "aeiou"
# One syllable, one vowel, one consonant: its past doubles the consonant, so a single one shows a lost e.
_ONE_SYLLABLE = re.compile(r"(?:[^aeiou]*|[^aeiou]*qu)[aeiouy][^aeiouwxy]")
_DOUBLED = re.compile(r"([bdgklmnprtvz])\1$")
# Endings of stems that have lost an e, and those that have not, where the word list cannot tell.
_LOST_E = re.compile(
    r"(?:[cuvz]|[^s]s|[rdl]g|[^aeiourlwy][l]|[ei]g|[^aeiou][aiou][dkt]|[iu]at|creat|cit|adit|[dp][el]et|"
    r"[cs]ed|[^aeo][aiu][rlm]|[^aeiou]y[pr]|th[eo]s|nag|log|in)$"
)
_KEPT = re.compile(r"(?:tz|[aeo]n|er|en|on|el|op|(?<!q)(?![iu]at|creat)[aeiou]{2}[^aeiouszvc]|ow|lk)$")


def _stem_to_base(stem: str, known: Known) -> str:
    """Return the base of a verb from what is left when -ed or -ing is cut off."""
    with_e = stem + "e"
    if _DOUBLED.search(stem):
        if len(stem) <= _SHORT - 1:
            return stem  # "add", "err"
        return stem if stem.endswith(("ll", "zz")) and known(stem) else stem[:-1]
    if _ONE_SYLLABLE.fullmatch(stem):
        return with_e
    if known(stem) != known(with_e):
        return stem if known(stem) else with_e
    if _LOST_E.search(stem) and not _KEPT.search(stem):
        return with_e
    return stem


_RULES: dict[str, Callable[[str, Known], str]] = {
    "VB": _base_form,
    "VBP": lambda small, _: {"am": "be", "are": "be"}.get(small, small),
    "VBZ": _of_third_person,
    "VBD": _of_past,
    "VBN": _of_past,
    "VBG": _of_participle,
    "NNS": _of_plural,
    "JJR": _of_comparison,
    "JJS": _of_comparison,
    "RBR": _of_adverb_comparison,
    "RBS": _of_adverb_comparison,
}
