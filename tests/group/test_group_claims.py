"""Groups of claims: examples, people's judgements, and that neither order nor pace changes them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notation import read_claim

from armstrace.group.clusters import Block, add_claims, block_of, group_claims, touched_blocks
from armstrace.group.compared import Judgement
from armstrace.model import ClaimKind

KURDS = "US > IQ/Kurdish forces; weapons; delivered; 2014-08-11"


def _read(lines):
    return [read_claim(line, f"c{number}") for number, line in enumerate(lines)]


def _ids(groups):
    return sorted(sorted(told.claim.id for told in group.claims) for group in groups)


EXAMPLES = [
    (
        "one story in three papers",
        [KURDS, KURDS, "US > IQ/peshmerga; arms; delivered; 2014-08-13"],
        [["c0", "c1", "c2"]],
    ),
    ("two recipients", [KURDS, "US > IQ/Iraqi government; weapons; delivered; 2014-08-11"], [["c0"], ["c1"]]),
    (
        "an unknown supplier joins the one that fits",
        [
            "RU > ER; Su-27 (aircraft); delivered; 2000-05-22",
            "BG > ER; tanks (tanks); delivered; 2000-05-22",
            "? > ER; Su-27 (aircraft); delivered; 2000-05-23",
        ],
        [["c0", "c2"], ["c1"]],
    ),
    (
        "where two suppliers fit alike it joins neither",
        [
            "RU > ER; arms; delivered; 2000-05-22",
            "BG > ER; arms; delivered; 2000-05-22",
            "? > ER; arms; delivered; 2000-05-22",
        ],
        [["c0"], ["c1"], ["c2"]],
    ),
    (
        "claims of unknown suppliers join each other",
        ["? > IR; HY-2 (missiles); delivered; 1987-03-15", "? > IR; Silkworm (missiles); delivered; 1987-03-22"],
        [["c0", "c1"]],
    ),
    (
        "an unknown recipient joins the one that fits",
        ["ZA > RW; mortars (artillery); delivered; 1992-10-19", "ZA > ?; mortars (artillery); delivered; 1992-10-20"],
        [["c0", "c1"]],
    ),
    (
        "a number that contradicts one member keeps a claim out",
        [
            "CZ > IQ; L-159 (aircraft); ordered; 2014-04-05; n=15",
            "CZ > IQ; L-159 (aircraft); ordered; 2014-04-05",
            "CZ > IQ; L-159 (aircraft); ordered; 2014-04-05; n=90",
        ],
        [["c0", "c1"], ["c2"]],
    ),
    (
        "two accounts of one deal that differ in the number are one line",
        [
            "CZ > IQ; L-159 (aircraft); ordered; 2014-04-05; n=15",
            "CZ > IQ; L-159 (aircraft); ordered; 2014-04-05; n=28",
        ],
        [["c0", "c1"]],
    ),
    (
        "plan, delivery and denial stay in one line",
        [
            "RU > SY; S-300 (air-defence); planned; 2018-09-24",
            "RU > SY; S-300 (air-defence); delivered; 2018-10-02",
            "RU > SY; S-300 (air-defence); delivered; denied; 2018-10-01",
        ],
        [["c0", "c1", "c2"]],
    ),
    ("no claim at all", [], []),
]


@pytest.mark.parametrize(("why", "lines", "expected"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_examples(why, lines, expected, names):
    assert _ids(group_claims(_read(lines), names)) == expected, why


TANKS = "US > IQ/Kurdish forces; tanks (tanks); sought; 2019-01-01"
FRENCH = "FR > IQ/Kurdish forces; arms; delivered; 2014-08-11"
SUKHOI = "RU > ER; Su-27 (aircraft); delivered; 2000-05-22"
OPEN = "? > ER; Su-27 (aircraft); delivered; 2000-05-23"
JUDGED = [
    ("same joins what scores keep apart", [KURDS, TANKS], ["c0 = c1"], [["c0", "c1"]]),
    ("same joins different suppliers", [KURDS, FRENCH], ["c1 = c0"], [["c0", "c1"]]),
    ("different parts what scores join", [KURDS, KURDS], ["c0 ! c1"], [["c0"], ["c1"]]),
    ("the later of two counts", [KURDS, KURDS], ["c0 ! c1", "c1 = c0"], [["c0", "c1"]]),
    (
        "a chain of same does not join what is different",
        [KURDS, KURDS, KURDS],
        ["c0 = c1", "c1 = c2", "c0 ! c2"],
        [["c0", "c1"], ["c2"]],
    ),
    ("unknown ids change nothing", [KURDS, KURDS], ["c0 = gone", "gone ! c1"], [["c0", "c1"]]),
    ("an unknown id does not keep an unknown supplier alone", [SUKHOI, OPEN], ["c1 = gone"], [["c0", "c1"]]),
    ("a claim is not different from itself", [KURDS, KURDS], ["c0 ! c0"], [["c0", "c1"]]),
    (
        "an unknown supplier goes where a person says and takes nothing with it",
        [SUKHOI, "UA > ER; arms; delivered; 1999-02-02", OPEN],
        ["c2 = c1"],
        [["c0"], ["c1", "c2"]],
    ),
    ("an unknown supplier stays away where a person says", [SUKHOI, OPEN], ["c1 ! c0"], [["c0"], ["c1"]]),
]


def _judged(lines):
    rows = [line.split() for line in lines]
    return [Judgement(left, right, sign == "=") for left, sign, right in rows]


@pytest.mark.parametrize(("why", "lines", "judged", "expected"), JUDGED, ids=[row[0] for row in JUDGED])
def test_judgements(why, lines, judged, expected, names):
    found = group_claims(_read(lines), names, _judged(judged))
    assert _ids(found) == expected, why


def test_judgements_persist_when_documents_come(names):
    judged = [Judgement("c0", "c1", is_same=False)]
    claims = _read([KURDS, KURDS, KURDS])
    groups = group_claims(claims[:2], names, judged)
    assert _ids(add_claims(groups, claims[2:], names, judged)) == _ids(group_claims(claims, names, judged))
    assert ["c0", "c1"] not in _ids(groups)


def test_context_stands_with_the_claim_it_speaks_of(names):
    claims = _read(
        [
            "KP > RU; shells (ammunition); ordered; 2022-09-06; doc d; says Pyongyang sells shells to Moscow; id claim",
            "IR > RU; drones (drones); delivered; 2022-09-06; doc d",
            "? > ?; ; kind confirmation; doc d; refers claim; id confirmation",
            "? > ?; ; kind shortage; doc d; says Pyongyang sells shells to Moscow; id shortage",
            "? > ?; ; kind use; doc d; id use",
        ]
    )
    found = {
        group.claims[0].claim.id: [told.claim.id for told in group.context] for group in group_claims(claims, names)
    }
    assert found == {"claim": ["confirmation", "shortage"], "c1": []}


def test_groups_are_told_from_the_earliest(names):
    lines = [f"US > IQ/Kurdish forces; arms; delivered; 2014-08-{day}" for day in (13, 11, 12)]
    (group,) = group_claims(_read(lines), names)
    assert [told.published for told in group.claims] == ["2014-08-11", "2014-08-12", "2014-08-13"]


def test_only_touched_blocks_are_made_anew(names):
    old = _read([KURDS, KURDS, "FR > EG; frigates (ships); ordered; 2015-02-10", "? > EG; arms; sought; 2015-02-10"])
    new = read_claim("US > IQ/Kurdish forces; arms; delivered; 2014-08-12", "new")
    before = group_claims(old, names)
    after = add_claims(before, [new], names)
    assert touched_blocks([new], names) == {Block("US", "IQ")}
    kept = {id(part) for group in before for part in group.parts if part.block != Block("US", "IQ")}
    assert len(kept) == 2
    assert {id(part) for group in after for part in group.parts if part.block != Block("US", "IQ")} == kept


def test_a_claim_read_anew_replaces_the_old(names):
    claims = _read([KURDS, KURDS])
    again = replace(claims[0], claim=read_claim("FR > EG; frigates (ships); ordered; 2015-02-10", "c0").claim)
    found = add_claims(group_claims(claims, names), [again], names)
    assert sorted((block_of(group.claims[0], names), len(group.claims)) for group in found) == [
        (Block("FR", "EG"), 1),
        (Block("US", "IQ"), 1),
    ]


_LINES = st.builds(
    "; ".join,
    st.tuples(
        st.builds(
            "{} > {}".format,
            st.sampled_from(["US", "RU", "US/Pentagon", "?"]),
            st.sampled_from(["IQ", "IQ/Kurdish forces", "EG", "?"]),
        ),
        st.sampled_from(["arms", "tanks (tanks)", "Javelin (missiles)", "missiles (missiles)", "F-16 (aircraft)"]),
        st.sampled_from(["planned", "ordered", "delivered", "sought", "cancelled"]),
        st.sampled_from(["2014-08-11", "2014-08-12", "2014-08-25", "2014-11-02", "2017-01-02", "sale"]),
        st.sampled_from(["doc a", "doc b", "doc c", "doc d"]),
        st.sampled_from(["n=10", "n=12", "n=..40", "aid", "value=1e9 USD"]),
        st.sampled_from(["denied", "sale", "kind transfer"]),
    ),
).filter(lambda line: not line.startswith("? > ?"))


@st.composite
def _stories(draw):
    claims = _read(draw(st.lists(_LINES, min_size=1, max_size=14)))
    ids = st.sampled_from([told.claim.id for told in claims])
    judged = draw(st.lists(st.builds(Judgement, ids, ids, st.booleans()), max_size=4))
    return claims, judged


@settings(max_examples=150, deadline=None)
@given(story=_stories(), data=st.data())
def test_order_changes_nothing(story, data, names):
    claims, judged = story
    assert group_claims(data.draw(st.permutations(claims)), names, judged) == group_claims(claims, names, judged)


@settings(max_examples=150, deadline=None)
@given(story=_stories(), data=st.data())
def test_one_document_at_a_time_is_all_at_once(story, data, names):
    claims, judged = story
    groups = ()
    for document in data.draw(st.permutations(sorted({told.claim.document for told in claims}))):
        groups = add_claims(groups, [told for told in claims if told.claim.document == document], names, judged)
    assert groups == group_claims(claims, names, judged)


@settings(max_examples=150, deadline=None)
@given(story=_stories())
def test_every_transfer_claim_is_in_one_group(story, names):
    claims, judged = story
    held = sorted(told.claim.id for group in group_claims(claims, names, judged) for told in group.claims)
    assert held == sorted(told.claim.id for told in claims if told.claim.kind is ClaimKind.TRANSFER)
