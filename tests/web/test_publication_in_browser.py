"""A publication opened from the disk by a real browser: it filters, sorts, leads on, and asks nobody for anything."""

import re

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling
from playwright.sync_api import expect
from publications import write

PAGES = ["index.html", "map.html", "sources.html", "law.html", "downloads.html", "about.html"]


@pytest.fixture(scope="module")
def site(demo_store, tmp_path_factory):
    """Return the publication of the demo."""
    place = tmp_path_factory.mktemp("opened") / "site"
    write(demo_store, place, about="# Who we are\n\nA desk of *three*.")
    return place


@pytest.fixture
def opened(page, site):
    """Return what opens a page of it; whatever is asked for or complained of is held against it."""
    complaints, asked = Complaints(page), []
    page.on("request", lambda request: asked.append(request.url))
    yield lambda name: page.goto(f"{site.as_uri()}/{name}", wait_until="load")
    assert complaints.told == []
    assert [url for url in asked if not url.startswith(f"{site.as_uri()}/")] == []


def shown(page):
    return page.locator("#lines tbody th a").all_inner_texts()


def transfer_pages(site):
    return [f"transfers/{path.name}" for path in sorted((site / "transfers").iterdir())]


FILTERS = [
    ("words", "madagascar", 2),
    ("words", "south sudan guns", 1),
    ("words", "zzz", 0),
    ("status", "delivered", 3),
    ("law", "breach if true", 1),
    ("law", "none", 7),
    ("from", "2018-07-01", 4),
    ("to", "2018-03-31", 2),
]


@pytest.mark.parametrize(("field", "value", "count"), FILTERS)
def test_lines_are_filtered(page, opened, field, value, count):
    opened("index.html")
    before = shown(page)
    control = page.locator(f"[name={field}]")
    control.select_option(value) if field in {"status", "law"} else control.fill(value)
    expect(page.locator("#told")).to_have_text(f"{count} of 8 lines.")
    assert len(shown(page)) == count
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#told")).to_have_text("8 lines, the first reported first.")
    assert shown(page) == before


def test_lines_that_the_script_makes_are_those_of_the_page(page, opened):
    opened("index.html")
    as_written = page.locator("#lines tbody tr").all_inner_texts()
    page.locator("[name=words]").fill("→")
    expect(page.locator("#told")).to_have_text("8 of 8 lines.")
    squeeze = [re.sub(r"\s+", " ", row).strip() for row in page.locator("#lines tbody tr").all_inner_texts()]
    assert squeeze == [re.sub(r"\s+", " ", row).strip() for row in as_written]


SORTS = [("credibility", "1"), ("last", "2018-09-28"), ("against", "2 against"), ("route", "Brazil → Madagascar")]


@pytest.mark.parametrize(("order", "first"), SORTS)
def test_lines_are_sorted(page, opened, order, first):
    opened("index.html")
    page.locator("[name=sort]").select_option(order)
    expect(page.locator("#told")).to_have_text("8 of 8 lines.")
    assert first in page.locator("#lines tbody tr").first.inner_text()
    assert len(shown(page)) == 8


def test_a_line_of_the_map_opens_its_lines(page, opened):
    opened("map.html")
    page.locator("svg.map a", has=page.locator("title", has_text="Malaysia")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("2 of 8 lines (supplier MY, recipient SS).")
    assert shown(page) == ["Malaysia → South Sudan"] * 2


def test_a_measure_opens_its_lines_and_a_line_its_measure(page, opened):
    opened("index.html")
    page.get_by_role("link", name="UN-SS").click()
    assert page.locator(":target").inner_text().startswith("UN-SS: ")
    page.get_by_role("link", name="Lines of the register").click()
    expect(page.locator("#told")).to_have_text("1 of 8 lines (measure UN-SS).")


def test_a_transfer_opens_by_keyboard_and_its_claims_by_its_picture(page, opened):
    opened("index.html")
    page.locator("#lines tbody a").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Brazil → Madagascar: multiple rocket launchers"
    page.locator("svg.timeline a").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(":target mark").first.is_visible()
    assert page.locator("h1").count() == 1


def test_without_script_it_is_a_plain_list(browser, site):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/index.html")
        assert page.locator("#lines tbody tr").count() == 8
        assert not page.locator("#filters").is_visible()
        page.locator("#lines tbody a").first.click()
        assert page.locator("svg.timeline").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everybody_can_read_it(page, site, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    for name in (*PAGES, *transfer_pages(site)[:3]):
        page.goto(f"{site.as_uri()}/{name}")
        check_accessible(page)
        check_no_sideways_scrolling(page)


def test_a_long_register_has_pages_that_the_script_goes_beyond(page, monkeypatch, demo_store, tmp_path):
    monkeypatch.setattr("armstrace.web.publication.pages.ON_A_PAGE", 3)
    place = tmp_path / "long"
    write(demo_store, place)
    page.goto(f"{place.as_uri()}/index.html")
    first = shown(page)
    assert len(first) == 3
    page.get_by_role("link", name="7-8").click()
    assert page.url.endswith("index-3.html")
    assert len(shown(page)) == 2
    page.locator("[name=words]").fill("drones")
    expect(page.locator("#told")).to_have_text("2 of 8 lines.")
    assert not page.locator("nav.pages").first.is_visible()
