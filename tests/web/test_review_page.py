"""The review without a browser: forms that say what is wrong, forms that are overtaken, what is recorded."""

from __future__ import annotations

import pytest
from desk_server import asking, make_desk, serving, stages
from review_desk import copied_store, form_of, urgent

from armstrace.judging import open_claim
from armstrace.keeping.update import update_register
from armstrace.web.views.review_controls import settings_of
from armstrace.web.views.review_queue import read_cursor, read_filters


@pytest.fixture
def store(demo_store, tmp_path):
    with copied_store(demo_store, tmp_path) as store:
        update_register(store, stages())
        yield store


@pytest.fixture
def client(store):
    with serving(make_desk(store)) as address, asking(address) as client:
        yield client


def correct(client, claim, **entered):
    """Send the form of a claim with some controls filled otherwise; ``__`` stands for a dot."""
    given = {name.replace("__", "."): value for name, value in entered.items()}
    held = form_of(client.get(f"/review/{claim}").text, "correct-form")
    return client.post(f"/review/{claim}", data=held | given)


# What a person enters (of the most urgent claim: Malaysia, South Sudan, 30 armoured vehicles) that cannot be so.
INVALID = [
    ("a country that there is not", {"supplier__country": "QX"}, "f-supplier-country", "is no country code in use"),
    ("a country in words", {"supplier__country": "Ruritania"}, "f-supplier-country", "a country code of two capitals"),
    ("no name of a source", {"attribution__0__name": ""}, "f-attribution-0-name", "must be words"),
    ("words for a number", {"quantity__low": "many"}, "f-quantity-low", "must be a whole number, 0 or more, or null"),
    ("a part of a vehicle", {"quantity__best": "30.5"}, "f-quantity-best", "must be a whole number"),
    ("fewer than none", {"quantity__low": "-3"}, "f-quantity-low", "must be a whole number"),
    ("a least number above the greatest", {"quantity__low": "90"}, "field-quantity", "must not decrease"),
    ("words that the text lacks", {"quantity__text": "ninety"}, "field-quantity", "does not stand there just once"),
    ("a status of no list", {"status": "lost"}, "f-status", "must be one of sought"),
    ("a category of no list", {"items__0__category": "boats"}, "f-items-0-category", "must be one of artillery"),
    ("no description", {"items__0__description": ""}, "f-items-0-description", "must be words"),
    ("a day that there is not", {"when__start": "2018-02-30"}, "f-when-start", "a day such as 2022-09-05"),
    ("days the wrong way round", {"when__start": "2019-01-01"}, "field-when", "must not decrease"),
    ("a source of no kind", {"attribution__1__name": "Kapas"}, "f-attribution-1-kind", "is missing"),
    ("a sum without words", {"value__amount": "118"}, "field-value", "its words must stand in the document"),
    ("a likelihood above all", {"likelihood__low": "50", "likelihood__high": "150"}, "field-likelihood", "per cent"),
]


@pytest.mark.parametrize(("entered", "place", "told"), [r[1:] for r in INVALID], ids=[r[0] for r in INVALID])
def test_what_cannot_be_so_is_told_at_its_field_and_stays_entered(client, store, entered, place, told):
    claim = urgent(store)
    entered = {"supplier__organisation": "Selat <Works>", **entered}
    answer = correct(client, claim, **entered)
    assert answer.status_code == 422
    where = answer.text.index(f'id="{place}')
    assert told in answer.text[where : answer.text.index("</fieldset>", where)]
    again = form_of(answer.text, "correct-form")
    kept = {name: value for name, value in entered.items() if place not in {"f-status", "f-items-0-category"}}
    assert {name: again[name.replace("__", ".")] for name in kept} == kept
    assert "Selat <Works>" not in answer.text
    assert store.judgements() == ()


def test_several_mistakes_are_told_at_once(client, store):
    answer = correct(client, urgent(store), supplier__country="QX", quantity__low="many", when__start="soon")
    assert [answer.text.count(f'id="f-{one}-told"') for one in ("supplier-country", "quantity-low", "when-start")] == [
        1,
        1,
        1,
    ]


LACKING = [
    ({"verdict": "reject", "why": " "}, "say why it is rejected"),
    ({"verdict": "correct"}, "nothing was changed"),
    ({"verdict": "same-transfer"}, "choose the claim"),
    ({"verdict": "delete"}, "accept, correct or reject"),
    ({}, "accept, correct or reject"),
    ({"verdict": "accept", "why": "x" * 3000}, "longer than 2,000"),
]


