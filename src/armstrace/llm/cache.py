"""Answers kept in a folder, a file a request: a second run asks nothing, and an interrupted one goes on."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from armstrace.errors import SettingsError
from armstrace.llm.reply import Reply

_FORMAT = 1
_MOST_BYTES = 16_000_000  # a larger file was not written by us


class Cache:
    """Keeps answers by the hash of their request. The files hold quotes from the reports, never the key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Reply | None:
        """Return the answer kept for a request; None where there is none, or the file is damaged."""
        path = self._path(key)
        try:
            if path.stat().st_size > _MOST_BYTES:
                return None
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        content = kept.get("content") if isinstance(kept, dict) and kept.get("format") == _FORMAT else None
        return Reply(content, cut=False, tokens=None) if isinstance(content, str) else None

    def keep(self, key: str, model: str, reply: Reply) -> None:
        """Keep an answer; whoever reads at the same time sees all of it or nothing.

        Raises:
            OSError: it cannot be written.
        """
        tokens = reply.tokens._asdict() if reply.tokens else None
        kept = {"format": _FORMAT, "model": model, "tokens": tokens, "content": reply.content}
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=f"{key[:8]}-", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
            Path(name).replace(self._path(key))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def open_cache(folder: Path) -> Cache:
    """Return the cache of a folder, which is made where it is missing.

    Raises:
        SettingsError: the folder cannot be made or written to; found out before an answer is paid for.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingsError(
            f"--llm-cache {folder}: cannot be used ({error.strerror or error}); give a folder that can be written to"
        ) from error
    return Cache(folder)
