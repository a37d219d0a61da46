"""Which documents a notice of their outlet means: tests/cases/retractions.yml, whose head explains the rows."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
import yaml

from armstrace.document import Document, Fact, Metadata, Span
from armstrace.model import Claim, ClaimKind, Evidence
from armstrace.retractions import tie_retractions
from armstrace.told import LaterKind
from armstrace.versions import Version, make_version

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "retractions.yml").read_text("utf-8"))


def make(row: dict) -> Version:
    text = row.get("text", "Peru has sold forty drones to Kenya, the ministry said.")
    known = Metadata(outlet=row["by"], published=str(row["day"]) if "day" in row else None, title=row["title"])
    facts = (Fact("wire", row["wire"], None),) if "wire" in row else ()
    return make_version(Document(row["id"], text, text, known, facts=facts))


@pytest.mark.parametrize("name", CASES)
def test_what_a_notice_means(name):
    rows = CASES[name]["documents"]
    families = {row["id"]: row.get("copy", row["id"]) for row in rows}
    found = tie_retractions(map(make, rows), families)
    assert {one: [str(later.kind) for later in laters] for one, laters in found.items()} == {
        one: [kind] for one, kind in CASES[name]["means"].items()
    }
    for order in permutations(rows):
        assert tie_retractions(map(make, order), families) == found


def test_a_notice_is_known_from_its_day_and_takes_back_what_it_tells_itself():
    row = CASES["an agency kills its story; a paper that took it over is marked"]["documents"]
    found = tie_retractions(map(make, row), {})
    assert {later.since for laters in found.values() for later in laters} == {"2031-03-02"}
    assert found["a"][0].correction == "Editors: please kill the story."
    claim = Claim("c", "n", ClaimKind.TRANSFER, Evidence("Peru sells forty drones to Kenya", Span(0, 5)))
    (own,) = make(row[-1]).tell(claim, "n", ()).later
    assert (own.document, own.kind) == ("n", LaterKind.WITHDRAWAL)


def test_of_a_correction_only_what_was_wrong_is_taken_back():
    notice = make(
        {
            "id": "n",
            "by": "Lima Ledger",
            "day": "2031-03-04",
            "title": "Correction",
            "text": "In our report of Saturday we wrongly said that Peru sold forty drones. Peru sold fourteen.",
        }
    )
    wrong = Evidence("In our report of Saturday we wrongly said that Peru sold forty drones.", Span(0, 70))
    right = Evidence("Peru sold fourteen.", Span(71, 90))
    told = [notice.tell(Claim("c", "n", ClaimKind.TRANSFER, one), "n", ()).later for one in (wrong, right)]
    assert [len(laters) for laters in told] == [1, 0]
