"""By which versions of what a publication was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from armstrace import __version__
from armstrace.extractor import version_of
from armstrace.keeping.stages import Stages
from armstrace.screen.list_kinds import list_title
from armstrace.store.repository import Store


def versions_of(store: Store, stages: Stages) -> dict[str, Any]:
    """Return the versions of the program, of what read the documents, of register and law, and of lists in force."""
    return {
        "program": __version__,
        "readers": list(store.extractors()),
        "register": stages.version,
        "law": version_of(("embargo",)),
        "sanctions_lists": [
            {"list": one.key, "title": list_title(one.key), "dated": one.dated or None, "sha256": one.sha256}
            for one in store.screening.lists()
        ],
    }


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
