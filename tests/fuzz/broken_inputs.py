"""Honest inputs of a target, broken: cut, repeated, nested, spliced, and with signs put in that parsers trip over."""

from __future__ import annotations

from hypothesis import strategies as st

from target import LONE_SURROGATE, SIGNS, Target

_MOST_WAYS = 5
_MOST_TIMES = 150
_LONGEST = 12_000


@st.composite
def broken(draw, target: Target):
    """Return an input of a target: one of its seeds after some breaks, or bytes of no meaning."""
    seeds = target.seeds()
    signs = [*(word.encode("utf-8", "surrogatepass") for word in (*SIGNS, *target.words)), LONE_SURROGATE]
    data = draw(st.sampled_from(seeds) | st.binary(max_size=60))
    for _ in range(draw(st.integers(1, _MOST_WAYS))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        head, middle, tail = data[:start], data[start:end], data[end:]
        data = draw(
            st.one_of(
                st.just(head + tail),
                st.just(head),
                st.integers(2, _MOST_TIMES).map(
                    lambda times, held=(head, middle, tail): held[0] + held[1] * times + held[2]
                ),
                st.tuples(st.sampled_from(signs), st.integers(1, _MOST_TIMES)).map(
                    lambda put, held=(head, middle + tail): held[0] + put[0] * put[1] + held[1]
                ),
                st.sampled_from(signs).map(lambda sign, held=(head, tail): held[0] + sign + held[1]),
                st.binary(min_size=1, max_size=3).map(lambda put, held=(head, tail): held[0] + put + held[1]),
                st.sampled_from(seeds).map(lambda other, held=(head, start): held[0] + other[held[1] :]),
                st.text(max_size=20).map(lambda put, held=(head, tail): held[0] + put.encode() + held[1]),
            )
        )[:_LONGEST]
    return data
