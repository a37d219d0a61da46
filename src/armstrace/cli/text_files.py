"""Files that options name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from armstrace.errors import InputError, MetadataError, refused
from armstrace.whole_files import whole_file


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        MetadataError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path}: cannot be read ({error}); give a file in UTF-8") from error


@contextmanager
def whole_output(output: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of an earlier one once it is whole.

    Raises:
        InputError: it cannot be written.
    """
    try:
        with whole_file(output) as out:
            yield out
    except OSError as error:
        raise InputError(f"{output}: cannot be written {refused(error)}") from error
