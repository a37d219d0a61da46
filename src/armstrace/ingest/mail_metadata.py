"""Who wrote a letter, when, and of what: the letter's own headers, or those of the letter that it forwards."""

from __future__ import annotations

import re
from typing import Final

from armstrace.document import Fact, Metadata
from armstrace.ingest.mail_headers import read_day, split_address
from armstrace.ingest.mail_lines import Forward
from armstrace.ingest.mail_parts import Letter
from armstrace.ingest.metadata import tidy
from armstrace.model import DatePrecision
from armstrace.text.dates import find_dates

_REPLY: Final = re.compile(r"\s*(?:re|aw|sv|antw|odp|rép|отв)\s?(?:\[\d+\])?\s?:", re.IGNORECASE)
_FORWARD: Final = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|doorst|пер)\s?(?:\[\d+\])?\s?:", re.IGNORECASE)
_BULK: Final = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
# Addresses that an outlet writes from, not a person.
_DESK: Final = re.compile(
    r"(?:no-?reply|do-?not-?reply|news|newsletters?|(?:google)?alerts?|editors?|editorial|press|desk|daily|weekly|digest|"
    r"info|mail|hello|contact|updates?|bulletin|briefing|media|subscriptions?|service|notifications?)(?:[+._-].*)?@",
    re.IGNORECASE,
)
_WRITER_OF: Final = re.compile(r"(\S.{1,60}?)\s+(?:at|from the|\|)\s+(\S.{1,80})", re.IGNORECASE)


def is_forward(letter: Letter) -> bool:
    """Tell whether the subject says that the letter hands on another."""
    return _FORWARD.match(letter.headers.get("Subject") or "") is not None


def is_reply(letter: Letter) -> bool:
    """Tell whether the letter answers another."""
    if is_forward(letter):
        return False
    return _REPLY.match(letter.headers.get("Subject") or "") is not None or "In-Reply-To" in letter.headers


def read_metadata(letter: Letter, forward: Forward | None) -> Metadata:
    """Return outlet or writer, day and title; of a forwarded letter its own, or nothing.

    The writer is the outlet where a mailing list or an office writes; a person is the byline, with the outlet if the
    name tells it ("A. Writer at The Paper").
    """
    if forward is not None:
        outlet, byline = _who(*split_address(forward.sender or ""), is_bulk=False)
        day = _forwarded_day(forward.date)
        return Metadata(
            outlet, day, _title(forward.subject), None, byline, None, day and "date of the forwarded letter"
        )
    outlet, byline = _who(*letter.sender, is_bulk=any(name in letter.headers for name in _BULK))
    day = read_day(letter.headers.get("Date"))
    return Metadata(outlet, day, _title(letter.headers.get("Subject")), None, byline, None, day and "header Date")


def read_facts(letter: Letter, forward: Forward | None) -> tuple[Fact, ...]:
    """Return who forwarded the letter, where it was forwarded."""
    if forward is None:
        return ()
    carrier = " ".join(filter(None, letter.sender))
    return (Fact("forwarder", carrier, None),) if carrier else ()


def _title(subject: str | None) -> str | None:
    """Return a subject without the marks of answers and forwards."""
    title = subject or ""
    while match := _REPLY.match(title) or _FORWARD.match(title):
        title = title[match.end() :]
    return tidy(title)


def _who(name: str | None, address: str | None, *, is_bulk: bool) -> tuple[str | None, str | None]:
    """Return outlet and byline."""
    domain = (address or "").rpartition("@")[2]
    if name is None or "@" in name:
        return (domain or None, None) if is_bulk or _DESK.match(address or "") else (None, tidy(address))
    parted = _WRITER_OF.fullmatch(name)
    if parted:
        return parted[2], parted[1]
    letters = "".join(c for c in name.casefold() if c.isalnum())
    is_domain = len(letters) > len("abc") and letters.removeprefix("the") in re.sub(r"[^a-z0-9]", "", domain.casefold())
    if is_bulk or is_domain or _DESK.match(address or ""):
        return name, None
    return None, name


def _forwarded_day(words: str | None) -> str | None:
    """Return the day that the header of a forwarded letter names, in whatever form; None where it can be two."""
    days = [when.start for when in find_dates((words or "")[:200]) if when.precision is DatePrecision.DAY]
    return days[0] if days else read_day(words)
