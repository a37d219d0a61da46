"""One document through a language model: request, cache, answer, one repair, checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from armstrace.document import Document
from armstrace.errors import AnswerError
from armstrace.llm.answer import Answer, Background, parse_answer, read_answer
from armstrace.llm.cache import Cache
from armstrace.llm.prompt import Body, make_request, repair_request, request_key
from armstrace.llm.reply import Reply
from armstrace.llm.tally import Tally

Ask = Callable[[Body], Reply]


class ModelReader:
    """Reads documents with one model at one address; ``tally`` counts what that took and what was left out."""

    def __init__(self, ask: Ask, address: str, model: str, cache: Cache | None = None) -> None:
        self.model = model
        self.tally = Tally()
        self._ask = ask
        self._address = address
        self._cache = cache

    def read(self, document: Document, background: Background) -> Answer:
        """Return the claims of a document, and what was left out of the answer.

        Raises:
            AnswerError: no usable answer came; it costs this document only.
            InputError: the text is too long for one request.
            ServiceError: the service cannot be used at all.
        """
        request = make_request(document, self.model)
        key = request_key(self._address, request)
        rows = self._kept(key)
        if rows is None:
            try:
                rows = self._asked(request, key)
            except AnswerError as error:
                raise AnswerError(f"{document.id}: not read by the language model: {error}") from error
        answer = read_answer(document, rows, background, self.model)
        self.tally.add_drops(answer.drops)
        return answer

    def _kept(self, key: str) -> list[Any] | None:
        """Return the raw claims kept for a request; None where there is no whole answer."""
        reply = self._cache.find(key) if self._cache else None
        if reply is None:
            return None
        try:
            rows = parse_answer(reply.content)
        except AnswerError:  # the file was changed by others
            return None
        self.tally.cached += 1
        return rows

    def _asked(self, request: Body, key: str) -> list[Any]:
        """Return the raw claims of a new answer; an unusable one is asked for once more."""
        reply = self._counted(request)
        try:
            rows = parse_answer(reply.content, cut=reply.cut)
        except AnswerError as first:
            self.tally.repeated += 1
            reply = self._counted(repair_request(request, str(first)))
            try:
                rows = parse_answer(reply.content, cut=reply.cut)
            except AnswerError as second:
                raise AnswerError(f"{second}, also when asked a second time") from second
        self._keep(key, reply)
        return rows

    def _counted(self, request: Body) -> Reply:
        self.tally.asked += 1
        reply = self._ask(request)
        self.tally.add_reply(reply)
        return reply

    def _keep(self, key: str, reply: Reply) -> None:
        """Keep a paid answer; where that fails it is used all the same, and the failure counted."""
        if self._cache:
            try:
                self._cache.keep(key, self.model, reply)
            except OSError:
                self.tally.unkept += 1