@pytest.mark.parametrize(("sent", "told"), LACKING)
def test_what_a_form_lacks(client, store, sent, told):
    claim = urgent(store)
    held = form_of(client.get(f"/review/{claim}").text, "accept-form")
    answer = client.post(f"/review/{claim}", data=held | sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert store.judgements() == ()


def test_several_fields_are_one_save_and_the_original_stays_beside(client, store):
    claim, then = urgent(store), urgent(store, 1)
    answer = correct(
        client,
        claim,
        supplier__country="Indonesia",
        quantity__low="1,200",
        quantity__best="",
        quantity__high="",
        why="misread",
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/review/{then}?after={claim}")
    assert [one.judgement.field for one in store.judgements()] == ["supplier", "quantity"]
    stands = open_claim(store, claim).reviewed.claim
    assert stands["supplier"]["country"] == "ID"
    assert [stands["quantity"][key] for key in ("low", "best", "high")] == [1200, None, None]
    page = client.get(f"/review/{claim}").text
    assert "read as <strong>Malaysia</strong>; corrected by ann, 2031-05-01, because: misread" in page
    assert "read as <strong>30 pieces</strong>" in page
    (deed,) = (one for _, one in store.people.deeds() if one.about == claim)  # of others the copied store may tell
    assert (deed.who, deed.did) == ("ann", "claim corrected")


@pytest.mark.parametrize("verdict", ["accept", "correct", "reject"])
def test_a_form_that_was_overtaken_is_shown_with_both_and_can_be_sent_again(client, store, verdict):
    claim = urgent(store)
    opened = client.get(f"/review/{claim}").text
    mine = form_of(opened, f"{verdict}-form") | {"verdict": verdict, "why": "as the ministry said"}
    if verdict == "correct":
        mine |= {"status": "ordered", "mode": "sale"}
    assert correct(client, claim, status="planned", supplier__organisation="Selat").status_code == 303
    before = store.judgements()
    refused = client.post(f"/review/{claim}", data=mine)
    assert refused.status_code == 409
    assert store.judgements() == before
    assert "corrected status: planned" in refused.text
    assert "<strong>ann</strong>" in refused.text
    again = form_of(refused.text, f"{verdict}-form")
    if verdict != "accept":
        assert again["why"] == "as the ministry said"
    if verdict == "correct":
        assert (again["status"], again["was.status"], again["mode"]) == ("ordered", "planned", "sale")
        assert again["supplier.organisation"] == "Selat", "what the other saved and I did not touch stands"
        assert "was approved when you opened it, is planned now" in refused.text
    sent = client.post(f"/review/{claim}", data=again | {"verdict": verdict})
    assert sent.status_code == 303
    assert open_claim(store, claim).reviewed.claim["supplier"]["organisation"] == "Selat"


def test_a_filter_is_kept_from_claim_to_claim(client):
    first = client.get("/review?party=BR")
    assert first.text.count("<li") > 2
    claim = first.text.split('class="queue"')[1].split("/review/")[1].split("?")[0]
    page = client.get(f"/review/{claim}?party=BR").text
    held = form_of(page, "accept-form")
    assert held["queue"] == "party=BR"
    sent = client.post(f"/review/{claim}", data=held | {"verdict": "accept"})
    assert "party=BR&after=" in sent.headers["location"]


def test_behind_the_last_claim_comes_the_queue(client, store):
    claim = urgent(store)
    page = client.get(f"/review/{claim}?transfer=none").text
    sent = client.post(f"/review/{claim}", data=form_of(page, "accept-form") | {"verdict": "accept"})
    assert sent.headers["location"] == f"/review?transfer=none&after={claim}"
    assert "No claim is all that" in client.get(sent.headers["location"]).text


def test_a_claim_that_is_not_there_and_a_cursor_that_is_none(client):
    assert client.get("/review/0000000000000000").status_code == 404
    assert client.get("/review?from=~~&state=lost&status=gone").status_code == 200
    assert read_cursor("1~2031-03-01~doc~4~claim") is not None
    assert [read_cursor(one) for one in ("", "a~b~c~d~e", "1~x~y~9999999999~z", "1~2")] == [None] * 4
    assert read_filters({"state": "lost", "status": "gone", "party": "  a  b "})[:2] == ("waiting", "a b")


# What a person enters in the controls of a claim; what is set by it.
CLAIM = {
    "kind": "transfer",
    "supplier": {"country": "MY", "organisation": None, "text": "Malaysia", "span": [0, 8]},
    "recipient": None,
    "maker": None,
    "items": [{"designation": None, "description": "carriers", "category": "other", "codes": {}, "span": [9, 17]}],
    "quantity": {"text": "30", "low": 30, "best": 30, "high": 30, "unit": "pieces", "span": [20, 22]},
    "value": None,
    "mode": "unspecified",
    "via": [],
    "refers_to": None,
    "status": "ordered",
    "polarity": "affirmed",
    "certainty": "fact",
    "likelihood": None,
    "when": None,
    "attribution": [
        {"name": "Kapas", "kind": "company", "country": None, "named": True, "channel": None, "cue": None, "span": None}
    ],
}
SET = [
    ({}, ()),
    ({"status": "ordered"}, ()),
    ({"status": "planned"}, (("status", "planned"),)),
    ({"supplier.country": "north korea"}, (("supplier.country", "KP"),)),
    ({"supplier.country": "kp"}, (("supplier.country", "KP"),)),
    ({"supplier.country": "", "supplier.text": ""}, (("supplier", None),)),
    ({"recipient.country": "IQ"}, (("recipient", {"country": "IQ"}),)),
    ({"quantity.low": "1,500"}, (("quantity.low", 1500),)),
    ({"quantity.low": ""}, (("quantity.low", None),)),
    ({"quantity.low": "1.5"}, (("quantity.low", 1.5),)),
    ({"items.0.category": "tanks"}, (("items.0.category", "tanks"),)),
    ({"items.0.remove": "1"}, (("items.0", None),)),
    (
        {"items.1.description": "spares", "items.1.category": "components"},
        (("items.1", {"description": "spares", "category": "components"}),),
    ),
    ({"items.7.description": "spares"}, ()),
    ({"attribution.0.named": "no"}, (("attribution.0.named", False),)),
    ({"likelihood.low": "55", "likelihood.high": "80"}, (("likelihood", [55, 80]),)),
    ({"status": "planned", "was.status": "planned"}, ()),
    ({"status": "ordered", "was.status": "planned"}, (("status", "ordered"),)),
    ({"claim": "other", "document": "x", "evidence.text": "y"}, ()),
]


@pytest.mark.parametrize(("entered", "settings"), SET, ids=[str(row[0])[:50] for row in SET])
def test_what_is_set_by_what_was_entered(entered, settings):
    assert settings_of(CLAIM, entered, {"KP": "North Korea", "IQ": "Iraq"}) == settings
