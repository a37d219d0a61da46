"""Where a list and the press differ on one transfer."""

import pytest
from notation import read_claim

from armstrace.grouping import load_stages
from armstrace.register.beside import find_differences
from armstrace.register.merge import merge_claims
from armstrace.told import Group

ROW = "SE > PE; Gannet-2 (aircraft); {}; 2030-03-11; doc list; row 1; by expert, SE, SIPRI"
ORDER, DELIVERY = ROW.format("ordered; n=12; when 2011"), ROW.format("delivered; n=12; when 2013")
PRESS = "SE > PE; Gannet-2 (aircraft); {}; in Post"
CASES = [
    # why, claims, (kind, of, words of the list, words of the press)
    ("both say the same", [ORDER, PRESS.format("ordered; 2011-05-02; n=12; when 2011-05-01")], []),
    ("what one side lacks is no difference", [ORDER, PRESS.format("ordered; 2011-05-02")], []),
    ("only the list", [ORDER, DELIVERY], [("only-list", "", ("ordered", "delivered"), ())]),
    ("only the press", [PRESS.format("ordered; 2011-05-02")], [("only-press", "", (), ("ordered",))]),
    (
        "only the press, which denies it",
        [PRESS.format("delivered; denied; 2011-05-02")],
        [("only-press", "", (), ("denied: delivered",))],
    ),
    ("another number", [ORDER, PRESS.format("ordered; 2011-05-02; n=16")], [("number", "ordered", ("12",), ("16",))]),
    (
        "a vaguer number",
        [ORDER, PRESS.format("ordered; 2011-05-02; n=10..20")],
        [("number-may-be-one", "ordered", ("12",), ("10..20",))],
    ),
    ("another unit", [ORDER, PRESS.format("ordered; 2011-05-02; n=3 squadrons")], []),
    (
        "another year",
        [DELIVERY, PRESS.format("delivered; 2015-05-02; when 2015-05-01")],
        [("year", "delivered", ("2013",), ("2015-05-01",))],
    ),
    (
        "a later step, of which the list has nothing",
        [ORDER, PRESS.format("delivered; 2012-05-02; n=2")],
        [("status", "", ("ordered",), ("delivered",))],
    ),
    (
        "called off",
        [ORDER, PRESS.format("cancelled; 2012-05-02")],
        [("status", "", ("ordered",), ("cancelled",))],
    ),
    (
        "another supplier",
        [ORDER.replace("SE > PE", "? > PE"), PRESS.format("ordered; 2011-05-02")],
        [("party", "supplier", ("unknown",), ("SE",))],
    ),
    (
        "denied",
        [DELIVERY, PRESS.format("delivered; denied; 2013-05-02; by government, PE, Peru")],
        [("denied", "", ("delivered",), ("denied: delivered",))],
    ),
]


@pytest.mark.parametrize(("lines", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_differences(lines, expected):
    claims = tuple(read_claim(line, f"c{number}") for number, line in enumerate(lines))
    transfer = merge_claims(Group(claims), load_stages().origins)
    found = find_differences(transfer)
    assert [(one.kind, one.of, one.listed.words, one.press.words) for one in found] == expected
    for one in found:
        assert {*one.listed.claims, *one.press.claims} <= {told.claim.id for told in claims}
        assert (len(one.listed.claims) > 0) == (len(one.listed.words) > 0)
