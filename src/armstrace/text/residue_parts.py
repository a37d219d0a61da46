"""Residue at the heads and tails of lines, and stretches inside them that carry no words of the story."""

from __future__ import annotations

import re

from armstrace.text.residue import PLATFORMS, any_of

HEADS: tuple[tuple[str, str], ...] = (
    ("caption label", r"image (?:copyright|source),? .{1,60}? image caption,?\s"),
    ("caption label", r"(?:image|media) caption,?\s"),
    (
        "caption label",
        r"media playback is (?:un|not )?supported on (?:your|this) device\s(?:media caption\s)?",
    ),
    ("caption label", r"(?:enlarge this image\s?)(?:toggle caption\s)?|(?:toggle|hide) caption\s"),
    ("caption label", r"(?-i:FILE)(?: (?-i:PHOTO))?\s?[:–—-]\s"),
    ("caption label", r"(?:file|archive|handout|stock|representational) (?:photo|image|picture)\s?[:–—-]\s"),
    ("caption label", r"(?:photo|image|picture|caption)\s?:\s"),
    ("caption label", r"facebook twitter (?:pinterest|google\+?|linkedin|whatsapp)\s"),
    ("caption label", r"(?-i:CLOSE (?=[A-Z][a-z]))"),
    ("highlights label", r"story highlights\s"),
    ("advertisement", r"(?-i:Advertisement|ADVERTISEMENT)\s(?=[A-Z\"“])"),
    (
        "story label",
        r"(?-i:(?:EXCLUSIVE|BREAKING(?: NEWS)?|UPDATE(?:D|(?: \d{1,2})?)|CORRECTED|WRAPUP(?: "
        r"\d{1,2})?|RPT|REFILE|FACTBOX|"
        r"EXPLAINER|INSIGHT|NEWSMAKER|WITNESS|FEATURE|SPECIAL REPORT|JUST IN|DEVELOPING|URGENT|LEAD|"
        r"Exclusive|Breaking))"
        r"(?:\s?[-–—]+\s?|: )",
    ),
)

AFTER_STOP = r"(?<=[.!?…)”\"'’»])\s+"
TAILS: tuple[tuple[str, str], ...] = (
    ("read more", AFTER_STOP + r"(?-i:R(?:ead|EAD) [Mm](?:ore|ORE))(?: here)?[\s.…»›>]*"),
    (
        "subscription",
        AFTER_STOP + r"(?-i:Join now for FREE|Register now for FREE|Sign up (?:for|here|now)|Subscribe (?:to|"
        r"now|here)).{0,120}",
    ),
    (
        "read more",
        AFTER_STOP + r"(?-i:Click here|To read the rest|See also:|Read also:|READ MORE:|RELATED:).{0,160}",
    ),
    (
        "share",
        AFTER_STOP + rf"(?-i:Follow) (?:him|her|them|us|me|@\w{{1,20}}|[\w .'’-]{{2,40}}) (?:on|at) "
        rf"{PLATFORMS}[^.!?]{{0,80}}\.?",
    ),
    (
        "read more",
        AFTER_STOP + r"\(\s?(?:watch|photos?|also on [\w .]{1,20}|see also|read more|related)\s?:[^()]{1,200}\)",
    ),
    ("standards", r"\s+(?-i:Our [Ss]tandards: The Thomson Reuters Trust Principles)\.?"),
)

# How far before the end of a line its tail may begin.
TAIL_WINDOW = 260

# Stretches inside a line that carry no words of the story.
STRETCHES: tuple[tuple[str, str, str], ...] = (
    ("tweet", "pic.twitter.com/", r"pic\.twitter\.com/\w{1,20}"),
    ("tweet", "//t.co/", r"https?://t\.co/\w{1,20}"),
    ("story code", "[n", r"\s?\[n[A-Z0-9]{8,14}\]"),
    (
        "photo credit",
        "| ",
        r"(?<=[.!?”’'\"])\s\|\s?(?:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,2}/)?"
        r"(?:(?:AP|Getty|Reuters|REUTERS|AFP|EPA|POLITICO)(?: Photos?| Images)?(?:, )?){1,3}(?=\s|$)",
    ),
)

HEAD_PATTERN = re.compile(any_of(HEADS), re.IGNORECASE | re.DOTALL)
TAIL_PATTERN = re.compile(rf"(?:{any_of(TAILS)})$", re.IGNORECASE | re.DOTALL)
STRETCH_PATTERNS = tuple((reason, key, re.compile(pattern)) for reason, key, pattern in STRETCHES)


def match_head(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where residue at the head of the line ends, and why it is residue."""
    match = HEAD_PATTERN.match(text, start, end)
    return (match.end(), HEADS[match.lastindex - 1][0]) if match and match.lastindex else None


def match_tail(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where residue at the tail of the line begins, and why it is residue."""
    match = TAIL_PATTERN.search(text, max(start, end - TAIL_WINDOW), end)
    return (match.start(), TAILS[match.lastindex - 1][0]) if match and match.lastindex else None
