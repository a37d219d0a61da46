"""Logging in at a provider that speaks OpenID Connect. Only ``tokens`` and ``provider`` need the extra ``oidc``."""
