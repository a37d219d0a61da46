"""Options that belong together; light, so that ``--help`` stays fast."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from armstrace.errors import SettingsError

BUILT_IN, LLM = "built-in", "llm"
_LONGEST_TIMEOUT = 3600

Command = TypeVar("Command", bound=Callable[..., Any])


def _finite(_context: click.Context, option: click.Parameter, value: Any) -> Any:  # noqa: ANN401 - as click passes it
    """Refuse infinity and "nan", which a range lets through."""
    numbers = value if isinstance(value, tuple) else () if value is None else (value,)
    if not all(map(isfinite, numbers)):
        raise click.BadParameter("a number is expected", param=option)
    return value


_OPTIONS = (
    click.option(
        "--reader",
        "reader_name",
        type=click.Choice([BUILT_IN, LLM]),
        default=BUILT_IN,
        show_default=True,
        help="llm: a language model behind an OpenAI-compatible service, each word of it checked; with --explain "
        "beside the built-in reader (docs/llm-reader.md).",
    ),
    click.option(
        "--llm-url",
        envvar="ARMSTRACE_LLM_URL",
        show_envvar=True,
        metavar="URL",
        help="Where the service is, http://localhost:11434/v1. The texts are sent there. "
        "Its key, if it needs one, stands in ARMSTRACE_LLM_KEY.",
    ),
    click.option(
        "--llm-model",
        envvar="ARMSTRACE_LLM_MODEL",
        show_envvar=True,
        metavar="NAME",
        help="The model to ask there.",
    ),
    click.option(
        "--llm-cache",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Keep answers here: a second run asks nothing, an interrupted one goes on.",
    ),
    click.option(
        "--llm-timeout",
        type=click.FloatRange(min=0, max=_LONGEST_TIMEOUT, min_open=True),
        default=120,
        callback=_finite,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for one answer; with retries at most three times as long.",
    ),
    click.option(
        "--llm-price",
        type=click.FloatRange(min=0, max=1_000_000),
        nargs=2,
        callback=_finite,
        metavar="IN OUT",
        help="Prices of a million tokens, to report what a run cost.",
    ),
)


def llm_options(command: Command) -> Command:
    """Add the options of the language-model reader to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def refuse_unused(context: click.Context) -> None:
    """Refuse options of the language-model reader where the built-in one reads: they would change nothing.

    Raises:
        SettingsError: one was given on the command line; the environment may hold them.
    """
    for name in context.params:
        if name.startswith("llm_") and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise SettingsError(f"--{name.replace('_', '-')} is for --reader llm; the built-in reader reads here")
