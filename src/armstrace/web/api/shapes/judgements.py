"""What people judge, as the API takes and gives it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from armstrace.web.api.shapes.base import Page, Shape
from armstrace.web.api.shapes.claims import Claim

Verdict = Literal["accept", "correct", "reject", "same-transfer", "different-transfer", "undo"]
_DEEPEST = 6  # a list of records with codes is three deep
_LARGEST_ID = 2**63 - 1


def _is_shallow(value: Any, left: int = _DEEPEST) -> Any:  # noqa: ANN401 - any JSON may be sent
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner and not left:
        raise ValueError(f"must not lie more than {_DEEPEST} lists or objects deep")
    for one in inner:
        _is_shallow(one, left - 1)
    return value


class NewJudgement(Shape):
    """A decision on a claim. Nothing is deleted: a later judgement takes the place of an earlier one."""

    claim: str = Field(min_length=6, max_length=100)
    """Id of the claim, or the unambiguous beginning of it."""
    verdict: Verdict
    """`correct` needs `set`; `same-transfer` and `different-transfer` need `other`; `undo` takes back what was said
    last of the claim, or `numbers`."""
    latest: int | None = Field(default=None, ge=1, le=_LARGEST_ID, strict=True)
    """Number of the last judgement on the claim that you have seen (`latest` of the claim), null for none. Either this
    or `If-Match` must be sent; where somebody judged since, nothing is saved."""
    why: str | None = Field(default=None, min_length=1, max_length=4000)
    """The reason, shown wherever the claim is."""
    set: dict[str, Annotated[Any, AfterValidator(_is_shallow)]] = Field(default={}, max_length=100)
    """What `correct` sets: paths in the claim and values, as `{"supplier.country": "KP", "quantity.low": 24}`. Words
    without a place are looked up in the document."""
    fields: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(default=[], max_length=100)
    """With `accept`: take the corrections of these fields back."""
    other: str | None = Field(default=None, min_length=6, max_length=100)
    """The claim that is of the same, or of a different transfer."""
    numbers: list[Annotated[int, Field(ge=1, le=_LARGEST_ID, strict=True)]] = Field(default=[], max_length=100)
    """With `undo`: the judgements on the claim that are taken back."""


class Judgement(Shape):
    """A person's decision on a claim."""

    judgement: int
    """Number, in the order of judging."""
    document: str
    """Id of the document of the claim."""
    claim: str | None
    """Id of the claim."""
    verdict: Verdict
    """The decision."""
    field: str | None
    """The field that is corrected or accepted; null where the whole claim is judged."""
    value: Any
    """What the field is set to; of a pair the id of the other claim; of `undo` the numbers of what it takes back."""
    who: str
    """Who judged."""
    at: str
    """When (ISO, UTC)."""
    why: str | None
    """The reason, if told."""
    standing: Literal["in force", "superseded", "outdated", "undone", "waiting"]
    """What is of it today: `outdated` where the claim is read otherwise since, `waiting` where it is no longer read."""


class JudgementPage(Page[Judgement]):
    """A page of judgements, in the order of judging."""


class Judged(Shape):
    """What was kept."""

    judgements: list[int]
    """Numbers of the judgements: one, but of a correction one a field."""
    claim: Claim
    """The claim as it counts now."""
