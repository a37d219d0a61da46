"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from armstrace.text.english import is_english

# Of the press that reports on arms; the library knows 97, and among so many a headline finds a wrong one.
_LANGUAGES: Final = (
    "ar az be bg bn bs cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mk ms nb ne nl pl ps pt"
    " ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh"
).split()
_SAMPLE: Final = 4000  # characters; enough to tell
_FEWEST_LETTERS: Final = 20  # of less nobody can tell
_CODE: Final = re.compile(r"[a-z]{2}")


def tell_language(text: str, declared: str | None) -> str | None:
    """Return the language of a text (ISO 639-1).

    "en" where it is read as English, else what the page declares, else what the library takes it for; None for a few
    letters that nothing is declared of.
    """
    if is_english(text):
        return "en"
    if declared and _CODE.fullmatch(declared) and declared != "en":
        return declared
    sample = text.strip()[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _FEWEST_LETTERS:
        return None
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in _LANGUAGES if code in identifier.nb_classes])
    return identifier
