"""What a chat-completions endpoint sends back: the answer, whether it was cut off, and what it cost."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from armstrace.errors import AnswerError

_CUT = "length"
_FILTERED = "content_filter"
_LONGEST_MESSAGE = 300


class Tokens(NamedTuple):
    """How many tokens went in and came out."""

    prompt: int
    completion: int


class Reply(NamedTuple):
    """One answer; ``tokens`` is None where the service does not tell."""

    content: str
    cut: bool
    tokens: Tokens | None


def read_reply(data: bytes) -> Reply:
    """Return the answer in the body of a chat completion.

    Raises:
        AnswerError: the body is none, or the model refused; the text says what the service says of it.
    """
    body = read_json(data)
    choices = body.get("choices") if isinstance(body, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise AnswerError(f"its answer is no chat completion{said(body)}")
    finish = choice.get("finish_reason")
    if finish == _FILTERED:
        raise AnswerError("its answer was held back by the service's content filter")
    content, refusal = message.get("content"), message.get("refusal")
    if not isinstance(content, str) and isinstance(refusal, str):
        raise AnswerError(f"it refused to answer: {refusal[:_LONGEST_MESSAGE]}")
    # Models that think aloud may have used all their tokens before the first word of the answer.
    return Reply(content if isinstance(content, str) else "", finish == _CUT, _tokens(body.get("usage")))


def read_json(data: bytes) -> Any:  # noqa: ANN401 - JSON holds anything; the callers check
    """Return a body as JSON, None where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def said(body: object) -> str:
    """Return ``: MESSAGE`` for the message of an error body, an empty text where there is none."""
    error = body.get("error", body) if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else error
    return f": {' '.join(message.split())[:_LONGEST_MESSAGE]}" if isinstance(message, str) and message.strip() else ""


def _tokens(usage: object) -> Tokens | None:
    counts = [usage.get(key) for key in ("prompt_tokens", "completion_tokens")] if isinstance(usage, dict) else []
    whole = [count for count in counts if type(count) is int and count >= 0]
    return Tokens(*whole) if len(whole) == len(Tokens._fields) else None
