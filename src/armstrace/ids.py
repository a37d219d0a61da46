"""Stable ids, made from content alone: the same claim has the same id in every run, order and machine."""

from __future__ import annotations

import hashlib

_LENGTH = 16


def content_id(*parts: object) -> str:
    """Return a short hexadecimal id of the parts (SHA-256 over their texts, each ended by a unit separator)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode("utf-8", "backslashreplace"))
        digest.update(b"\x1f")
    return digest.hexdigest()[:_LENGTH]
