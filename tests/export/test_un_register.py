"""A draft for the UN Register: which deliveries of a State and year, in which line of the form, with which number."""

import csv
import io
from dataclasses import replace

import pytest
from register_stories import make_told, plain_origins

from armstrace.errors import MetadataError
from armstrace.export.record import About, Record
from armstrace.export.un_register import ANNEX, NOTE, PARTS, write
from armstrace.model import Category, DatePrecision, Item, When
from armstrace.register.merge import merge_claims
from armstrace.told import Group, Review, ReviewState

I, II = PARTS.values()  # noqa: E741 - as the form numbers its parts
NAMES = {"BR": "Brazil", "MG": "Madagascar", "KE": "Kenya", "CZ": "Czechia", "IT": "Italy", "EG": "Egypt"}
OPTIONS = {"country": "BR", "year": "2018", "direction": "exports"}
ACCEPTED = Review(ReviewState.ACCEPTED, "ann", "2031-06-01T00:00:00Z")
JUNE, MAY, OLD = ("2018-06-14", "2018-06-14"), ("2018-05-01", "2018-05-31"), ("2017-03-02", "2017-03-02")
ACROSS = ("2017-12-20", "2018-01-10")


def told(number=6, when=JUNE, arms=(("artillery", "multiple rocket launchers"),), review=ACCEPTED, **more):
    """Return a claim that rockets went from Brazil to Madagascar, but for what is told otherwise."""
    row = {"supplier": "BR", "recipient": "MG", "status": "delivered", "by": "Cerrado Record", "day": "2018-06-19"}
    row |= {"id": "a", "number": number, "from": "government BR", "sure": "fact", **more}
    made = make_told(row)
    items = tuple(Item(None, words, Category(category), made.claim.evidence.span) for category, words in arms)
    period = When("then", *when, DatePrecision.DAY, made.claim.evidence.span) if when else None
    return replace(made, claim=replace(made.claim, items=items, when=period), review=review)


def rows_of(*groups, **options):
    out = io.BytesIO()
    records = [Record(merge_claims(Group(tuple(group)), plain_origins), (), {}) for group in groups]
    write(iter(records), About({}, None, {"program": "1"}, NAMES, (), {**OPTIONS, **options}), out)
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def body(*groups, **options):
    return [row for row in rows_of(*groups, **options)[1:] if row[0] != NOTE]


RIFLES, SHELLS, COPTERS = (
    ("small-arms", "assault rifles"),
    ("ammunition", "artillery shells"),
    ("helicopters", "helicopters"),
)
TUBES, WORDS_ONLY = ("artillery", "multiple rocket launchers"), ("small-arms", "small arms")
GUNSHIPS = ("helicopters", "attack helicopters")
LAUNCHERS = "III Large-calibre artillery systems"
# What is said; then part, line of the form, partner, number, and words of the remarks.
CASES = [
    ("one exact number", [told()], [(I, LAUNCHERS, "Madagascar", "6", "delivered 2018-06-14, says Cerrado Record")]),
    ("a month of the year", [told(when=MAY)], [(I, LAUNCHERS, "Madagascar", "6", "2018-05-01 to 2018-05-31")]),
    ("two sources, one number", [told(), told(id="b", by="Rift Messenger")], [(I, LAUNCHERS, "Madagascar", "6", "")]),
    ("two numbers", [told(), told(8, id="b")], [(I, LAUNCHERS, "Madagascar", "", "number told: 6; 8")]),
    ("a bound", [told("up to 40")], [(I, LAUNCHERS, "Madagascar", "", "number told: up to 40 (up to 40 pieces)")]),
    ("a vague number", [told("dozens")], [(I, LAUNCHERS, "Madagascar", "", "dozens (12 or more pieces)")]),
    ("about a number", [told("some 300")], [(I, LAUNCHERS, "Madagascar", "", "number told: some 300")]),
    ("no number", [told(None)], [(I, LAUNCHERS, "Madagascar", "", "number not told")]),
    ("alleged", [told(sure="alleged")], [(I, LAUNCHERS, "Madagascar", "6", "told as alleged")]),
    ("small arms", [told(arms=[RIFLES])], [(II, "S4 Assault rifles", "Madagascar", "6", "")]),
    (
        "two kinds, one number",
        [told(arms=[TUBES, RIFLES])],
        [
            (I, LAUNCHERS, "Madagascar", "", "6 of several kinds together"),
            (II, "S4 Assault rifles", "Madagascar", "", "6 of several kinds together"),
        ],
    ),
    ("attack helicopters", [told(arms=[GUNSHIPS])], [(I, "V(a) Manned attack helicopters", "Madagascar", "6", "")]),
    ("a category left open", [told(arms=[COPTERS])], [(ANNEX, "", "Madagascar", "6", "may be V(a)")]),
    ("a line left open", [told(arms=[WORDS_ONLY])], [(ANNEX, "", "Madagascar", "6", "may be SALW")]),
    ("outside the form", [told(arms=[SHELLS])], [(ANNEX, "", "Madagascar", "6", "ammunition is not in the Register")]),
    (
        "across years",
        [told(when=ACROSS)],
        [(ANNEX, LAUNCHERS, "Madagascar", "", "do not tell that it was delivered in")],
    ),
    ("no day, reported in the year", [told(when=None)], [(ANNEX, LAUNCHERS, "Madagascar", "", "on a day not told")]),
    ("no day, reported later", [told(when=None, day="2019-01-04")], []),
    ("another year", [told(when=OLD)], []),
    (
        "the year and another",
        [told(), told(id="b", when=OLD)],
        [(I, LAUNCHERS, "Madagascar", "", "also said to be delivered 2017-03-02")],
    ),
    (
        "arms named by another claim of the line",
        [told(arms=()), told(id="b", status="ordered", number=None)],
        [(I, LAUNCHERS, "Madagascar", "6", "delivered 2018-06-14")],
    ),
    (
        "two kinds outside the form, of one of which a number is told",
        [told(arms=[SHELLS]), told(None, id="b", arms=[("components", "engines")])],
        [(ANNEX, "", "Madagascar", "6", "outside both forms"), (ANNEX, "", "Madagascar", "", "number not told")],
    ),
    ("no arms named", [told(arms=())], [(ANNEX, "", "Madagascar", "6", "do not tell which arms")]),
    ("ordered only", [told(status="ordered")], []),
    ("denied only", [told(polarity="denied")], []),
    (
        "affirmed and denied",
        [told(), told(None, id="b", polarity="denied", **{"from": "government MG"})],
        [(I, LAUNCHERS, "Madagascar", "6", "denied by government of Madagascar")],
    ),
    ("not reviewed", [told(review=None)], []),
    (
        "one claim of two reviewed",
        [told(), told(id="b", review=None)],
        [(I, LAUNCHERS, "Madagascar", "6", "1 of 2 claims")],
    ),
    ("another supplier", [told(supplier="CZ")], []),
    ("no supplier", [told(supplier=None)], []),
    ("to a group", [told(recipient="Northern Front")], [(I, LAUNCHERS, "Northern Front (no State)", "6", "")]),
]


