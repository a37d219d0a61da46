"""The layout of a bag (BagIt 1.0, RFC 8493): payload under ``data/``, and manifests with the hash of every file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

DECLARATION: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAGS: Final = "tagmanifest-sha256.txt"
PAYLOAD: Final = "data/"
DECLARED: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE: Final = re.compile(r"(?P<hash>[0-9A-Fa-f]{64})[ \t]+(?P<path>\S.*)")
_END: Final = re.compile(r"\r\n|\r|\n")
# RFC 8493, 2.1.3: these stand in a path by their numbers.
_ENCODED: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_DECODED: Final = {"25": "%", "0D": "\r", "0A": "\n"}


def manifest_text(hashes: Mapping[str, str]) -> str:
    """Return a manifest of SHA-256 by path, a line a file, by path."""
    return "".join(f"{hashes[path]}  {_encode(path)}\n" for path in sorted(hashes))


def read_manifest(text: str) -> dict[str, str]:
    """Return SHA-256 by path, as a manifest tells it.

    Raises:
        ValueError: a line is none of a manifest, or a path stands in it twice.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_END.split(text.rstrip("\r\n")), 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise ValueError(f"line {number} is no hash and path")
        path = _decode(match["path"])
        if path in found:
            raise ValueError(f"line {number} tells of {path} again")
        found[path] = match["hash"].lower()
    return found


def info_text(fields: Mapping[str, str]) -> str:
    """Return the text of ``bag-info.txt``: a line a field; values are one line each."""
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items())


def _encode(path: str) -> str:
    return "".join(_ENCODED.get(character, character) for character in path)


def _decode(path: str) -> str:
    return re.sub(r"%(25|0[AaDd])", lambda match: _DECODED[match[1].upper()], path)
