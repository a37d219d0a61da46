"""Writes what changes among the documents that are compared for copies, and reads back the likely copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Table, delete, or_, select, update

from armstrace.document import Document
from armstrace.group.candidates import Pair, pair_of
from armstrace.group.circumstances import agencies_of
from armstrace.group.combined import Joint
from armstrace.group.evidence import CopyPair
from armstrace.group.frames import Frame
from armstrace.group.growth import Change
from armstrace.group.index import Index
from armstrace.group.judging import Judged
from armstrace.group.sketches import Hashes
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json, to_json
from armstrace.store.copies import pack_hashes, signed
from armstrace.store.register_schema import (
    COPIES,
    COPY_CANDIDATES,
    NEWSROOMS,
    SKETCH_HASHES,
    SKETCHES,
    STANDING_HASHES,
    STANDING_PASSAGES,
)

_ROWS = 10_000  # inserted at once
_TABLES = (NEWSROOMS, COPIES, STANDING_HASHES, STANDING_PASSAGES, COPY_CANDIDATES, SKETCH_HASHES, SKETCHES)

Places = Mapping[str, int]


class Component(NamedTuple):
    """Documents that likely copies hold together, with what ``group.settle`` asks for; ``families`` as they stand."""

    judged: tuple[Judged, ...]
    agencies: Mapping[str, frozenset[str]]
    published: Mapping[str, str]
    families: Mapping[str, str]


def write_index(connection: Connection, index: Index, families: Mapping[str, str]) -> None:
    """Write a whole index in the place of all that is known of documents."""
    for table in _TABLES:
        connection.execute(delete(table))
    frames = sorted(index.frames_by_id.values())
    places = _free_places(frames)
    rows = (_sketch_row(index.documents[f.id], f, index.sketches[f.id], families[f.id]) for f in frames)
    _insert(connection, SKETCHES, ({**row, "place": places[row["document_id"]]} for row in rows))
    _write_holders(connection, index, places)
    pairs = [(one, other) for one, others in index.near_by_id.items() for other in others if one < other]
    _insert(connection, COPY_CANDIDATES, _both_ways(pairs, places))
    _write_passages(connection, index.passages_by_pair, places)
    _add_standing(connection, index.standing_counts)
    _write_judged(connection, index.judged, places)


def write_change(connection: Connection, change: Change) -> None:
    """Write what one document more changes."""
    ids = {one for pair in (*change.gained, *change.lost, *change.dropped, *change.gone, *change.fresh) for one in pair}
    places = _places_of(connection, ids)
    place = change.frame.place
    while connection.scalar(select(SKETCHES.c.place).where(SKETCHES.c.place == place)) is not None:
        place += 1  # two ids of one day whose hashes begin alike
    places[change.frame.id] = place
    row = _sketch_row(change.document, change.frame, change.sketch, change.frame.id)
    connection.execute(SKETCHES.insert(), {**row, "place": place})
    _insert(connection, SKETCH_HASHES, ({"hash": one, "place": place} for one in signed(change.sketch)))
    _insert(connection, COPY_CANDIDATES, _both_ways(change.gained, places))
    for left, right in change.lost:
        for one, other in ((left, right), (right, left)):
            _delete_pair(connection, COPY_CANDIDATES, (places[one], places[other]))
    for pair in change.gone:
        _delete_pair(connection, STANDING_PASSAGES, _in_order(pair, places))
    _write_passages(connection, change.fresh, places)
    _add_standing(connection, change.standing)
    for pair in change.dropped:
        _delete_pair(connection, COPIES, _in_order(pair, places))
    _write_judged(connection, change.judged, places)


def write_families(connection: Connection, families: Mapping[str, str]) -> None:
    """Write the copy families of documents."""
    for document, family in families.items():
        connection.execute(update(SKETCHES).where(SKETCHES.c.document_id == document).values(family=family))


def read_component(connection: Connection, documents: Iterable[str]) -> Component:
    """Return all that likely copies hold together with the documents, over any number of steps."""
    new = set(_places_of(connection, documents).values())
    known: set[int] = set()
    bodies: dict[tuple[int, int], str] = {}
    while new:
        known |= new
        met: set[int] = set()
        for chosen in chunks(sorted(new)):
            beside = or_(COPIES.c.place.in_(chosen), COPIES.c.other.in_(chosen))
            for place, other, body in connection.execute(select(COPIES).where(beside)):
                bodies[place, other] = body
                met.update((place, other))
        new = met - known
    rows = [row for chosen in chunks(sorted(known)) for row in _sketches(connection, chosen)]
    ids = {row.place: row.document_id for row in rows}
    return Component(
        tuple(_judged(pair_of(ids[place], ids[other]), body) for (place, other), body in bodies.items()),
        {row.document_id: frozenset(from_json(row.agencies)) for row in rows},
        {row.document_id: row.published or "" for row in rows},
        {row.document_id: row.family for row in rows},
    )


def _sketches(connection: Connection, places: Sequence[int]) -> Iterable[Any]:
    c = SKETCHES.c
    return connection.execute(
        select(c.place, c.document_id, c.agencies, c.published, c.family).where(c.place.in_(places))
    )


def _free_places(frames: Iterable[Frame]) -> dict[str, int]:
    """Return the places of documents in their order, each its own."""
    places: dict[str, int] = {}
    last = -1
    for frame in frames:
        last = max(frame.place, last + 1)
        places[frame.id] = last
    return places


def _places_of(connection: Connection, documents: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chosen in chunks(sorted(set(documents))):
        wanted = select(SKETCHES.c.document_id, SKETCHES.c.place).where(SKETCHES.c.document_id.in_(chosen))
        found.update((row.document_id, row.place) for row in connection.execute(wanted))
    return found


def _write_holders(connection: Connection, index: Index, places: Places) -> None:
    """Write which documents hold each hash, in the order of the table and past the layers that would slow it down."""
    by_number = np.array([places[one] for one in index.numbers], dtype=np.int64)
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    statement = f"INSERT INTO {SKETCH_HASHES.name} (hash, place) VALUES ({mark}, {mark})"  # noqa: S608 - no value in it
    for layer in index.holders_of:
        for start in range(0, len(layer.hashes), _ROWS):
            hashes = signed(layer.hashes[start : start + _ROWS])
            held = by_number[layer.numbers[start : start + _ROWS]].tolist()
            connection.exec_driver_sql(statement, list(zip(hashes, held, strict=True)))


def _sketch_row(document: Document, frame: Frame, sketch: Hashes, family: str) -> dict[str, Any]:
    return {
        "place": frame.place,
        "document_id": document.id,
        "outlet": frame.outlet,
        "published": frame.published,
        "agencies": to_json(sorted(agencies_of(document))),
        "hashes": pack_hashes(sketch),
        "family": family,
    }


def _both_ways(pairs: Iterable[Pair], places: Places) -> Iterator[dict[str, int]]:
    for left, right in pairs:
        yield {"place": places[left], "other": places[right]}
        yield {"place": places[right], "other": places[left]}


def _in_order(pair: Pair, places: Places) -> tuple[int, int]:
    one, other = sorted(places[one] for one in pair)
    return one, other


def _delete_pair(connection: Connection, table: Table, pair: tuple[int, int]) -> None:
    connection.execute(delete(table).where(table.c.place == pair[0], table.c.other == pair[1]))


def _write_passages(connection: Connection, passages: Mapping[Pair, frozenset[int]], places: Places) -> None:
    found = ((_in_order(pair, places), hashes) for pair, hashes in passages.items())
    rows = ({"place": one, "other": other, "hashes": pack_hashes(hashes)} for (one, other), hashes in found)
    _insert(connection, STANDING_PASSAGES, rows)


def _add_standing(connection: Connection, changes: Mapping[int, int]) -> None:
    """Add to the counts of hashes of standing text; who comes to none is taken away."""
    for chosen in chunks(sorted(changes)):
        numbers = {one - (1 << 64) if one >> 63 else one: changes[one] for one in chosen}
        there = select(STANDING_HASHES).where(STANDING_HASHES.c.hash.in_(numbers))
        for row in connection.execute(there).all():
            numbers[row.hash] += row.pairs
        connection.execute(delete(STANDING_HASHES).where(STANDING_HASHES.c.hash.in_(numbers)))
        _insert(connection, STANDING_HASHES, ({"hash": h, "pairs": n} for h, n in numbers.items() if n > 0))


def _write_judged(connection: Connection, judged: Mapping[Pair, Judged], places: Places) -> None:
    found = ((_in_order(pair, places), one) for pair, one in judged.items())
    _insert(connection, COPIES, ({"place": a, "other": b, "body": _body(one)} for (a, b), one in found))


def _body(judged: Judged) -> str:
    pair, joint = judged
    words = [_runs(joint.left_words), _runs(joint.right_words)]
    return to_json([pair.likelihood, pair.reasons, words, [joint.left_size, joint.right_size]])


def _judged(pair: Pair, body: str) -> Judged:
    likelihood, reasons, (left, right), (left_size, right_size) = from_json(body)
    joint = Joint(*pair, _words(left), _words(right), left_size, right_size)
    return Judged(CopyPair(*pair, likelihood, tuple(reasons)), joint)


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return numbers as runs of a first one and a length."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and sum(runs[-1]) == number:
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    return runs


def _words(runs: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(number for first, length in runs for number in range(first, first + length))


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    rest = iter(rows)
    while chosen := list(islice(rest, _ROWS)):
        connection.execute(table.insert(), chosen)
