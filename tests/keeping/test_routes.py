"""Who supplies whom by a transfer: what claims tell together."""

import pytest
from register_stories import make_story, plain_origins

from armstrace.keeping.routes import find_routes
from armstrace.register.merge import merge_claims

# suppliers and recipients of claims in order of report -> routes
ROUTES = [
    ("one claim", ["QN > QO"], ["QN > QO"]),
    ("two suppliers, each with a recipient of its own", ["QN > QO", "QP > QR"], ["QN > QO", "QP > QR"]),
    ("a claim that leaves a side open adds nothing", ["QN > QO", "QN > ?", "? > QO"], ["QN > QO"]),
    ("claims that tell a side each are put together", ["QN > ?", "? > QO"], ["QN > QO"]),
    ("nobody tells the supplier", ["? > QO"], ["? > QO"]),
    ("nobody tells anything", ["? > ?"], ["? > ?"]),
    ("an organisation beside its country", ["QN Forge > QO", "QN > QO"], ["QN Forge > QO", "QN > QO"]),
    ("a group of no country", ["Marsh Front > QO"], ["Marsh Front > QO"]),
    ("another supplier with an open side", ["QN > QO", "QP > ?"], ["QN > QO", "QP > QO"]),
]


def claim(number, told):
    supplier, recipient = (None if side == "?" else side for side in told.split(" > "))
    return {
        "id": f"c{number}",
        "day": f"2031-03-0{number}",
        "by": "Ledger",
        "supplier": supplier,
        "recipient": recipient,
    }


def words(route):
    sides = (" ".join(filter(None, route[at : at + 2])) for at in (0, 2))
    return " > ".join(side or "?" for side in sides)


@pytest.mark.parametrize(("claims", "routes"), [row[1:] for row in ROUTES], ids=[row[0] for row in ROUTES])
def test_routes_are_what_claims_tell_together(claims, routes):
    told = make_story({"claims": [claim(number, one) for number, one in enumerate(claims, 1)]})
    assert sorted(map(words, find_routes(merge_claims(told, plain_origins)))) == sorted(routes)
