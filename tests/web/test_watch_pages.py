"""Watches, alerts and feeds as pages and as a feed reader sees them; who sees whose."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from html import unescape

import feedparser
import pytest
from desk_server import asking, make_desk, serving
from loopback_site import Reply
from loopback_site import serving as serving_site
from lxml import etree
from story_store import STORY, make_store

from armstrace.store.open import open_store
from armstrace.store.people import Account
from armstrace.store.stood import NewAlert, write_alerts
from armstrace.web.desk import Settings
from armstrace.web.people.accounts import Accounts, hash_password
from armstrace.web.people.person import Role
from armstrace.web.sending import sending
from armstrace.web.views.watch_this import watch_address

PASSWORD = "correct horse battery"  # noqa: S105 - of nobody
NOW = "2031-06-01T00:00:00Z"
LINE = "Peru → Kenya: drones"
HOSTILE = '<script>alert(1)</script> & "Kenya" ]]> \''
hashed = cache(lambda: hash_password(PASSWORD))


@pytest.fixture
def store(tmp_path):
    path = make_store(tmp_path / "desk.db", STORY[:1])
    with open_store(path, {}) as opened:
        yield opened


@pytest.fixture
def client(store):
    with serving(make_desk(store, Settings(private_hooks=True))) as address, asking(address) as client:
        yield client


@pytest.fixture(scope="module")
def desk_client(tmp_path_factory):
    path = make_store(tmp_path_factory.mktemp("filters") / "desk.db", STORY[:1])
    with open_store(path, {}) as opened, serving(make_desk(opened)) as address, asking(address) as client:
        yield client


@pytest.fixture
def people(store):
    """Return a desk with accounts, asked by whom it is given."""
    for name, role in (("ruth", Role.READER), ("rob", Role.REVIEWER), ("ada", Role.ADMIN)):
        store.people.add(Account(name, role.word, hashed(), made_at=NOW))
    with serving(make_desk(store, accounts=Accounts(store.people, lambda: NOW))) as address:
        yield address


def go_on(store, until=3):
    make_store(store.database.place.name, STORY[1:until])


def send(client, path, page, **data):
    """Send a form as the page that holds it does."""
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(page).text)[1]
    return client.post(path, data={"form_token": token, **data})


def make(client, name="kenya", **asked):
    answer = send(client, "/watches", "/watches/new", name=name, **asked)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_watch_is_made_from_a_filter_told_of_changes_and_read(client, store):
    filled = client.get(watch_address({"recipient": "KE", "item": "drones", "order": "last-reported"})).text
    assert 'name="recipient" value="KE"' in filled
    assert 'name="name" value="KE drones"' in filled
    place = make(client, recipient="KE", item="drones")
    assert "Nothing has changed yet" in client.get(place).text
    go_on(store)
    page = client.get("/alerts").text
    assert "1 unread" in page
    assert LINE in page
    assert "ordered → delivered" in page
    number = re.search(r'name="numbers" value="(\d+)"', page)[1]
    assert send(client, "/alerts/read", "/alerts", numbers=number).headers["location"] == "/alerts"
    page = client.get("/alerts").text
    assert "unread" not in page
    assert LINE in page
    assert "1 alert<" in client.get(place).text


FILTERS = {
    "": "",
    "party=KE&item=drones&sort=route&as_of=2031-01-01&after=2030": "party=KE&item=drones",
    "supplier=Peru&recipient=KE&measure=un-kp": "supplier=Peru&recipient=KE&measure=un-kp",
    "q=barge+harbour": "words=barge+harbour",
    "status=ordered": "status=ordered",
    "status=ordered&status=delivered&reviewed=none": "",
    "category=drones": "item=drones",
    "category=drones&item=kestrel": "item=kestrel",
    "law=depends": "verdict=depends",
    "law=none": "",
    "credibility=1&credibility=2": "credibility=2",
    "credibility=2&credibility=3": "",
    "q=%3Cb%3E%26x%3D1": "words=%3Cb%3E%26x%3D1",
}


@pytest.mark.parametrize(("shown", "watched"), FILTERS.items(), ids=lambda text: text or "everything")
def test_a_filter_of_the_register_leads_to_a_watch_that_tells_of_no_fewer_lines(shown, watched, desk_client):
    page = desk_client.get(f"/?{shown}").text
    address = unescape(re.search(r'<a class="watch-this[^"]*" href="([^"]+)"', page)[1])
    assert address == (f"/watches/new?{watched}" if watched else "/watches/new")
    assert desk_client.get(address).status_code == 200


def test_a_transfer_leads_to_a_watch_on_its_parties_and_arms(desk_client):
    line = re.search(r'href="(/transfers/[^"]+)"', desk_client.get("/").text)[1]
    assert 'href="/watches/new?supplier=PE&amp;recipient=KE&amp;item=drones"' in desk_client.get(line).text


def test_the_banner_counts_what_is_unread_and_only_ones_own(people, store):
    def banner(client):
        return re.findall(r'class="unread-count">(\d+\+?)<', client.get("/").text)

    with asking(people) as client:
        assert 'class="unread-count"' not in client.get("/login").text
        log_in(client, "ruth")
        make(client)
        assert banner(client) == []
        go_on(store)
        assert banner(client) == ["1"], "a page that was kept is not shown with another number"
        for page in ("/alerts", "/watches", "/map", "/search", "/nowhere"):
            assert client.get(page).text.count('class="unread-count"') == 1, page
        log_in(client, "ada")
        assert banner(client) == [], "an admin may see others' watches, but these alerts are told to their owner"
        log_in(client, "ruth")
        send(client, "/alerts/read", "/alerts", numbers=store.alerts.alerts()[0].number)
        assert banner(client) == []


@pytest.mark.parametrize(("count", "told"), [(0, []), (1, ["1"]), (99, ["99"]), (100, ["99+"]), (250, ["99+"])])
def test_many_unread_alerts_are_told_as_many(client, store, count, told):
    make(client)
    (watch,) = store.alerts.watches()
    with store.database.write() as connection:
        alerts = [NewAlert(f"alert {number}", watch.id, "line", NOW, {}) for number in range(count)]
        write_alerts(connection, alerts, ())
    assert re.findall(r'class="unread-count">([^<]+)<', client.get("/").text) == told


def test_a_watch_is_changed_paused_and_removed(client, store):
    place = make(client)
    assert 'value="new-claim" checked' in client.get(f"{place}/edit").text
    send(client, place, f"{place}/edit", name="other", party="PE", kinds="denial")
    page = client.get(place).text
    assert "party PE" in page
    assert "denial · since" in page
    send(client, f"{place}/pause", place, paused="true")
    assert "paused" in client.get("/watches").text
    go_on(store)
    assert "Nothing has changed yet" in client.get(place).text
    send(client, f"{place}/pause", place, paused="false")
    send(client, f"{place}/remove", place)
    assert client.get(place).status_code == 404
    assert [deed.did for _, deed in store.people.deeds()] == [
        "watch removed",
        "watch goes on",
        "watch paused",
        "watch changed",
        "watch made",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": " "}, "name: give one line"),
        ({"name": "x", "status": "sold"}, "status: &#39;sold&#39; is none"),
        ({"name": "x", "credibility": "9"}, "credibility: give 1"),
        ({"name": "x", "party": "?!"}, "party: give words"),
        ({"name": "x", "kinds": "gossip"}, "changes: &#39;gossip&#39; is none"),
    ],
)
def test_a_form_that_cannot_be_meant_is_shown_again_with_what_it_held(client, store, asked, told):
    answer = send(client, "/watches", "/watches/new", **asked)
    assert answer.status_code == 400
    assert told in answer.text
    assert store.alerts.watches() == []


def test_a_form_of_another_page_changes_nothing(client, store):
    place = make(client)
    for path in ("/watches", place, f"{place}/remove", f"{place}/hook", f"{place}/feed-key", "/alerts/read"):
        assert client.post(path, data={"name": "x", "numbers": 1}).status_code == 403
    assert [row.name for row in store.alerts.watches()] == ["kenya"]


def test_a_feed_is_valid_keeps_its_ids_and_holds_sources(client, store):
    place = make(client)
    empty = feedparser.parse(client.get(f"{place}/feed").content)
    go_on(store)
    answer = client.get(f"{place}/feed")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert empty.feed.id == feed.feed.id
    (entry,) = feed.entries
    assert entry.title.startswith(f"{LINE}: new claim")
    assert "Nairobi Post" in entry.content[0].value
    assert entry.link == f"{client.base_url}/transfers/{store.alerts.alerts()[0].line}"
    again = client.get(f"{place}/feed", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    with serving(make_desk(store)) as elsewhere, asking(elsewhere) as other:
        moved = feedparser.parse(other.get(f"{place}/feed").content)
    assert (moved.feed.id, moved.entries[0].id) == (feed.feed.id, entry.id)


# RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry hold exactly once, and links.
REQUIRED = {"feed": ("id", "title", "updated", "author"), "entry": ("id", "title", "updated")}


def test_a_feed_is_what_rfc_4287_asks_for(client, store):
    place = make(client, name=HOSTILE)
    go_on(store, until=5)
    root = etree.fromstring(client.get(f"{place}/feed").content)
    atom = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.iter(f"{atom}entry")):
        kind = etree.QName(element).localname
        for name in REQUIRED[kind]:
            assert len(element.findall(atom + name)) == 1, name
        datetime.strptime(element.find(f"{atom}updated").text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - it says Z
        alternate = [link for link in element.findall(f"{atom}link") if link.get("rel") == "alternate"]
        assert len(alternate) == 1
    (own,) = [link for link in root.findall(f"{atom}link") if link.get("rel") == "self"]
    assert own.get("href").endswith("/feed")
    ids = [one.text for one in root.iter(f"{atom}id")]
    assert len(set(ids)) == len(ids) == len(root.findall(f"{atom}entry")) + 1
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_hostile_names_run_nowhere(client, store):
    place = make(client, name=HOSTILE)
    go_on(store, until=5)
    for path in (place, "/watches", "/alerts", f"{place}/edit"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert not {"\x1b", "\u202e"} & set(page)
    feed = feedparser.parse(client.get(f"{place}/feed").content, sanitize_html=False)
    assert feed.feed.title.startswith("<script>alert(1)</script> & ") or "&lt;script" in feed.feed.title
    for entry in feed.entries:
        assert "<script" not in entry.content[0].value


def log_in(client, name):
    client.cookies.clear()
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303


def test_one_sees_ones_own_watches_and_an_admin_all(people, store):
    with asking(people) as client:
        log_in(client, "ruth")
        place = make(client, name="of ruth")
        go_on(store)
        assert LINE in client.get("/alerts").text
        number = store.alerts.alerts()[0].number
        log_in(client, "rob")
        assert "of ruth" not in client.get("/watches").text
        assert LINE not in client.get("/alerts").text
        for path in (place, f"{place}/edit", f"{place}/feed"):
            assert client.get(path).status_code == 404
        for path in (place, f"{place}/remove", f"{place}/hook", f"{place}/feed-key", f"{place}/retry"):
            assert send(client, path, "/watches/new", name="mine", address="https://x.example/").status_code == 404
        send(client, "/alerts/read", "/watches/new", numbers=number)
        assert store.alerts.alerts()[0].read_at is None
        log_in(client, "ada")
        assert "of ruth" in client.get("/watches").text
        assert client.get(place).status_code == 200
        log_in(client, "ruth")
        send(client, "/alerts/read", "/alerts", numbers=number)
        assert store.alerts.alerts()[0].read_at is not None


def test_a_feed_reader_gets_in_by_a_key_that_can_be_taken_back(people, store, tmp_path):
    with asking(people) as client, asking(people) as reader:
        log_in(client, "ruth")
        place = make(client)
        assert reader.get(f"{place}/feed").status_code == 404
        made = send(client, f"{place}/feed-key", place)
        assert made.headers["cache-control"] == "no-store"
        address = re.search(rf"<code>{people}({place}/feed\?key=[^<]+)</code>", made.text)[1]
        key = address.partition("key=")[2]
        assert len(key) >= 43, "256 random bits"
        assert feedparser.parse(reader.get(address).content).feed.title.startswith("kenya")
        assert key not in client.get(place).text, "it is shown once"
        assert key.encode() not in b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
        assert key not in reader.get(address).text, "nor does the feed tell it on"
        for wrong in ("", key[:-1], f"{key}x", "0" * len(key)):
            assert reader.get(f"{place}/feed?key={wrong}").status_code == 404
        second = send(client, f"{place}/feed-key", place).text
        assert reader.get(address).status_code == 404
        newer = re.search(rf"<code>{people}({place}/feed\?key=[^<]+)</code>", second)[1]
        assert reader.get(newer).status_code == 200
        store.people.change("ruth", is_closed=True)
        assert reader.get(newer).status_code == 404
        store.people.change("ruth", is_closed=False)
        log_in(client, "ruth")
        send(client, f"{place}/feed-key", place, revoke="true")
        assert reader.get(newer).status_code == 404


def test_alerts_are_sent_while_the_desk_is_served(store):
    desk = make_desk(store, Settings(private_hooks=True))
    with serving_site({"/hook": Reply(status=204)}) as site, serving(desk) as address, asking(address) as client:
        place = make(client)
        hooked = send(client, f"{place}/hook", place, address=f"http://127.0.0.1:{site.port}/hook")
        secret = re.search(r"<code>(whsec_[^<]+)</code>", hooked.text)[1]
        assert secret not in client.get(place).text
        go_on(store)
        with sending(desk, every=0.05):
            deadline = 200
            while not site.asked and deadline:
                site.closing.wait(0.05)
                deadline -= 1
        assert [one.path for one in site.asked] == ["/hook"]
        assert "delivered" in client.get(place).text
    assert desk.metrics.registry.get_sample_value("armstrace_alert_deliveries_total", {"outcome": "delivered"}) == 1


def test_an_address_inside_is_refused_where_the_desk_does_not_allow_it(store):
    with serving(make_desk(store)) as address, asking(address) as client:
        place = make(client)
        refused = send(client, f"{place}/hook", place, address="http://127.0.0.1/hook")
        assert refused.status_code == 400
        assert "give an https address" in refused.text
        assert store.alerts.watches()[0].hook_url is None
