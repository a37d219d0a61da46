"""By which algorithms identity tokens may be signed (RFC 7518, 3.1). Unsigned ones ("none") are never taken."""

from __future__ import annotations

from typing import Final

ASYMMETRIC: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SHARED: Final = ("HS256", "HS384", "HS512")  # whoever knows the client secret can sign: only where they are asked for
