"""Addresses of documents as data bears them."""

from __future__ import annotations

import pytest

from armstrace.export.addresses import address_iri


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://a.example/x?y=1&z=2#top", "https://a.example/x?y=1&z=2#top"),
        ("https://a.example/%D0%B0", "https://a.example/%D0%B0"),
        ("https://a.example/а", "https://a.example/%D0%B0"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/{x}<y>^`|", "https://a.example/%7Bx%7D%3Cy%3E%5E%60%7C"),
        ("https://a.example/[x]", "https://a.example/%5Bx%5D"),
        ('https://a.example/"', "https://a.example/%22"),
        ("https://a.example/#a#b", None),
        ("https://a.example/a b", None),
        ("https://a.example/a\\b", None),
        ("javascript:alert(1)", None),
        ("https:///x", None),
        ("https://[::1/x", None),
    ],
)
def test_an_address_is_one_that_data_can_bear(address, iri):
    assert address_iri(address) == iri
