"""Who is let in: by password, session, key; who must wait; what is recorded."""

from datetime import datetime, timedelta
from functools import cache

import pytest
from desk_server import asking, make_desk, serving

from armstrace.errors import MetadataError, StoreError
from armstrace.store.open import open_store
from armstrace.store.people import Account
from armstrace.web.app import ROUTERS
from armstrace.web.pages.login import own_page
from armstrace.web.people.access import ACCESS, Route
from armstrace.web.people.accounts import COOKIE, Accounts, hash_password
from armstrace.web.people.person import Role
from armstrace.web.people.secrets import form_token
from armstrace.web.people.throttle import wait_of

PASSWORD = "correct horse battery"  # noqa: S105 - of nobody

hashed = cache(lambda: hash_password(PASSWORD))  # a hash is slow on purpose


class Clock:
    """A clock that stands until it is set."""

    def __init__(self):
        self.moment = datetime.fromisoformat("2031-05-01T12:00:00Z")

    def __call__(self):
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def wait(self, **span):
        self.moment += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(tmp_path, clock):
    with open_store(str(tmp_path / "people.db"), {}) as store:
        made = Accounts(store.people, clock)
        for name, role in (("ruth", Role.READER), ("rob", Role.REVIEWER), ("ada", Role.ADMIN)):
            store.people.add(Account(name, role.word, hashed(), made_at=clock()))
        yield made


@pytest.fixture
def client(accounts, demo_store):
    with serving(make_desk(demo_store, accounts=accounts)) as address, asking(address) as client:
        yield client


def log_in(client, name, password=PASSWORD, **more):
    return client.post("/login", data={"name": name, "password": password, **more})


def test_a_login_leads_to_the_page_that_was_asked_for_and_out_again(client):
    away = client.get("/transfers/abc123")
    assert (away.status_code, away.headers["location"]) == (303, "/login?next_page=/transfers/abc123")
    inside = log_in(client, "ruth", next_page="/transfers/abc123")
    assert (inside.status_code, inside.headers["location"]) == (303, "/transfers/abc123")
    cookie = inside.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = client.get("/transfers/abc123")
    assert page.status_code == 404
    token = page.text.partition('name="form_token" value="')[2].partition('"')[0]
    assert client.post("/logout", data={"form_token": "0" * 64}).status_code == 403
    assert client.post("/logout", data={"form_token": token}).headers["location"] == "/login"
    client.cookies.clear()
    assert client.get("/transfers/abc123").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("ruth", "wrong password!"), ("nobody", PASSWORD), ("", PASSWORD), ("ruth", "x" * 5000)]
)
def test_a_wrong_login_says_nothing_of_what_was_wrong(client, name, password):
    answer = client.post("/login", data={"name": name or " ", "password": password})
    assert answer.status_code == 401
    assert "name or password is wrong" in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")


def test_a_session_that_was_there_before_login_is_not_the_one_after(accounts):
    first, second = accounts.log_in("ruth", PASSWORD, "here"), accounts.log_in("ruth", PASSWORD, "here")
    assert isinstance(first, str)
    assert first != second


def test_who_guesses_must_wait_longer_each_time_and_whoever_knows_gets_in_after(accounts, clock):
    told = [accounts.log_in("ruth", "wrong password!", "there") for _ in range(7)]
    assert told == [0, 0, 0, 0, 1, 1, 1]
    assert accounts.log_in("ruth", PASSWORD, "elsewhere") == 1, "the name waits wherever it is tried"
    clock.wait(seconds=2)
    assert isinstance(accounts.log_in("ruth", PASSWORD, "elsewhere"), str)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (14, 512), (15, 900), (10**6, 900)]
)
def test_waits_double_up_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_of(failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("spans", "alive"),
    [
        ([{"hours": 11}, {"hours": 11}], True),
        ([{"hours": 13}], False),
        ([{"hours": 11}] * 16, False),
        ([{"minutes": -2}], True),  # clocks are put right by a little all the time
        ([{"days": -30}], False),  # begun by a clock that ran a month ahead, it would go on for a month and a week
    ],
)
def test_sessions_end_after_half_a_day_unused_and_a_week_in_any_case(accounts, clock, spans, alive):
    secret = accounts.log_in("ruth", PASSWORD, "here")
    for span in spans:
        clock.wait(**span)
        found = accounts.identify(Asked(cookies={COOKIE: secret}))
    assert (found.role is Role.READER) == alive


