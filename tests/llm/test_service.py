"""Which endpoint is meant; what cannot be meant is refused without repeating what may be secret."""

from __future__ import annotations

import pytest

from armstrace.errors import SettingsError
from armstrace.llm.service import find_service

HIDDEN = "sk-invented-0123456789"


@pytest.mark.parametrize(
    ("given", "url", "address"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions", None),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions", None),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions", None),
        ("https://a.example", "https://a.example/chat/completions", None),
        (
            "https://a.example/v1?version=2",
            "https://a.example/v1/chat/completions?version=2",
            "https://a.example/v1/chat/completions",
        ),
        ("https://a.example/v1#x", "https://a.example/v1/chat/completions", None),
    ],
)
def test_the_base_or_the_whole_address_may_be_given(given, url, address):
    service = find_service(given, "m", None, 1)
    assert (service.url, service.address) == (url, address or url)


@pytest.mark.parametrize(
    ("url", "local", "encrypted"),
    [
        ("http://localhost:1/v1", True, False),
        ("http://127.0.0.1:1/v1", True, False),
        ("http://127.8.8.8/v1", True, False),
        ("http://[::1]:1/v1", True, False),
        ("http://192.168.1.4/v1", False, False),
        ("http://localhost.example/v1", False, False),
        ("https://api.example/v1", False, True),
    ],
)
def test_this_machine_is_told_from_others(url, local, encrypted):
    service = find_service(url, "m", None, 1)
    assert (service.is_local, service.is_encrypted) == (local, encrypted)


@pytest.mark.parametrize(
    ("url", "model", "key", "said"),
    [
        (None, "m", None, "ARMSTRACE_LLM_URL"),
        ("", "m", None, "ARMSTRACE_LLM_URL"),
        ("http://a.example", None, None, "ARMSTRACE_LLM_MODEL"),
        ("http://a.example", "m" * 201, None, "--llm-model"),
        ("http://a.example", "m\x1b[2J", None, "--llm-model"),
        (f"ftp://a.example/{HIDDEN}", "m", None, "--llm-url"),
        (f"file:///{HIDDEN}", "m", None, "--llm-url"),
        (HIDDEN, "m", None, "--llm-url"),
        (f"http://{HIDDEN}@a.example/v1", "m", None, "user or password"),
        (f"http://me:{HIDDEN}@a.example/v1", "m", None, "user or password"),
        (f"http://a.example:{HIDDEN}/v1", "m", None, "--llm-url"),
        (f"http://[{HIDDEN}/v1", "m", None, "--llm-url"),
        (f"http://a.example/{HIDDEN} x", "m", None, "--llm-url"),
        ("http://a.example", "m", f"{HIDDEN} x", "ARMSTRACE_LLM_KEY"),
        ("http://a.example", "m", f"{HIDDEN}\nX-Other: y", "ARMSTRACE_LLM_KEY"),
        ("http://a.example", "m", f"{HIDDEN}é", "ARMSTRACE_LLM_KEY"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_repeated(url, model, key, said):
    with pytest.raises(SettingsError) as caught:
        find_service(url, model, key, 1)
    assert said in str(caught.value)
    assert HIDDEN not in str(caught.value)


def test_the_key_is_bare_and_shown_nowhere():
    service = find_service("http://a.example", "m", f" {HIDDEN}\n", 1)
    assert service.key == HIDDEN
    assert HIDDEN not in f"{service!r} {service}"
    assert find_service("http://a.example", "m", " ", 1).key is None
