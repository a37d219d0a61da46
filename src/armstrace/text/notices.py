"""Official notices of arms sales: is a text one, and where in it stand purchaser, lists of articles, total and status.

A notice is a form ("(i) Prospective Purchaser: ...") or two sentences of a fixed wording ("has made a determination
approving a possible Foreign Military Sale ...", "has requested to buy ..."); a report that quotes one is none. The
phrases stand in ``notices.yml``. Who the parties are is for the callers, who know names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from armstrace.document import Span
from armstrace.model import Status, Value
from armstrace.text.notice_forms import Field, read_fields
from armstrace.text.notice_phrases import Wording, find_programme, form_total, read_wording
from armstrace.text.paragraphs import trim_span

_NEXT_SENTENCE = re.compile(r"(?<=[\w)])\.\s+(?=(?:The|This|These|There|At|It|Also|In)\s)")
# Words before a list proper: "the following non-MDE items:".
_LEAD = re.compile(r"\s*(?:the[ ]+)?following\b[^:;]{0,80}(?::|\Z)|\s*:", re.ASCII | re.IGNORECASE)
# Which phrases tell how far a sale has got, in the order in which they count; some do in forms alone.
_STANDINGS = (
    ("approved", Status.APPROVED, False),
    ("refused", Status.REFUSED, True),
    ("licensed", Status.APPROVED, True),
    ("sale", Status.PLANNED, False),
    ("request", Status.PLANNED, False),
)
_LEAST_MARKS = 2  # phrases of official texts beside one sentence of the fixed wording


class Part(NamedTuple):
    """A stretch of a notice and the sentence that holds it; None in a form, where each entry stands for itself."""

    span: Span
    sentence: Span | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Where the parts of a notice stand.

    ``basis`` are the words that tell the status, ``sale`` those that name the sale ("possible Foreign Military Sale").
    In ``purchaser`` and ``authority`` the party is the first one named, the earlier stretch counting first.
    ``headline`` names the purchaser and goes on with what is sold. ``programme`` is the country and the words of a
    programme or law. In ``notified`` the day of the notification stands.
    """

    status: Status
    basis: Span
    sale: Span | None
    purchaser: tuple[Span, ...]
    lists: tuple[Part, ...]
    headline: Part | None
    value: Value | None
    authority: tuple[Span, ...]
    programme: tuple[str, Span] | None
    notified: Span | None


class _Draft(NamedTuple):
    """One stretch of a text that may be a notice: its wording, its fields, who notified in the text so far."""

    wording: Wording
    fields: Sequence[Field]
    authority: Span | None

    def field(self, name: str) -> Span | None:
        """Return what stands after the first label of a name."""
        return next((field.span for field in self.fields if field.name == name), None)


def find_notices(text: str) -> tuple[Notice, ...]:
    """Return the notices of a text, several where several stand in it; none of any other text, a report of one too."""
    return tuple(notice for draft in _drafts(text) if (notice := _read(draft)) is not None)


def _drafts(text: str) -> Iterator[_Draft]:
    """Yield the stretches of a text that hold one purchaser, or one approval, each."""
    wording, fields = read_wording(text), read_fields(text)
    starts = [field.label.start for field in fields if field.name == "purchaser"]
    if not starts:
        starts = sorted({wording.sentence(span.start).start for span in wording.find("approved")})
    authority, number = None, 0
    for start, end in pairwise([0, *starts[1:], len(text)]):
        own = []
        while number < len(fields) and fields[number].label.start < end:
            own.append(fields[number])
            number += 1
        authority = next((field.span for field in own if field.name == "authority"), authority)
        yield _Draft(wording.within(Span(start, end)), own, authority)


