"""The map and the network of who supplies whom."""

import pytest
from lxml import etree

from armstrace.pictures.flows import Addresses, Flow, draw_flows, flow_words, kind_of, unmapped
from armstrace.pictures.labels import Label, place_labels
from armstrace.pictures.network import Member, Tie, Ways, draw_network, place_parties
from armstrace.pictures.world import REGIONS, WHOLE, load_world

NAMES = {"KP": "North Korea", "RU": "Russia", "BH": "Bahrain", "EU": "European Union", "UA": "Ukraine"}
SVG = "{http://www.w3.org/2000/svg}"
LINES = Addresses(lambda supplier, recipient: f"/?supplier={supplier}&recipient={recipient}", lambda code: f"/?{code}")
HOSTILE = "<script>alert(1)</script>\x1b]0;x\x07\u202eRU"


def links(picture):
    return [link.get("href") for link in etree.fromstring(str(picture)).iter(f"{SVG}a")]


def member(label, code=""):
    return Member(code, "" if code else label, label)


def test_every_flow_and_every_state_leads_to_its_lines_of_the_register():
    flows = [Flow("KP", "RU", 3, 2, 0, 0), Flow("EU", "UA", 1, 1, 0, 0), Flow("RU", "BH", 1, 0, 0, 1)]
    pairs = [("EU", "UA"), ("KP", "RU"), ("RU", "BH")]
    states = {code for pair in pairs for code in pair}
    expected = [f"/?supplier={a}&recipient={b}" for a, b in pairs] + [f"/?{code}" for code in states]
    assert sorted(links(draw_flows(flows, NAMES, LINES))) == sorted(expected)


@pytest.mark.parametrize(
    ("flow", "why"), [(Flow("RU", "RU", 1, 1, 0, 0), "within"), (Flow("XX", "RU", 1, 1, 0, 0), "no place")]
)
def test_what_has_no_line_is_told_and_not_lost(flow, why):
    assert unmapped([flow]) == (flow,), why
    assert links(draw_flows([flow], NAMES, LINES)) == []


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0, 0), "North Korea to Russia: 1 reported transfer"),
        ((3, 2, 0, 1), "North Korea to Russia: 3 reported transfers, 2 said to have moved, 1 denied"),
        ((1200, 0, 2, 0), "North Korea to Russia: 1,200 reported transfers, 2 stopped"),
    ],
)
def test_a_flow_is_told_in_words(counts, words):
    assert flow_words(Flow("KP", "RU", *counts), NAMES) == words


# transfers, of them moved, stopped, denied -> how the line is drawn
KINDS = [
    ((3, 1, 0, 0), "moved"),
    ((3, 1, 0, 2), "moved"),
    ((3, 2, 0, 3), "denied"),
    ((2, 0, 2, 0), "stopped"),
    ((2, 0, 1, 0), "ahead"),
    ((1, 0, 0, 0), "ahead"),
    ((1, 0, 1, 1), "denied"),
]


@pytest.mark.parametrize(("counts", "kind"), KINDS)
def test_a_line_tells_what_is_said_of_its_transfers(counts, kind):
    assert kind_of(Flow("KP", "RU", *counts)).name == kind
    assert f"flow {kind}" in draw_flows([Flow("KP", "RU", *counts)], NAMES, LINES)


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("europe", "UA GB ES GR SE", "US CN ZA"),
        ("middle-east", "IR IL YE TR SA", "US CN ZA FR"),
        ("africa", "ZA EG SN SO MG LY", "US CN FR"),
        ("asia", "CN KP ID AU NZ IN", "US ZA FR"),
        ("americas", "US CA CL CU", "FR CN ZA"),
        ("", "US NZ ZA JP", ""),
    ],
)
def test_a_region_shows_its_states(region, inside, outside):
    left, top, width, height = next(one.view for one in REGIONS if one.key == region)
    points = load_world().points

    def is_shown(code):
        x, y = points[code]
        return left < x < left + width and top < y < top + height

    assert all(map(is_shown, inside.split()))
    assert not any(map(is_shown, outside.split()))


