"""What map, matrix and network show of counts: what is drawn, what is summed up, what is told to be left out."""

from itertools import permutations

import pytest
from lxml import etree

from armstrace.pictures.world import WHOLE
from armstrace.store.routes import RouteCount, RouteCounts
from armstrace.web.views.flow_filter import FlowFilter
from armstrace.web.views.flow_map import view_map, view_matrix, view_network
from armstrace.web.views.register_form import read_asked

NAMES = {"KP": "North Korea", "RU": "Russia", "UA": "Ukraine", "SO": "Somalia"}
CODES = "US RU CN FR DE GB IR KP TR IL UA BR ZA IT ES PL BG RS".split()
MANY = tuple(RouteCount(a, "", b, "", 400 - n, 0, 0, 0) for n, (a, b) in enumerate(permutations(CODES, 2)))
HOSTILE = "<img src=x onerror=alert(1)>\u202e"


def asked(*pairs):
    return FlowFilter(read_asked(pairs, NAMES))


def counts(*pairs, left_out=0):
    return RouteCounts(tuple(pairs), left_out, sum(pair.transfers for pair in pairs))


# supplier, recipient (code, name each) -> whether it is on the map, where its lines are
PAIRS = [
    (("KP", "", "RU", ""), True, "/?supplier=KP&recipient=RU"),
    (("", "", "RU", ""), False, "/?recipient=RU"),
    (("", "Marsh Front", "SO", ""), False, "/?party=Marsh+Front&recipient=SO"),
    (("RU", "", "RU", ""), False, "/?supplier=RU&recipient=RU"),
    (("", "", "", ""), False, None),
]


@pytest.mark.parametrize(("pair", "is_on_map", "href"), PAIRS)
def test_every_pair_is_on_the_map_or_below_it_and_leads_to_its_lines(pair, is_on_map, href):
    view = view_map(counts(RouteCount(*pair, 2, 1, 0, 0)), asked(), NAMES, WHOLE)
    shown, others = (view.rows, view.unmapped) if is_on_map else (view.unmapped, view.rows)
    assert [row.href for row in shown] == [href]
    assert others == ()


def test_what_is_asked_goes_on_to_the_lines():
    view = view_map(
        counts(RouteCount("KP", "", "RU", "", 1, 0, 0, 0)),
        asked(("item", "shells"), ("as_of", "2023"), ("status", "ordered"), ("status", "planned")),
        NAMES,
        WHOLE,
    )
    assert view.rows[0].href == "/?supplier=KP&recipient=RU&item=shells&as_of=2023&status=planned&status=ordered"


def test_beyond_what_can_be_followed_lines_are_counted():
    view = view_map(RouteCounts(MANY, 7, 9000), asked(), NAMES, WHOLE)
    lines = etree.fromstring(str(view.picture)).findall(".//{*}a[@data-from]")
    assert len(lines) == len(view.rows) == 250
    assert view.left_out == (
        f"{len(MANY) - 250} pairs with fewer transfers have no line on the map; "
        "7 pairs with the fewest transfers are not told apart here"
    )
    assert view.told.startswith("9,000 lines of the register, between 313 pairs")


def test_a_matrix_is_sorted_by_sums_and_sums_up_the_rest():
    wide = tuple(RouteCount("US", "", "", f"Firm {n:02}", 50 - n, 0, 0, 0) for n in range(45))
    view = view_matrix(counts(*wide), asked(), NAMES)
    assert [name for name, _, _ in view.columns][:2] == ["Firm 00", "Firm 01"]
    assert view.columns[-1] == ("all others", None, sum(50 - n for n in range(40, 45)))
    assert view.rows[0].total == sum(total for _, _, total in view.columns) == sum(50 - n for n in range(45))
    assert view.rows[0].cells[-1].href is None


def test_a_cell_is_darker_the_more_it_has_and_told_in_words():
    pairs = [RouteCount("KP", "", "RU", "", 25, 5, 0, 0), RouteCount("RU", "", "UA", "", 1, 0, 0, 1)]
    view = view_matrix(counts(*pairs), asked(), NAMES)
    cells = [cell for row in view.rows for cell in row.cells if cell]
    assert [(cell.shade, cell.is_denied) for cell in cells] == [(5, False), (1, True)]
    assert cells[0].words == "North Korea to Russia: 25 reported transfers, 5 said to have moved"


def test_who_is_unknown_is_no_party_of_the_network():
    pairs = [RouteCount("KP", "", "RU", "Wagner", 2, 0, 0, 0), RouteCount("", "", "RU", "", 9, 0, 0, 0)]
    rows = view_network(counts(*pairs), asked(), NAMES).rows
    assert [(row.name, row.supplied, row.received) for row in rows] == [
        ("North Korea", 2, 0),
        ("Wagner (Russia)", 0, 2),
    ]


def test_names_of_documents_stay_words():
    pair = RouteCount("", HOSTILE, "RU", HOSTILE, 1, 0, 0, 0)
    for view in (view_map(counts(pair), asked(), NAMES, WHOLE), view_network(counts(pair), asked(), NAMES)):
        assert "\u202e" not in str(view.picture)
        assert not etree.fromstring(str(view.picture)).findall(".//{*}img")
    assert "\u202e" not in view_matrix(counts(pair), asked(), NAMES).rows[0].cells[0].words
