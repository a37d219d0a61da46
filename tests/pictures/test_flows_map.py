"""The map and the network of who supplies whom."""

import pytest
from lxml import etree

from armstrace.pictures.flows import Flow, draw_flows, flow_words, unmapped
from armstrace.pictures.network import Tie, draw_network, place_parties
from armstrace.pictures.world import load_world

NAMES = {"KP": "North Korea", "RU": "Russia", "BH": "Bahrain", "EU": "European Union", "UA": "Ukraine"}
SVG = "{http://www.w3.org/2000/svg}"


def _links(picture):
    return [link.get("href") for link in etree.fromstring(str(picture)).iter(f"{SVG}a")]


def test_every_flow_leads_to_its_lines_of_the_register():
    flows = [Flow("KP", "RU", 3, 2), Flow("EU", "UA", 1, 1), Flow("RU", "BH", 1, 0)]
    drawn = draw_flows(flows, NAMES, lambda supplier, recipient: f"/?supplier={supplier}&recipient={recipient}")
    assert sorted(_links(drawn)) == [
        f"/?supplier={a}&recipient={b}" for a, b in [("EU", "UA"), ("KP", "RU"), ("RU", "BH")]
    ]


@pytest.mark.parametrize(("flow", "why"), [(Flow("RU", "RU", 1, 1), "within"), (Flow("XX", "RU", 1, 1), "no place")])
def test_what_has_no_line_is_told_and_not_lost(flow, why):
    assert unmapped([flow]) == (flow,), why
    assert _links(draw_flows([flow], NAMES, lambda *_: "/")) == []


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (Flow("KP", "RU", 1, 1), "North Korea to Russia: 1 reported transfer"),
        (Flow("KP", "RU", 3, 1), "North Korea to Russia: 3 reported transfers, 2 denied"),
    ],
)
def test_a_flow_is_told_in_words(flow, words):
    assert flow_words(flow, NAMES) == words


def test_disputed_places_lie_with_the_state_of_their_recognised_borders():
    world = load_world()
    assert all(world.points[code] for code in ("UA", "RU", "SO", "CY", "TW", "XK", "PS", "BH", "SG"))
    assert world.outlines["UA"].count("M") == 2, "the mainland and Crimea"


def test_a_hostile_name_stays_words():
    drawn = draw_network([Tie("<script>alert(1)</script>", "\x1b]0;x\x07\u202eRU", 1)], lambda _: "/")
    root = etree.fromstring(str(drawn))
    assert not list(root.iter(f"{SVG}script"))
    assert "\u202e" not in str(drawn)


def test_one_register_has_one_picture_whatever_the_order_of_its_ties():
    ties = [Tie("A", "B", 2), Tie("B", "C", 1), Tie("D", "A", 1)]
    assert draw_network(ties, lambda _: None) == draw_network(ties, lambda _: None)
    places = place_parties(["A", "B", "C", "D"], ties)
    assert places.min() >= 0
    assert len({tuple(place) for place in places.round(1).tolist()}) == 4
