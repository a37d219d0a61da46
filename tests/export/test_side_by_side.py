"""The disagreements of two readers as a person reads them."""

from __future__ import annotations

import io
from dataclasses import replace

from hostile import hostile_claim
from test_person import CLAIM, NAMES

from armstrace.export.person import WIDTH, page_for
from armstrace.export.side_by_side import WORDS, print_left_out, print_side_by_side
from armstrace.llm.compare import FIELDS
from armstrace.model import Mode, Status


def printed(shared=(), only_model=(), only_built_in=()):
    out = io.StringIO()
    print_side_by_side(page_for(out), shared, only_model, only_built_in, NAMES)
    return out.getvalue()


def test_the_whole_table():
    other = replace(CLAIM, status=Status.DELIVERED, attribution=())
    alone = replace(CLAIM, supplier=None)
    shown = printed([(CLAIM, other, ("status", "sources"))], [alone], [CLAIM, CLAIM])
    assert shown == (
        "Beside the built-in reader\n"
        "1 in both, 1 only by the language model, 2 only built-in (claims about transfers)\n"
        "both          North Korea → Russia: arms\n"
        "  status      model: unspecified | built-in: delivered\n"
        "  sources     model: A general (official-anonymous) | built-in: unknown\n"
        "only model    unknown → Russia: arms\n"
        "              A general said North Korean guns went to Russia.\n"
        "only built-in North Korea → Russia: arms\n"
        "              A general said North Korean guns went to Russia.\n"
        "only built-in North Korea → Russia: arms\n"
        "              A general said North Korean guns went to Russia.\n"
        "\n"
    )


def test_every_field_that_is_compared_can_be_told():
    assert list(WORDS) == [name for name, _ in FIELDS]
    for words in WORDS.values():
        assert words(CLAIM, NAMES)


def test_hostile_words_steer_no_terminal():
    claim = replace(hostile_claim(), mode=Mode.AID)
    shown = printed([(claim, claim, tuple(WORDS))], [claim], [claim])
    out = io.StringIO()
    print_left_out(page_for(out), [f"claim 1: '{claim.attribution[0].channel}\u202e'"])
    assert set(shown + out.getvalue()) & set("\x1b\x07\x9b\u202e") == set()
    assert max(map(len, shown.splitlines())) <= WIDTH
