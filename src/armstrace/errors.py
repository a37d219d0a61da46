"""The one error family: whatever armstrace raises on purpose, with a remedy in its text."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_DISK_FULL: Final = "make room, then run the same again"
# What the system refuses -> what to do about it.
_REMEDIES: Final[Mapping[int, str]] = MappingProxyType(
    {
        errno.ENOENT: "check the path",
        errno.ENOTDIR: "check the path",
        errno.EISDIR: "give a file, not a folder",
        errno.ELOOP: "its links lead in a circle; give the file itself",
        errno.ENAMETOOLONG: "give a shorter name",
        errno.EACCES: "allow it to your user, or give another path",
        errno.EPERM: "allow it to your user, or give another path",
        errno.EROFS: "its disk takes no changes; make it writable, or give another path",
        errno.ENOSPC: _DISK_FULL,
        errno.EDQUOT: _DISK_FULL,
        errno.EFBIG: "the system allows no file as large; raise its limit, or give another path",
        errno.EIO: "check the disk, then run the same again",
        errno.EMFILE: "too many files are open; raise the limit (ulimit -n), then run the same again",
        errno.ENFILE: "too many files are open on this machine; close some, then run the same again",
        errno.ENOMEM: "there is too little memory; end other programs, then run the same again",
        errno.EBUSY: "another program uses it; wait until that has ended, then run the same again",
        errno.EBADF: "it is closed; open it, or give a file with -o where the command has that",
    }
)
_ANY_REMEDY: Final = "check it, then run the same again"


def refused(error: OSError) -> str:
    """Return what the system said of a file and what to do about it, to stand behind its name and what was tried."""
    return f"({error.strerror or error}); {_REMEDIES.get(error.errno or 0, _ANY_REMEDY)}"


class ArmstraceError(Exception):
    """Base of all errors raised on purpose; its text says what is wrong and what to do."""

    exit_code = 1


class InputError(ArmstraceError):
    """A document cannot be read; costs that document only."""

    exit_code = 3


class NotEnglishError(InputError):
    """A document is in another language than the one that is read."""


class MetadataError(ArmstraceError):
    """A metadata file or option is malformed."""

    exit_code = 2


class LexiconError(ArmstraceError):
    """A packaged or user lexicon file breaks its schema; the text names file and entry."""

    exit_code = 4


class MeasureError(ArmstraceError):
    """A file of legal measures breaks its schema; the text names file, entry and field."""

    exit_code = 4


class ListError(ArmstraceError):
    """A sanctions list cannot be read, or none is loaded; the list in force stays in force."""

    exit_code = 3


class ModelError(ArmstraceError):
    """The packaged language model is missing or damaged."""

    exit_code = 4


class MissingPartError(ArmstraceError):
    """An optional part is not installed; the text names the extra that brings it."""

    exit_code = 4


class SettingsError(ArmstraceError):
    """An option, a file of settings or an environment variable is missing or malformed."""

    exit_code = 2


class AnswerError(InputError):
    """A language model gave no usable answer for a document; costs that document only."""


class ServiceError(ArmstraceError):
    """The language-model service cannot be used at all: not there, key refused, no such model. Ends the run."""

    exit_code = 5


class StoreError(ArmstraceError):
    """The database or its evidence cannot be used, or would not keep what it is given; the text says what to do."""

    exit_code = 6


class NotNowError(StoreError):
    """The database cannot do it now: it is away, full of clients, in use. What was asked may be asked again later."""


class BrokenOffError(NotNowError):
    """A transaction was broken off from outside; nothing of it is kept, so the same may be done again at once."""


class WorkerError(ArmstraceError):
    """A worker of a long run cannot be had, or dies over and over; what was finished stays finished."""

    exit_code = 7


class StaleError(StoreError):
    """Somebody judged a claim since it was looked at; nothing of what was to be kept is kept."""


class LoginRefusedError(ArmstraceError):
    """Somebody is not let in; the text is shown to them and says what to do. ``who`` is their name, "" if not known."""

    def __init__(self, message: str, who: str = "") -> None:
        super().__init__(message)
        self.who = who


class ProviderError(ArmstraceError):
    """The provider of logins gives no answer that can be used; nobody is to blame who wants to log in."""
