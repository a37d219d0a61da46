"""The name of the data set that entities and statements are of: this project's, or the user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from armstrace.errors import MetadataError

DATASET: Final = "armstrace"
_NAME: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def dataset_of(options: Mapping[str, str]) -> str:
    """Return the name that is asked for.

    Raises:
        MetadataError: FollowTheMoney takes no such name.
    """
    name = options.get("dataset", DATASET)
    if not _NAME.fullmatch(name):
        raise MetadataError(f"--set dataset={name}: give small letters, digits and single underscores between them")
    return name
