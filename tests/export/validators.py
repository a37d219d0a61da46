"""The validators that the formats' own projects publish; tests skip without them, or fail where they are needed."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

import pytest

NEEDED = "ARMSTRACE_TESTS_NEED"  # "validators": their absence is a failure, for whoever checks everything


def validator(module: str) -> ModuleType:
    """Return a validator's module."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed (pip install 'armstrace[validators]')"
        if "validators" in os.environ.get(NEEDED, "").split(","):
            pytest.fail(message)
        pytest.skip(message)
