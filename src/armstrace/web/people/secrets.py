"""Secrets that browsers and programs hold, and what is kept of them."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Final

KEY_MARK: Final = "armstrace_"  # so that a key that leaked is known for one
_BYTES: Final = 32
_SHOWN: Final = 8


def new_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(_BYTES)


def new_key() -> tuple[str, str]:
    """Return a new API key, and the public beginning by which it is named."""
    key = f"{KEY_MARK}{new_secret()}"
    return key, key[len(KEY_MARK) : len(KEY_MARK) + _SHOWN]


def kept(secret: str) -> str:
    """Return what is kept of a secret of full strength: its hash, from which nobody gets it back."""
    return sha256(secret.encode()).hexdigest()


def form_token(secret: str) -> str:
    """Return what a form of a session bears, so that no other page can make one."""
    return hmac.new(secret.encode(), b"form", sha256).hexdigest()


def is_form_token(secret: str, told: str) -> bool:
    """Tell whether a form is one of a session, in time that tells nothing."""
    return hmac.compare_digest(form_token(secret).encode(), told.encode())
