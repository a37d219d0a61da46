"""The alerts of a watch as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from markupsafe import Markup, escape

from armstrace.export.plain import plain
from armstrace.export.wording import HONESTY
from armstrace.store.alerts import StoredAlert, WatchRow
from armstrace.web.views.alerts import AlertView, HeadlineView, view_alert

ATOM: Final = "http://www.w3.org/2005/Atom"
TYPE: Final = "application/atom+xml"
_NO_XML: Final = re.compile("[\ufffe\uffff]")  # what XML cannot hold, of all that is left of a text made plain


class Places(NamedTuple):
    """Where the desk is, without a slash at the end, and the address of the feed itself, without its key."""

    desk: str
    feed: str


def write_feed(row: WatchRow, alerts: Sequence[StoredAlert], places: Places, title: str) -> bytes:
    """Return the feed of a watch with its alerts, the latest first; ids stay whatever address the desk has."""
    feed = etree.Element(_tag("feed"), nsmap={None: ATOM})
    _add(feed, "id", _identity("watch", row.id))
    _add(feed, "title", f"{row.name} · {title}")
    _add(feed, "subtitle", HONESTY)
    _add(feed, "updated", alerts[0].raised_at if alerts else row.made_at)
    etree.SubElement(_add(feed, "author", ""), _tag("name")).text = _text(title)
    _link(feed, "self", places.feed, TYPE)
    _link(feed, "alternate", f"{places.desk}/watches/{row.id}", "text/html")
    for alert in alerts:
        _add_entry(feed, alert, places)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _add_entry(feed: etree._Element, alert: StoredAlert, places: Places) -> None:
    shown = view_alert(alert)
    entry = _add(feed, "entry", "")
    _add(entry, "id", _identity("alert", alert.id))
    kinds = ", ".join(dict.fromkeys(change.kind for change in shown.changes))
    _add(entry, "title", f"{shown.title}: {kinds}")
    _add(entry, "updated", alert.raised_at)
    _add(entry, "published", alert.raised_at)
    _link(entry, "alternate", f"{places.desk}/transfers/{alert.line}", "text/html")
    _add(entry, "content", _content(shown, places)).set("type", "html")


def _content(shown: AlertView, places: Places) -> str:
    """Return what changed and the headlines as HTML, every value escaped."""
    changes = Markup("").join(Markup("<li>{}: {}</li>").format(one.kind, one.words) for one in shown.changes)
    headlines = Markup("").join(_headline(one, places) for one in shown.headlines)
    more = Markup("<p>and {} earlier</p>").format(shown.more) if shown.more else ""
    return str(Markup("<ul>{}</ul>{}{}<p>{}</p>").format(changes, headlines, more, HONESTY))


def _headline(one: HeadlineView, places: Places) -> Markup:
    title = Markup('<a href="{}">{}</a>').format(one.url, one.title) if one.url else escape(one.title)
    own = f"{places.desk}/documents/{one.document}#claim-{one.claim}"
    told = Markup('<p>{}, {}: {}. {}, says {}</p><blockquote><a href="{}">{}</a></blockquote>')
    return told.format(one.outlet, one.published, title, one.says, one.source, own, one.words)


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, _tag(name))
    made.text = _text(text) or None
    return made


def _link(parent: etree._Element, relation: str, address: str, kind: str) -> None:
    etree.SubElement(parent, _tag("link"), rel=relation, href=_text(address), type=kind)


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", plain(text))


def _identity(kind: str, identity: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'armstrace:{kind}:{identity}')}"
