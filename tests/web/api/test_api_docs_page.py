"""The page that explains the API: whole, readable by everybody, at home on a phone."""

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling

from armstrace.web.api.routes import API_ROUTERS
from armstrace.web.views.api_docs import Link, Words, marked, type_words

TYPES = [
    ({"type": "string"}, [Link("string")]),
    ({}, [Link("any JSON")]),
    ({"$ref": "#/components/schemas/Party"}, [Link("Party", "Party")]),
    (
        {"anyOf": [{"$ref": "#/components/schemas/When"}, {"type": "null"}]},
        [Link("When", "When"), Link(" or "), Link("null")],
    ),
    ({"type": "array", "items": {"type": "integer"}}, [Link("list of "), Link("integer")]),
    ({"enum": ["a", "b"], "type": "string"}, [Link("a | b")]),
    ({"type": "string", "format": "binary"}, [Link("binary")]),
]


@pytest.mark.parametrize(("schema", "words"), TYPES)
def test_a_type_in_words(schema, words):
    assert list(type_words(schema)) == words


def test_code_and_strong_words_are_told_apart():
    assert marked("**Tags.** Send `x` <b>") == (
        Words("Tags.", is_strong=True),
        Words(" Send "),
        Words("x", is_code=True),
        Words(" <b>"),
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_operation_stands_on_the_page_and_everybody_can_read_it(page, desk_address, size):
    complaints = Complaints(page)
    page.set_viewport_size(size)
    page.goto(f"{desk_address}/docs")
    headings = page.locator("article h3").all_inner_texts()
    for router in API_ROUTERS:
        for route in router.routes:
            assert any(route.path in one and min(route.methods) in one for one in headings), route.path
    links = page.evaluate("[...document.querySelectorAll('main a[href^=\"#\"]')].map(one => one.hash.slice(1))")
    places = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert set(links) <= set(places)
    assert len(places) == len(set(places))
    check_no_sideways_scrolling(page)
    check_accessible(page)
    assert complaints.told == []
