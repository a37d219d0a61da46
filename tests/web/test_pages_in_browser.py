"""The pages of documents and of the search in a real browser: what runs, where marks lead, how they look and read."""

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling

ALL = ("hostile", "paper", "long", "row", "second", "said")
VIEWS = ("", "?beside=original")


def open_page(page, address, path):
    page.goto(address + path, wait_until="load")
    page.wait_for_timeout(150)  # for what a page does of itself


@pytest.mark.parametrize("path", [f"/documents/{{{name}}}{view}" for name in ALL for view in VIEWS])
def test_nothing_of_a_document_runs_or_loads(page, hostile, hostile_address, trap, path):
    complaints = Complaints(page)
    path = path.format(**hostile[1])
    open_page(page, hostile_address, path)
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(400)
    assert page.title().endswith(" · armstrace")
    assert page.url == hostile_address + path
    assert complaints.of_the_desk() == []
    assert trap.caught == []


def test_a_page_of_others_leads_nowhere(page, hostile, hostile_address, trap):
    open_page(page, hostile_address, f"/documents/{hostile[1]['hostile']}?beside=original")
    inside = page.frame_locator("iframe.original")
    assert inside.locator("h1").inner_text() == "Vehicles for Chile"
    for link in ("#away", "#script", "#send", "#plain"):
        inside.locator(link).click(no_wait_after=True)
        page.wait_for_timeout(200)
    assert page.url.endswith("?beside=original")
    assert len(page.context.pages) == 1
    assert trap.caught == []


def test_the_original_opened_alone_runs_nothing_either(page, hostile, hostile_address, trap):
    open_page(page, hostile_address, f"/documents/{hostile[1]['hostile']}/original")
    assert page.title() != "owned"
    assert page.url.startswith(hostile_address)
    assert trap.caught == []


@pytest.mark.parametrize("how", ["click", "key"])
def test_a_mark_leads_to_its_value_and_the_value_back(page, hostile, hostile_address, how):
    open_page(page, hostile_address, f"/documents/{hostile[1]['second']}")
    mark = page.locator(".text mark.recipient a")
    follow(page, mark, how)
    value = page.locator(":target")
    assert value.locator("dt").inner_text() == "recipient"
    assert value.locator("dd a").inner_text() == "Angola"
    assert value.evaluate("one => one === document.activeElement"), "the keyboard goes on from there"
    follow(page, value.locator("dd a"), how)
    assert page.locator(".text :target").inner_text() == "Angola"


def follow(page, link, how):
    if how == "click":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")


def test_a_claim_lights_up_its_words_by_pointer_and_by_focus(page, hostile, hostile_address):
    open_page(page, hostile_address, f"/documents/{hostile[1]['hostile']}")
    lit = ".text .lit"
    assert page.locator(lit).count() == 0
    page.locator(".cards > li").nth(1).hover()
    assert "Angola" in page.locator(lit).all_inner_texts()
    assert "Chile" not in page.locator(lit).all_inner_texts()
    page.locator("h1").hover()
    assert page.locator(lit).count() == 0
    page.locator(".cards > li .count").first.focus()
    assert "Chile" in page.locator(lit).all_inner_texts()
    page.locator(".text mark.recipient a").nth(1).focus()
    assert page.locator(".cards > li.lit .count").all_inner_texts() == ["2"]


def test_what_cleaning_removed_can_be_hidden_without_script(browser, demo_store, desk_address):
    name = next(one.id for one in demo_store.documents() if one.name == "halyard-rocket-launchers")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk_address}/documents/{name}")
        struck = page.locator(".text del").first
        assert struck.is_visible()
        page.locator("#show-removed").uncheck()
        assert not struck.is_visible()


