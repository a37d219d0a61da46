"""The pages of documents and of the search in a real browser: what runs, where marks lead, how they look and read."""

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling

ALL = ("hostile", "paper", "long", "row", "second", "said")
VIEWS = ("", "?beside=original")


def open_page(page, address, path):
    page.goto(address + path, wait_until="load")
    page.wait_for_timeout(150)  # for what a page does of itself


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ALL)
def test_nothing_of_a_document_runs_or_loads(page, hostile, hostile_address, trap, name, view):
    complaints = Complaints(page)
    path = f"/documents/{hostile[1][name]}"
    open_page(page, hostile_address, path + view)
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(400)
    assert "owned" not in page.title().split(" · ")[-1]
    assert page.title() != "owned"
    assert page.url.startswith(hostile_address + path)
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
