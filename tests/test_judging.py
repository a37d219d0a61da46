"""What a person says of a claim: whole or not at all, refused where it is overtaken, and recorded."""

from __future__ import annotations

import pytest
from kept_stories import NOW, Add, Read, take
from syndicated import BARGE, FERRY

from armstrace.errors import StoreError
from armstrace.judging import Saying, StaleError, judge_claim, open_claim
from armstrace.reviewing import list_judgements
from armstrace.store.open import open_store

STORY = [
    Add("ship-1", BARGE, outlet="Holm Post"),
    Read("ship-1", ("US > IQ; tanks (tanks); delivered; n=10", "FR > EG; missiles (missiles); ordered")),
    Add("ship-2", FERRY, outlet="Courier"),
    Read("ship-2", ("US > IQ; tanks (tanks); ordered; n=10; says Tanks were ordered.",)),
]
TWO = (("status", "planned"), ("mode", "aid"))


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "x.db"), {}) as store:
        take(store, STORY)
        yield store


def say(store, verdict, who="Ada", **more):
    return judge_claim(store, "ship-1-0", Saying(verdict, who, NOW, **more))


def test_what_is_said_at_once_is_kept_whole_with_one_deed(store):
    assert say(store, "correct", settings=TWO, why="misread") == (1, 2)
    opened = open_claim(store, "ship-1-0")
    assert (opened.reviewed.claim["status"], opened.reviewed.claim["mode"]) == ("planned", "aid")
    assert opened.last == (1, 2)
    ((_, deed),) = store.people.deeds()
    assert (deed.who, deed.did, deed.about) == ("Ada", "claim corrected", "ship-1-0")
    assert deed.more["judgements"] == [1, 2]
    assert (sorted(deed.more["fields"]), deed.more["why"]) == (["mode", "status"], "misread")


def test_where_one_field_cannot_be_so_nothing_is_kept(store):
    with pytest.raises(StoreError, match="mode: must be one of"):
        say(store, "correct", settings=(("status", "planned"), ("mode", "gift")))
    assert store.judgements() == ()
    assert list(store.people.deeds()) == []


def _compare(store):
    judge_claim(store, "ship-2-0", Saying("same-transfer", "Bo", NOW, other="ship-1-0"))


def _other(store):
    judge_claim(store, "ship-1-1", Saying("reject", "Bo", NOW))


def _read(store, status):
    take(store, [Read("ship-1", (f"US > IQ; tanks (tanks); {status}; n=10", "FR > EG; missiles (missiles); ordered"))])


# What happens between opening a claim and saving; whether the save is then refused.
MEANWHILE = [
    ("nothing", lambda _: None, False),
    ("another accepted it", lambda store: say(store, "accept", "Bo"), True),
    ("another corrected it", lambda store: say(store, "correct", "Bo", settings=TWO), True),
    ("another compared it", lambda store: say(store, "different-transfer", "Bo", other="ship-2-0"), True),
    ("another compared the other with it", _compare, True),
    ("it was read otherwise", lambda store: _read(store, "planned"), True),
    ("it was read anew and alike", lambda store: _read(store, "delivered"), False),
    ("another claim of the document was judged", _other, False),
]


@pytest.mark.parametrize(("what", "is_refused"), [row[1:] for row in MEANWHILE], ids=[row[0] for row in MEANWHILE])
@pytest.mark.parametrize("verdict", ["accept", "reject", "correct", "same-transfer"])
def test_who_was_overtaken_is_refused_and_nothing_is_kept(what, is_refused, verdict, store):
    mark = open_claim(store, "ship-1-0").mark
    what(store)
    before = store.judgements()
    more = {"correct": {"settings": TWO}, "same-transfer": {"other": "ship-2-0"}}.get(verdict, {})
    if is_refused:
        with pytest.raises(StaleError, match="since you opened it"):
            say(store, verdict, mark=mark, **more)
        assert store.judgements() == before
        say(store, verdict, mark=open_claim(store, "ship-1-0").mark, **more)
    else:
        say(store, verdict, mark=mark, **more)
    assert len(store.judgements()) > len(before)


def test_undo_takes_back_what_was_said_last_and_can_be_undone(store):
    say(store, "accept")
    say(store, "correct", settings=TWO)
    assert say(store, "undo", "Bo") == (4,)
    assert [one.standing for one in list_judgements(store)] == ["in force", "undone", "undone", "in force"]
    assert open_claim(store, "ship-1-0").reviewed.state == "accepted"
    say(store, "undo")
    assert open_claim(store, "ship-1-0").reviewed.state == "unreviewed"
    with pytest.raises(StoreError, match="no such judgement on it to undo"):
        say(store, "undo")
    with pytest.raises(StoreError, match="no such judgement on it to undo"):
        judge_claim(store, "ship-1-1", Saying("undo", "Ada", NOW, numbers=(1,)))
    assert [deed.did for _, deed in store.people.deeds()][:2] == ["judgement undone", "judgement undone"]


def test_a_pair_is_listed_by_what_becomes_of_it(store):
    say(store, "same-transfer", other="ship-2-0")
    take(store, [Read("ship-2", ("US > IQ; tanks (tanks); ordered; n=12; says Tanks were ordered.",), reader="v2")])
    assert [one.standing for one in list_judgements(store)] == ["in force"], "the claim has another id"
    ((carried, _),) = open_claim(store, "ship-2-0v2").pairs
    assert carried.pair == {"ship-1-0", "ship-2-0v2"}
    take(store, [Read("ship-2", ("US > EG; tanks (tanks); ordered",), reader="v3")])
    assert [one.standing for one in list_judgements(store)] == ["waiting"]
    say(store, "different-transfer", other="ship-2-0v3")
    say(store, "undo")
    assert [one.standing for one in list_judgements(store)] == ["waiting", "undone", "in force"]
