"""The options of long-running commands by which they tell of themselves; light, so that ``--help`` stays fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from armstrace.observing.logs import FORMATS, LEVELS, Logs

Command = TypeVar("Command", bound=Callable[..., Any])


def metrics_option(command: Command) -> Command:
    """Add to a command the option that names the file for its metrics."""
    return click.option(
        "--metrics-file",
        "metrics_path",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE.prom",
        help="Write metrics there, whole each time, for node_exporter's textfile collector.",
    )(command)


def log_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command the options of its log; it is given them together, as ``logs``."""

    @wraps(command)
    def with_logs(*, log_format: str | None, log_level: str, **given: Any) -> Any:  # noqa: ANN401 - as click passes it
        return command(logs=Logs(log_format, log_level), **given)

    for option in (_LEVEL, _FORMAT):
        option(with_logs)
    return with_logs


_FORMAT = click.option(
    "--log-format",
    type=click.Choice(FORMATS),
    envvar="ARMSTRACE_LOG_FORMAT",
    show_envvar=True,
    help="Log to standard error as lines of text, or of JSON for services (docs/operations.md).",
)
_LEVEL = click.option(
    "--log-level",
    type=click.Choice(LEVELS),
    default="info",
    show_default=True,
    envvar="ARMSTRACE_LOG_LEVEL",
    show_envvar=True,
    help="The least that the log tells.",
)
