"""Tells names from prose: credits and bylines hold names, roles and outlets, never a verb of a story."""

from __future__ import annotations

import re

from armstrace.text.word_tables import read_words

TOKEN = re.compile(r"[^\s,;:/|()\[\]&+·•]+")
# Small words that stand between the names of a credit.
CONNECTORS = read_words(
    """
    and in of the by for from via with at to on de da di du del della van von der den ter la le les al
    el bin ibn y e und et zu dos das d
    """
)
ROLES = read_words(
    """
    staff writer writers correspondent correspondents reporter reporters editor editors bureau chief
    special senior national security diplomatic defense defence foreign political affairs white house
    congressional military chief additional reporting writing editing compiled written edited translated
    graphics photography contributing contributed contributor contributors desk newsroom team columnist
    analyst producer agencies agency wires wire services service reports report online digital photo
    photos video image images illustration courtesy file pool handout undated screenshot credit credits
    source media press news associated
    """
)
# Agencies and sites that pictures and reports are credited to.
AGENCIES = read_words(
    """
    ap afp epa reuters reuter upi getty shutterstock istock alamy corbis zuma landov mct wireimage redux
    nurphoto anadolu xinhua tass itar-tass sputnik novosti ria bloomberg kcna yonhap kyodo dpa ansa efe
    pti irna isna fars tasnim sana dod dvids afp/getty epa-efe bbc cnn npr nbc abc cbs fox cnbc msnbc
    c-span youtube twitter facebook instagram flickr wikimedia wikipedia nasa gettyimages rex polaris
    magnum sipa abaca eyevine picture-alliance associated agence france-presse usat maxar planet tno tns
    ukrinform unian interfax imago
    """
)
PICTURE_WORDS = read_words(
    """
    photo photos photograph photographs image images picture pictures video screenshot credit courtesy
    handout illustration graphic
    """
)
# Longest run of names of one credit in a text written in capitals, where case tells nothing.
MOST_CAPITAL_WORDS = 8
LONGEST_CREDIT = 140
MOST_AGENCY_WORDS = 3
FINITE_VERBS = read_words("SAID SAYS IS ARE WAS WERE HAS HAVE HAD WILL WOULD MAY COULD TO BE THAT")


def only_names(text: str) -> bool:
    """Tell whether the text holds nothing but names, roles, places and the small words between them.

    In capitals, where case tells nothing, only a short run without a common verb passes. Empty text does not.
    """
    tokens = [token.strip(".’'\"“”©@#*_-–—") for token in TOKEN.findall(text)]
    words = [token for token in tokens if token]
    if not words:
        return False
    if text.isupper():
        return len(words) <= MOST_CAPITAL_WORDS and FINITE_VERBS.isdisjoint(words)
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    """Tell whether one word may stand in a name or a role."""
    return (
        not word[0].islower()
        or word in CONNECTORS
        or word in ROLES
        or word in AGENCIES
        or word.removesuffix("'s").removesuffix("’s") in ROLES
        or word.startswith(("al-", "el-", "d'", "d’", "bin-", "http", "www."))
    )


def is_picture_credit(text: str) -> bool:
    """Tell whether the text is the credit of a picture: names only, with an agency or a word for picture."""
    if len(text) > LONGEST_CREDIT or not only_names(text):
        return False
    words = {word.strip(".’'\"©@").casefold() for word in re.split(r"[\s,;:/|()\[\]&]+", text)}
    if not PICTURE_WORDS.isdisjoint(words):
        return True
    return not AGENCIES.isdisjoint(words) and ("/" in text or "via" in words or len(words) <= MOST_AGENCY_WORDS)
