"""Registers made up by the test: records of hostile words, halves of characters, missing values, denials and reviews.

``records()`` gives what an export may meet, made by the real merging of claims; ``registers()`` a few of them at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st
from register_stories import plain_origins

from armstrace.document import Span
from armstrace.embargo.findings import Case, Finding, Verdict
from armstrace.embargo.measures import Body, Direction, Strength
from armstrace.export.findings import finding_to_dict
from armstrace.export.record import About, Cited, Record
from armstrace.export.shareable import shareable
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Mode,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    Value,
    When,
)
from armstrace.register.merge import merge_claims
from armstrace.told import Correction, Group, Later, LaterKind, Review, ReviewState, Told

# Each breaks some format that does not guard against it.
HOSTILE: Final = (
    "",
    " ",
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    "'quoted' tanks",
    "one\ntwo\r\nthree",
    'say "yes", he; said|so',
    "back\\slash \\n \\u0041",
    "<script>alert(1)</script> & ]]> <!-- -->",
    "[link](javascript:alert(1)) `code` | cell *bold*",
    "{brace} }{ % & $ # _ ~ ^ \\textbf{x}",
    "\x00\x07\x1b[31m\x9b",
    "\u202egnp.\u200b\u2028\u2029\x85\ufeff",
    "half \ud800 of a pair \udfff",
    "_x0041_ _x005F_",
    "<r><t>=1+1</t></r>",
    "دۆڕۆن ‌‍ 无人机 дрон 🚀 e\u0301",
    "null",
    "TRUE",
    "007",
    "1e5",
    "2031-02-03",
    "http://elsewhere.example/?a=1&b=<2>",
    "unknown supplier",
    "?",
    "..",
)
CODES: Final = ("KP", "RU", "IR", "SD", "EU", "XK", "US")
DAYS: Final = ("2031-02-03", "2031-02-04", "2031-02", "2031-03-01", "2031")
MOMENTS: Final = ("2031-04-01T10:00:00Z", "2031-04-02T23:59:59Z")
LARGE: Final = 2**63  # more than 64 bits hold with a sign: somebody writes such a number into a report
KINDS_BESIDE: Final = tuple(kind for kind in ClaimKind if kind is not ClaimKind.TRANSFER)

WORDS: Final = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=6)
MAYBE: Final = st.none() | WORDS
COUNTRIES: Final = st.none() | st.sampled_from(CODES)
COUNTS: Final = st.none() | st.integers(0, 50) | st.sampled_from((10**15, 2**53 + 1, LARGE, 10**27))
SUMS: Final = COUNTS | st.floats(0, 1e12, allow_nan=False) | st.just(0.1)
PUBLISHED: Final = st.none() | st.sampled_from(DAYS)
ENDS: Final = st.none() | st.sampled_from(DAYS[:2])
ADDRESSES: Final = st.none() | st.sampled_from(("https://news.example/a?b=1&c=2", "http://news.example/%D0%B0#x"))

SPANS: Final = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))
PARTIES: Final = st.builds(Party, COUNTRIES, MAYBE, WORDS, st.none() | SPANS)
ITEMS: Final = st.builds(
    Item,
    designation=MAYBE,
    description=WORDS,
    category=st.sampled_from(Category),
    span=SPANS,
    codes=st.dictionaries(st.sampled_from(("un-register", "sipri", "wassenaar")), WORDS, max_size=2).map(
        lambda codes: tuple(codes.items())
    ),
)
QUANTITIES: Final = st.builds(Quantity, WORDS, COUNTS, COUNTS, COUNTS, st.sampled_from(("pieces", "tonnes")), SPANS)
VALUES: Final = st.builds(Value, WORDS, SUMS, SUMS, SUMS, st.none() | st.sampled_from(("USD", "EUR")), SPANS)
TIMES: Final = st.builds(When, WORDS, ENDS, ENDS, st.sampled_from(DatePrecision), st.none() | SPANS)
SOURCES: Final = st.builds(
    Source,
    name=WORDS,
    kind=st.sampled_from(SourceKind),
    country=COUNTRIES,
    named=st.booleans(),
    channel=MAYBE,
    cue=MAYBE,
    span=st.none() | SPANS,
)


def some(values: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy of none to a few of something."""
    return st.lists(values, max_size=most).map(tuple)


def claims(identity: str, document: str, kinds: st.SearchStrategy[ClaimKind]) -> st.SearchStrategy[Claim]:
    """Return a strategy of claims of an id, in a document."""
    return st.builds(
        Claim,
        id=st.just(identity),
        document=st.just(document),
        kind=kinds,
        evidence=st.builds(Evidence, WORDS, SPANS),
        supplier=st.none() | PARTIES,
        recipient=st.none() | PARTIES,
        maker=st.none() | PARTIES,
        items=some(ITEMS),
        quantity=st.none() | QUANTITIES,
        value=st.none() | VALUES,
        mode=st.sampled_from(Mode),
        via=some(PARTIES),
        refers_to=st.none() | st.sampled_from(("c00", "c01")),
        status=st.sampled_from(Status),
        polarity=st.sampled_from(Polarity),
        certainty=st.sampled_from(Certainty),
        likelihood=st.none() | st.sampled_from(((55, 80), (0, 100))),
        when=st.none() | TIMES,
        attribution=some(SOURCES, 3),
        inferred=some(WORDS),
        why=some(WORDS),
    )


