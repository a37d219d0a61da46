"""Single bytes of a database that are not what was written: seen by ``verify``, and no command stumbles over them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from campaign import spread
from flipping import flip_bytes, written_bytes
from surroundings import filled_stage

BYTES = 24


def test_a_flipped_byte_is_seen_or_changes_nothing_and_no_command_stumbles(nursery):
    with TemporaryDirectory() as folder:  # pytest's own are closed to all but their owner
        Path(folder).chmod(0o755)
        stage = filled_stage(nursery, Path(folder) / "filled")
        written = written_bytes(stage)
        flips = list(flip_bytes(stage, [written[number - 1] for number in spread(len(written), BYTES)]))
    assert {flip.at: flip.wrong for flip in flips if flip.wrong} == {}
    assert {flip.at: flip.unseen for flip in flips if flip.unseen} == {}
    assert {flip.code for flip in flips} == {0, 6}