@pytest.mark.parametrize(("claims", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_stands_in_the_table(claims, expected):
    found = body(claims)
    assert [tuple(row[:4]) for row in found] == [row[:4] for row in expected]
    for row, (*_, words) in zip(found, expected, strict=True):
        assert words in row[7]


def test_rejected_and_withdrawn_deliveries_say_nothing():
    rejected = told(id="b", review=Review(ReviewState.REJECTED, "ann", ACCEPTED.at))
    assert body([told(when=OLD), rejected]) == []
    taken_back = told(id="c", later=[{"in": "doc-x", "day": "2018-07-01", "as": "withdrawal", "says": "Withdrawn."}])
    assert body([told(status="ordered"), taken_back]) == []


def test_sources_differ_only_where_they_name_others():
    (row,) = body([told(), told(id="b", supplier=None)])
    assert "sources differ" not in row[7]
    (row,) = body([told(), told(id="b", supplier="CZ")])
    assert "sources differ on whose it is: Brazil or Czechia" in row[7]


def test_imports_name_the_exporter_and_the_origin():
    maker = replace(
        told(), claim=replace(told().claim, maker=replace(told().claim.supplier, country="IT", text="Italian"))
    )
    through = replace(maker, claim=replace(maker.claim, via=(replace(maker.claim.supplier, country="EG"),)))
    (row,) = body([through], country="mg", direction="imports")
    assert row[2:6] == ["Brazil", "6", "Italy", "Egypt"]
    assert rows_of([through])[0][2] == "B Final importer State(s)"
    assert rows_of([through], country="MG", direction="imports")[0][2] == "B Exporter State(s)"


def test_rows_stand_as_in_the_form_whatever_the_order_of_the_lines():
    groups = [[told(id=f"r{n}", arms=[arms])] for n, arms in enumerate((RIFLES, SHELLS, GUNSHIPS, TUBES))]
    found = [row[1].split(" ")[0] for row in body(*groups)]
    assert found == ["III", "V(a)", "S4", ""]
    assert body(*reversed(groups)) == body(*groups)


def test_it_says_what_it_is():
    notes = " ".join(row[7] for row in rows_of() if row[0] == NOTE)
    assert "It is not a submission of any State" in notes
    assert "exports of Brazil in 2018" in notes
    assert "That is no nil report" in notes


def test_no_cell_is_a_formula():
    hostile = told(arms=[("artillery", "=cmd|' /C calc'!A0")], by="@SUM(1)", recipient="-1 Front")
    for row in rows_of([hostile]):
        assert len(row) == 10
        assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")]


WRONG = [
    ({"country": "Brazil"}, "country=Brazil"),
    ({"country": ""}, "country="),
    ({"year": "18"}, "year=18"),
    ({"year": "soon"}, "calendar year"),
    ({"direction": "both"}, "direction=exports or direction=imports"),
]


@pytest.mark.parametrize(("options", "why"), WRONG)
def test_what_cannot_be_asked(options, why):
    with pytest.raises(MetadataError, match=why):
        rows_of(**options)
