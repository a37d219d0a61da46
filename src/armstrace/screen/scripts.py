"""Letters of other scripts as Latin ones, after the romanisations that passports and lists use most.

Chinese and Japanese characters and the scripts of India and South-East Asia stay as they are: their names are compared
with names in the same script only.
"""

from __future__ import annotations

from typing import Final

_CYRILLIC = (
    "аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya "
    "єye іi їyi ґg јj љlj њnj ћc ђdj џdz ўu ѓg ќk ѕdz қk ұu ғgh әa өo үu ңng һh ҳh ҷj ӣi ӯu"
)
_GREEK = "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo"
_ARABIC = (
    "اa أa إa آa ٱa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz ع غgh فf قq كk کk لl مm نn هh وw يy یy ىa ةa ء "
    "ؤw ئy پp چch ژzh گg ٹt ڈd ڑr ںn ےe ھh ہh ۀh ټt ډd ړr ږg ښsh ګg ڼn ۍy ېe"
)
_HEBREW = "א בb גg דd הh וv זz חh טt יy כk ךk לl מm םm נn ןn סs ע פp ףp צts ץts קk רr שsh תt"
_GEORGIAN = (
    "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh"
)
_ARMENIAN = (
    "աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts ւw փp "
    "քk օo ֆf ևev"
)
_LATIN = "æae œoe øo ßss łl đd ðd þth ıi ŋng ħh ŧt ƒf əa"
_APOSTROPHES = "'’‘ʼʻʿʾ`´ʹ′"

# Letters written without most of their vowels: names are then compared by their consonants.
UNVOWELLED: Final = frozenset(pair[0] for pair in f"{_ARABIC} {_HEBREW}".split())

_HANGUL_FIRST: Final = 0xAC00
_HANGUL_LAST: Final = 0xD7A3
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p h".split(" ")

LETTERS: Final[dict[int, str]] = {
    **{
        ord(pair[0]): pair[1:]
        for table in (_CYRILLIC, _GREEK, _ARABIC, _HEBREW, _GEORGIAN, _ARMENIAN, _LATIN)
        for pair in table.split()
    },
    **{ord(sign): "" for sign in _APOSTROPHES},
}


def spell_hangul(text: str) -> str:
    """Return a text with each Korean syllable as a word of its own in the Revised Romanisation."""
    return "".join(_syllable(sign) if _HANGUL_FIRST <= ord(sign) <= _HANGUL_LAST else sign for sign in text)


def _syllable(sign: str) -> str:
    first, rest = divmod(ord(sign) - _HANGUL_FIRST, len(_VOWELS) * len(_FINALS))
    vowel, last = divmod(rest, len(_FINALS))
    return f" {_INITIALS[first]}{_VOWELS[vowel]}{_FINALS[last]} "
