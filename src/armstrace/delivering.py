"""Alerts sent to the addresses of watches: each at least once, those of a watch in their order.

A receiver tells by the id of an alert (``webhook-id``) whether it had it before, and by the signature who sends: both
as Standard Webhooks has it, https://www.standardwebhooks.com. An address is tried again later and later; after some
tries an alert is given up, with the reason, and the next one is sent.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from armstrace.alerts.alert import Raised, alert_shape
from armstrace.fetch.fetched import Again, FetchError
from armstrace.fetch.network import Network
from armstrace.fetch.post import POST_LIMITS, post, read_post_address
from armstrace.fetch.waits import backoff
from armstrace.store.alerts import WatchRow
from armstrace.store.deliveries import DEAD, DELIVERED, LONGEST_WAIT, WAITING, Delivery, Sent
from armstrace.store.people import Deed
from armstrace.store.repository import Store

MOST_TRIES: Final = 10  # with the waits below some two days
_FIRST_WAIT: Final = 60.0  # seconds
_LONGEST_WAIT: Final = LONGEST_WAIT.total_seconds()
_LEASE: Final = POST_LIMITS.seconds + 30  # for which nobody else sends what somebody is sending
_SECRET_BYTES: Final = 32
_MARK: Final = "whsec_"


class Delivered(NamedTuple):
    """How one delivery went: the watch, the alert, the state and why it was not taken, if it was not."""

    watch: str
    alert: str
    state: str
    reason: str | None


def set_hook(store: Store, row: WatchRow, address: str, deed: Deed, *, allow_private: bool = False) -> str:
    """Let alerts of a watch be sent to an address from now on; return the secret by which they are signed.

    It is shown this once. The database keeps it as it is, for whoever signs must have it: who can read the database
    can sign. A new one is made each time.

    Raises:
        FetchError: that is no address to send to.
    """
    place = str(read_post_address(address, allow_private=allow_private))
    secret = _MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    store.alerts.change(row._replace(hook_url=place, hook_secret=secret), deed)
    return secret


def drop_hook(store: Store, row: WatchRow, deed: Deed) -> None:
    """Send nothing more for a watch; what waits is forgotten."""
    store.alerts.change(row._replace(hook_url=None, hook_secret=None), deed)


def deliver(store: Store, network: Network | None = None, *, allow_private: bool = False) -> Iterator[Delivered]:
    """Send what is due, and yield how each went; whoever is broken off, or meets another who sends, loses nothing."""
    network = network or Network()
    tried: set[int] = set()
    while numbers := [one for one in store.deliveries.due(_text(network.now())) if one not in tried]:
        for number in numbers:
            tried.add(number)
            now = network.now()
            taken = store.deliveries.take(number, _text(now), _text(now + timedelta(seconds=_LEASE)))
            if taken is not None:
                sent = _send(taken, network, allow_private=allow_private)
                store.deliveries.note(number, sent)
                yield Delivered(taken.watch.name, taken.alert, sent.state, sent.reason)


def sign(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    """Return the signature of what is sent: ``v1,`` and HMAC-SHA256 of id, moment and body, in base64."""
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = f"{identity}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()}"


def _send(taken: Delivery, network: Network, *, allow_private: bool) -> Sent:
    watch, moment = taken.watch, network.now()
    body = json.dumps(_payload(taken), separators=(",", ":")).encode()
    timestamp = int(moment.timestamp())
    headers = (
        ("webhook-id", taken.alert),
        ("webhook-timestamp", str(timestamp)),
        ("webhook-signature", sign(watch.hook_secret or "", taken.alert, timestamp, body)),
    )
    try:
        status = post(watch.hook_url or "", body, headers, network, allow_private=allow_private)
    except FetchError as error:
        return _failed(error, taken.tries, network)
    return Sent(DELIVERED, _text(moment), status)


def _payload(taken: Delivery) -> dict[str, object]:
    raised = Raised(taken.alert, taken.watch.id, taken.watch.name, taken.line, taken.raised_at)
    return {"type": "register.alert", "timestamp": taken.raised_at, "data": alert_shape(raised, taken.body)}


def _failed(error: FetchError, tries: int, network: Network) -> Sent:
    """Return what becomes of what was not taken: tried again, unless that is of no use or was done often enough."""
    now = network.now()
    if error.again is Again.NEVER or tries >= MOST_TRIES:
        gave_up = f"{error}; given up after {tries} {'try' if tries == 1 else 'tries'}"
        return Sent(DEAD, _text(now), error.status, gave_up)
    wait = max(backoff(tries, _FIRST_WAIT, _LONGEST_WAIT), min(error.wait or 0.0, _LONGEST_WAIT))
    return Sent(WAITING, _text(now), error.status, str(error), _text(now + timedelta(seconds=wait)))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
