"""The events that logs hold. Their names are stable: whoever watches a log asks for them (docs/operations.md)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Event(StrEnum):
    """What happened."""

    DESK_STARTED = "desk_started"
    DESK_STOPPING = "desk_stopping"
    DESK_STOPPED = "desk_stopped"
    REQUEST = "request"
    REQUEST_FAILED = "request_failed"
    STORE_UNAVAILABLE = "store_unavailable"
    READY = "ready"
    NOT_READY = "not_ready"
    REGISTER_UPDATED = "register_updated"
    REGISTER_NOT_UPDATED = "register_not_updated"
    PART_NOT_LOADED = "part_not_loaded"
    ALERT_DELIVERED = "alert_delivered"
    ALERT_NOT_DELIVERED = "alert_not_delivered"
    ALERT_GIVEN_UP = "alert_given_up"
    SENDING_FAILED = "sending_failed"
    FIGURES_FAILED = "figures_failed"
    TASK_BEGUN = "task_begun"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_VERSION = "document_version"
    DOCUMENT_KNOWN = "document_known"
    DOCUMENT_READ = "document_read"
    INPUT_UNREAD = "input_unread"
    EVIDENCE_VERIFIED = "evidence_verified"
    BUNDLE_DAMAGED = "bundle_damaged"
    REGISTER_STEP = "register_step"
    SOURCE_READ = "source_read"
    SOURCE_UNCHANGED = "source_unchanged"
    SOURCE_NOT_DUE = "source_not_due"
    SOURCE_FAILED = "source_failed"
    SITEMAP_PART_FAILED = "sitemap_part_failed"
    SITEMAPS_LEFT = "sitemaps_left"
    PAGE_FETCHED = "page_fetched"
    FEED_FETCHED = "feed_fetched"
    PAGE_FAILED = "page_failed"
    HOST_PAUSED = "host_paused"
    SOURCE_HELD = "source_held"
    PART_READ = "part_read"
    STEP = "step"
    COMPLAINT = "complaint"
    CRASHED = "crashed"
    LIBRARY_MESSAGE = "library_message"


# What is worth a look stands higher than what is told of every run; all others are told at "info".
_LEVELS: Final[Mapping[Event, int]] = MappingProxyType(
    {
        Event.REQUEST_FAILED: logging.ERROR,
        Event.STORE_UNAVAILABLE: logging.WARNING,
        Event.NOT_READY: logging.WARNING,
        Event.REGISTER_NOT_UPDATED: logging.ERROR,
        Event.PART_NOT_LOADED: logging.WARNING,
        Event.ALERT_NOT_DELIVERED: logging.WARNING,
        Event.ALERT_GIVEN_UP: logging.ERROR,
        Event.SENDING_FAILED: logging.ERROR,
        Event.FIGURES_FAILED: logging.WARNING,
        Event.BUNDLE_DAMAGED: logging.WARNING,
        Event.SOURCE_NOT_DUE: logging.DEBUG,
        Event.SOURCE_HELD: logging.DEBUG,
        Event.COMPLAINT: logging.WARNING,
        Event.CRASHED: logging.CRITICAL,
    }
)

# What long runs call their steps -> the event of each; a step without a row is told as "step", with its name.
STEPS: Final[Mapping[str, Event]] = MappingProxyType(
    {
        "new": Event.DOCUMENT_ADDED,
        "version": Event.DOCUMENT_VERSION,
        "known": Event.DOCUMENT_KNOWN,
        "unread": Event.INPUT_UNREAD,
        "read": Event.DOCUMENT_READ,
        "verified": Event.EVIDENCE_VERIFIED,
        "damaged": Event.BUNDLE_DAMAGED,
        "register": Event.REGISTER_STEP,
        "SourceRead": Event.SOURCE_READ,
        "SourceUnchanged": Event.SOURCE_UNCHANGED,
        "SourceNotDue": Event.SOURCE_NOT_DUE,
        "SourceFailed": Event.SOURCE_FAILED,
        "SitemapPartFailed": Event.SITEMAP_PART_FAILED,
        "SitemapsLeft": Event.SITEMAPS_LEFT,
        "FetchedPage": Event.PAGE_FETCHED,
        "FetchedFeed": Event.FEED_FETCHED,
        "PageFailed": Event.PAGE_FAILED,
        "HostPaused": Event.HOST_PAUSED,
        "SourceHeld": Event.SOURCE_HELD,
        "part": Event.PART_READ,
    }
)


def level_of(event: Event) -> int:
    """Return how grave an event is, as ``logging`` counts."""
    return _LEVELS.get(event, logging.INFO)
