"""The options of commands that share their work out: how many processes, by which engine."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

_MOST_WORKERS: Final = 1_024


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command the options of its engine; it is given them together: name, workers and scheduler."""

    @wraps(command)
    def with_engine(*, workers: int | None, engine: str, scheduler: str | None, **given: Any) -> Any:  # noqa: ANN401
        if scheduler and engine != "dask":
            raise click.UsageError("--scheduler is for --engine dask")
        return command(engine=(engine, workers or _cores(), scheduler), **given)

    for option in (_SCHEDULER, _ENGINE, _WORKERS):
        option(with_engine)
    return with_engine


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, _MOST_WORKERS),
    metavar="N",
    help="Processes that work at once; as many as this machine has cores unless given. The output is the same for any.",
)
_ENGINE = click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="local: processes of this machine. dask: a Dask cluster (pip install 'armstrace[cluster]').",
)
_SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS", help="--engine dask: the cluster that runs, tcp://head:8786."
)
