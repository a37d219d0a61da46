"""The language-model reader as the command line opens it, and what it tells people of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from armstrace.llm.cache import open_cache
from armstrace.llm.reader import Ask, ModelReader
from armstrace.llm.service import Service, find_service
from armstrace.llm.tally import Price

_KEY = "ARMSTRACE_LLM_KEY"  # of the environment alone: options are seen by every user of the machine


class ModelRun(NamedTuple):
    """One run with a language model."""

    model: ModelReader
    service: Service
    price: Price | None

    def notices(self) -> Iterator[str]:
        """Yield what must be known before a text is sent."""
        if not self.service.is_local:
            yield f"the texts are sent to {self.service.address}"
            if not self.service.is_encrypted:
                yield "warning: that is no https address; texts and key can be read on the way"

    def report(self) -> Iterator[str]:
        """Yield what the run took and left out."""
        return self.model.tally.lines(self.service.model, self.price)


def open_model(
    *,
    llm_url: str | None,
    llm_model: str | None,
    llm_cache: Path | None,
    llm_timeout: float,
    llm_price: Price | None,
) -> ModelRun:
    """Return the reader that the options and the environment mean; nothing is sent yet.

    Raises:
        SettingsError: an option is missing or cannot be meant.
    """
    service = find_service(llm_url, llm_model, os.environ.get(_KEY), llm_timeout)
    ask = _client_of(service)
    cache = open_cache(llm_cache) if llm_cache else None
    return ModelRun(ModelReader(ask, service.address, service.model, cache), service, llm_price)


def _client_of(service: Service) -> Ask:
    from armstrace.llm.client import Client  # noqa: PLC0415 - takes a fifth of a second, needed by this reader alone

    return Client(service).ask
