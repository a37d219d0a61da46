"""Words torn at the end of a line, and compounds that keep their hyphen there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_START: Final = re.compile(r"(?<![^\W_])(?<![^\W_]-)[^\W\d_]{2,}$")
_END: Final = re.compile(r"[^\W\d_]{2,}(?![\w-])")
# Words that press prose hangs on with a hyphen: behind a start and before an end of these the hyphen stays.
_STARTS: Final = frozenset(
    "air all anti arms co counter cross double dual eighty ex far fifty first five forty four full half heavy "
    "high ill inter laser light long low medium mid mine mini mortar multi near nine ninety no non north off one "
    "post pre precision pro quasi radar radio rocket satellite sea second self semi seven seventy shell ship "
    "short shoulder single six sixty small south state sub surface ten third thirty three truck twenty twin two "
    "ultra under up vehicle war well wire".split()
)
_ENDS: Final = frozenset(
    "affiliated aid air aircraft aligned armed armored armoured assisted backed based borne bound built carrying "
    "control controlled deal designed directed embargo era fired flying funded grade ground guided held installed "
    "launched led licensed linked look made mounted old operated owned piercing powered produced profile "
    "propelled range ranging recoil related run sale scale seat ship shipment sized speed style supplied surface "
    "tank term tier to trade trained type use wing year".split()
)


def is_torn(before: str, behind: str, words: Mapping[str, int]) -> bool:
    """Tell whether the hyphen between the end of a line and the next one stands inside a word.

    It does where the document writes the word whole elsewhere, or where nothing speaks for a compound: both parts in
    small letters, none of them known to make compounds, and not both used as words of their own. ``words`` counts the
    words of the document without regard to case, torn parts too. In doubt the hyphen stays.
    """
    start, end = _START.search(before), _END.match(behind)
    if not start or not end:
        return False
    one, other = start[0].casefold(), end[0].casefold()
    if words.get(one + other):
        return True
    plain = start[0].islower() and end[0].islower()
    compound = one in _STARTS or other in _ENDS
    # Each part counts once here as a word of its own; more than that, and both are words.
    return plain and not compound and not (words.get(one, 0) > 1 and words.get(other, 0) > 1)