LATER: Final = st.builds(Later, st.sampled_from(("d9", "d1")), PUBLISHED, MAYBE, st.sampled_from(LaterKind))
STATES: Final = tuple(state for state in ReviewState if state is not ReviewState.UNREVIEWED)
CORRECTED: Final = ("supplier", "items", "quantity", "status", "when", "likelihood")


@st.composite
def reviews(draw: Any, claim: Claim) -> Review:
    """Draw what people judged of a claim; what they corrected was read otherwise."""
    state = draw(st.sampled_from(STATES))
    who, at = draw(WORDS), draw(st.sampled_from(MOMENTS))
    fields = draw(st.lists(st.sampled_from(CORRECTED), unique=True, min_size=1, max_size=2))
    if state is not ReviewState.CORRECTED:
        changed = tuple(fields) if state is ReviewState.OUTDATED else ()
        return Review(state, who, at, draw(MAYBE), changed=changed)
    was = draw(claims(claim.id, claim.document, st.just(claim.kind)))
    original = replace(claim, **{name: getattr(was, name) for name in fields})
    corrections = tuple(Correction(name, who, at, draw(MAYBE)) for name in fields)
    return Review(state, who, at, draw(MAYBE), corrections, original)


@st.composite
def told(draw: Any, identity: str, kinds: st.SearchStrategy[ClaimKind]) -> Told:
    """Draw a claim as told in one of two documents."""
    document = draw(st.sampled_from(("d0", "d1")))
    claim = draw(claims(identity, document, kinds))
    family = draw(st.sampled_from(("d0", "d1")))
    later, review = draw(some(LATER, 1)), draw(st.none() | reviews(claim))
    return Told(claim, draw(MAYBE), draw(PUBLISHED), family, draw(MAYBE), later, review)


CITED: Final = st.fixed_dictionaries(
    {
        "title": MAYBE,
        "outlet": MAYBE,
        "byline": MAYBE,
        "language": st.none() | st.sampled_from(("en", "ku")),
        "published": PUBLISHED,
        "url": ADDRESSES,
        "format": st.sampled_from(("text", "html", "pdf")),
        "captured": st.none() | st.sampled_from(MOMENTS),
        "sha256": st.just("0123456789abcdef" * 4),
    }
)
CASES: Final = st.builds(Case, WORDS, st.sampled_from(Verdict), WORDS, WORDS)
FINDINGS: Final = st.builds(
    Finding,
    measure=st.sampled_from(("UN-KP", "EU-RU", "UN-SD")),
    body=st.sampled_from(Body),
    verdict=st.sampled_from(Verdict),
    entry=WORDS,
    instrument=WORDS,
    paragraph=WORDS,
    in_force_from=st.none() | st.dates(),
    in_force_to=st.none() | st.dates(),
    direction=st.none() | st.sampled_from(Direction),
    strength=st.sampled_from(Strength),
    reached=st.booleans(),
    decisive=WORDS,
    would_change=some(WORDS),
    cases=some(CASES),
    disputed=some(WORDS),
    caveats=some(WORDS),
    source=WORDS,
    missing=st.sampled_from(("", "supplier", "recipient")),
)


@st.composite
def records(draw: Any, number: int = 0) -> Record:
    """Draw a record; ``number`` keeps the ids of several apart. Now and then it leaves its house shorn of names."""
    size, beside = draw(st.integers(1, 3)), draw(st.integers(0, 1))
    transfer_kind = st.just(ClaimKind.TRANSFER)
    claimed = [draw(told(f"c{number}{one}", transfer_kind)) for one in range(size)]
    context = [draw(told(f"x{number}{one}", st.sampled_from(KINDS_BESIDE))) for one in range(beside)]
    transfer = merge_claims(Group(tuple(claimed), tuple(context)), plain_origins)
    transfer = replace(transfer, left_out=draw(some(st.sampled_from(("u1", "u2")))))
    shown = shareable(transfer, quotes=draw(st.booleans()), reviewers=draw(st.booleans()))
    findings = [finding_to_dict(one) for one in draw(some(FINDINGS))]
    own = dict.fromkeys(one.claim.document for one in (*shown.claims, *shown.context))
    cited = {one: Cited(id=one, **draw(CITED)) for one in own}
    return Record(shown, findings, cited)


@st.composite
def registers(draw: Any, most: int = 3) -> tuple[Record, ...]:
    """Draw none to a few records, each of another transfer."""
    return tuple(draw(records(number)) for number in range(draw(st.integers(0, most))))


def about(**options: str) -> About:
    """Return what the records of an export have in common, with options of the format."""
    names = {"KP": "North Korea", "RU": "Russia", "IR": "Iran", "SD": "Sudan", "EU": "European Union"}
    versions = {
        "program": "0.1.0",
        "readers": ["rules-1", "rules-2"],
        "register": "r1",
        "law": "l1",
        "sanctions_lists": [{"list": "un", "title": "UN list", "dated": "2031-01-01", "sha256": "ab" * 32}],
    }
    return About({"party": "KP"}, None, versions, names, (), options)
