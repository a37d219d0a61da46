"""Which document is a later version of a page, since when, and what it takes back."""

from __future__ import annotations

from armstrace.document import Document, Fact, Metadata, Span
from armstrace.model import Claim, ClaimKind, Evidence
from armstrace.told import Later
from armstrace.versions import Version, later_versions, make_version

TEXT = "Norland sold 14 tanks.\nCorrection: An earlier version said that Norland sold 40 tanks."
NOTE = TEXT.partition("\n")[2]
PLACE = Span(TEXT.index(NOTE), len(TEXT))


def version(identity: str, **known: str | None) -> Version:
    return Version(identity, None, known.get("published"), None, known.get("updated"), (), known.get("captured"))


def claim_at(start: int, end: int) -> Claim:
    return Claim("c", "d", ClaimKind.TRANSFER, Evidence(TEXT[start:end], Span(start, end)))


def test_versions_follow_one_another_by_capture():
    page = [version("b", published="2031-03-01", captured="2031-03-04T10:00:00Z"), version("a", captured="2031-03-02")]
    found = later_versions([page])
    assert found["a"] == ((Later("b", "2031-03-04"),), None)
    assert found["b"] == ((), "2031-03-04")


def test_without_captures_the_update_counts():
    page = [version("a", published="2031-03-01"), version("b", published="2031-03-01", updated="2031-03-03T08:00")]
    assert later_versions([page])["a"] == ((Later("b", "2031-03-03"),), None)


def test_of_two_that_nothing_tells_apart_neither_is_later():
    page = [version("a", published="2031-03-01"), version("b", published="2031-03-01")]
    assert later_versions([page]) == {"a": ((), None), "b": ((), None)}
    assert later_versions([[version("a"), version("b", published="2031-03-01")]])["a"][0] == ()


def test_any_order_of_versions_is_the_same():
    page = [version(name, published=f"2031-03-0{day}") for name, day in (("a", 3), ("b", 1), ("c", 2))]
    assert dict(later_versions([page])) == dict(later_versions([page[::-1]]))
    assert [later.document for later in later_versions([page])["b"][0]] == ["c", "a"]


def test_a_correction_is_new_to_the_version_before_it_only():
    first = make_version(
        Document("a", TEXT, TEXT, Metadata(published="2031-03-01"), facts=(Fact("correction", "Old.", None),))
    )
    facts = (Fact("correction", "Old.", None), Fact("correction", "New.", None), Fact("updated", "2031-03-05", None))
    second = make_version(Document("b", TEXT, TEXT, Metadata(published="2031-03-01"), facts=facts))
    assert second.published == "2031-03-05"
    assert later_versions([[first, second]])["a"][0] == (Later("b", "2031-03-05", "New."),)


def test_what_a_correction_quotes_is_taken_back_and_what_it_corrects_is_not():
    made = make_version(
        Document("a", TEXT, TEXT, Metadata(published="2031-03-01"), facts=(Fact("correction", NOTE, PLACE),))
    )
    assert made.tell(claim_at(*PLACE), "a", ()).later == (Later("a", "2031-03-01", NOTE),)
    assert made.tell(claim_at(0, 10), "a", ()).later == ()
    plain = make_version(Document("a", TEXT, TEXT, facts=(Fact("correction", "Correction: it sold 14.", PLACE),)))
    assert plain.tell(claim_at(*PLACE), "a", ()).later == ()


def test_an_outlet_that_is_not_told_is_the_wire_credited():
    made = make_version(Document("a", TEXT, TEXT, Metadata(), facts=(Fact("wire", "Sahel Wire", None),)))
    assert made.outlet == "Sahel Wire"