def test_a_link_to_a_claim_far_down_a_long_text_finds_it(page, hostile, hostile_address):
    complaints = Complaints(page)
    identity = hostile[1]["long"]
    claim = hostile[0].claims(identity)[0].id
    open_page(page, hostile_address, f"/documents/{identity}?at=0#claim-{claim}")
    page.wait_for_url(f"**/documents/{identity}?claim={claim}#claim-{claim}")
    assert page.locator(":target h3").inner_text().endswith("Norway → Chile: 40 armoured vehicles")
    assert complaints.told == []


def test_the_words_of_a_claim_are_marked_on_the_page_of_a_pdf(page, hostile, hostile_address):
    open_page(page, hostile_address, f"/documents/{hostile[1]['paper']}")
    page.get_by_role("link", name="page 2").click()
    sheet = page.get_by_role("group", name="Page 2 of the original")
    assert sheet.locator("image").evaluate("one => fetch(one.href.baseVal).then(answer => answer.status)") == 200
    told = [mark.get_attribute("aria-label") for mark in sheet.locator("a").all()]
    assert "quantity in claim 1: 24" in told
    sheet.get_by_role("link", name="quantity in claim 1: 24").click()
    assert page.locator(":target dt").inner_text() == "quantity"
    page.get_by_role("link", name="Before").click()
    assert page.get_by_role("group", name="Page 1 of the original").is_visible()


def test_the_register_tells_of_a_document_once_it_is_looked_at(page, demo_store, desk_address):
    complaints = Complaints(page)
    name = next(one.id for one in demo_store.documents() if one.name == "lakeside-rocket-launchers")
    open_page(page, desk_address, f"/documents/{name}")
    page.locator("#register-heading").scroll_into_view_if_needed()
    page.get_by_role("heading", name="Copies").wait_for()
    assert page.locator("main h1").count() == 1
    assert complaints.told == []


def test_a_search_is_pushed_as_an_address_and_keeps_the_field(page, hostile_address):
    complaints = Complaints(page)
    open_page(page, hostile_address, "/search")
    page.keyboard.type("armoured")  # the field has the focus
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="claims").wait_for()
    assert "words=armoured" in page.url
    page.keyboard.type(" nonsense")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Nothing found").wait_for()
    page.go_back()
    page.get_by_role("heading", name="claims").wait_for()
    assert page.locator("#field-words").input_value() == "armoured"
    assert complaints.told == []


def test_a_fault_is_told_at_its_field(page, hostile_address):
    open_page(page, hostile_address, "/search")
    page.get_by_label("Not before").fill("soon")
    page.keyboard.press("Enter")
    field = page.get_by_label("Not before")
    page.locator("#problem-after").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert "problem-after" in field.get_attribute("aria-describedby")


def test_a_claim_that_is_found_leads_to_its_words(page, hostile_address):
    open_page(page, hostile_address, "/search?words=howitzers&kind=claim")
    page.locator(".hits a").first.click()
    page.wait_for_url("**/documents/**")
    assert page.locator(":target .count").inner_text() == "1"


def test_the_search_works_without_script(browser, hostile_address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{hostile_address}/search")
        page.get_by_label("Words", exact=True).fill("armoured")
        page.keyboard.press("Enter")
        assert page.locator("#found").inner_text().endswith("claims")


PAGES = [f"/documents/{{{name}}}{view}" for name in ALL for view in VIEWS]
PAGES += ["/documents/{long}?at=100000", "/documents/{second}/register", "/search"]
PAGES += ["/search?words=armoured", "/search?after=soon", "/search?words=nothing-of-the-kind"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(browser, hostile, hostile_address, scheme):
    with browser.new_context(viewport=DESKTOP, color_scheme=scheme) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(hostile_address + path.format(**hostile[1]))
            check_accessible(page)


def test_no_page_is_wider_than_a_phone(browser, hostile, hostile_address, demo_store, desk_address):
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(hostile_address + path.format(**hostile[1]))
            check_no_sideways_scrolling(page)
        for document in demo_store.documents():
            page.goto(f"{desk_address}/documents/{document.id}")
            check_no_sideways_scrolling(page)


def test_the_check_of_access_finds_what_is_wrong(page):
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        check_accessible(page)
