"""The packaged demo report."""

from __future__ import annotations

from armstrace.ingest.demo import read_demo


def test_the_demo_knows_who_published_it_and_when():
    demo = read_demo()
    assert (demo.metadata.outlet, demo.metadata.published) == ("Gulf & Sahel Wire", "2025-03-11")
    assert demo.metadata.title in demo.text