def test_the_whole_map_is_that_of_the_packaged_outlines():
    assert WHOLE.view[2:] == load_world().size


def test_a_map_of_a_region_is_drawn_finer():
    flow = [Flow("KP", "RU", 1, 1, 0, 0)]
    whole, near = (etree.fromstring(str(draw_flows(flow, NAMES, LINES, r))) for r in (WHOLE, REGIONS[1]))
    radii = [float(one.find(f".//{SVG}circle[@class='state']").get("r")) for one in (whole, near)]
    assert radii[1] < radii[0] / 2
    assert near.get("viewBox") == "425 14 180 108"


def test_disputed_places_lie_with_the_state_of_their_recognised_borders():
    world = load_world()
    assert all(world.points[code] for code in ("UA", "RU", "SO", "CY", "TW", "XK", "PS", "BH", "SG"))
    assert world.outlines["UA"].count("M") == 2, "the mainland and Crimea"


def test_names_never_cover_one_another():
    near = [Label(f"Country {n}", 100 + n % 5 * 9, 100 + n // 5 * 7, 4) for n in range(40)]
    written = list(place_labels(near, 10))
    assert [one.label for one in written] == near
    placed = [one for one in written if one.at]
    assert 2 < len(placed) < 40
    boxes = []
    for one in placed:
        (x, y), width = one.at, len(one.label.words) * 10 * 0.5
        left = x - {"start": 0, "end": width, "middle": width / 2}[one.anchor]
        boxes.append((left, y - 8, left + width, y + 1))
    meets = [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[:n]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert meets == []


def test_a_hostile_name_stays_words():
    ways = Ways(lambda _: "/", lambda _: None)
    drawn = draw_network([Tie(member(HOSTILE), member("Russia", "RU"), 1)], ways)
    root = etree.fromstring(str(drawn))
    assert not list(root.iter(f"{SVG}script"))
    assert "\u202e" not in str(drawn)
    named = draw_flows([Flow("KP", "RU", 1, 1, 0, 0)], {"KP": HOSTILE}, LINES)
    assert not list(etree.fromstring(str(named)).iter(f"{SVG}script"))


def test_parties_and_ties_lead_on_and_states_look_other_than_organisations():
    ties = [Tie(member("Norway", "NO"), member("Chile", "CL"), 2), Tie(member("Fjord Works"), member("Chile", "CL"), 1)]
    ways = Ways(
        lambda one: f"/?party={one.label}", lambda tie: f"/?from={tie.supplier.code}" if tie.supplier.code else None
    )
    root = etree.fromstring(str(draw_network(ties, ways)))
    assert sorted(link.get("href") for link in root.iter(f"{SVG}a")) == [
        "/?from=NO",
        "/?party=Chile",
        "/?party=Fjord Works",
        "/?party=Norway",
    ]
    assert len(root.findall(f".//{SVG}rect")) == 1


def test_one_name_of_two_parties_stays_two_parties():
    ties = [Tie(Member("NO", "Ministry", "Ministry"), Member("CL", "Ministry", "Ministry"), 1)]
    assert "Network of 2 parties" in draw_network(ties, Ways(lambda _: None, lambda _: None))


def test_only_the_parties_with_most_ties_are_drawn_and_the_others_counted():
    ties = [Tie(member(f"Firm {n}"), member("Hub", "NO"), 1) for n in range(100)]
    assert "Network of 80 parties and 79 ties, 21 with fewer ties left out" in draw_network(
        ties, Ways(lambda _: None, lambda _: None)
    )


def test_one_register_has_one_picture_and_each_party_a_place_of_its_own():
    pairs = frozenset({(0, 1), (1, 2), (3, 0)})
    places = place_parties(4, pairs)
    place_parties.cache_clear()
    assert place_parties(4, pairs) == places
    assert len(set(places)) == 4
    assert all(0 < x < 960 and 0 < y < 600 for x, y in places)
    assert place_parties(0, frozenset()) == ()
