"""The pictures of a history and of its sources: what is bundled, what stands where, what leads where."""

import pytest
from lxml import etree
from register_stories import make_story, plain_origins

from armstrace.pictures.source_tree import draw_source_tree
from armstrace.pictures.timeline import bundles, draw_timeline
from armstrace.register.merge import merge_claims
from armstrace.register.tree import source_tree

SVG = "{http://www.w3.org/2000/svg}"
STORY = {
    "claims": [
        {"id": "a", "day": "2031-03-01", "by": "Ledger", "from": "government QN", "status": "ordered"},
        {"id": "b", "day": "2031-03-02", "by": "Post", "text": "wire", "from": "government QN", "status": "ordered"},
        {"id": "c", "day": "2031-03-02", "by": "Courier", "text": "wire", "from": "government QN", "status": "ordered"},
        {"id": "d", "day": "2031-04-02", "by": "Herald", "from": "government QO", "polarity": "denied"},
        {"id": "e", "by": "Nobody's Blog", "status": "delivered"},
    ]
}


@pytest.fixture
def transfer():
    return merge_claims(make_story(STORY), plain_origins)


def test_copies_of_one_text_on_one_day_are_one_mark(transfer):
    assert [(b.day, b.polarity, b.documents, [t.claim.id for t in b.claims]) for b in bundles(transfer)] == [
        ("2031-03-01", "affirmed", 1, ["a"]),
        ("2031-03-02", "affirmed", 2, ["b", "c"]),
        ("2031-04-02", "denied", 1, ["d"]),
        (None, "affirmed", 1, ["e"]),
    ]


def test_who_affirms_stands_above_the_line_and_who_denies_below(transfer):
    root = etree.fromstring(str(draw_timeline(transfer, lambda claim: f"#{claim}")))
    line = float(next(one for one in root.iter(f"{SVG}line") if one.get("class") == "axis").get("y1"))
    stands = {link.get("href"): float(link.find(f"{SVG}circle").get("cy")) < line for link in root.iter(f"{SVG}a")}
    assert stands == {"#a": True, "#b": True, "#d": False, "#e": True}


def test_every_mark_is_told_in_words_and_the_undated_stand_apart(transfer):
    drawn = str(draw_timeline(transfer, lambda claim: f"#{claim}"))
    assert "2031-03-02, ordered: Post, Courier; 2 documents, 1 text" in drawn
    assert "2031-04-02, denied: no status told: Herald; 1 document" in drawn
    assert "no date, delivered: Nobody" in drawn
    assert "3 affirming and 1 denying reports, copies as one, 2031-03-01 to 2031-04-02" in drawn


def test_a_transfer_of_which_no_report_is_dated_has_a_picture():
    undated = merge_claims(make_story({"claims": [{"id": "a", "status": "ordered"}]}), plain_origins)
    assert etree.fromstring(str(draw_timeline(undated, lambda _: None))).tag == f"{SVG}svg"


def test_what_was_taken_back_is_a_hollow_mark():
    row = {"id": "a", "day": "2031-03-01", "by": "Ledger", "status": "ordered"}
    row["later"] = [{"in": "doc-a2", "day": "2031-03-05", "says": "We were wrong; no such order was placed."}]
    told = merge_claims(make_story({"claims": [row]}), plain_origins)
    assert [bundle.counts for bundle in bundles(told)] == [not any(r.takes_back for r in told.revisions)] == [False]
    assert "void" in str(draw_timeline(told, lambda _: None))


def test_the_tree_leads_from_origins_to_documents(transfer):
    nodes = source_tree(transfer.claims, transfer.affirmed.origins)
    drawn = str(draw_source_tree(nodes, "Who affirms it", {"QN": "Quorn"}, lambda node: f"#{node.place.kind}"))
    root = etree.fromstring(drawn)
    assert [link.get("href") for link in root.iter(f"{SVG}a")].count("#document") == 4
    assert "government of QN" not in drawn


def test_a_tree_of_hundreds_of_origins_is_cut_and_says_so():
    claims = [
        {"id": f"c{n}", "day": "2031-03-01", "by": f"Outlet {n}", "from": f"company Forge {n}"} for n in range(90)
    ]
    told = merge_claims(make_story({"claims": claims}), plain_origins)
    drawn = str(draw_source_tree(source_tree(told.claims, told.affirmed.origins), "All", {}, lambda _: None))
    assert "and 30 more origins" in drawn
