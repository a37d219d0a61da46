"""What parameters of the API may hold."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from armstrace.register.known import known_from
from armstrace.store.records import possible_days

_LONGEST: Final = 200
_DAY: Final = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _check_day(day: str) -> str:
    if known_from(day) is None or possible_days(day) is None:
        raise ValueError("there is no such day; give a day, month or year such as 2022-09-06, 2022-09 or 2022")
    return day


Words = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Code = Annotated[str, Field(pattern="^[A-Z]{2}$", description="Two capitals: ISO 3166-1 alpha-2, or EU.")]
Day = Annotated[str, Field(pattern=_DAY, examples=["2022-09-06"]), AfterValidator(_check_day)]
Id = Annotated[str, Field(min_length=1, max_length=100)]
