"""Where events go: one line each on standard error, as readable text or as JSON, whatever library tells them."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from armstrace.observing.events import Event, level_of
from armstrace.observing.safe import safe_value, trace_of

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, ProcessorReturnValue

TEXT, JSON = "text", "json"
FORMATS: Final = (TEXT, JSON)
LEVELS: Final = ("debug", "info", "warning", "error")
_OURS: Final = "armstrace"
_NOTE: Final = "armstrace: told as request "
_LOG: Final = logging.getLogger(_OURS)
_SIGNS: Final = frozenset(' "=\\')  # what a bare value of a line of text may not hold


class Logs(NamedTuple):
    """How a run logs: ``form`` is "text", "json", or None for what suits a person; the least ``level`` that is told."""

    form: str | None = None
    level: str = "info"


def start_logs(logs: Logs, stream: TextIO | None = None) -> None:
    """Let every event of this process be a line on ``stream``, else standard error, from now on; the one place for it.

    Messages of libraries, warnings of Python and errors that nobody caught become such lines too.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(_as_json if logs.form == JSON else _as_text))
    handler.addFilter(_is_news)
    level = logging.getLevelNamesMapping()[logs.level.upper()]
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))
    _LOG.setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _kind, error, _trace: log(Event.CRASHED, error=error)
    threading.excepthook = lambda told: log(
        Event.CRASHED, {"thread": told.thread and told.thread.name}, error=told.exc_value
    )


def is_logging() -> bool:
    """Tell whether ``start_logs`` was called in this process."""
    return _LOG.level != logging.NOTSET


def log(
    event: Event,
    facts: Mapping[str, object] = MappingProxyType({}),
    *,
    level: int | None = None,
    error: BaseException | None = None,
) -> None:
    """Note an event with its facts; ``error`` adds its traceback. Values are made safe when they are written."""
    grave = level_of(event) if level is None else level
    if _LOG.isEnabledFor(grave):
        told = (type(error), error, error.__traceback__) if error else None
        _LOG.log(grave, event.value, exc_info=told, extra={"facts": facts})


def told_as(error: BaseException, request_id: str) -> None:
    """Note on an error that a line holds its traceback, so that nobody tells it once more."""
    error.add_note(_NOTE + request_id)


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a record is to be told: a server tells once more what failed in an answer."""
    error = record.exc_info[1] if record.exc_info else None
    return record.name == _OURS or not any(note.startswith(_NOTE) for note in getattr(error, "__notes__", ()))


def _formatter(render: Processor) -> logging.Formatter:
    from structlog.processors import TimeStamper  # noqa: PLC0415 - takes a tenth of a second, for services alone
    from structlog.stdlib import ProcessorFormatter, add_log_level  # noqa: PLC0415

    stamp = TimeStamper(fmt="iso", utc=True)
    return ProcessorFormatter(foreign_pre_chain=[stamp, add_log_level], processors=[_gathered, render])


def _gathered(_logger: Any, _name: str, found: EventDict) -> Mapping[str, Any]:  # noqa: ANN401 - as structlog calls it
    """Return what a line holds: moment, level and event first."""
    record: logging.LogRecord = found["_record"]
    head = {"timestamp": found["timestamp"], "level": found["level"]}
    if record.name == _OURS:
        told = {"event": found["event"]}
        facts: dict[str, object] = record.__dict__["facts"]
    else:
        told = {"event": Event.LIBRARY_MESSAGE.value}
        facts = {"library": record.name, "message": found["event"]}
    safe = {name: safe_value(value) for name, value in facts.items() if value is not None}
    error = found["exc_info"][1] if found.get("exc_info") else None
    return head | told | safe | ({"traceback": trace_of(error)} if error else {})


def _as_json(_logger: Any, _name: str, told: EventDict) -> ProcessorReturnValue:  # noqa: ANN401
    return json.dumps(told, allow_nan=False, default=str)


def _as_text(_logger: Any, _name: str, told: EventDict) -> ProcessorReturnValue:  # noqa: ANN401
    """Return a line for people; a traceback stands below it, set in, so that nothing in it looks like a line."""
    facts = dict(told)
    head = f"{facts.pop('timestamp')} {facts.pop('level'):<8} {facts.pop('event')}"
    trace = str(facts.pop("traceback", ""))
    shown = " ".join([head, *(f"{name}={_shown(value)}" for name, value in facts.items())])
    return "\n".join([shown, *(f"    | {line}" for line in trace.splitlines())])


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if text and not _SIGNS & set(text) else json.dumps(text, ensure_ascii=False)
