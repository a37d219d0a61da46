"""The endpoint to ask, as options and environment give it; what cannot be meant is refused before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from armstrace.errors import SettingsError

_CHAT = "/chat/completions"
_LONGEST_MODEL = 200
_EXAMPLE = "http://localhost:11434/v1"


@dataclass(frozen=True, slots=True)
class Service:
    """An OpenAI-compatible endpoint and the model to ask there; the key is in no representation of it."""

    url: str
    address: str  # the same without its query, to be shown and hashed
    model: str
    timeout: float
    key: str | None = field(default=None, repr=False)

    @property
    def is_local(self) -> bool:
        """Tell whether the endpoint is this machine, so that nothing leaves it."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def is_encrypted(self) -> bool:
        """Tell whether texts and key travel encrypted."""
        return urlsplit(self.url).scheme == "https"


def find_service(url: str | None, model: str | None, key: str | None, timeout: float) -> Service:
    """Return the service that is meant.

    ``url`` is the base of the service ("http://localhost:11434/v1") or the address of its chat completions.

    Raises:
        SettingsError: one of them is missing or cannot be meant. The text never holds the key, nor a URL that may.
    """
    if not url:
        raise SettingsError(f"--reader llm needs an endpoint: give --llm-url {_EXAMPLE} or set ARMSTRACE_LLM_URL")
    if not model:
        raise SettingsError("--reader llm needs a model: give --llm-model NAME or set ARMSTRACE_LLM_MODEL")
    if len(model) > _LONGEST_MODEL or not model.isprintable():
        raise SettingsError(f"--llm-model: a name of at most {_LONGEST_MODEL} printable characters is expected")
    full, address = _chat_urls(url.strip())
    return Service(full, address, model, timeout, _checked_key(key))


def _chat_urls(url: str) -> tuple[str, str]:
    """Return the URL of the chat completions with and without its query."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or brackets that do not close
        known = False
    if not known or not url.isprintable() or " " in url:
        raise SettingsError(f"--llm-url: no http or https URL; give the base of the service, such as {_EXAMPLE}")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("--llm-url: holds a user or password; give a key by ARMSTRACE_LLM_KEY instead")
    path = parts.path.rstrip("/")
    path = path if path.endswith(_CHAT) else path + _CHAT
    bare = parts._replace(path=path, query="", fragment="")
    return bare._replace(query=parts.query).geturl(), bare.geturl()


def _checked_key(key: str | None) -> str | None:
    """Return a key that can stand in a header, None for an empty one."""
    bare = (key or "").strip()
    if not bare.isascii() or not bare.isprintable() or " " in bare:
        raise SettingsError("ARMSTRACE_LLM_KEY: holds a space or a character that no key has; set it to the key alone")
    return bare or None
