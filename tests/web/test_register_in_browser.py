"""The register in a real browser: by keyboard, with live counts, back to a day, on a phone, in the dark."""

import re

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling

LOOKS = [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")]
PATHS = (
    "/",
    "/?as_of=2018-06-30&sort=credibility",
    "/?party=nobody",
    "/?supplier=Atlantis",
    "/?law=none&after=2018-05",
)


def focused(page):
    return page.evaluate("document.activeElement.closest('tr')?.id ?? document.activeElement.id")


def told(page):
    return page.locator("#told").inner_text()


def shows(page, words):
    page.wait_for_function("words => document.getElementById('told')?.innerText === words", arg=words)


def test_everything_by_keyboard(page, desk_address):
    complaints = Complaints(page)
    page.goto(f"{desk_address}/", wait_until="load")
    assert told(page) == "8 transfers"
    page.keyboard.press("/")
    assert focused(page) == "field-q"
    page.keyboard.type("south sudan")
    shows(page, "3 transfers of 8")
    assert focused(page) == "field-q", "whoever types goes on typing"
    assert page.url == f"{desk_address}/?q=south+sudan"
    page.keyboard.press("Escape")
    lines = [row.get_attribute("id") for row in page.locator("table.register tbody tr").all()]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == lines[1]
    page.keyboard.press("k")
    assert focused(page) == lines[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/transfers/{lines[0].removeprefix('line-')}$"))
    assert "South Sudan" in page.locator("h1").inner_text()
    page.go_back()
    shows(page, "3 transfers of 8")
    assert page.locator("#field-q").input_value() == "south sudan"
    assert complaints.told == []


def test_filter_day_and_order_by_keyboard_and_every_count_holds(page, desk_address):
    page.goto(f"{desk_address}/", wait_until="load")
    page.locator("#status-delivered").focus()
    page.keyboard.press("Space")
    shows(page, "3 transfers of 8")
    assert focused(page) == "status-delivered"
    page.locator("#field-as_of").fill("2018-08-22")
    page.locator("#field-as_of").press("Enter")
    page.wait_for_url(re.compile("as_of=2018-08-22"))
    number = page.locator("label.chosen .lines-left").inner_text()
    assert told(page).split()[0] == number
    assert page.locator("table.register tbody tr").count() == int(number)
    page.locator("th a", has_text="Cr.").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("sort=credibility"))
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Cr.")
    digits = page.locator("table.register .digit").all_inner_texts()
    assert digits == sorted(digits)
    assert {"status=delivered", "as_of=2018-08-22", "sort=credibility"} == set(page.url.partition("?")[2].split("&"))
    page.get_by_role("link", name="Clear all filters").first.click()
    page.wait_for_url(lambda url: "status" not in url)
    assert not page.locator("#status-delivered").is_checked()
    assert page.locator("#field-as_of").input_value() == "2018-08-22"


def test_the_slider_goes_back_to_a_day_and_to_today(page, desk_address):
    page.goto(f"{desk_address}/", wait_until="load")
    slider = page.locator("#slider")
    assert slider.get_attribute("aria-valuetext") == "today"
    slider.focus()
    page.keyboard.press("Home")
    first = slider.get_attribute("data-first")
    page.wait_for_url(f"{desk_address}/?as_of={first}")
    assert page.locator("#field-as_of").input_value() == first
    page.wait_for_function("document.getElementById('slider').ariaValueText !== 'today'")
    assert page.locator("h1").inner_text() == f"Register as known on {first}"
    page.keyboard.press("End")
    page.wait_for_url(f"{desk_address}/")
    assert told(page) == "8 transfers"


def test_a_row_opens_by_a_click_anywhere(page, desk_address):
    page.goto(f"{desk_address}/", wait_until="load")
    row = page.locator("table.register tbody tr").nth(2)
    identity = row.get_attribute("id").removeprefix("line-")
    row.locator("td").last.click()
    page.wait_for_url(f"{desk_address}/transfers/{identity}")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_register_is_accessible_and_fits(browser, desk_address, size, scheme):
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(desk_address + path, wait_until="load")
            check_accessible(page)
            check_no_sideways_scrolling(page)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_a_transfer_is_accessible_and_fits(browser, desk_address, size, scheme):
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{desk_address}/?law=breach-if-true", wait_until="load")
        page.goto(desk_address + page.locator("a.line").first.get_attribute("href"), wait_until="load")
        page.locator("details.reliability summary").click()
        check_accessible(page)
        check_no_sideways_scrolling(page)


def test_without_script_all_works_by_one_button(browser, desk_address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk_address}/", wait_until="load")
        assert not page.locator("#slider").is_visible()
        page.locator("#field-as_of").fill("2018-06-30")
        page.locator("#law-none").check()
        page.get_by_role("button", name="Show").click()
        assert "as_of=2018-06-30" in page.url
        assert "law=none" in page.url
        assert page.locator("h1").inner_text() == "Register as known on 2018-06-30"
        page.locator("th a", has_text="First known").click()
        assert page.locator("th[aria-sort=ascending]").inner_text().startswith("First known")
        page.locator("a.line").first.click()
        assert page.url.endswith("?as_of=2018-06-30")
