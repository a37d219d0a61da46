"""The history of a transfer as a picture: reports by day, who affirms above the line, who denies below.

Copies of one text on one day are one mark, as big as the documents that bear it are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt
from typing import Final

from markupsafe import Markup

from armstrace.export.plain import plain
from armstrace.export.transfer_words import counts_words, outlet_words
from armstrace.model import Polarity, Status
from armstrace.pictures.days import DayScale, day_scale
from armstrace.pictures.svg import element, link, picture, shortened, text
from armstrace.register.known import known_from
from armstrace.register.types import Transfer
from armstrace.told import Told

_WIDTH: Final = 960.0
_EDGE: Final = 52.0
_NO_DATE: Final = 90.0  # width of the column of undated reports
_LANE: Final = 24.0  # height of a mark's lane
_LEAST: Final = 5.0  # radius of a mark of one document
_MOST: Final = 11.0
_NEAR: Final = 22.0  # marks nearer than this stand in lanes above one another
_LABEL_NEAR: Final = 84.0  # a status is written once within this
_AXIS: Final = 34.0  # height below the lanes for the days
_TOP: Final = 26.0  # height above the lanes for the statuses
_MOST_OUTLETS: Final = 4


@dataclass(frozen=True, slots=True)
class Bundle:
    """The claims of one text that became known on one day and are of one polarity.

    ``counts`` is False where all of them were taken back.
    """

    day: str | None
    family: str
    polarity: Polarity
    claims: tuple[Told, ...]
    counts: bool

    @property
    def documents(self) -> int:
        """Return how many documents bear the text."""
        return len({told.claim.document for told in self.claims})

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Return what they say it has come to, each once."""
        return tuple(dict.fromkeys(t.claim.status for t in self.claims if t.claim.status is not Status.UNSPECIFIED))


def bundles(transfer: Transfer) -> tuple[Bundle, ...]:
    """Return the bundles of a transfer by day, undated ones last."""
    void = {revision.claim for revision in transfer.revisions if revision.takes_back}
    found: dict[tuple[str, str, Polarity], list[Told]] = defaultdict(list)
    for told in transfer.claims:
        found[(known_from(told.published) or "", told.family, told.claim.polarity)].append(told)
    made = [
        Bundle(day or None, family, polarity, tuple(claims), not void.issuperset(t.claim.id for t in claims))
        for (day, family, polarity), claims in found.items()
    ]
    return tuple(sorted(made, key=lambda b: (b.day is None, b.day or "", b.polarity, b.family)))


def draw_timeline(transfer: Transfer, address: Callable[[str], str | None]) -> Markup:
    """Return the picture; ``address`` gives where a claim's id leads, None for nowhere."""
    found = bundles(transfer)
    dated = [bundle for bundle in found if bundle.day]
    undated = [bundle for bundle in found if not bundle.day]
    right = _WIDTH - _EDGE - (_NO_DATE if undated else 0)
    scale = day_scale([date.fromisoformat(b.day) for b in dated if b.day], _EDGE, right) if dated else None
    places = {**_places(dated, scale), **_in_column(undated, _WIDTH - _EDGE - _NO_DATE / 2)}
    lanes = {side: _lanes(places, side) for side in Polarity}
    above = _TOP + lanes[Polarity.AFFIRMED] * _LANE + _LANE / 2
    height = above + lanes[Polarity.DENIED] * _LANE + _LANE / 2 + _AXIS
    marks = [_mark(b, (x, above), lane, address) for b, (x, lane) in places.items()]
    return picture(
        (_WIDTH, height),
        _told(found),
        *_axis(scale, above, height, right),
        *([text("no date", _WIDTH - _EDGE - _NO_DATE / 2, height - 10, class_="tick")] if undated else []),
        *_statuses(dated, places, above),
        *marks,
        class_="timeline",
    )


