"""SIPRI's trade register, row by row: what becomes of each cell, and which rows are kept aside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers_made import make_file, make_row, many_rows

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.extract.sipri import NUMBER_UNCERTAIN, YEAR_UNCERTAIN, read_trade_register
from armstrace.kinds import ROW, is_row
from armstrace.lexicon.load import load_lexicon
from armstrace.model import Certainty, Status


def read(text):
    return read_trade_register(Document("register", text, text, format="sipri-csv"), load_lexicon())


def one(**changed):
    return read(make_file([make_row(**changed)])).claims


def check_spans(text, claims):
    for claim in claims:
        assert claim.evidence.span.of(text) == claim.evidence.text
        for value in (claim.supplier, claim.recipient, claim.quantity, claim.when, *claim.attribution):
            assert value is None or value.span.of(text) == getattr(value, "text", "SIPRI")
        for item in claim.items:
            assert item.span.of(text) == item.description


def test_a_row_is_an_order_and_a_delivery():
    text = make_file([make_row()])
    ordered, delivered = read(text).claims
    check_spans(text, (ordered, delivered))
    assert (ordered.status, delivered.status) == (Status.ORDERED, Status.DELIVERED)
    assert (ordered.supplier.country, ordered.recipient.country) == ("SE", "PE")
    assert (ordered.items[0].designation, ordered.items[0].category) == ("Gannet-2", "aircraft")
    assert (ordered.quantity.low, ordered.quantity.best, ordered.quantity.high) == (12, 12, 12)
    assert (ordered.when.start, ordered.when.end, ordered.when.precision) == ("2011-01-01", "2011-12-31", "year")
    assert (delivered.when.text, delivered.when.start, delivered.when.end) == ("2013; 2014", "2013-01-01", "2014-12-31")
    assert [(s.name, s.kind, s.named) for s in ordered.attribution] == [("SIPRI", "expert", True)]
    assert ordered.evidence == delivered.evidence
    assert ordered.certainty is Certainty.FACT
    assert is_row(ordered)


STEPS = [
    # why, cells, statuses
    ("nothing delivered yet", {"number_delivered": "", "years": ""}, ["ordered"]),
    ("how many were ordered is not known", {"number_ordered": ""}, ["ordered", "delivered"]),
    ("when it was ordered is not known", {"year_of_order": ""}, ["ordered", "delivered"]),
    ("of the order nothing is known", {"year_of_order": "", "number_ordered": ""}, ["delivered"]),
    ("years of delivery without a number", {"number_delivered": ""}, ["ordered", "delivered"]),
]


@pytest.mark.parametrize(("cells", "statuses"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS])
def test_steps(cells, statuses):
    assert [claim.status for claim in one(**cells)] == statuses


MARKED = [
    # cells, what the order bears, what the delivery bears
    ({}, (), ()),
    ({"year_marked": "?"}, (YEAR_UNCERTAIN,), ()),
    ({"ordered_marked": "?"}, (NUMBER_UNCERTAIN,), ()),
    ({"delivered_marked": "?"}, (), (NUMBER_UNCERTAIN,)),
    ({"year_marked": "?", "ordered_marked": "?"}, (YEAR_UNCERTAIN, NUMBER_UNCERTAIN), ()),
]


@pytest.mark.parametrize(("cells", "ordered", "delivered"), MARKED, ids=[str(row[0]) for row in MARKED])
def test_markers(cells, ordered, delivered):
    claims = one(**cells)
    assert [claim.why for claim in claims] == [(ROW, *ordered), (ROW, *delivered)]
    for claim in claims:
        assert (claim.certainty is Certainty.FACT) == (claim.why == (ROW,))
        assert (claim.quantity.low is None) == (NUMBER_UNCERTAIN in claim.why)
        assert claim.quantity.best == 12


PARTIES = [
    # cell, country, organisation
    ("United States", "US", None),
    ("Turkiye", "TR", None),
    ("Cote d'Ivoire", "CI", None),
    ("Soviet Union", "RU", None),
    ("East Germany (GDR)", "DE", None),
    ("Hezbollah (Lebanon)*", "LB", "Hezbollah"),
    ("Redwater Front (Chad)*", "TD", "Redwater Front"),
    ("Syria rebels*", "SY", "Syria rebels"),
    ("African Union**", None, "African Union"),
    ("Grand Duchy of Nowhere", None, "Grand Duchy of Nowhere"),
]


@pytest.mark.parametrize(("cell", "country", "organisation"), PARTIES, ids=[row[0] for row in PARTIES])
def test_parties(cell, country, organisation):
    party = one(recipient=cell)[0].recipient
    assert (party.country, party.organisation, party.text) == (country, organisation, cell)


@pytest.mark.parametrize("cell", ["unknown supplier(s)", "Unknown supplier(s)", "Unknown rebel group*"])
def test_who_is_unknown_stays_unknown(cell):
    assert one(supplier=cell)[0].supplier is None


ARMS = [
    # designation, description, category, type
    ("Gannet-2", "trainer/combat aircraft", "aircraft", "Gannet-2"),
    ("Quill-9M", "SAM", "missiles", "Quill-9M"),
    ("Quill-9", "SAM system", "air-defence", "Quill-9"),
    ("Anvil 122mm", "towed gun", "artillery", "Anvil 122mm"),
    ("Wader", "APC", "armoured-vehicles", "Wader"),
    ("Pike", "infantry fighting vehicle turret", "components", "Pike"),
    ("ship engine", "ship engine", "components", None),
    ("Owl-3", "air-search radar", "sensors", "Owl-3"),
    ("Marlin", "MCM ship", "ships", "Marlin"),
    ("Mi-17", "thing without a name", "helicopters", "Mi-17"),
    ("Nought", "thing without a name", "other", "Nought"),
]


@pytest.mark.parametrize(("name", "kind", "category", "type_"), ARMS, ids=[f"{row[0]} {row[1]}" for row in ARMS])
def test_arms(name, kind, category, type_):
    (item,) = one(weapon_designation=name, weapon_description=kind)[0].items
    assert (item.category, item.designation, item.description) == (category, type_, kind)


BAD = [
    # cells, words of the reason
    ({"year_of_order": "11"}, "'11' in column 3, Year of order, is no year of four figures"),
    ({"years": "2011 to 2013"}, "column 11, Year(s) of delivery, is no list of years"),
    ({"number_ordered": "some 12"}, "column 5, Number ordered, is no whole number"),
    ({"number_delivered": "-3"}, "column 9, Number delivered, is no whole number"),
    ({"number_ordered": "٣"}, "column 5, Number ordered, is no whole number"),
    ({"year_marked": "!"}, "column 4, the marker of Year of order, is neither '?' nor empty"),
    ({"sipri_tiv_per_unit": "much"}, "column 14, SIPRI TIV per unit, is no value"),
    ({"comments": "Aid; armstrace 0123456789abcdef | for Post"}, "bears an id of armstrace in its comment"),
    ({"supplier": " "}, "names no recipient or no supplier"),
    ({"weapon_designation": "", "weapon_description": ""}, "names no weapon"),
    (
        {"year_of_order": "", "number_ordered": "", "number_delivered": "", "years": ""},
        "tells of no order and no delivery",
    ),
]


@pytest.mark.parametrize(("cells", "reason"), BAD, ids=[row[1] for row in BAD])
def test_a_malformed_row_is_named_by_its_line_and_the_rest_goes_in(cells, reason):
    found = read(make_file([make_row(), make_row(**cells), make_row(supplier="Chad")]))
    (aside,) = found.rejected
    assert aside.reasons[0].startswith("line 14: ")
    assert reason in aside.reasons[0]
    assert len(found.claims) == 4


def test_rows_that_are_no_rows():
    text = (
        make_file([make_row()]) + 'Peru,Sweden\n"Peru,Sweden,2011\n' + make_file([make_row()]).splitlines()[-1] + "\n"
    )
    found = read(text)
    assert [one.reasons[0].split(": ")[0] for one in found.rejected] == ["line 14", "line 15"]
    assert len(found.claims) == 4


QUIRKS = [
    ("semicolons between", {"delimiter": ";"}),
    ("tabs between", {"delimiter": "\t"}),
    ("carriage returns", {"end": "\r\n"}),
]


@pytest.mark.parametrize("how", [row[1] for row in QUIRKS], ids=[row[0] for row in QUIRKS])
def test_dialects(how):
    rows = [make_row(comments='Deal; "aid", more'), make_row(comments="two\nlines")]
    found = read(make_file(rows, **how))
    assert (len(found.claims), found.rejected) == (4, ())


@pytest.mark.parametrize("words", ["", "Recipient,Supplier\n", "A report. Peru bought tanks.\n"])
def test_what_is_no_register_is_refused(words):
    with pytest.raises(InputError, match="no trade register of SIPRI's"):
        read(words)


def test_a_table_of_armstrace_is_no_word_of_sipris():
    text = make_file([make_row()]).replace("Source: SIPRI Arms", "Source: armstrace 0.1.0, Arms")
    with pytest.raises(InputError, match="written by armstrace"):
        read(text)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.lists(WORDS, min_size=16, max_size=16), st.booleans()), max_size=4))
def test_whatever_stands_in_cells_every_row_is_read_or_told_and_every_span_holds(rows):
    good = many_rows(len(rows))
    made = [(words[:6] + row[6:] if bad else row) for row, (words, bad) in zip(good, rows, strict=True)]
    text = make_file(made)
    found = read(text)
    check_spans(text, found.claims)
    assert len({claim.evidence.span for claim in found.claims}) >= sum(not bad for _, bad in rows)
