"""Logging in at a provider in a real browser: from the page that was asked for, by the button, and back to it."""

from __future__ import annotations

import httpx2
import pytest
from browser import PHONE, Complaints, check_accessible, check_no_sideways_scrolling, keep_picture
from desk_server import serving


@pytest.fixture
def address(oidc):
    """Serve a desk on 127.0.0.1 with a provider on localhost: to a browser these are two sites, as they are in life."""
    oidc.provider.address = oidc.provider.address.replace("127.0.0.1", "localhost")
    with serving(oidc.desk()) as address:
        httpx2.get(f"{address}/login", timeout=60)
        yield address


def test_by_the_button_to_the_provider_and_back_to_the_page_that_was_asked_for(page, oidc, address):
    oidc.bind()
    complaints = Complaints(page)
    page.goto(f"{address}/account")
    check_accessible(page)
    keep_picture(page, "login-elsewhere")
    page.get_by_role("link", name="Log in with Example Institute").click()
    assert page.url.startswith(f"{oidc.provider.address}/authorize?")
    page.get_by_role("link", name="I am Mara").click()
    page.wait_for_url(f"{address}/account")
    assert page.locator("header").get_by_text("mara, reviewer").is_visible()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Log in with Example Institute").wait_for()
    assert complaints.told == []


def test_whoever_is_refused_is_told_what_to_do_and_an_admin_does_it(page, oidc, address):
    oidc.provider.person = {"sub": "s-7", "preferred_username": "bo"}
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/login")
    page.get_by_role("link", name="Log in with Example Institute").press("Enter")
    page.get_by_role("link", name="I am Mara").click()
    assert "this desk does not; ask an admin" in page.get_by_role("alert").inner_text()
    check_accessible(page)
    check_no_sideways_scrolling(page)
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{address}/people")
    keep_picture(page, "people-elsewhere")
    check_accessible(page)
    check_no_sideways_scrolling(page)
    page.get_by_label("Which account, for bo, s-7").select_option("a new reviewer")
    page.get_by_role("button", name="Let in").click()
    page.wait_for_load_state()
    assert oidc.store.people.account("bo").role == "reviewer"
    assert oidc.store.identities.find(oidc.provider.address, "s-7").name == "bo"
