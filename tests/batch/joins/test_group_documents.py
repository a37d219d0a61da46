"""Families over files: those that are found in one memory, however the documents are dealt out and who works."""

from __future__ import annotations

from contextlib import suppress

import pytest
from archive import SMALL, expected, grouped, make_archive, parts_of, rows, sent_backwards, told
from hypothesis import given, settings
from hypothesis import strategies as st
from syndicated import AFRESH, BARGE, FERRY, REWRITTEN, STANDING, document

from armstrace.batch.joins.families import Grouping, group_documents
from armstrace.batch.joins.plan import Part, Sizes
from armstrace.batch.joins.work_folder import Folder
from armstrace.errors import InputError
from armstrace.group import candidates
from armstrace.group.copies import find_copies

LINES = (*BARGE, *AFRESH, *FERRY, *REWRITTEN, STANDING)


@pytest.fixture(scope="module")
def archive():
    return make_archive(1_500)


@pytest.fixture(scope="module")
def in_memory(archive):
    return find_copies(archive)


@pytest.fixture(scope="module")
def in_one_piece(archive, tmp_path_factory):
    return grouped(str(tmp_path_factory.mktemp("whole")), parts_of(archive, 1), Sizes())


def test_the_archive_has_all_that_the_rules_tell_apart(in_memory):
    assert sum(len(family) > 2 for family in in_memory.families) > 50
    assert in_memory.combined
    assert in_memory.standing
    assert any("different agencies" in reason for pair in in_memory.pairs for reason in pair.reasons)
    assert any("one outlet published both" in reason for pair in in_memory.pairs for reason in pair.reasons)


def test_the_families_are_those_that_are_found_in_one_memory(in_memory, in_one_piece):
    assert told(in_one_piece) == expected(in_memory)


@pytest.mark.parametrize("count", [3, 8])
def test_the_same_bytes_for_any_parts_pieces_and_order(archive, in_one_piece, tmp_path, count):
    parts = parts_of(archive, count)
    assert grouped(str(tmp_path), parts[::-1], SMALL, sent_backwards) == in_one_piece


def test_what_is_left_are_the_results_alone(archive, tmp_path):
    grouped(str(tmp_path), parts_of(archive[:50], 2))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copies.jsonl", "families.jsonl", "grouping.json"]


def test_an_object_store_will_do(archive, tmp_path):
    some = archive[:300]
    here = grouped(str(tmp_path), parts_of(some, 2))
    assert here["families.jsonl"]
    assert grouped("memory://families", parts_of(some, 2)) == here


