"""The review in a real browser: a whole claim by keyboard, two people on one claim, how it looks and reads."""

from __future__ import annotations

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling
from desk_server import make_desk, serving, stages
from review_desk import copied_store, urgent

from armstrace.judging import open_claim
from armstrace.keeping.update import update_register


@pytest.fixture
def store(demo_store, tmp_path):
    with copied_store(demo_store, tmp_path) as store:
        update_register(store, stages())
        yield store


@pytest.fixture
def address(store):
    with serving(make_desk(store)) as address:
        yield address


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def press_and_go(page, key):
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def test_a_whole_review_by_keyboard(page, store, address):
    complaints = Complaints(page)
    first, second, third = (urgent(store, number) for number in range(3))
    page.goto(f"{address}/review/{first}")
    assert page.locator(".text [data-claims]").first.evaluate(
        "one => { const box = one.closest('.text').getBoundingClientRect(), at = one.getBoundingClientRect();"
        " return at.top >= box.top && at.bottom <= box.bottom }"
    ), "the words of the claim are in view"
    press(page, "?")
    assert page.locator("#keys").get_attribute("open") is not None
    press(page, "?")
    press_and_go(page, "n")
    assert page.url == f"{address}/review/{second}"
    press_and_go(page, "p")
    assert page.url == f"{address}/review/{first}"

    press_and_go(page, "a")
    assert page.url == f"{address}/review/{second}?after={first}"
    assert "is accepted" in page.locator(".done").inner_text()
    press_and_go(page, "u")
    assert page.url == f"{address}/review/{first}"
    assert open_claim(store, first).reviewed.state == "unreviewed"

    press(page, "c")
    assert page.evaluate("document.activeElement.name") == "supplier.country"
    press(page, "Tab")
    page.keyboard.type("Selat Armour")
    press(page, "Escape", "a")
    assert "You changed fields" in page.locator("#key-note").inner_text()
    assert store.judgements()[-1].judgement.verdict == "undo", "nothing was saved"
    press_and_go(page, "c")
    assert open_claim(store, first).reviewed.claim["supplier"]["organisation"] == "Selat Armour"
    assert page.url == f"{address}/review/{second}?after={first}"

    press(page, "r")
    assert page.evaluate("document.activeElement.id") == "reject-why"
    page.keyboard.type("a rehearsal, no transfer")
    press_and_go(page, "Enter")
    assert page.url == f"{address}/review/{third}?after={second}"
    last = store.judgements()[-1].judgement
    assert (last.verdict, last.why, last.who) == ("reject", "a rehearsal, no transfer", "ann")

    chosen = page.locator(".candidate input").nth(1).get_attribute("value")
    page.locator(".candidate input").first.focus()
    press(page, "ArrowDown")
    press_and_go(page, "d")
    assert page.url == f"{address}/review/{third}", "a comparison leaves the claim to be judged"
    last = store.judgements()[-1].judgement
    assert (last.verdict, last.value) == ("different-transfer", chosen)
    assert "judged to be of different ones by ann" in page.locator("#pair-form").inner_text()
    press_and_go(page, "u")
    press_and_go(page, "s")
    assert store.judgements()[-1].judgement.verdict == "same-transfer"
    assert complaints.told == []


def test_two_people_on_one_claim(browser, store, address):
    claim = urgent(store)
    with browser.new_context(viewport=DESKTOP) as one, browser.new_context(viewport=DESKTOP) as other:
        mine, theirs = one.new_page(), other.new_page()
        for page in (mine, theirs):
            page.goto(f"{address}/review/{claim}")
        mine.locator("#f-status").select_option("ordered")
        mine.locator("#f-quantity-low").fill("20")
        mine.locator(".save input").fill("the licence alone")
        theirs.locator("#f-status").select_option("planned")
        theirs.locator(".save button").click()
        theirs.wait_for_url("**after=**")
        mine.locator(".save button").click()
        mine.wait_for_selector("#stale")
        assert "corrected status: planned" in mine.locator("#stale").inner_text()
        assert mine.evaluate("document.activeElement.id") == "stale"
        assert mine.locator("#f-status").input_value() == "ordered"
        assert mine.locator("#f-quantity-low").input_value() == "20"
        assert mine.locator(".save input").input_value() == "the licence alone"
        assert "is planned now" in mine.locator("#f-status-told").inner_text()
        check_accessible(mine)
        mine.locator(".save button").click()
        mine.wait_for_url("**after=**")
    stands = open_claim(store, claim).reviewed.claim
    assert (stands["status"], stands["quantity"]["low"]) == ("ordered", 20)
    assert [one.judgement.value for one in store.judgements() if one.judgement.field == "status"] == [
        "planned",
        "ordered",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_review_is_accessible_and_fits(browser, store, address, size, scheme):
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        complaints = Complaints(page)
        for path in (
            "/review",
            f"/review/{urgent(store)}",
            f"/review/{urgent(store, 4)}",
            "/audit",
            "/people",
            "/account",
        ):
            page.goto(address + path)
            check_accessible(page)
            check_no_sideways_scrolling(page)
        assert complaints.told == []


def test_a_claim_is_reviewed_without_script(browser, store, address):
    claim, then = urgent(store), urgent(store, 1)
    with browser.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/review/{claim}")
        page.locator("#f-status").select_option("ordered")
        page.locator(".save button").click()
        assert page.url == f"{address}/review/{then}?after={claim}"
        page.locator(".done button").click()
        assert page.url == f"{address}/review/{claim}"
        page.locator("#accept-form button").click()
        assert page.url.endswith(f"after={claim}")
    assert open_claim(store, claim).reviewed.state == "accepted"


def test_a_mistake_leads_to_its_field(page, store, address):
    page.goto(f"{address}/review/{urgent(store)}")
    page.locator("#f-quantity-low").fill("many")
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-invalid]")
    assert page.evaluate("document.activeElement.id") == "f-quantity-low"
    assert page.locator("#f-quantity-low").input_value() == "many"
    check_accessible(page)