def _read(draft: _Draft) -> Notice | None:
    wording = draft.wording
    buyer = draft.field("purchaser")
    approved, request = wording.first("approved"), wording.first("request")
    form = buyer is not None and draft.field("articles") is not None
    if not form and not _is_worded(wording, approved, request):
        return None
    status, basis = _standing(wording, form=form)
    value = draft.field("value")
    return Notice(
        status=status,
        basis=basis or buyer or wording.region,
        sale=wording.first("sale"),
        purchaser=tuple(_purchasers(draft, approved, request)),
        lists=tuple(_form_lists(draft) if form else _told_lists(wording, request) if request else ()),
        headline=_headline(wording, approved) if approved else None,
        value=(form_total(wording.text, value) if value else None) or wording.total(),
        authority=tuple(_authorities(draft, approved)),
        programme=find_programme(wording.text, wording.region),
        notified=draft.field("date") or next((wording.sentence(s.start) for s in wording.find("notified")), None),
    )


def _standing(wording: Wording, *, form: bool) -> tuple[Status, Span | None]:
    """Return how far the sale has got and the words that tell it."""
    for name, status, in_forms in _STANDINGS:
        told = wording.first(name) if form or not in_forms else None
        if told:
            return status, told
    return Status.UNSPECIFIED, None


def _is_worded(wording: Wording, approved: Span | None, request: Span | None) -> bool:
    """Tell whether the sentences are those of a notice: both of the fixed wording, or one among official phrases."""
    marks = {" ".join(span.of(wording.text).lower().split()) for span in wording.find("marks")}
    return bool(approved and request) or (bool(approved or request) and len(marks) >= _LEAST_MARKS)


def _purchasers(draft: _Draft, approved: Span | None, request: Span | None) -> Iterator[Span]:
    named = draft.field("purchaser")
    if named:
        yield named
    if request:
        yield Span(draft.wording.sentence(request.start).start, request.start)
    if approved:
        yield Span(approved.end, draft.wording.sentence(approved.start).end)


def _authorities(draft: _Draft, approved: Span | None) -> Iterator[Span]:
    if approved:
        yield Span(draft.wording.sentence(approved.start).start, approved.start)
    if draft.authority:
        yield draft.authority
    yield from (draft.wording.sentence(span.start) for span in draft.wording.find("notified"))


def _headline(wording: Wording, approved: Span) -> Part:
    sentence = wording.sentence(approved.start)
    told = Span(approved.end, sentence.end)
    return Part(Span(told.start, min([told.end, *(tail.start for tail in wording.find("tails", told))])), sentence)


def _form_lists(draft: _Draft) -> Iterator[Part]:
    """Yield the lists of a form; of each kind the last, which in an amended case is the whole."""
    articles = next(field for field in draft.fields if field.name == "articles")
    kinds = {field.name: field.span for field in draft.fields if field.label.start > articles.label.start}
    parts = [kinds[name] for name in ("mde", "other") if name in kinds] or [articles.span]
    yield from (Part(span, None) for part in parts for span in _parted(draft.wording, part))


def _told_lists(wording: Wording, request: Span) -> Iterator[Part]:
    """Yield the lists of sentences: what is requested, or the whole of an amended case, and what is also included."""
    start = next(iter(wording.find("combined")), request)
    sentences = [wording.sentence(start.start), *(wording.sentence(also.start) for also in wording.find("also"))]
    for number, sentence in enumerate(dict.fromkeys(sentences)):
        if number == 0 or sentence.start > start.start:
            begin = start.end if number == 0 else sentence.start
            yield from (Part(span, sentence) for span in _parted(wording, Span(begin, sentence.end)))


def _parted(wording: Wording, region: Span) -> Iterator[Span]:
    """Yield the lists of a stretch: what stands between the phrases that begin a further one."""
    text = wording.text
    over = _NEXT_SENTENCE.search(text, *region)
    ends = [span.start for span in wording.find("tails", region)] + ([over.start()] if over else [])
    following = wording.find("also", region)
    starts = [region.start, *(span.end for span in following)]
    stops = [*(span.start for span in following), region.end]
    for start, stop in zip(starts, stops, strict=True):
        end = min([stop, *(each for each in ends if each >= start)])
        lead = _LEAD.match(text, start, end)
        span = trim_span(text, lead.end() if lead else start, end)
        if span.end > span.start:
            yield span
