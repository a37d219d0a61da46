"""Families from links: "a-b" is a sure link, "a~b" a weak one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.group.families import Link, find_families

FAMILIES = [
    ("nobody is linked", "", "a b c d e f"),
    ("sure links join over steps", "a-b b-c", "abc d e f"),
    ("a weak link alone joins nothing", "a~b", "a b c d e f"),
    ("nor does a chain of them", "a~b b~c", "a b c d e f"),
    ("weak links in a ring hold when one is taken away", "a~b b~c a~c", "abc d e f"),
    ("two weak links from one document to one block are one way", "a-b c~a c~b", "ab c d e f"),
    ("a ring through a block", "a-b c~a c~d d~b", "abcd e f"),
    ("two rings joined by a bridge", "a~b b~c a~c c~d d~e e~f d~f", "abc def"),
    ("two rings that share a member", "a~b b~c a~c c~d d~e c~e", "abcde f"),
]


def links_of(written):
    return [Link(one[0], one[2], is_sure=one[1] == "-") for one in written.split()]


@pytest.mark.parametrize(("what", "links", "expected"), FAMILIES)
def test_families(what, links, expected):
    assert find_families("abcdef", links_of(links)) == tuple(tuple(family) for family in expected.split()), what


LINKS = st.lists(st.builds(Link, st.sampled_from("abcdefgh"), st.sampled_from("ijklabcd"), st.booleans()), max_size=24)


@given(LINKS, st.randoms(use_true_random=False))
def test_families_are_the_same_in_any_order_and_direction(links, random):
    turned = [Link(link.right, link.left, link.is_sure) if random.random() < 0.5 else link for link in links]
    random.shuffle(turned)
    members = list("abcdefghijkl")
    random.shuffle(members)
    assert find_families(members, turned) == find_families("abcdefghijkl", links)


@given(LINKS)
def test_no_family_needs_any_one_weak_link(links):
    families = find_families("abcdefghijkl", links)
    for lost in (link for link in links if not link.is_sure):
        kept = [link for link in links if link != lost]
        parted = {m: at for at, family in enumerate(connected("abcdefghijkl", kept)) for m in family}
        assert all(len({parted[member] for member in family}) == 1 for family in families)


def connected(members, links):
    """Return the connected components over links of both kinds."""
    groups = [{member} for member in members]
    for link in links:
        touched = [group for group in groups if group & {link.left, link.right}]
        groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return groups
