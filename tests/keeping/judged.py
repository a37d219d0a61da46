"""A judgement kept as it is given, without the questions that `judging` asks of it first."""

from __future__ import annotations

from armstrace.store import judgements
from armstrace.store.judgements import Judgement
from armstrace.store.repository import Store


def add_judgement(store: Store, judgement: Judgement) -> int:
    """Keep a judgement and return its number."""
    with store.database.write() as connection:
        return judgements.add(connection, judgement)
