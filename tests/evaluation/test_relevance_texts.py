"""The articles of invented news are the same each time, and hold what the gate must learn to let go."""

from __future__ import annotations

from relevance_texts import make_news, read_labelled


def test_news_is_made_the_same_each_time() -> None:
    assert list(make_news(count=4)) == list(make_news(count=4))
    assert len({one.text for one in make_news(count=40)}) == 40
    assert not any(one.has_claim for one in make_news(count=4))


def test_labelled_texts_begin_with_their_title() -> None:
    texts = {one.id: one for one in read_labelled()}
    assert texts["101"].text.startswith("Reagan vetoes ban on Saudi missiles\n")
    assert {one.half for one in texts.values()} == {"train", "test"}
