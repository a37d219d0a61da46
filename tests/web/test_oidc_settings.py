"""Reading the file that names a provider of logins: what it may say, and what is told where it cannot be meant."""

from __future__ import annotations

import pytest

from armstrace.errors import MissingPartError, SettingsError
from armstrace.store.open import open_store
from armstrace.web.oidc import opening
from armstrace.web.oidc.settings import SECRET_VARIABLE, OidcSettings, read_oidc_file
from armstrace.web.people.person import Role

LEAST = "issuer: https://login.example.org/realms/desk\nclient_id: armstrace\n"
SECRET = "s" * 40
WHOLE = f"""{LEAST}client_secret_file: secret.txt
label: Example Institute
address: https://desk.example.org/
scopes: [openid, email]
name_claim: email
groups_claim: groups
roles: {{admin: [a, b], reviewer: [b, c], reader: [d]}}
unknown: add
passwords: false
algorithms: [ES256, HS256]
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text, **environment):
        (tmp_path / "secret.txt").write_text(f"{SECRET}\n", encoding="utf-8")
        (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
        (tmp_path / "oidc.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_oidc_file(tmp_path / "oidc.yml", environment)

    return read_text


def test_issuer_and_client_are_enough(read):
    settings = read(LEAST)
    assert settings == OidcSettings("https://login.example.org/realms/desk", "armstrace")
    assert (settings.adds, settings.passwords, settings.client_secret) == (False, True, None)
    assert not [one for one in settings.algorithms if one.startswith("HS") or one == "none"]


def test_all_that_may_be_set(read):
    settings = read(WHOLE)
    assert settings == OidcSettings(
        "https://login.example.org/realms/desk",
        "armstrace",
        SECRET,
        "Example Institute",
        "https://desk.example.org",
        ("openid", "email"),
        "email",
        "groups",
        {"a": Role.ADMIN, "b": Role.ADMIN, "c": Role.REVIEWER, "d": Role.READER},
        adds=True,
        passwords=False,
        algorithms=("ES256", "HS256"),
    )


def test_the_secret_stands_in_the_environment_or_a_file_and_is_not_shown(read):
    assert read(LEAST, **{SECRET_VARIABLE: SECRET}).client_secret == SECRET
    assert read(LEAST + "client_secret_file: secret.txt\n", **{SECRET_VARIABLE: "other"}).client_secret == SECRET
    assert SECRET not in repr(read(WHOLE))


WRONG = [
    ("", "holds no fields"),
    ("- issuer", "holds no fields"),
    ("issuer: [", "no YAML"),
    (b"\xff\xfe", "no YAML"),
    ("client_id: a", "issuer is missing"),
    ("issuer: https://a.example", "client_id is missing"),
    ("issuer: http://login.example.org\nclient_id: a", "give an https address"),
    ("issuer: http://127.0.0.1.example.org\nclient_id: a", "give an https address"),
    ("issuer: login.example.org\nclient_id: a", "no http or https address"),
    ("issuer: https://me:pw@a.example\nclient_id: a", "user name or password"),
    ("issuer: https://a.example/?tenant=1\nclient_id: a", "no ?"),
    (LEAST + "client_secret: hunter2", "stands in $ARMSTRACE_OIDC_SECRET"),
    (LEAST + "client_secret_file: none.txt", "cannot be read"),
    (LEAST + "client_secret_file: empty.txt", "is empty"),
    (LEAST + "isuer: x", "is 'issuer' meant?"),
    (LEAST + "colour: red", "the fields are issuer"),
    (LEAST + "label: ''", "one line of text"),
    (LEAST + "label: [a]", "one line of text"),
    (LEAST + "address: https://desk.example.org/desk", "scheme and host alone"),
    (LEAST + "address: http://desk.example.org", "give an https address"),
    (LEAST + "scopes: [profile]", "must hold openid"),
    (LEAST + "scopes: openid profile", "a list of texts"),
    (LEAST + "scopes: [openid profile]", "must hold openid"),
    (LEAST + "unknown: perhaps", "refuse or add"),
    (LEAST + "passwords: maybe", "true or false"),
    (LEAST + "algorithms: [none]", "none that is taken"),
    (LEAST + "algorithms: [RS256, HS256]", "need one of 32 characters"),
    (LEAST + "algorithms: []", "a list of texts"),
    (LEAST + "groups_claim: groups", "given together"),
    (LEAST + "roles: {admin: [a]}", "given together"),
    (LEAST + "groups_claim: groups\nroles: {king: [a]}", "give one of reader"),
    (LEAST + "groups_claim: groups\nroles: [a]", "groups by role"),
    (LEAST + "groups_claim: groups\nroles: {admin: a}", "a list of texts"),
    (LEAST + "label: " + "x" * 200_000, "larger than"),
]


@pytest.mark.parametrize(("text", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_cannot_be_meant_is_refused(read, text, told):
    with pytest.raises(SettingsError) as caught:
        read(text)
    assert told in str(caught.value)
    assert "oidc.yml" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_oidc_file(tmp_path / "none.yml", {})


def test_the_key_of_logins_under_way_is_one_for_all_desks_of_a_store(tmp_path, read):
    with open_store(str(tmp_path / "a.db"), {}) as store:
        first, second = (opening.open_sign_on(store, read(LEAST), lambda: "2031-05-01T12:00:00Z") for _ in range(2))
    assert first.key == second.key
    assert len(first.key) > 40
    assert first.key not in repr(first)


def test_a_part_that_is_not_installed_is_named(tmp_path, read, monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with open_store(str(tmp_path / "a.db"), {}) as store, pytest.raises(MissingPartError, match=r"armstrace\[oidc\]"):
        opening.open_sign_on(store, read(LEAST), lambda: "2031-05-01T12:00:00Z")
