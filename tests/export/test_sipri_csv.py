"""The register in SIPRI's layout: what goes where, which markers are set, and what is no deal."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notation import read_claim
from registers_made import make_file, make_row, many_rows, records_of, told_of

from armstrace.errors import MetadataError
from armstrace.export.formats import FORMATS, writer_of
from armstrace.export.record import About
from armstrace.export.sipri.deals import why_no_deal
from armstrace.export.sipri.table import cells_of
from armstrace.extract.sipri_rows import COLUMNS, Column
from armstrace.lexicon.load import load_country_labels

NAMES = load_country_labels()
COMMENTS = Column.COMMENTS


def press(*lines):
    """Return the one transfer that claims of the press make, as its 16 cells and why it is no deal."""
    (record,) = records_of(read_claim(line, f"c{number}") for number, line in enumerate(lines))
    return cells_of(record, NAMES, why_no_deal(record.transfer)), record


def written(told, **options):
    class Out(io.BytesIO):
        pass

    out = Out()
    about = About({}, None, {"program": "0", "register": "1"}, NAMES, (), options)
    writer_of(next(one for one in FORMATS if one.name == "sipri-csv"))(records_of(told), about, out)
    return out.getvalue()


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def without_ours(cells):
    """Return cells without what armstrace puts behind SIPRI's comment."""
    own = cells[COMMENTS].rpartition("armstrace ")[0].removesuffix("; ")
    return [*cells[:COMMENTS], own, *cells[COMMENTS + 1 :]]


def test_the_columns_stand_on_the_twelfth_line_as_those_of_sipri():
    rows = rows_of(written(told_of(make_file([make_row()]))))
    assert rows[11] == list(COLUMNS)
    assert len(rows) == 13
    assert rows[9][0].startswith("Source: armstrace")
    assert "not SIPRI's" in rows[9][0]


def test_five_hundred_rows_keep_every_value_and_marker():
    rows = many_rows(500)
    found = rows_of(written(told_of(make_file(rows))))[12:]
    assert sorted(map(without_ours, found)) == sorted(rows)


def test_the_same_register_gives_the_same_bytes():
    told = told_of(make_file(many_rows(30)))
    assert written(told) == written(told[::-1])


def figures(least, most):
    return st.integers(least, most).map(str)


