"""Asking an OpenAI-compatible endpoint over HTTP: bounded in time, size and number of attempts.

The only module that speaks HTTP to models; it is imported only where the language-model reader is used.
"""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx2

from armstrace.errors import AnswerError, ServiceError
from armstrace.llm.prompt import Body
from armstrace.llm.reply import Reply, read_json, read_reply, said
from armstrace.llm.service import Service

MOST_ATTEMPTS = 4
PATIENCE = 3  # times the timeout: what all attempts at one answer, and the waits between them, may take together
FIRST_WAIT = 0.5  # seconds; each further wait is twice as long
MOST_BYTES = 4_000_000  # of one response; an answer of 200 claims has a tenth of it
_LONGEST_KIND = 80  # characters shown of a content type
_SECRET = 16  # characters; shorter keys ("none", "ollama") are no secrets, and may be words of a report

# Statuses that no other document will fare better with.
_NO_KEY = 401
_UNUSABLE = {
    _NO_KEY: "refuses the key; set ARMSTRACE_LLM_KEY to a valid one",
    402: "asks for payment",
    404: "knows no such address or model; check --llm-url and --llm-model",
}
_PASSING = frozenset({408, 425, 429})
_SERVER_ERROR = 500
_REDIRECT = range(300, 400)
_OK = 200
_BAD_REQUEST = 400


class _Response(NamedTuple):
    status: int
    kind: str
    retry_after: str | None
    data: bytes


class _Trouble(NamedTuple):
    """An attempt that failed but may succeed later; ``wait`` in seconds is what the service asks for."""

    what: str
    wait: float | None = None
    unreachable: bool = False


class Client:
    """Asks one service; remembers which optional parameters it does not take."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._declined: set[str] = set()

    def ask(self, body: Body) -> Reply:
        """Return the answer to one request.

        Rate limits, server errors, timeouts and broken connections are tried again, at most three times and within
        three times the timeout; a ``Retry-After`` is waited for where that leaves time.

        Raises:
            AnswerError: no usable answer came in time.
            ServiceError: the service is not there, refuses the key, or does not know the model.
        """
        end = time.monotonic() + PATIENCE * self._service.timeout
        attempt = 0
        while True:
            attempt += 1
            outcome = self._attempt(body, min(self._service.timeout, end - time.monotonic()))
            if isinstance(outcome, Reply):
                return outcome
            wait = FIRST_WAIT * 2 ** (attempt - 1) if outcome.wait is None else outcome.wait
            if attempt == MOST_ATTEMPTS or time.monotonic() + wait >= end:
                raise self._given_up(outcome, attempt)
            time.sleep(wait)

    def _given_up(self, trouble: _Trouble, attempts: int) -> AnswerError | ServiceError:
        """Return the error of the last attempt."""
        later = f", and asks to wait {trouble.wait:,.0f} seconds" if trouble.wait else ""
        times = "1 attempt" if attempts == 1 else f"{attempts} attempts"
        error = ServiceError if trouble.unreachable else AnswerError
        return error(f"{self._service.address} {trouble.what}{later}; gave up after {times}")

    def _attempt(self, body: Body, seconds: float) -> Reply | _Trouble:
        payload = {name: value for name, value in body.items() if name not in self._declined}
        try:
            response = asyncio.run(self._post(json.dumps(payload).encode("ascii"), seconds))
        except (TimeoutError, httpx2.TimeoutException):
            return _Trouble(f"did not answer within {self._service.timeout:g} seconds")
        except httpx2.ConnectError as error:
            return _Trouble(f"cannot be reached ({self._clean(str(error))})", unreachable=True)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _Trouble(f"broke off the connection ({self._clean(str(error) or type(error).__name__)})")
        if response.status == _OK:
            return self._reply(response)
        if response.status == _BAD_REQUEST and "temperature" in payload and b"temperature" in response.data:
            self._declined.add("temperature")  # some models take their own temperature only
            return _Trouble("takes no temperature", wait=0)
        return self._trouble(response)

    async def _post(self, payload: bytes, seconds: float) -> _Response:
        """Return the response to one POST; the time holds for all of it, however slowly it comes."""
        service = self._service
        # Compressed bodies are not asked for: a small one may be a huge one. Proxies are for other machines.
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if service.key:
            headers["Authorization"] = f"Bearer {service.key}"
        async with (
            asyncio.timeout(max(seconds, 0)),
            httpx2.AsyncClient(timeout=seconds, trust_env=not service.is_local) as http,
            http.stream("POST", service.url, content=payload, headers=headers) as response,
        ):
            data = bytearray()
            async for chunk in response.aiter_raw():
                data += chunk
                if len(data) > MOST_BYTES:
                    raise AnswerError(f"{service.address} sent more than {MOST_BYTES:,} bytes; broken off")
            kind = self._clean(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
            return _Response(
                response.status_code, kind[:_LONGEST_KIND], response.headers.get("Retry-After"), bytes(data)
            )

    def _reply(self, response: _Response) -> Reply:
        if not response.kind.endswith("json"):
            kind = response.kind or "no content type"
            raise AnswerError(f"{self._service.address} answered with {kind} instead of JSON")
        secret = self._service.key is not None and len(self._service.key) >= _SECRET
        return read_reply(self._bare(response.data) if secret else response.data)

    def _trouble(self, response: _Response) -> _Trouble:
        """Return why a response is none but may be one later; raise where it will not."""
        place, status = self._service.address, response.status
        # Of a refused key some services repeat a part.
        words = "" if status == _NO_KEY else said(read_json(self._bare(response.data)))
        if status in _UNUSABLE:
            raise ServiceError(f"{place} {_UNUSABLE[status]} ({status}{words})")
        if status in _REDIRECT:
            raise ServiceError(f"{place} sends elsewhere ({status}); give the address it sends to as --llm-url")
        if status in _PASSING or status >= _SERVER_ERROR:
            return _Trouble(f"answered {status}{words}", wait=retry_after(response.retry_after))
        raise AnswerError(f"{place} answered {status}{words}")

    def _bare(self, data: bytes) -> bytes:
        """Return a body without the key, should the service repeat it."""
        return data.replace(self._service.key.encode("ascii"), b"[key]") if self._service.key else data

    def _clean(self, words: str) -> str:
        """Return words without the key."""
        return words.replace(self._service.key, "[key]") if self._service.key else words


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for; None where it says nothing that can be read."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        moment = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, OverflowError):
        return None
