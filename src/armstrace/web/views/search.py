"""A search as its page shows it: the form with what is wrong in it, and what was found with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from armstrace.document import Span
from armstrace.export.jsonl import claim_from_dict
from armstrace.export.plain import plain, plain_part
from armstrace.export.wording import CountryNames, chain_words, claim_words, standing_words
from armstrace.model import Category, Polarity, Status
from armstrace.store.filters import Query
from armstrace.store.ranking import MOST_RANKED
from armstrace.store.search import Count, Hit, Hits

PATH: Final = "/search"
_GENERAL: Final = ""
# A search that cannot be meant begins its message by the field that is wrong.
_FIELD_OF: Final[Mapping[str, str]] = {
    "the search holds": "words",
    **{f"{name} ": name for name in ("party", "item", "category", "status", "outlet", "after", "before", "kind")},
}


class Field(NamedTuple):
    """A field of the form: its name, its label, what may be written there, what is, the choices, what is wrong."""

    name: str
    label: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...]
    problem: str


class Part(NamedTuple):
    """A part of a line, and whether it was looked for."""

    words: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A document or claim that was found; ``claim`` and what follows are "" for a document."""

    kind: str
    href: str
    title: tuple[Part, ...]
    about: str
    version: int
    snippet: tuple[Part, ...]
    claim: str = ""
    standing: str = ""
    chain: str = ""
    denied: bool = False


@dataclass(frozen=True, slots=True)
class SearchView:
    """All that the page of a search shows. ``told`` is how much was found, "" where nothing was asked or can be meant.

    ``note`` says what may be left out, ``problem`` what is wrong beside the fields; ``following`` and ``first`` are
    addresses, "" for none.
    """

    fields: tuple[Field, ...]
    is_asked: bool
    found: tuple[Found, ...] = ()
    told: str = ""
    note: str = ""
    problem: str = ""
    following: str = ""
    first: str = ""


_FORM: Final[tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]] = (
    ("words", "Words", "All must be there. “Quoted words” stand together, -word must not occur, word* begins so.", ()),
    ("party", "Supplier or recipient", "RU, or words of a name", ()),
    ("item", "Arms", "Words of its name", ()),
    ("category", "Kind of arms", "", (("", "any"), *((one, one.replace("-", " ")) for one in Category))),
    ("status", "Status", "", (("", "any"), *((str(one), str(one)) for one in Status))),
    ("outlet", "Outlet", "Words of its name", ()),
    ("after", "Not before", "2022-09-06, 2022-09, 2022", ()),
    ("before", "Not after", "that time still counts", ()),
    ("kind", "Show", "", (("", "both"), ("document", "documents"), ("claim", "claims"))),
)
NAMES: Final = tuple(name for name, *_ in _FORM)
_BOUNDED: Final = (
    f"Of so many only the {MOST_RANKED:,} of each kind that came last are ranked and shown; "
    "ask for more words, a party or a time to reach others."
)


def view_search(asked: Mapping[str, str], error: str = "", *, cursor: str = "") -> SearchView:
    """Return the page of a search that found nothing yet: of the blank form, or of one that cannot be meant."""
    place = next((field for begins, field in _FIELD_OF.items() if error.startswith(begins)), _GENERAL)
    fields = tuple(
        Field(name, label, hint, plain(asked.get(name, "")), choices, plain(error) if error and name == place else "")
        for name, label, hint, choices in _FORM
    )
    is_asked = any(asked.get(name) for name in NAMES)
    problem = plain(error) if place == _GENERAL else ""
    return SearchView(fields, is_asked, problem=problem, first=_address(asked) if cursor else "")


def view_hits(
    asked: Mapping[str, str], hits: Hits, counts: Mapping[str, Count], names: CountryNames, *, cursor: str = ""
) -> SearchView:
    """Return the page of a search with what was found; ``counts`` is how much of each kind."""
    found = tuple(_found(hit, names) for hit in hits.hits)
    following = _address(asked, hits.cursor) if hits.cursor else ""
    told = " and ".join(_count_words(kind, count) for kind, count in counts.items() if count.number)
    note = _BOUNDED if any(count.is_least for count in counts.values()) else ""
    shown = view_search(asked, cursor=cursor)
    return replace(shown, found=found, told=told or "Nothing found", note=note, following=following)


def _count_words(kind: str, count: Count) -> str:
    least = "at least " if count.is_least else ""
    return f"{least}{count.number:,} {kind}{'' if count.number == 1 else 's'}"


def query_of(asked: Mapping[str, str]) -> Query:
    """Return what is looked for; a field left blank asks nothing."""
    given = {name: asked[name] for name in NAMES if asked.get(name)}
    return Query(**given)  # type: ignore[arg-type]  # the store tells a kind that is none


def _address(asked: Mapping[str, str], cursor: str = "") -> str:
    given = [(name, asked[name]) for name in NAMES if asked.get(name)]
    return f"{PATH}?{urlencode([*given, *([('cursor', cursor)] if cursor else [])])}"


def _found(hit: Hit, names: CountryNames) -> Found:
    about = " · ".join(plain(part) for part in (hit.outlet, hit.published) if part)
    title = tuple(_parts(hit.title or hit.document, hit.title_marks if hit.title else ()))
    snippet = tuple(_parts(hit.snippet.text, hit.snippet.marks))
    page = f"/documents/{quote(hit.document, safe='')}"
    if hit.body is None:
        marks = hit.snippet.marks
        place = f"?at={hit.snippet.span.start + marks[0].start}#here" if marks else ""
        return Found("document", f"{page}{place}", title, about, hit.version, snippet)
    claim = claim_from_dict(hit.body)
    return Found(
        "claim",
        f"{page}?claim={quote(claim.id, safe='')}#claim-{quote(claim.id, safe='')}",
        title,
        about,
        hit.version,
        snippet,
        claim_words(claim, names),
        standing_words(claim),
        chain_words(claim.attribution, names),
        claim.polarity is Polarity.DENIED,
    )


def _parts(text: str, marks: Sequence[Span]) -> Iterator[Part]:
    done = 0
    for start, end in (*marks, Span(len(text), len(text))):
        for words, is_found in ((text[done:start], False), (text[start:end], True)):
            if words:
                yield Part(plain_part(words), is_found)
        done = end
