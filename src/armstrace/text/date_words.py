"""The words of dates: months, weekdays, units, and the pieces of patterns made from them."""

from __future__ import annotations

from armstrace.text.numerals import GAP, ONES, RIGHT, TEENS, TENS
from armstrace.text.tables import alternatives

MONTHS = {
    "jan": 1,
    "january": 1,
    "feb": 2,
    "february": 2,
    "mar": 3,
    "march": 3,
    "apr": 4,
    "april": 4,
    "may": 5,
    "jun": 6,
    "june": 6,
    "jul": 7,
    "july": 7,
    "aug": 8,
    "august": 8,
    "sep": 9,
    "sept": 9,
    "september": 9,
    "oct": 10,
    "october": 10,
    "nov": 11,
    "november": 11,
    "dec": 12,
    "december": 12,
}
CLEAR_MONTHS = frozenset(("january", "february", "july", "september", "october", "november", "december"))
"""Months that are nothing else when capitalised; May, March, April, June and August may be names or verbs."""
FULL_MONTHS = CLEAR_MONTHS | {"march", "april", "may", "june", "august"}
NAME_MONTHS = frozenset(("jan", "mar", "jun"))
"""Short forms that are names too, so that without a day they need their full stop."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = ("day", "week", "fortnight", "month", "quarter", "year", "decade")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}

NEAR_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day after tomorrow": 2,
}
OUTLET_TAILS = (
    *(
        "Times",
        "Telegraph",
        "Mirror",
        "Express",
        "Herald",
        "Independent",
        "Business",
        "Standard",
        "Mail",
        "People",
    ),
    *("Tribune", "World", "Star", "Post", "Argus", "Nation", "Vanguard", "Monitor", "prayers", "Agreement"),
)
"""What makes of a weekday a newspaper or an institution: "The Sunday Times", "Friday prayers"."""


MONTH = rf"(?P<month>{alternatives(MONTHS)})(?:\.|{RIGHT}(?!-[a-z]))"
YEAR = rf"(?P<year>(?:19|20)[0-9]{{2}}){RIGHT}"
THAT_YEAR = rf"(?:{GAP}(?:of{GAP})?(?P<that_year>last|this|next){GAP}year{RIGHT})?"
DAY = rf"(?P<day>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?{RIGHT}"
DAY_2 = rf"(?P<day_2>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?{RIGHT}"
WEEKDAY = rf"(?P<weekday>{alternatives(WEEKDAYS)}){RIGHT}"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
ONE_UNIT = rf"(?P<unit>{alternatives(UNITS)}){RIGHT}"
UNIT = rf"(?P<unit>{alternatives(UNITS)})s?{RIGHT}"
COUNT = (
    rf"(?P<count>[0-9]{{1,3}}|an?|{alternatives((*ONES, *TEENS, *TENS))}|an?{GAP}couple{GAP}of"
    rf"|(?:an?{GAP})?few|several|many|half{GAP}an?)"
)
WAY = r"(?P<way>last|past|this|current|next|coming|upcoming|previous|preceding|following)"
WAYS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1}
