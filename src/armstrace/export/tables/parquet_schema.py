"""The schema of the Parquet file: a row a transfer, nested as its public shape is, every column with its meaning."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

TEXT: Final = pa.string()
WHOLE: Final = pa.int64()
NUMBER: Final = pa.float64()
YES: Final = pa.bool_()
TEXTS: Final = pa.list_(TEXT)


def struct(**fields: pa.DataType) -> pa.StructType:
    """Return a struct of named fields; a trailing underscore keeps a name apart from a word of Python."""
    return pa.struct([pa.field(name.removesuffix("_"), kind) for name, kind in fields.items()])


_SPAN: Final = pa.list_(WHOLE)
_PARTY: Final = struct(country=TEXT, organisation=TEXT, text=TEXT, span=_SPAN)
_COUNTS: Final = {
    "claims": TEXTS,
    "documents": WHOLE,
    "families": WHOLE,
    "independent": WHOLE,
    "not_shown": WHOLE,
}


def _alternatives(value: pa.DataType) -> pa.ListType:
    return pa.list_(struct(value=value, texts=TEXTS, **_COUNTS, origins=TEXTS))


_PARTIES: Final = _alternatives(struct(country=TEXT, organisation=TEXT))
_ORIGIN: Final = struct(origin=TEXT, name=TEXT, country=TEXT, independent=YES, claims=TEXTS, rules=TEXTS)
_SIDE: Final = struct(**_COUNTS, origins=pa.list_(_ORIGIN))
_STEP: Final = struct(
    status=TEXT,
    polarity=TEXT,
    start=TEXT,
    end=TEXT,
    precision=TEXT,
    reported=TEXT,
    claims=TEXTS,
    origins=TEXTS,
    certainties=pa.list_(struct(certainty=TEXT, likelihood=_SPAN)),
    taken_back=YES,
    rejected=YES,
)
_ITEM: Final = struct(designation=TEXT, description=TEXT, category=TEXT, codes=pa.map_(TEXT, TEXT), span=_SPAN)
_SOURCE: Final = struct(name=TEXT, kind=TEXT, country=TEXT, named=YES, channel=TEXT, cue=TEXT, span=_SPAN)
_LATER: Final = struct(document=TEXT, since=TEXT, kind=TEXT, correction=TEXT)
CLAIM: Final = struct(
    claim=TEXT,
    document=TEXT,
    kind=TEXT,
    supplier=_PARTY,
    recipient=_PARTY,
    maker=_PARTY,
    items=pa.list_(_ITEM),
    quantity=struct(text=TEXT, low=WHOLE, best=WHOLE, high=WHOLE, unit=TEXT, span=_SPAN),
    value=struct(text=TEXT, amount=NUMBER, low=NUMBER, high=NUMBER, currency=TEXT, span=_SPAN),
    mode=TEXT,
    via=pa.list_(_PARTY),
    refers_to=TEXT,
    status=TEXT,
    polarity=TEXT,
    certainty=TEXT,
    likelihood=_SPAN,
    when=struct(text=TEXT, start=TEXT, end=TEXT, precision=TEXT, span=_SPAN),
    attribution=pa.list_(_SOURCE),
    evidence=struct(text=TEXT, span=_SPAN),
    inferred=TEXTS,
    why=TEXTS,
    outlet=TEXT,
    published=TEXT,
    title=TEXT,
    family=TEXT,
    later=pa.list_(_LATER),
)
_CORRECTION: Final = struct(field=TEXT, was=TEXT, now=TEXT, who=TEXT, at=TEXT, why=TEXT)
_REVIEW: Final = struct(
    claim=TEXT, state=TEXT, who=TEXT, at=TEXT, why=TEXT, corrections=pa.list_(_CORRECTION), changed=TEXTS
)
_REVISION: Final = struct(claim=TEXT, kind=TEXT, document=TEXT, since=TEXT, correction=TEXT, rule=TEXT, counts=YES)
_CASE: Final = struct(supposed=TEXT, verdict=TEXT, entry=TEXT, why=TEXT)
_FINDING: Final = struct(
    measure=TEXT,
    body=TEXT,
    verdict=TEXT,
    instrument=TEXT,
    paragraph=TEXT,
    in_force_from=TEXT,
    in_force_to=TEXT,
    decisive=TEXT,
    would_change=TEXTS,
    entry=TEXT,
    direction=TEXT,
    strength=TEXT,
    reached=YES,
    missing=TEXT,
    cases=pa.list_(_CASE),
    disputed=TEXTS,
    caveats=TEXTS,
    source=TEXT,
    notice=TEXT,
)
_DOCUMENT: Final = struct(
    document=TEXT,
    title=TEXT,
    outlet=TEXT,
    byline=TEXT,
    language=TEXT,
    published=TEXT,
    url=TEXT,
    format=TEXT,
    captured=TEXT,
    sha256=TEXT,
)
_QUANTITIES: Final = _alternatives(struct(low=WHOLE, best=WHOLE, high=WHOLE, unit=TEXT))
_SUMS: Final = _alternatives(struct(amount=NUMBER, low=NUMBER, high=NUMBER, currency=TEXT))
_RANGE: Final = struct(unit=TEXT, kinds=TEXTS, low=WHOLE, high=WHOLE, up_to=WHOLE)
_DENIAL: Final = struct(claim=TEXT, target=TEXT, rule=TEXT, denies=TEXTS, counts=YES)
EXACT: Final = "exact"

COLUMNS: Final[tuple[tuple[str, pa.DataType, str], ...]] = (
    ("transfer", TEXT, "id of the line of the register"),
    ("claims", TEXTS, "ids of its claims, in order of report"),
    ("context", TEXTS, "ids of claims that say something else of it"),
    ("supplier", _PARTIES, "every supplier told, with who tells it; a value of null is unknown"),
    ("recipient", _PARTIES, "every recipient told"),
    ("maker", _PARTIES, "every maker told: no supplier"),
    ("items", _alternatives(struct(category=TEXT, designation=TEXT)), "every kind of arms told"),
    ("quantity", _QUANTITIES, "every number told"),
    ("value", _SUMS, "every sum told"),
    ("mode", _alternatives(TEXT), "every kind of deal told"),
    ("via", _PARTIES, "who or where it is said to pass through"),
    ("status", _alternatives(TEXT), "every status told"),
    ("when", _alternatives(struct(start=TEXT, end=TEXT, precision=TEXT)), "every time told: ISO days"),
    ("ranges", pa.list_(_RANGE), "what all numbers of one unit and kind span"),
    ("for", _SIDE, "who affirms it"),
    ("against", _SIDE, "whose denials count against it"),
    ("denials", pa.list_(_DENIAL), "every denial with what it denies"),
    ("accounts", pa.list_(struct(side=TEXT, country=TEXT, claims=TEXTS)), "what the governments say themselves"),
    ("conflicts", pa.list_(struct(field=TEXT, sentence=TEXT)), "fields on which claims contradict each other"),
    ("revisions", pa.list_(_REVISION), "what outlets corrected, replaced or withdrew"),
    ("reviews", pa.list_(_REVIEW), "what people judged; was and now are JSON"),
    ("credibility", struct(digit=WHOLE, label=TEXT, sentence=TEXT), "1 to 6 (Admiralty), with the reason"),
    ("likelihoods", pa.list_(_SPAN), "bands in per cent that sources state"),
    ("latest", _STEP, "how far it got by the last word"),
    ("history", pa.list_(_STEP), "its steps by the time at which they were taken"),
    ("reports", pa.list_(_STEP), "its steps by the day of report"),
    ("changes", pa.list_(struct(day=TEXT, what=TEXT, claim=TEXT)), "what became known of it, by day"),
    ("left_out", TEXTS, "claims without a date, as known on a day only"),
    ("findings", pa.list_(_FINDING), "what the law says of it if the reports are true"),
    ("told", pa.list_(CLAIM), "its claims whole"),
    ("told_beside", pa.list_(CLAIM), "the claims that say something else of it, whole"),
    ("documents", pa.list_(_DOCUMENT), "what its claims were read from"),
    (EXACT, TEXT, "the row as JSON where it holds what Parquet cannot; else null"),
)
SCHEMA: Final = pa.schema([pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in COLUMNS])