def _places(dated: Sequence[Bundle], scale: DayScale | None) -> dict[Bundle, tuple[float, int]]:
    """Return for each bundle where it stands along the line, and in which lane of its side."""
    placed: dict[Bundle, tuple[float, int]] = {}
    for bundle in dated:
        if scale is None or bundle.day is None:
            continue
        x = scale.at(date.fromisoformat(bundle.day))
        taken = {lane for other, (at, lane) in placed.items() if other.polarity is bundle.polarity and x - at < _NEAR}
        placed[bundle] = (x, next(lane for lane in range(len(taken) + 1) if lane not in taken))
    return placed


def _in_column(undated: Iterable[Bundle], x: float) -> dict[Bundle, tuple[float, int]]:
    return {
        bundle: (x, lane)
        for _, same in groupby(undated, key=lambda bundle: bundle.polarity)
        for lane, bundle in enumerate(same)
    }


def _lanes(places: Mapping[Bundle, tuple[float, int]], side: Polarity) -> int:
    return max((lane + 1 for bundle, (_, lane) in places.items() if bundle.polarity is side), default=0)


def _mark(bundle: Bundle, line: tuple[float, float], lane: int, address: Callable[[str], str | None]) -> Markup:
    x, y = line
    up = -1 if bundle.polarity is Polarity.AFFIRMED else 1
    radius = min(_MOST, _LEAST + 1.5 * sqrt(bundle.documents - 1))
    classes = f"mark {bundle.polarity}{'' if bundle.counts else ' void'}"
    circle = element("circle", cx=x, cy=y + up * (lane + 0.75) * _LANE, r=radius, class_=classes)
    return link(address(bundle.claims[0].claim.id), circle, label=_bundle_words(bundle))


def _bundle_words(bundle: Bundle) -> str:
    outlets = list(dict.fromkeys(outlet_words(told) for told in bundle.claims))
    more = f" and {len(outlets) - _MOST_OUTLETS} more" if len(outlets) > _MOST_OUTLETS else ""
    denied = "denied: " if bundle.polarity is Polarity.DENIED else ""
    statuses = ", ".join(bundle.statuses) or "no status told"
    void = "" if bundle.counts else "; taken back"
    who = ", ".join(outlets[:_MOST_OUTLETS])
    counts = counts_words(bundle.documents, 1)
    return plain(f"{bundle.day or 'no date'}, {denied}{statuses}: {who}{more}; {counts}{void}")


def _axis(scale: DayScale | None, y: float, height: float, right: float) -> list[Markup]:
    line = element("line", x1=_EDGE, y1=y, x2=right, y2=y, class_="axis")
    if scale is None:
        return [line]
    drawn = [line]
    for tick in scale.ticks():
        x = scale.at(tick.day)
        drawn.append(element("line", x1=x, y1=_TOP, x2=x, y2=height - _AXIS + 6, class_="grid"))
        drawn.append(text(tick.words, x, height - 10, class_="tick"))
    return drawn


def _statuses(dated: Sequence[Bundle], places: Mapping[Bundle, tuple[float, int]], y: float) -> list[Markup]:
    """Return each status written above where it is first affirmed, unless one stands there already."""
    seen: set[Status] = set()
    drawn: list[Markup] = []
    last = -_LABEL_NEAR
    for bundle in (b for b in dated if b.polarity is Polarity.AFFIRMED):
        new = [status for status in bundle.statuses if status not in seen]
        x, lane = places[bundle]
        if new and x - last >= _LABEL_NEAR:
            seen.update(new)
            end = y - (lane + 0.75) * _LANE
            drawn.append(element("line", x1=x, y1=_TOP - 6, x2=x, y2=end, class_="leader"))
            drawn.append(text(shortened(", ".join(new), 24), x, _TOP - 11, class_="status"))
            last = x
    return drawn


def _told(found: Sequence[Bundle]) -> str:
    affirmed = sum(b.polarity is Polarity.AFFIRMED for b in found)
    days = [b.day for b in found if b.day]
    when = f", {min(days)} to {max(days)}" if days else ""
    return f"History: {affirmed} affirming and {len(found) - affirmed} denying reports, copies as one{when}"
