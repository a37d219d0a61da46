"""What the database broke off is done again: the server was restarted, a connection lost, two were in each other's way.

A transaction that was broken off left nothing: ``Database.write`` makes sure of that even where the answer to its
COMMIT was lost. So whatever is one transaction, or goes on where it was, is simply done again, a few times.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import isfunction, isgeneratorfunction
from typing import Final, ParamSpec, TypeVar

from armstrace.errors import BrokenOffError

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C")

_TRIES: Final = 6  # a server that is restarted breaks off one; each try waits by itself until it is back
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds
_LOG: Final = logging.getLogger(__name__)


def pauses() -> Iterator[float]:
    """Yield how long to wait before each further try, in seconds: soon at first, then once a second."""
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, _LONGEST_PAUSE)


def again(work: Callable[P, T]) -> Callable[P, T]:
    """Let a function be done again where the database broke it off; it must be one transaction, or resume by itself."""

    @wraps(work)
    def done(*args: P.args, **given: P.kwargs) -> T:
        for _, pause in zip(range(_TRIES - 1), pauses(), strict=False):
            try:
                return work(*args, **given)
            except BrokenOffError as error:
                _LOG.warning("%s: it is done again", error)
                time.sleep(pause)
        return work(*args, **given)

    return done


def each_call_again(kind: type[C]) -> type[C]:
    """Let every public method of a class be done again so: each is one transaction, unless it yields."""
    for name, member in list(vars(kind).items()):
        if isfunction(member) and not name.startswith("_") and not isgeneratorfunction(member):
            setattr(kind, name, again(member))
    return kind