MARKER = st.sampled_from(["", "?"])
WORD = (
    st.text(st.sampled_from("abcXYZ09 -./()'\"éß;,"), min_size=1, max_size=9)
    .map(str.strip)
    .filter(lambda word: word and word[0] not in "=+-@'" and "  " not in word)
)
ROWS = st.builds(
    make_row,
    recipient=st.sampled_from(["Peru", "Viet Nam", "Hezbollah (Lebanon)*", "NATO**", "unknown recipient(s)"]),
    supplier=st.sampled_from(["Sweden", "Soviet Union", "unknown supplier(s)"]),
    year_of_order=figures(1950, 2029),
    year_marked=MARKER,
    number_ordered=st.one_of(st.just(""), figures(1, 9000)),
    ordered_marked=MARKER,
    weapon_designation=WORD,
    weapon_description=st.sampled_from(["SAM", "tank", "ship engine", "air-search radar", "thing"]),
    number_delivered=figures(1, 9000),
    delivered_marked=MARKER,
    years=st.lists(figures(1950, 2029), min_size=1, max_size=4, unique=True).map(sorted).map("; ".join),
    status=st.sampled_from(["New", "Second hand", "Second hand but modernized", ""]),
    comments=st.one_of(st.just(""), WORD),
    sipri_tiv_per_unit=st.sampled_from(["", "0", "0.01", "7.25"]),
    sipri_tiv_for_total_order=st.sampled_from(["", "30", "615.55"]),
    sipri_tiv_of_delivered_weapons=st.sampled_from(["", "0", "30"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_round_trip(rows):
    found = rows_of(written(told_of(make_file(rows))))[12:]
    assert sorted(map(without_ours, found)) == sorted(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_words_of_other_alphabets_stay(encoding):
    row = make_row(weapon_designation="Wärtsilä 9", comments="Núñez deal")
    text = make_file([row]).encode(encoding).decode(encoding)
    assert without_ours(rows_of(written(told_of(text)))[12]) == row


NO_DEALS = [
    # claims, why
    (["SE > PE; tanks (tanks); sought; 2030-01-01; n=12"], "sought"),
    (["SE > PE; tanks (tanks); offered; 2030-01-01; n=12"], "offered"),
    (["SE > PE; tanks (tanks); planned; 2030-01-01; n=12; when 2031-01-01"], "planned"),
    (["SE > PE; tanks (tanks); approved; 2030-01-01; n=12"], "approved"),
    (["SE > PE; tanks (tanks); seized; 2030-01-01; n=12"], "seized"),
    (["SE > PE; tanks (tanks); 2030-01-01; n=12"], "no step told"),
    (["SE > PE; tanks (tanks); delivered; denied; 2030-01-01; n=12"], "denied"),
    (["SE > PE; tanks (tanks); cancelled; 2030-01-01; n=12"], "cancelled"),
    (
        ["SE > PE; tanks (tanks); ordered; 2030-01-01; n=12", "SE > PE; tanks (tanks); cancelled; 2030-01-10; n=12"],
        "cancelled",
    ),
]


@pytest.mark.parametrize(("lines", "why"), NO_DEALS, ids=[f"{row[1]} {len(row[0])}" for row in NO_DEALS])
def test_what_is_no_deal_is_left_out_or_shows_no_figure(lines, why):
    cells, record = press(*lines)
    assert why_no_deal(record.transfer) == why
    assert cells[Column.STATUS] == f"no deal: {why}"
    figures = [*range(Column.ORDER_YEAR, Column.DESIGNATION), *range(Column.DELIVERED, Column.STATUS)]
    assert {cells[at] for at in figures} == {""}
    told = [read_claim(line, f"c{number}") for number, line in enumerate(lines)]
    assert len(rows_of(written(told))) == 12
    assert f"1 {why}" in rows_of(written(told))[5][0]
    assert len(rows_of(written(told, lines="all"))) == 13


def test_other_lines_are_refused():
    with pytest.raises(MetadataError, match="lines=some: give lines=deals"):
        written([], lines="some")


FIGURES = [
    # why, claims, cells by column
    (
        "an exact number and year",
        ["SE > PE; tanks (tanks); ordered; 2030-01-05; n=12; when 2030-01-02"],
        {"ORDER_YEAR": "2030", "ORDER_YEAR_MARKER": "", "ORDERED": "12", "ORDERED_MARKER": "", "DELIVERED": ""},
    ),
    (
        "a range gives its lower end",
        ["SE > PE; tanks (tanks); ordered; 2030-01-05; n=12..20"],
        {"ORDERED": "12", "ORDERED_MARKER": "?"},
    ),
    (
        "a lower bound",
        ["SE > PE; tanks (tanks); ordered; 2030-01-05; n=12.."],
        {"ORDERED": "12", "ORDERED_MARKER": "?"},
    ),
    (
        "an upper bound",
        ["SE > PE; tanks (tanks); ordered; 2030-01-05; n=..40"],
        {"ORDERED": "40", "ORDERED_MARKER": "?"},
    ),
    (
        "claims differ",
        [
            "SE > PE; tanks (tanks); delivered; 2030-01-05; n=12; in Post",
            "SE > PE; tanks (tanks); delivered; 2030-01-06; n=16; in Gazette",
        ],
        {"DELIVERED": "12", "DELIVERED_MARKER": "?", "ORDERED": ""},
    ),
    (
        "a stretch of years",
        ["SE > PE; tanks (tanks); ordered; 2030-01-05; n=12; when 2028-01-01..2029-12-31"],
        {"ORDER_YEAR": "2028", "ORDER_YEAR_MARKER": "?", "ORDERED_MARKER": ""},
    ),
    (
        "somebody denies it",
        [
            "SE > PE; tanks (tanks); delivered; 2030-01-05; n=12; in Post",
            "SE > PE; tanks (tanks); delivered; denied; 2030-01-06; by government, PE, Peru",
        ],
        {"DELIVERED": "12", "DELIVERED_MARKER": "?"},
    ),
    (
        "deliveries of several years",
        [
            "SE > PE; tanks (tanks); delivered; 2030-01-05; n=12; when 2029-11-02",
            "SE > PE; tanks (tanks); delivered; 2030-01-06; n=12; when 2030-01-02",
        ],
        {"DELIVERY_YEARS": "2029; 2030", "DELIVERED_MARKER": ""},
    ),
    (
        "tonnes are no pieces",
        ["SE > PE; shells (ammunition); delivered; 2030-01-05; n=12 tonnes"],
        {"DELIVERED": "", "DELIVERED_MARKER": ""},
    ),
    (
        "a number in use is no number delivered",
        ["SE > PE; tanks (tanks); used; 2030-01-05; n=12"],
        {"DELIVERED": "", "DELIVERY_YEARS": "", "STATUS": ""},
    ),
]


@pytest.mark.parametrize(("lines", "expected"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_figures_and_markers(lines, expected):
    cells, record = press(*lines)
    assert why_no_deal(record.transfer) == ""
    assert {name: cells[Column[name]] for name in expected} == expected


PARTIES = [
    ("SE > PE", "Peru", "Sweden"),
    ("? > PE", "Peru", "unknown supplier(s)"),
    ("AE > ?", "unknown recipient(s)", "UAE"),
    ("IR > LB/Hezbollah", "Hezbollah (Lebanon)*", "Iran"),
    ("SE > /African Union", "African Union**", "Sweden"),
    ("SE/defence ministry > TR", "Turkiye", "Sweden"),
]


@pytest.mark.parametrize(("route", "recipient", "supplier"), PARTIES, ids=[row[0] for row in PARTIES])
def test_parties(route, recipient, supplier):
    cells, _ = press(f"{route}; tanks (tanks); delivered; 2030-01-05")
    assert (cells[Column.RECIPIENT], cells[Column.SUPPLIER]) == (recipient, supplier)


def test_comments_hold_what_no_column_does():
    cells, record = press(
        "SE > PE; tanks (tanks); delivered; 2030-01-05; n=12..20; in Post; value=3e6 USD; via CO; aid",
        "SE > PE; tanks (tanks); delivered; denied; 2030-01-06; by government, PE, Peru",
    )
    told = cells[COMMENTS]
    expected = (
        f"armstrace {record.transfer.id}", "for Post (not shown)", "denied by government of Peru",
        "said to be delivered", "number delivered told as 12..20", "worth value=3e6 USD", "by aid", "via Colombia",
    )  # fmt: skip
    for words in expected:
        assert words in told


def test_the_press_changes_no_word_of_sipris_row_but_marks_what_it_disputes():
    told = told_of(make_file([make_row(comments="Deal of old", year_of_order="2011")]))
    told += [read_claim("SE > PE; Gannet-2 (aircraft); delivered; 2014-06-01; when 2014-05-01; n=10; in Post", "p")]
    (record,) = records_of(told)
    cells = cells_of(record, NAMES)
    assert cells[Column.DELIVERED] == "12"
    assert cells[Column.DELIVERED_MARKER] == "?"
    assert cells[Column.ORDERED_MARKER] == ""
    assert cells[Column.TIV_UNIT] == "2.5"
    assert cells[COMMENTS].startswith("Deal of old; armstrace ")
    assert "number delivered told as 10" in cells[COMMENTS]


HOSTILE = ["=cmd|'/c calc'!A1", "+1", "@SUM(1)", "-2+3", "\t=1", "＝1"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_begins_a_formula(words):
    told = told_of(make_file([make_row(recipient=words, weapon_designation=words, comments=words, status=words)]))
    for cell in rows_of(written(told))[12]:
        assert cell[:1] not in "=+-@＝＋－＠\t" or cell == ""