@st.composite
def collections(draw):
    """Return documents of sentences of the stories, of few outlets, agencies and days, so that all rules meet."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(LINES) - 1),
                st.integers(2, 9),
                st.sampled_from([(), (STANDING,), (BARGE[4], BARGE[6])]),
                st.sampled_from([None, "Holm Post", "Courier"]),
                st.sampled_from([None, "2011-05-03", "2011-05-04", "2011-06", "2011-06-09"]),
                st.sampled_from([None, None, "NX", "Harrow"]),
            ),
            max_size=12,
        )
    )
    return [
        document(f"d{at}", (*LINES[first : first + size], *more), outlet=outlet, day=day, agency=agency)
        for at, (first, size, more, outlet, day, agency) in enumerate(drawn)
    ]


@pytest.mark.parametrize("neighbours", [12, 2, 1])
@settings(max_examples=9, deadline=None)
@given(collections(), st.integers(1, 4), st.sampled_from([80, 400, 10**6]))
def test_dealing_out_changes_nothing(neighbours, tmp_path_factory, documents, count, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "NEIGHBOURS", neighbours)
        folder = str(tmp_path_factory.mktemp("dealt"))
        found = grouped(folder, parts_of(documents, count), Sizes(size, size * 5, size * 10), sent_backwards)
        assert told(found) == expected(find_copies(documents))


def test_no_documents_and_no_parts_give_empty_files(tmp_path):
    for parts in ([], [Part("empty", "1", list)]):
        assert grouped(str(tmp_path / str(len(parts))), parts) == {"families.jsonl": "", "copies.jsonl": ""}


def test_roles_tell_days_and_not_who_copied_whom(tmp_path):
    days = {"a": "2011-05-04", "b": "2011-05-03", "c": None, "d": "2011-05-03"}
    documents = [document(name, BARGE, outlet=f"Outlet {name}", day=day) for name, day in days.items()]
    found = rows(grouped(str(tmp_path), parts_of(documents, 2))["families.jsonl"])
    assert {row["document"]: row["role"] for row in found} == {
        "a": "later",
        "b": "earliest",
        "c": "undated",
        "d": "earliest",
    }
    assert {row["family"] for row in found} == {"a"}


HOSTILE = ("../../up", "a\nb", 'quo"te', "<b>", "\ud800 lone", "é", "\x00", "=cmd", "d" * 300)


def test_names_do_no_harm(tmp_path):
    documents = [document(name, BARGE, outlet=name, day="2011-05-03") for name in HOSTILE]
    parts = [
        Part(f"/etc/{name}\n", name, part.read) for name, part in zip(HOSTILE, parts_of(documents, 9), strict=True)
    ]
    found = rows(grouped(str(tmp_path / "out"), parts)["families.jsonl"])
    assert sorted(row["document"] for row in found) == sorted(HOSTILE)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_of_documents_with_one_id_the_first_counts(tmp_path):
    first, again = document("a", BARGE), document("a", FERRY)
    others = [document("b", BARGE, outlet="Courier"), document("c", FERRY, outlet="Post")]
    parts = [Part("1", "", lambda: [first]), Part("2", "", lambda: [*others, again, first])]
    assert told(grouped(str(tmp_path), parts)) == expected(find_copies([first, *others]))


def test_two_parts_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="march: two parts have this name; give each once"):
        grouped(str(tmp_path), [Part("march", "1", list), Part("march", "2", list)])


def test_a_part_that_changes_on_the_way_is_told(tmp_path):
    readings = iter([[document("a", BARGE), document("b", BARGE)], [document("a", BARGE)]])
    with pytest.raises(InputError, match="march: holds 1 documents now, and held 2 when grouping began"):
        grouped(str(tmp_path), [Part("march", "1", lambda: next(readings))])


class BrokenOffError(Exception):
    """The power is gone."""


def stopping_after(count):
    """Return a run that does so many tasks, over all steps, and then no more; and how many it did."""
    done = []

    def run(work, tasks):
        for task in tasks:
            if len(done) == count:
                raise BrokenOffError
            done.append(str(task))
            yield work(task)

    return run, done


def test_a_run_broken_off_anywhere_goes_on_where_it_was(archive, tmp_path):
    parts = parts_of(archive[:200], 3)
    run, all_tasks = stopping_after(-1)
    whole = grouped(str(tmp_path / "whole"), parts, run=run)
    assert whole["families.jsonl"]
    done = []
    while len(done) < len(all_tasks):
        run, now = stopping_after(7)
        with suppress(BrokenOffError):
            assert grouped(str(tmp_path / "broken"), parts, run=run) == whole
        done += now
    assert sorted(done) == sorted(all_tasks)


def test_what_is_done_is_not_done_again_and_what_changed_is(archive, tmp_path):
    parts = parts_of(archive[:60], 2)
    first = grouped(str(tmp_path), parts)
    run, done = stopping_after(-1)
    assert grouped(str(tmp_path), parts, run=run) == first
    assert not done
    changed = [*parts[:1], Part("part 1", "2", list)]
    assert grouped(str(tmp_path), changed, run=run) != first
    assert done


def test_a_paragraph_that_everybody_prints_gives_no_more_candidates_than_neighbours(tmp_path):
    documents = [
        document(f"{at:04}", (f"Quay {at} of {at * 7} was shut by clerk {at * 13}.", STANDING), outlet=f"Outlet {at}")
        for at in range(600)
    ]
    sizes = Sizes(hashes=4_000, characters=20_000, pair_characters=10**6)
    found = group_documents(Grouping(Folder(str(tmp_path)), map, sizes=sizes), parts_of(documents, 3))
    assert found.candidates <= len(documents) * candidates.NEIGHBOURS
