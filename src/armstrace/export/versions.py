"""By which versions an export or a publication was made, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def versions_words(versions: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return versions for a person: what, and which."""
    lists = [
        f"{one['title']}, {one['dated'] or 'no date'}, SHA-256 {one['sha256']}" for one in versions["sanctions_lists"]
    ]
    return [
        ("Program", f"armstrace {versions['program']}"),
        ("Read by", ", ".join(versions["readers"]) or "nobody"),
        ("Register", versions["register"]),
        ("Law", versions["law"]),
        ("Sanctions lists in force", "; ".join(lists) or "none loaded"),
    ]
