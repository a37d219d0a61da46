"""Is a text English? A count of function words, so that a text in another language is refused rather than misread."""

from __future__ import annotations

import re

# The commonest function words; a text of another language shares few of them.
_ENGLISH = frozenset(
    "the of and to in a is that for it was on are as with his they be at one have this from by had not but "
    "what all were when we there can an your which their said if will each about how up out them then she "
    "many some so these would other into has more her two him its who been than after over also says he "
    "before between under while against could should may near since because during no or you our my i us do "
    "did does where why being".split()
)
_OTHERS = frozenset(
    "der die das und ist nicht ein eine mit auf für von dem den des im zu wird sich le la les des et est une "
    "un pour dans que qui sur par pas au du el los las y en es por con para una se del lo il di che e non per "
    "sono della dei gli o os as da do em um uma não com het een van en niet op te zijn met voor och att det "
    "som på av är en inte til og på med jest nie się na w z że do bir ve bu için ile ja on ei dan yang di "
    "dengan untuk adalah tidak".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters read; enough to tell, bounded for huge inputs
_SHORT = 12  # words; headlines drop their function words
_LEAST_SHARE = 0.10


def is_english(text: str) -> bool:
    """Return whether a text is read as English.

    Texts under twelve words (headlines, captions) count as English unless they are in another script or hold more
    function words of other languages than English ones. A text without a letter is not English.
    """
    words = [w.lower() for w in _WORD.findall(text.strip()[:_SAMPLE])]
    if not words:
        return False
    latin = sum(w[0] < "\u0250" for w in words)
    if latin < 0.6 * len(words):
        return False
    english = sum(w in _ENGLISH for w in words)
    other = sum(w in _OTHERS and w not in _ENGLISH for w in words)
    if len(words) < _SHORT:
        return english >= other
    return english >= _LEAST_SHARE * len(words) and english > other
