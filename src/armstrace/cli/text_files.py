"""Text files that options name."""

from __future__ import annotations

from pathlib import Path

from armstrace.errors import MetadataError


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        MetadataError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path}: cannot be read ({error}); give a file in UTF-8") from error
