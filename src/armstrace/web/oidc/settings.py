"""Reading the file that names a provider of logins.

::

    issuer: https://login.example.org/realms/desk   # as the provider itself spells it
    client_id: armstrace
    client_secret_file: /run/secrets/armstrace      # else $ARMSTRACE_OIDC_SECRET; neither for a public client
    label: Example Institute          # "Log in with ..."
    address: https://desk.example.org # of the desk, as browsers see it; else what the browser asked for
    scopes: [openid, profile]
    name_claim: preferred_username    # what an account is called
    groups_claim: groups              # with roles: the provider decides who is what, at each login
    roles: {admin: [desk-admins], reviewer: [desk-reviewers], reader: [staff]}
    unknown: refuse                   # or add: whom the provider knows gets an account
    passwords: true                   # false: nobody logs in by a password of the desk
    algorithms: [RS256, ES256]        # by which identity tokens may be signed
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from armstrace.errors import InputError, MetadataError, SettingsError, refused
from armstrace.fetch.ask import read_service_address
from armstrace.fetch.fetched import shown
from armstrace.text.yaml_files import parse_given_yaml
from armstrace.web.oidc.algorithms import ASYMMETRIC, SHARED
from armstrace.web.people.accounts import role_of
from armstrace.web.people.person import Role

SECRET_VARIABLE: Final = "ARMSTRACE_OIDC_SECRET"  # noqa: S105 - its name
_LEAST_SHARED: Final = 32  # characters of a client secret that signs
_MOST_BYTES: Final = 100_000
_UNKNOWN: Final = ("refuse", "add")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """A provider of logins, and what it decides.

    Attributes:
        issuer: as the provider spells itself.
        client_id: as which the desk is known there.
        client_secret: by which it shows that it is; None for a public client.
        label: what the provider is called on the page of login.
        address: of the desk as browsers see it, without a slash at the end; None for what they ask for.
        scopes: what is asked of the provider.
        name_claim: of the identity token, what an account is called.
        groups_claim: of the identity token, the groups that ``roles`` names; None where the desk decides on roles.
        roles: by group.
        adds: whether an account is made for whom the provider knows and the desk does not.
        passwords: whether people may log in by a password of the desk too.
        algorithms: by which identity tokens may be signed.
    """

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    label: str = "your organisation"
    address: str | None = None
    scopes: tuple[str, ...] = ("openid", "profile")
    name_claim: str = "preferred_username"
    groups_claim: str | None = None
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    adds: bool = False
    passwords: bool = True
    algorithms: tuple[str, ...] = ASYMMETRIC


def read_oidc_file(path: Path, environment: Mapping[str, str]) -> OidcSettings:
    """Return the provider that a file names.

    Raises:
        SettingsError: it cannot be read or meant; the text names the field and what to write.
    """
    content = _content(path)
    if not isinstance(content, dict):
        raise SettingsError(f"{path}: holds no fields; begin with 'issuer: https://...'")
    fields: dict[str, Any] = {}
    for key, value in content.items():
        if key not in _FIELDS:
            raise SettingsError(f"{path}: has an unknown field {shown(str(key))!r}; {_meant(str(key))}")
        try:
            fields[_NAMES.get(str(key), str(key))] = _FIELDS[key](value)
        except (ValueError, InputError, MetadataError) as error:
            raise SettingsError(f"{path}: {key}: {error}") from error
    fields["client_secret"] = _secret(path, fields.pop("client_secret_file", None), environment)
    for needed in ("issuer", "client_id"):
        if needed not in fields:
            raise SettingsError(f"{path}: {needed} is missing; the provider tells it where the desk is registered")
    settings = OidcSettings(**fields)
    _check_whole(settings, path)
    return settings


def _content(path: Path) -> Any:  # noqa: ANN401 - YAML holds anything
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise SettingsError(f"{path}: is larger than {_MOST_BYTES:,} bytes; is it another file?")
        return parse_given_yaml(data.decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read {refused(error)}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is no YAML in UTF-8; see docs/login.md") from error


def _secret(path: Path, file: str | None, environment: Mapping[str, str]) -> str | None:
    """Return the secret of the file that is named, a path from where the settings lie, else of the environment."""
    if file is None:
        return environment.get(SECRET_VARIABLE) or None
    try:
        secret = (path.parent / file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: client_secret_file: {file} cannot be read as text") from error
    if not secret:
        raise SettingsError(f"{path}: client_secret_file: {file} is empty")
    return secret


def _check_whole(settings: OidcSettings, path: Path) -> None:
    """Refuse fields that do not go together.

    Raises:
        SettingsError: they do not.
    """
    shared = any(one in SHARED for one in settings.algorithms)
    rules = (
        (
            bool(settings.roles) == bool(settings.groups_claim),
            "groups_claim and roles are given together or not at all",
        ),
        (not shared or len(settings.client_secret or "") >= _LEAST_SHARED, _SHORT_SECRET),
    )
    for holds, told in rules:
        if not holds:
            raise SettingsError(f"{path}: {told}")


_SHORT_SECRET: Final = f"algorithms that sign by the client secret need one of {_LEAST_SHARED} characters or more"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("must be one line of text")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of texts, [one, another]")
    return tuple(map(_text, value))


def _issuer(value: object) -> str:
    text = _text(value)
    read_service_address(text)
    if "?" in text or "#" in text:
        raise ValueError("an issuer has no ? and no #")
    return text  # as it stands: the provider's own spelling is compared with it letter by letter


def _address(value: object) -> str:
    text = _text(value).rstrip("/")
    if read_service_address(text).target != "/":
        raise ValueError("give scheme and host alone, https://desk.example.org")
    return text


def _scopes(value: object) -> tuple[str, ...]:
    found = _texts(value)
    if "openid" not in found or any(" " in one for one in found):
        raise ValueError("must hold openid, each scope for itself")
    return found


def _roles(value: object) -> Mapping[str, Role]:
    if not isinstance(value, dict):
        raise ValueError("must name groups by role, {reviewer: [a-group]}")  # noqa: TRY004 - as all other fields say it
    found: dict[str, Role] = {}
    for word, groups in value.items():
        for group in _texts(groups):
            found[group] = max(role_of(str(word)), found.get(group, Role.NOBODY))
    return MappingProxyType(found)


def _algorithms(value: object) -> tuple[str, ...]:
    found, known = _texts(value), (*ASYMMETRIC, *SHARED)
    for one in found:
        if one not in known:
            raise ValueError(f"{shown(one)} is none that is taken; the list may hold {', '.join(known)}")
    return found


def _adds(value: object) -> bool:
    if value not in _UNKNOWN:
        raise ValueError(f"must be {' or '.join(_UNKNOWN)}")
    return value == "add"


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")  # noqa: TRY004 - as all other fields say it
    return value


def _no_secret(_: object) -> str:
    raise ValueError(f"stands in ${SECRET_VARIABLE}, or in a file of its own that client_secret_file names")


_FIELDS: Final[Mapping[str, Callable[[object], Any]]] = {
    "issuer": _issuer,
    "client_id": _text,
    "client_secret": _no_secret,
    "client_secret_file": _text,
    "label": _text,
    "address": _address,
    "scopes": _scopes,
    "name_claim": _text,
    "groups_claim": _text,
    "roles": _roles,
    "unknown": _adds,
    "passwords": _yes_or_no,
    "algorithms": _algorithms,
}
_NAMES: Final = {"unknown": "adds"}  # fields that go by another name here


def _meant(key: str) -> str:
    near = difflib.get_close_matches(key, _FIELDS, n=1)
    return f"is {near[0]!r} meant?" if near else f"the fields are {', '.join(_FIELDS)}"
