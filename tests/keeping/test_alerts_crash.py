"""An update that is killed at any moment loses no alert, and tells none twice."""

from __future__ import annotations

import random
from collections import Counter

from kept_stories import take, update
from test_kept_crash import COUNT, KILLS, arrivals, kill_an_update

from armstrace.alerts.watches import Asks, Kind
from armstrace.keeping.watch_rows import Wish
from armstrace.keeping.watches import make_watch


def test_each_document_is_told_once_whoever_was_killed(store, stages):
    make_watch(store, stages, "ann", Wish("everything", Asks(), frozenset({Kind.NEW_CLAIM})))
    path, chance = store.database.place.name, random.Random(11)  # noqa: S311 - the same moments each time
    for kill in range(KILLS):
        take(store, arrivals(kill * COUNT // KILLS, (kill + 1) * COUNT // KILLS))
        kill_an_update(path, chance)
    update(store, stages)
    update(store, stages, anew=True)
    alerts = store.alerts.alerts(most=10_000)
    told = Counter(claim for one in alerts for change in one.body["changes"] for claim in change["claims"])
    assert set(told.values()) == {1}
    assert set(told) == {claim.id for document in store.documents() for claim in store.claims(document.id)}
    assert len({one.id for one in alerts}) == len(alerts)
