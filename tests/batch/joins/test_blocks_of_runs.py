"""Files of runs of blocks: each reader gets its own blocks, in the order in which they were written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.batch.joins.runs import read_about, read_blocks, write_runs
from armstrace.batch.joins.work_folder import Folder
from armstrace.errors import StoreError


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 5).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.lists(st.binary(max_size=5), min_size=n, max_size=n), max_size=4))
    )
)
def test_every_stretch_of_blocks_is_read_as_it_was_written(drawn):
    blocks, runs = drawn
    folder = Folder("memory://blocks")
    write_runs(folder, "file", blocks, runs, {"runs": len(runs)})
    for low in range(blocks + 1):
        for high in range(low, blocks + 1):
            whole = [b"".join(run[low:high]) for run in runs]
            assert list(read_blocks(folder, "file", low, high)) == [piece for piece in whole if piece]
    assert read_about(folder, "file") == {"runs": len(runs)}


def test_what_was_not_written_to_its_end_is_not_there(tmp_path):
    def broken():
        yield [b"one"]
        raise ValueError("the cable is cut")

    folder = Folder(str(tmp_path))
    with pytest.raises(ValueError, match="the cable is cut"):
        write_runs(folder, "below/file", 1, broken())
    assert not folder.has("below/file")
    assert not list((tmp_path / "below").iterdir())


def test_a_file_that_is_gone_is_told_with_its_name(tmp_path):
    with pytest.raises(
        StoreError, match=r"file: cannot be read \(No such file or directory\); see to it and run again"
    ):
        list(read_blocks(Folder(str(tmp_path)), "file", 0, 1))
