"""Whatever the system refuses, a person is told what to do."""

from __future__ import annotations

import errno

import pytest

from armstrace.errors import refused

SAID = [
    (OSError(errno.ENOSPC, "No space left on device"), "(No space left on device); make room, then run the same again"),
    (OSError(errno.EACCES, "Permission denied"), "(Permission denied); allow it to your user, or give another path"),
    (OSError(errno.EXDEV, "Odd"), "(Odd); check it, then run the same again"),
    (OSError("no number"), "(no number); check it, then run the same again"),
]


@pytest.mark.parametrize(("error", "said"), SAID, ids=[said for _, said in SAID])
def test_what_the_system_refused(error, said):
    assert refused(error) == said
