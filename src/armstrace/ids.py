"""Stable ids, made from content alone: the same claim has the same id in every run, order and machine."""

from __future__ import annotations

import hashlib

_LENGTH = 16


def content_id(*parts: object) -> str:
    """Return a short hexadecimal id of the parts; unequal parts give unequal input to the hash (SHA-256).

    Each part goes in as the length of its text and the text, lone surrogates included.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:_LENGTH]
