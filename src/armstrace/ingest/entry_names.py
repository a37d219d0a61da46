"""What archives call their entries: for display and for telling documents from the rest, never for writing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from armstrace.ingest.metadata import tidy
from armstrace.ingest.raw import PassedOver, Unread

_DRIVE = re.compile(r"^[A-Za-z]:")
_SYSTEM_FOLDERS = frozenset({"__MACOSX", ".git", ".svn", ".Trashes", ".Spotlight-V100", "$RECYCLE.BIN"})
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".localized"})
_NO_DOCUMENTS = {
    "images": "apng avif bmp gif heic ico jpeg jpg png psd svg tif tiff webp",
    "sound and film": "aac avi flac m4a m4v mkv mov mp3 mp4 mpeg mpg ogg ogv opus wav webm wma wmv",
    "fonts": "eot otf ttf woff woff2",
    "styles and scripts": "css js map mjs scss ts wasm",
    "programs": "bin class com dll dylib exe jar msi o pyc so",
    "indexes": "cdx cdxj idx",
}
_KINDS = {suffix: kind for kind, suffixes in _NO_DOCUMENTS.items() for suffix in suffixes.split()}


def shown_name(name: str, number: int) -> str:
    """Return the name of an entry as a plain relative path on one line.

    Drive letters, leading slashes, ``.`` and ``..``, backslashes, control characters and overrides of the writing
    direction are gone; an entry without a name goes by its number.
    """
    parts = _DRIVE.sub("", (tidy(name) or "").replace("\\", "/")).split("/")
    return "/".join(p for part in parts if (p := part.strip()) not in ("", ".", "..")) or f"entry {number}"


def document_name(container: str, shown: str) -> str:
    """Return the name of the document that an entry holds: the container's, and the entry's without its suffix."""
    return f"{container}/{PurePosixPath(shown).with_suffix('').as_posix()}"


def kind_passed_over(shown: str) -> str | None:
    """Return what kind of thing an entry is that is no document, None where it may be one."""
    path = PurePosixPath(shown)
    if path.name.lower() in _SYSTEM_FILES or path.name.startswith("._") or _SYSTEM_FOLDERS & set(path.parts):
        return "system files"
    return _KINDS.get(path.suffix[1:].lower())


def passed_over(source: str, kinds: Counter[str]) -> Iterator[Unread]:
    """Yield one note on what a container holds that is no document, by kind; none where there is nothing of it."""
    if kinds:
        told = ", ".join(f"{count} x {kind}" for kind, count in sorted(kinds.items()))
        yield PassedOver(source, f"{source}: passed over {told}; they hold no documents")