class Asked:
    """What ``identify`` looks at of a request."""

    def __init__(self, cookies=None, authorization=""):
        self.cookies = cookies or {}
        self.headers = {"authorization": authorization}


def test_a_key_may_no_more_than_its_scope_nor_than_its_owner(accounts, clock):
    wide, narrow = (
        accounts.make_key("rob", Role.ADMIN),
        accounts.make_key("ada", Role.READER, ends_at="2031-06-01T00:00:00Z"),
    )
    roles = [accounts.identify(Asked(authorization=f"Bearer {key}")).role for key in (wide, narrow, "armstrace_no", "")]
    assert roles == [Role.REVIEWER, Role.READER, Role.NOBODY, Role.NOBODY]
    accounts.people.revoke_key(wide.removeprefix("armstrace_")[:8], clock())
    clock.wait(days=40)
    assert [accounts.identify(Asked(authorization=f"Bearer {key}")).role for key in (wide, narrow)] == [0, 0]


def test_no_secret_is_kept_as_it_is(accounts, tmp_path):
    secrets = [accounts.log_in("ruth", PASSWORD, "here"), accounts.make_key("ruth", Role.READER), PASSWORD]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert kept.count(b"ruth") > 1
    assert not [secret for secret in secrets if str(secret).encode() in kept]


def test_a_closed_account_is_out_at_once(accounts):
    secret, key = accounts.log_in("ruth", PASSWORD, "here"), accounts.make_key("ruth", Role.READER)
    accounts.people.change("ruth", is_closed=True)
    assert accounts.identify(Asked(cookies={COOKIE: secret})).role is Role.NOBODY
    assert accounts.identify(Asked(authorization=f"Bearer {key}")).role is Role.NOBODY
    assert accounts.log_in("ruth", PASSWORD, "here") == 0


def test_what_people_did_is_recorded_and_stays(accounts):
    accounts.log_in("ruth", PASSWORD, "here")
    accounts.log_in("ruth", "wrong password!", "there")
    assert [deed.did for _, deed in accounts.people.deeds()] == ["login failed", "login"]
    with pytest.raises(StoreError), accounts.people._database.write() as connection:  # noqa: SLF001 - past the door
        connection.exec_driver_sql("DELETE FROM audit")


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a\nb", PASSWORD), (" ann", PASSWORD), ("ann", "short")]
)
def test_names_and_passwords_that_will_not_do(accounts, name, password):
    with pytest.raises(MetadataError):
        accounts.add(name, Role.READER, password)


def test_a_name_is_given_once(accounts):
    with pytest.raises(StoreError, match="there is an account"):
        accounts.add("ruth", Role.ADMIN, PASSWORD)


@pytest.mark.parametrize(
    ("address", "led_to"),
    [
        ("/transfers/1?as_of=2022", "/transfers/1?as_of=2022"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("/a\\b", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_elsewhere_after_login(address, led_to):
    assert own_page(address) == led_to


def test_every_route_has_a_row_and_every_row_a_route():
    routes = {Route(method, route.path) for router in ROUTERS for route in router.routes for method in route.methods}
    assert routes == set(ACCESS)


@pytest.mark.parametrize("role", list(Role))
def test_every_route_lets_in_whom_its_row_names_and_no_one_else(client, role):
    if role:
        log_in(client, {Role.READER: "ruth", Role.REVIEWER: "rob", Role.ADMIN: "ada"}[role])
    for route, needed in ACCESS.items():
        if route == Route("POST", "/logout"):
            continue
        path = route.path.replace("{", "").replace("}", "")
        form = {"form_token": form_token(client.cookies.get(COOKIE, ""))} if route.method == "POST" else None
        answer = client.request(route.method, path, headers={"accept": "application/json"}, data=form)
        refused = answer.status_code in {401, 403} or answer.headers.get("location", "").startswith("/login?")
        if route.path != "/login":
            assert refused == (role < needed), f"{route.method} {path} as {role.word}: {answer.status_code}"
