"""Logging in, being known by a session or a key, and being logged out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.requests import Request

from armstrace.errors import MetadataError
from armstrace.store.people import Account, ApiKey, Deed, People, Session
from armstrace.web.people.person import NOBODY, Person, Role
from armstrace.web.people.secrets import KEY_MARK, kept, new_key, new_secret
from armstrace.web.people.throttle import note_failure, seconds_left

COOKIE: Final = "armstrace_session"
IDLE: Final = timedelta(hours=12)  # a session ends after so long without use
LONGEST: Final = timedelta(days=7)  # and after so long in any case
AHEAD: Final = timedelta(minutes=5)  # one that begins later than now was begun by a clock that ran ahead: it ends
SEEN_EVERY: Final = timedelta(minutes=5)  # use is noted no more often, for each note is a write
LEAST_PASSWORD: Final = 12  # characters
MOST_PASSWORD: Final = 1024
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a desk, and its clock (ISO in UTC, to the second)."""

    people: People
    now: Callable[[], str]

    def add(self, name: str, role: Role, password: str | None) -> None:
        """Add an account, without a password for who logs in elsewhere.

        Raises:
            MetadataError: name or password will not do.
            StoreError: there is an account of that name.
        """
        hashed = None if password is None else hash_password(password)
        self.people.add(Account(checked_name(name), role.word, hashed, is_closed=False, made_at=self.now()))

    def log_in(self, name: str, password: str, place: str) -> str | int:
        """Return the secret of a new session for a name and its password; else the seconds to wait, 0 for none.

        ``place`` is where the request came from. Whether a name exists cannot be told from the answer, nor from how
        long it takes.
        """
        names = (f"name {name}", f"place {place}")
        wait = seconds_left(self.people, names, self.now())
        if wait:
            return wait
        account = self.people.account(name)
        hashed = account.password if account and account.password and not account.is_closed else _nobodys()
        is_right = _hasher().verify(password[:MOST_PASSWORD], hashed)
        if account is None or account.password != hashed or not is_right:
            note_failure(self.people, names, self.now())
            self.people.note(Deed(self.now(), name, "login failed", None, {"from": place}))
            return seconds_left(self.people, names, self.now())
        self.people.forget_failures(kept(names[0]))
        return self.begin_session(account)

    def begin_session(self, account: Account, more: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return the secret of a new session: a login never goes on with one that was there before.

        ``more`` is kept in the record of what people did.
        """
        secret, at = new_secret(), self.now()
        self.people.end_sessions_before(_before(at, LONGEST), _before(at, IDLE))
        self.people.begin_session(Session(kept(secret), account.name, at, at))
        self.people.note(Deed(at, account.name, "login", None, more))
        return secret

    def log_out(self, secret: str) -> None:
        """End a session."""
        self.people.end_session(kept(secret))

    def make_key(self, name: str, scope: Role, note: str | None = None, ends_at: str | None = None) -> str:
        """Return a new API key of an account, for what ``scope`` may at most; it is shown this once."""
        key, identity = new_key()
        self.people.add_key(ApiKey(identity, kept(key), name, scope.word, note, self.now(), ends_at))
        self.people.note(Deed(self.now(), name, "key made", identity, {"scope": scope.word}))
        return key

    def set_password(self, name: str, password: str, by: str) -> None:
        """Give an account another password; whoever is logged in by the old one is out.

        Raises:
            MetadataError: it will not do.
            StoreError: there is no such account.
        """
        self.people.change(name, password=hash_password(password))
        self.people.note(Deed(self.now(), by, "account changed", name, {"password": "another"}))

    def is_password(self, name: str, password: str) -> bool:
        """Tell whether a password is that of an account."""
        account = self.people.account(name)
        hashed = account.password if account and account.password else _nobodys()
        is_right = _hasher().verify(password[:MOST_PASSWORD], hashed)
        return is_right and account is not None and account.password == hashed

    def identify(self, request: Request) -> Person:
        """Return who asks: by the key of a program, else by the session of a browser, else nobody."""
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            return self._by_key(shown.strip())
        secret = request.cookies.get(COOKIE)
        return self._by_session(secret) if secret else NOBODY

    def _by_key(self, shown: str) -> Person:
        found = self.people.key(kept(shown)) if shown.startswith(KEY_MARK) else None
        if found is None or found.revoked_at or (found.ends_at and found.ends_at <= self.now()):
            return NOBODY
        account = self.people.account(found.name)
        if account is None or account.is_closed:
            return NOBODY
        return Person(account.name, min(role_of(account.role), role_of(found.scope)), found.id)

    def _by_session(self, secret: str) -> Person:
        session, at = self.people.session(kept(secret)), self.now()
        if session is None or session.begun_at < _before(at, LONGEST) or session.seen_at < _before(at, IDLE):
            return NOBODY
        if max(session.begun_at, session.seen_at) > _before(at, -AHEAD):
            return NOBODY
        account = self.people.account(session.name)
        if account is None or account.is_closed:
            return NOBODY
        if session.seen_at < _before(at, SEEN_EVERY):
            self.people.see_session(session.key, at)
        return Person(account.name, role_of(account.role))


def checked_name(name: str) -> str:
    """Return a name as it is.

    Raises:
        MetadataError: it is none that an account may have.
    """
    if not name.isprintable() or name != " ".join(name.split()) or not 0 < len(name) <= _LONGEST_NAME:
        raise MetadataError(f"{name!r}: is no name; give one line of at most {_LONGEST_NAME} characters")
    return name


def role_of(word: str) -> Role:
    """Return the role of a word.

    Raises:
        MetadataError: there is none.
    """
    known = {role.word: role for role in Role if role}
    if word not in known:
        raise MetadataError(f"role {word!r}: is none; give one of {', '.join(known)}")
    return known[word]


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password.

    Raises:
        MetadataError: it is too short or too long.
    """
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise MetadataError(f"the password must have {LEAST_PASSWORD} to {MOST_PASSWORD} characters")
    return _hasher().hash(password)


def _before(at: str, span: timedelta) -> str:
    return (datetime.fromisoformat(at) - span).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    """Return a hash that no password has, to spend the same time on a name that does not exist."""
    return _hasher().hash(new_secret())
