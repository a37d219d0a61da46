"""The codes of countries by the names that lists use."""

from __future__ import annotations

from collections.abc import Mapping

from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.parties import country_names
from armstrace.lexicon.schema import LexiconFiles, packaged_data
from armstrace.screen.fold import fold


def load_country_codes() -> Mapping[str, str]:
    """Return ISO codes by folded name; words in brackets or after a comma ("Korea, North") are the lists' own ways.

    Raises:
        LexiconError: the packaged file of countries is missing or breaks its schema.
    """
    named = [
        (entry.strong, fold(name), entry.country)
        for name, entry in country_names(LexiconFiles(packaged_data()))
        if entry.kind is EntryKind.COUNTRY and entry.country
    ]
    return {**{name: country for _, name, country in sorted(named)}, **_OTHERS}


# Names that the lists have and the press does not, folded.
_OTHERS: Mapping[str, str] = {
    "korea north": "KP",
    "korea south": "KR",
    "korea democratic peoples republic of": "KP",
    "democratic peoples republic of korea": "KP",
    "republic of korea": "KR",
    "iran islamic republic of": "IR",
    "islamic republic of iran": "IR",
    "syrian arab republic": "SY",
    "russian federation": "RU",
    "congo democratic republic of the": "CD",
    "democratic republic of the congo": "CD",
    "congo republic of the": "CG",
    "libyan arab jamahiriya": "LY",
    "united republic of tanzania": "TZ",
    "cote d ivoire": "CI",
    "viet nam": "VN",
    "lao peoples democratic republic": "LA",
    "bolivarian republic of venezuela": "VE",
    "venezuela bolivarian republic of": "VE",
    "moldova republic of": "MD",
    "macedonia the former yugoslav republic of": "MK",
    "west bank": "PS",
    "palestinian": "PS",
    "hong kong": "HK",
    "china hong kong special administrative region": "HK",
    "the gambia": "GM",
    "gambia the": "GM",
    "bahamas the": "BS",
    "virgin islands british": "VG",
    "man isle of": "IM",
    "macau": "MO",
    "burma": "MM",
}
