"""Map, matrix, network, sources, law and lists in a real browser: by mouse, by keyboard, on a phone, in the dark."""

from pathlib import Path

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling
from desk_server import NOW, make_desk, serving

from armstrace.screen.match import THRESHOLD, Asked
from armstrace.screening import add_lists, load_index, screen_names

LISTS = Path(__file__).parents[1] / "screen" / "lists"
FLOW = "svg.map a[data-from='CZ'][data-to='MN']"
STATE = "svg.map a[data-state='CZ']"


@pytest.fixture(scope="module")
def listed(own_store):
    """Return where a desk with sanctions lists and a certificate is served, and the certificate's address."""
    add_lists(own_store, [LISTS / "un.xml", LISTS / "uk.xml"], NOW)
    asked = [Asked("Anton Vasilkov"), Asked("Nobody <b>At</b> All")]
    body = screen_names(own_store, asked, NOW, THRESHOLD, load_index(own_store))
    with serving(make_desk(own_store)) as address:
        yield address, f"/screenings/{body['certificate']}"


def test_the_filter_narrows_the_map_and_is_part_of_the_address(page, desk_address):
    complaints = Complaints(page)
    page.goto(f"{desk_address}/map")
    assert page.locator("svg.map .flows a").count() == 3
    page.get_by_label("Arms").fill("drones")
    page.keyboard.press("Enter")
    page.wait_for_url("**/map?*item=drones*")
    page.locator("svg.map .flows a").nth(1).wait_for(state="detached")
    assert page.locator(FLOW).count() == 1
    page.get_by_role("link", name="Matrix").click()
    page.get_by_role("link", name="Czech Republic to Mongolia").wait_for()
    assert "item=drones" in page.url
    page.go_back()
    page.wait_for_url("**/map?*item=drones*")
    page.locator(FLOW).wait_for(state="attached")
    page.go_back()
    page.wait_for_url("**/map")
    page.locator("svg.map .flows a").nth(2).wait_for(state="attached")
    assert complaints.told == []


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_a_line_of_the_map_leads_to_its_lines_of_the_register(page, desk_address, how):
    complaints = Complaints(page)
    page.goto(f"{desk_address}/map?item=drones")
    if how == "mouse":
        box = page.locator(f"{FLOW} .reach").evaluate(
            "(path) => { const at = path.getPointAtLength(path.getTotalLength() / 2), m = path.getScreenCTM();"
            " return [at.x * m.a + m.e, at.y * m.d + m.f + 4]; }"
        )
        page.mouse.click(*box)  # beside the line itself: what can be hit is wider
    else:
        page.locator(FLOW).focus()
        assert page.locator(FLOW).evaluate("one => one === document.activeElement")
        page.keyboard.press("Enter")
    page.wait_for_url("**/?*supplier=CZ&recipient=MN*")
    assert page.locator("#told").inner_text().startswith("2 transfers")
    assert complaints.told == []


def test_a_state_stands_out_with_its_flows_by_pointer_and_by_focus(page, desk_address):
    page.goto(f"{desk_address}/map")
    page.locator(STATE).hover(force=True)
    lit = "svg.map.pointed .flows a.lit"
    assert [one.get_attribute("data-from") for one in page.locator(lit).all()] == ["CZ"]
    page.locator("h1").hover()
    assert page.locator("svg.map.pointed").count() == 0
    page.locator(STATE).focus()
    assert page.locator(lit).count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*party=CZ*")


def test_regions_and_filters_work_without_script(browser, desk_address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk_address}/map")
        page.get_by_role("link", name="Africa").click()
        assert page.locator("svg.map").get_attribute("viewBox") == "410 98 240 252"
        page.get_by_label("Party").fill("Madagascar")
        page.get_by_role("button", name="Show").click()
        assert page.locator("svg.map .flows a").count() == 1
        assert page.locator("svg.map").get_attribute("viewBox") == "410 98 240 252"


def test_a_node_and_a_cell_lead_to_their_lines(page, desk_address):
    page.goto(f"{desk_address}/map/network")
    page.locator("svg.network a[data-state='MG/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*party=MG*")
    page.goto(f"{desk_address}/map/matrix")
    page.get_by_role("link", name="Brazil to Madagascar").click()
    page.wait_for_url("**/?*supplier=BR&recipient=MG*")


def test_a_question_is_asked_by_keyboard(page, desk_address):
    complaints = Complaints(page)
    page.goto(f"{desk_address}/law")
    for label, words in (("Supplier", "KP"), ("Recipient", "RU"), ("Arms", "artillery shells"), ("When", "2022-09")):
        page.get_by_label(label, exact=True).fill(words)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="North Korea → Russia").wait_for()
    page.get_by_role("link", name="UN-KP").first.click()
    page.wait_for_url("**/law/UN-KP#entry-*")
    assert page.locator("article:target").count() == 1
    assert complaints.told == []


def test_a_source_is_graded_and_a_name_screened(page, listed):
    complaints = Complaints(page)
    page.goto(f"{listed[0]}/sources?words=halyard")
    page.locator("table.sources tbody a").first.click()
    page.get_by_role("combobox", name="Grade").select_option("D")
    page.get_by_label("Why, in one short reason").fill("took back three of ten")
    page.get_by_role("button", name="Save the grade").click()
    page.get_by_text("took back three of ten").first.wait_for()
    assert page.locator("#reliability + p .tag").inner_text().startswith("D")
    page.get_by_role("button", name="Take the grade back").click()
    page.get_by_text("no record of this outlet is kept").wait_for()
    page.goto(f"{listed[0]}/lists")
    page.get_by_label("Names, one a line").fill("Anton Vasilkov")
    page.get_by_role("button", name="Screen").click()
    page.wait_for_url("**/screenings/*")
    assert page.locator(".list-hits > li").count() == 2
    assert complaints.told == []


def test_a_certificate_is_printed_without_what_surrounds_it(page, listed):
    page.goto(listed[0] + listed[1])
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.get_by_text("nothing found", exact=True).is_visible()
    assert "Nobody <b>At</b> All" in page.locator("h2").all_inner_texts()


PAGES = [
    "/map",
    "/map?region=europe&item=drones",
    "/map?after=soon",
    "/map/matrix",
    "/map/network",
    "/sources",
    "/sources?words=nobody-at-all",
    "/law",
    "/law/UN-IR",
    "/law/question?recipient=Somalia&item=rifles&supplier=RU",
    "/law/question?supplier=Qwxyz",
    "/lists",
]


@pytest.fixture
def every_page(listed, own_store):
    with own_store.database.read() as connection:
        source = connection.exec_driver_sql("SELECT id FROM sources ORDER BY claims DESC").scalar()
    return [listed[0] + path for path in (*PAGES, f"/sources/{source}", listed[1])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(browser, every_page, scheme):
    with browser.new_context(viewport=DESKTOP, color_scheme=scheme) as context:
        page = context.new_page()
        for address in every_page:
            page.goto(address)
            check_accessible(page)


def test_no_page_is_wider_than_a_phone(browser, every_page):
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        complaints = Complaints(page)
        for address in every_page:
            page.goto(address)
            check_no_sideways_scrolling(page)
        assert [told for told in complaints.told if "400" not in told] == []
