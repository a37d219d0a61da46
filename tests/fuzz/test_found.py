"""What fuzzing found stays mended: each input, what is told of it, and time that grows no faster than length.

Files under ``found/NAME`` are those that ``fuzz/run.py`` kept; the rows here are made, or too long to keep.
"""

from __future__ import annotations

import pytest

import seeds
from growth import measure
from target import hold
from targets import TARGETS

BOMB = "sources:\n- a: &a0 [x]\n" + "".join(f"  b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9))
# Target, input, words of what is told of it.
FOUND = [
    pytest.param(
        "feeds_file", b"sources: " + b"[" * 30_000, "is nested deeper than 100", id="yaml: took the program with it"
    ),
    pytest.param("oidc_file", b"issuer: " + b"[" * 30_000, "is no YAML", id="yaml of logins: so too"),
    pytest.param("reliability", b"- " * 30_000, "is nested deeper than 100", id="yaml of grades: so too"),
    pytest.param(
        "feeds_file", f"{BOMB}  url: *a9\n".encode(), "stands for over 200,000 values", id="yaml: a billion laughs"
    ),
    pytest.param(
        "feeds_file", f"{BOMB.replace('[x]', '[]')}  url: *a9\n".encode(), "200,000 values", id="yaml: of nothing"
    ),
    pytest.param("feeds_file", b"sources:\n- &a {url: *a}", "the alias a stands for", id="yaml: an alias of itself"),
    pytest.param(
        "feeds_file",
        b"sources:\n- url: 0x" + b"f" * 6000,
        "a number is very long",
        id="yaml: a number too long to write",
    ),
    pytest.param("feeds_file", b"sources:\n- url: !!timestamp x", "is not what it is said", id="yaml: no moment"),
    pytest.param("feeds_file", b"sources:\n- url: !!bool x", "is not what it is said", id="yaml: no truth"),
    pytest.param("feeds_file", b"sources:\n- url: !!int ''", "is not what it is said", id="yaml: no number"),
    pytest.param("feeds_file", b"sources:\n- url: \xed\xa0\x80", "no file can hold", id="yaml: a lone surrogate"),
    pytest.param("oidc_file", b"!!bool x: 1", "is no YAML", id="yaml of logins: no truth"),
    pytest.param(
        "metadata", b'{"id": ' + b"9" * 5000 + b"}", "line 1: no JSON", id="metadata: a number too long to read"
    ),
    pytest.param(
        "search", b'"' + b"1," * 4000, "holds 4000 words; give at most 500", id="search: a phrase of thousands of words"
    ),
]
# Took too deep a nesting, or a character that no text can hold, and now says nothing.
QUIET = [
    pytest.param("asked", b"spare parts " * 2000, id="arms asked for: parts of parts of parts"),
    pytest.param("headers", b"\xed\xa0\xbd <a@b>", id="mail: a surrogate that stands for no byte"),
    pytest.param("headers", b"filename*=utf-8''\xed\xa0\xbd", id="mail: such a one in a parameter"),
    pytest.param("settings", b"http://\xed\xa0\x80:x@a:1", id="proxy: a lone surrogate"),
]
# Target, a run, what stands before and behind it, a length, and the most seconds at ten times that.
GROWTH = [
    pytest.param(
        "recalls", " ", (b"Drones\nA story", b" went."), (3000, 1), id="recalls: white space before an end mark"
    ),
    pytest.param(
        "recalls", " ", (b"Drones\nA story -", b" went."), (3000, 1), id="recalls: white space behind such a mark"
    ),
    pytest.param(
        "mail", "--\n", (b"Subject: x\n\nx\n", b""), (3000, 3), id="mail: signatures with all lines behind them"
    ),
    pytest.param("asked", "to 5 ", (b"", b""), (3000, 1), id="arms asked for: each word taken for a user"),
    pytest.param("notices", "and ", (b"", b""), (3000, 4), id="item lists: leads before leads"),
    pytest.param("notices", "1, ", (b"", b""), (100, 1), id="item lists: each number read with all that follow"),
]


@pytest.mark.parametrize(("name", "data", "says"), FOUND)
def test_what_was_found_is_told(name, data, says):
    assert says in hold(TARGETS[name], data)


def test_an_alias_of_a_few_values_is_taken():
    told = (
        b"sources:\n- {url: https://a.example/f, include: &a ['https://a.example/*']}\n- {url: "
        b"https://b.example/f, include: *a}"
    )
    assert hold(TARGETS["feeds_file"], told) == ""


@pytest.mark.parametrize(("name", "data"), QUIET)
def test_what_was_found_fails_no_more(name, data):
    assert hold(TARGETS[name], data) == ""


@pytest.mark.parametrize("name", TARGETS)
def test_what_run_kept_fails_no_more(name):
    for data in seeds.found(name):
        hold(TARGETS[name], data)


@pytest.mark.parametrize(("name", "run", "around", "bounds"), GROWTH)
def test_time_grows_with_length(name, run, around, bounds):
    length, most = bounds
    grown = measure(TARGETS[name], run, around, length)
    assert not grown.is_square, f"ten times the length took {grown.ratio:.0f} times as long"
    assert grown.long < most
