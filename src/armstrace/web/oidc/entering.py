"""Which account a person has whom the provider vouches for: by issuer and subject, never by a name or an e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from armstrace.errors import LoginRefusedError, MetadataError
from armstrace.store.identities import Identity
from armstrace.store.people import Account, Deed
from armstrace.store.repository import Store
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.people.accounts import checked_name
from armstrace.web.people.person import Role

BY: Final = "OpenID Connect"  # as the record of what people did names what nobody at the desk did
_LONGEST_CALLED: Final = 200
_MOST_GROUPS: Final = 2000


def admit(store: Store, settings: OidcSettings, claims: Mapping[str, Any], at: str) -> Account:
    """Return the account of a person whose identity token holds.

    Raises:
        LoginRefusedError: they have none, or may not come in; the text says who can change that.
    """
    identity = Identity(settings.issuer, claims["sub"], None, _called(settings, claims), at)
    try:
        return _admit(store, settings, identity, _role_by_groups(settings, claims))
    except LoginRefusedError as error:
        error.who = error.who or identity.called
        raise


def _admit(store: Store, settings: OidcSettings, identity: Identity, role: Role | None) -> Account:
    store.identities.see(identity)
    known = store.identities.find(identity.issuer, identity.subject)
    account = store.people.account(known.name) if known and known.name else None
    if account is None:
        return _add(store, settings, identity, role)
    if account.is_closed:
        raise LoginRefusedError(f"the account {account.name} is closed; an admin of the desk can open it again")
    if role is not None and role.word != account.role:
        store.people.change(account.name, role=role.word)
        store.people.note(Deed(identity.seen_at, BY, "account changed", account.name, {"role": role.word}))
        return account._replace(role=role.word)
    return account


def _add(store: Store, settings: OidcSettings, identity: Identity, role: Role | None) -> Account:
    if not settings.adds:
        raise LoginRefusedError(
            f"{settings.label} knows you as {identity.called or 'somebody'}, this desk does not; ask an admin of it to "
            "let you in: its page People lists you from now on"
        )
    try:
        name = checked_name(identity.called)
    except MetadataError as error:
        raise LoginRefusedError(
            f"{settings.label} does not tell what to call you by ({settings.name_claim}); ask an admin of the desk"
        ) from error
    if store.people.account(name) is not None:
        raise LoginRefusedError(
            f"there is an account {name} already, which may be somebody else's; ask an admin of the desk to give it to "
            "you, or to give you another one, on its page People"
        )
    account = Account(name, (role or Role.READER).word, None, made_at=identity.seen_at)
    deed = Deed(identity.seen_at, BY, "account added", name, {"role": account.role, "subject": identity.subject})
    store.identities.add(account, identity._replace(name=name), deed)
    return account


def _role_by_groups(settings: OidcSettings, claims: Mapping[str, Any]) -> Role | None:
    """Return the highest role that the groups of a person have, None where the desk decides.

    Raises:
        LoginRefusedError: none of the groups has a role.
    """
    if settings.groups_claim is None:
        return None
    told = claims.get(settings.groups_claim)
    groups = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    roles = [settings.roles[one] for one in groups[:_MOST_GROUPS] if isinstance(one, str) and one in settings.roles]
    if not roles:
        raise LoginRefusedError(f"none of your groups at {settings.label} may use this desk; ask who keeps them")
    return max(roles)


def _called(settings: OidcSettings, claims: Mapping[str, Any]) -> str:
    """Return what the provider calls a person, on one line and no longer than a table takes; "" for nothing."""
    told = claims.get(settings.name_claim)
    return " ".join(told.split())[:_LONGEST_CALLED] if isinstance(told, str) else ""
