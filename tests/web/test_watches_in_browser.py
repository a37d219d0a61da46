"""A watch in a real browser: made from a filter, told of a new document, shown, read, in the feed."""

import feedparser
import httpx2
import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling, keep_picture
from desk_server import make_desk, serving
from playwright.sync_api import expect
from story_store import STORY, make_store

from armstrace.store.open import open_store
from armstrace.store.stood import NewAlert, write_alerts
from armstrace.web.views.watch_this import watch_address

HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[31m"


@pytest.fixture
def store(tmp_path):
    with open_store(make_store(tmp_path / "desk.db", STORY[:1]), {}) as opened:
        yield opened


@pytest.fixture
def address(store):
    with serving(make_desk(store)) as address:
        for path in ("/watches", "/watches/new"):  # law and lexicon are loaded once, longer than a browser waits
            httpx2.get(address + path, timeout=60)
        yield address


def go_on(store):
    make_store(store.database.place.name, STORY[1:4])


def make(page, address, name, asked):
    page.goto(address + watch_address(asked))
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    return page.url


def test_a_watch_made_from_a_filter_tells_of_a_new_document(page, store, address):
    complaints = Complaints(page)
    place = make(page, address, "Drones for Kenya", {"recipient": "KE", "item": "drones"})
    assert page.get_by_text("Nothing has changed yet").is_visible()
    go_on(store)
    page.goto(f"{address}/alerts")
    assert page.get_by_role("heading", name="1 unread").is_visible()
    shown = page.locator("ol.alerts > li.unread")
    assert shown.get_by_role("heading").inner_text() == "Peru → Kenya: drones"
    assert "ordered → delivered" in shown.inner_text()
    assert "Nairobi Post" in shown.locator(".headlines").inner_text()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Mark as read: Peru → Kenya: drones").press("Enter")
    page.get_by_role("heading", name="Read", exact=True).wait_for()
    expect(page.locator("li.unread")).to_have_count(0)
    page.goto(place)
    feed = page.locator("link[rel=alternate]").get_attribute("href")
    (entry,) = feedparser.parse(httpx2.get(address + feed).content).entries
    assert entry.title.startswith("Peru → Kenya: drones")
    assert complaints.told == []


def test_nothing_of_a_headline_runs(page, store, address):
    complaints = Complaints(page)
    place = make(page, address, HOSTILE[:28], {})
    row = store.alerts.watches()[0]
    headline = dict.fromkeys(("outlet", "title", "says", "source", "words"), HOSTILE)
    headline |= {"url": "javascript:alert(1)", "published": HOSTILE, "document": HOSTILE, "claim": HOSTILE}
    change = {"kind": "denial", "words": HOSTILE, "day": None, "claims": []}
    body = {"title": HOSTILE, "day": None, "changes": [change], "headlines": [headline], "more_headlines": 3}
    with store.database.write() as connection:
        write_alerts(connection, [NewAlert("a1", row.id, "line", "2031-06-01T00:00:00Z", body)], [])
    for path in (place, f"{address}/alerts", f"{address}/watches"):
        page.goto(path)
        page.wait_for_timeout(100)
        assert page.locator("main img").count() == 0
        assert page.locator("a[href^=javascript]").count() == 0
    assert complaints.told == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_read_by_everybody_and_fit_a_phone(browser, store, address, scheme):
    with browser.new_context(viewport=DESKTOP, color_scheme=scheme) as context:
        page = context.new_page()
        place = make(page, address, "Everything", {})
        make(page, address, "Law", {"verdict": "breach-if-true", "words": "drones"})
        page.get_by_role("textbox", name="Address").fill("https://receiver.example/hook")
        page.get_by_role("button", name="Send alerts there").click()
        page.get_by_text("whsec_").wait_for()
        check_accessible(page)
        go_on(store)
        paths = [place, f"{address}/alerts", f"{address}/watches", f"{address}/watches/new", f"{place}/edit"]
        for path in paths:
            page.goto(path)
            check_accessible(page)
            keep_picture(page, f"{path.rpartition('/')[2][:8]}-{scheme}")
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=scheme) as context:
        page = context.new_page()
        for path in paths:
            page.goto(path)
            check_no_sideways_scrolling(page)
            keep_picture(page, f"{path.rpartition('/')[2][:8]}-{scheme}-phone")


def test_a_watch_is_made_and_read_without_script(browser, store, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        make(page, address, "Plain", {"party": "PE"})
        go_on(store)
        page.goto(f"{address}/alerts")
        page.get_by_role("button", name="Mark all as read").click()
        page.get_by_role("heading", name="Read", exact=True).wait_for()
        assert page.locator("li.unread").count() == 0
