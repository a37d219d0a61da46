"""A claim in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armstrace.document import Span
from armstrace.export.wording import chain_words, claim_words, party_words, quantity_words, standing_words, when_words
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
    When,
)

NAMES = {"KP": "North Korea", "RU": "Russia", "TG": "Togo"}
SENTENCE = "Pyongyang sold millions of artillery shells to Moscow."
SHELLS = Item(None, "artillery shells", Category.AMMUNITION, Span(127, 143))
MILLIONS = Quantity("millions", 1_000_000, None, None, "pieces", Span(115, 123))
CLAIM = Claim(
    id="1",
    document="d",
    kind=ClaimKind.TRANSFER,
    evidence=Evidence(SENTENCE, Span(100, 154)),
    supplier=Party("KP", None, "Pyongyang", Span(100, 109)),
    recipient=Party("RU", None, "Moscow", Span(147, 153)),
    items=(SHELLS,),
    quantity=MILLIONS,
    status=Status.ORDERED,
    certainty=Certainty.LIKELY,
    likelihood=(55, 80),
    mode=Mode.SALE,
)

CLAIMS = [
    ("number and noun as worded", {}, "North Korea → Russia: millions of artillery shells"),
    ("denied", {"polarity": Polarity.DENIED}, "DENIED North Korea → Russia: millions of artillery shells"),
    ("no items", {"items": (), "quantity": None}, "North Korea → Russia: arms"),
    ("a number of arms", {"items": ()}, "North Korea → Russia: millions arms"),
    ("unknown supplier", {"supplier": None, "quantity": None}, "unknown → Russia: artillery shells"),
    (
        "via",
        {"via": (Party("TG", None, "Togo", None),), "quantity": None},
        "North Korea → Russia via Togo: artillery shells",
    ),
    (
        "number from elsewhere",
        {"quantity": replace(MILLIONS, span=Span(0, 8))},
        "North Korea → Russia: millions artillery shells",
    ),
    (
        "designation that the description lacks",
        {"items": (replace(SHELLS, designation="M107"),), "quantity": None},
        "North Korea → Russia: M107 artillery shells",
    ),
    (
        "the same words twice",
        {"items": (SHELLS, replace(SHELLS, span=Span(0, 5))), "quantity": None},
        "North Korea → Russia: artillery shells",
    ),
    ("context", {"kind": ClaimKind.SANCTIONS_EFFECT}, "sanctions effect"),
    (
        "hostile words",
        {"items": (replace(SHELLS, description="\x1b[2Jshells"),), "quantity": None},
        "North Korea → Russia: �[2Jshells",
    ),
]


@pytest.mark.parametrize(("changes", "words"), [pytest.param(*row[1:], id=row[0]) for row in CLAIMS])
def test_a_claim_reads(changes, words):
    assert claim_words(replace(CLAIM, **changes), NAMES) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "ordered, likely (55-80 %), sale"),
        ({"likelihood": None, "mode": Mode.UNSPECIFIED}, "ordered, likely"),
        ({"kind": ClaimKind.SHORTAGE, "likelihood": None, "mode": Mode.UNSPECIFIED}, "likely"),
    ],
)
def test_standing_reads(changes, words):
    assert standing_words(replace(CLAIM, **changes)) == words


@pytest.mark.parametrize(
    ("party", "words"),
    [
        (None, "unknown"),
        (Party("RU", None, "Moscow", None), "Russia"),
        (Party("XK", None, "Pristina", None), "XK"),
        (Party(None, None, "the rebels", None), "the rebels"),
        (Party(None, None, "", None), "unknown"),
        (Party("RU", "Wagner", "Wagner", None), "Wagner (Russia)"),
        (Party(None, "Wagner", "Wagner", None), "Wagner (country unknown)"),
    ],
)
def test_a_party_reads(party, words):
    assert party_words(party, NAMES) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((12, 12, 12), "12 pieces"),
        ((1_000_000, None, None), "low 1,000,000, best unknown, high unknown pieces"),
        ((None, None, 40), "low unknown, best unknown, high 40 pieces"),
        ((0, 0, 0), "0 pieces"),
        ((None, None, None), "low unknown, best unknown, high unknown pieces"),
    ],
)
def test_a_quantity_reads(numbers, words):
    assert quantity_words(Quantity("some", *numbers, "pieces", Span(0, 4))) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2022-09-05", "2022-09-05", DatePrecision.DAY, "then (2022-09-05)"),
        ("2022-01-01", "2022-12-31", DatePrecision.YEAR, "then (2022-01-01 to 2022-12-31)"),
        ("2022-01-01", None, DatePrecision.YEAR, "then (2022-01-01 to unknown)"),
        (None, None, DatePrecision.DAY_NO_YEAR, "then (day, year unknown)"),
    ],
)
def test_a_time_reads(start, end, precision, words):
    assert when_words(When("then", start, end, precision)) == words


def test_a_chain_reads_from_the_nearest_source_to_the_farthest():
    near = Source("Le Monde", SourceKind.OUTLET, "FR", named=True)
    far = Source("an official", SourceKind.OFFICIAL_ANONYMOUS, "RU", named=False, channel="by e-mail")
    assert (
        chain_words((near, far), NAMES) == "Le Monde (outlet, FR) → an official (official-anonymous, Russia, by e-mail)"
    )
    assert chain_words((), NAMES) == "unknown"
