"""The scanner: what is a tag, what is text, where each begins and ends, on pages that break every rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.ingest.html_tokens import read_attributes, read_tokens

ROWS = {
    "plain": ("<p>Guns</p>", ["open p", "text Guns", "close p"]),
    "small letters for names": ("<P>Guns</P>", ["open p", "text Guns", "close p"]),
    "a comment": ("a<!-- <p>no</p> -->b", ["text a", "text b"]),
    "a comment that is none": ("a<!-->b", ["text a", "text b"]),
    "a comment that never ends": ("a<!-- <p>no</p>", ["text a"]),
    "a declaration": ("<!DOCTYPE html><?xml version='1.0'?>a", ["text a"]),
    "a section of character data": ("<![CDATA[ hidden ]]>a", ["text a"]),
    "a smaller-than sign": ("5 < 7 and <3", ["text 5 ", "text <", "text  7 and ", "text <", "text 3"]),
    "greater-than in a value": ('<a title="x > y">z', ["open a", "text z"]),
    "greater-than in a value of single quotes": ("<a title='>'>z", ["open a", "text z"]),
    "an apostrophe that opens nothing": ("<p class=it's>z</p>", ["open p", "text z", "close p"]),
    "a quote that never closes": ('<a href="x>z<b>w', ["open a", "text z", "open b", "text w"]),
    "a tag that never ends": ("a<b c", ["text a", "text <b c"]),
    "a script": ("<script>if (a<b) x='<p>'</script>c", ["raw script", "text c"]),
    "a script that never ends": ("a<script>b", ["text a", "raw script"]),
    "a title that never ends": ("<title>a<p>b", ["open title", "text a", "open p", "text b"]),
    "a text area": ("<textarea><p>no</p></textarea>b", ["raw textarea", "text b"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("row", ROWS)
def test_tokens(row):
    source, expected = ROWS[row]
    shown = [f"{token.kind} {token.name or source[token.start : token.end]}" for token in read_tokens(source)]
    assert shown == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (' class="a b" id=c hidden', {"class": "a b", "id": "c", "hidden": ""}),
        (" href='/x?a=1&amp;b=2'", {"href": "/x?a=1&b=2"}),
        (' CLASS="first" class="second"', {"class": "first"}),
        (' alt="" / ', {"alt": ""}),
        (' content = "12 guns"', {"content": "12 guns"}),
        (" \"stray\" 'quotes' =", {'stray"': "", "quotes'": ""}),
    ],
)
def test_attributes(inside, expected):
    assert read_attributes(inside, (0, len(inside))) == expected


def test_attributes_without_end_are_bounded():
    inside = "".join(f' a{number}="{number}"' for number in range(100_000))
    assert len(read_attributes(inside, (0, len(inside)))) == 200


MARKS = st.sampled_from(
    ["<", ">", "<p", "</p>", "<!--", "-->", "'", '"', "=", " ", "a", "<script>", "</script>", "&amp;", "<b c='"]
)


@given(st.lists(MARKS, max_size=40).map("".join))
def test_tokens_stand_in_order_and_never_overlap(source):
    end = 0
    for token in read_tokens(source):
        assert end <= token.start < token.end <= len(source)
        assert token.start <= token.inner[0] <= token.inner[1] <= token.end or token.kind != "raw"
        end = token.end
