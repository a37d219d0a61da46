"""What all shapes of the API share. An answer has every key that its shape has, and no other."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Shape(BaseModel):
    """Base of all shapes: closed, and documented key by key."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Page(Shape, Generic[T]):
    """Some of a listing, in an order that stays."""

    items: list[T]
    """What was found, at most `limit`."""
    next: str | None
    """The address of the next page; null on the last."""


class Problem(BaseModel):
    """What went wrong (RFC 9457), sent as `application/problem+json`."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)

    type: str
    """`about:blank`: the status says what kind of problem it is."""
    title: str
    """The name of the status."""
    status: int
    """The status."""
    detail: str
    """What is wrong, and what to do about it."""


class FieldError(Shape):
    """One value that will not do."""

    where: str
    """The field: `query.limit`, `body.names.0.born`."""
    problem: str
    """What it must be."""


class InvalidProblem(Problem):
    """A problem with values that were sent; `errors` names each."""

    errors: list[FieldError]
    """Each value that will not do."""


class StaleProblem(Problem):
    """Somebody judged the claim since it was looked at; nothing was saved."""

    latest: int | None
    """Number of the last judgement on the claim."""
    yours: dict[str, Any]
    """What was sent, as it was sent."""
    theirs: list[dict[str, Any]]
    """The judgements on the claim that there are, the oldest first."""
    claim: dict[str, Any]
    """The claim as it counts now, to look at before judging again."""
