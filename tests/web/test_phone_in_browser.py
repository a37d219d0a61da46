"""What reviewers and readers look at most, on a phone: nothing too wide, too small to tap, or too pale to read."""

from __future__ import annotations

import pytest
from browser import PHONE, check_accessible, check_can_be_tapped, check_no_sideways_scrolling
from review_desk import urgent

PAGES = [
    "/",
    "/?party=MG&status=delivered",
    "/transfers/{claim}",
    "/review",
    "/review/{claim}",
    "/watches/new",
    "/search",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_for_fingers_and_eyes(browser, desk_address, demo_store, scheme):
    with browser.new_context(viewport=PHONE, color_scheme=scheme, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(desk_address + path.format(claim=urgent(demo_store)))
            for check in (check_no_sideways_scrolling, check_can_be_tapped, check_accessible):
                check(page)


def test_the_check_of_fingers_finds_what_is_small(page):
    page.set_content(
        "<html><body><p>A <a href='#a'>link</a> in words</p><button style='height: 1rem'>x</button></body>"
    )
    with pytest.raises(AssertionError, match=r"hard to tap: .*button"):
        check_can_be_tapped(page)
