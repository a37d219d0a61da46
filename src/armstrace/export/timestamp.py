"""The request by which a timestamp service is asked to say that some bytes were there: RFC 3161, in DER.

Nothing is sent. Without a nonce a request for the same bytes is the same each time; a nonce would only tie the answer
to one asking, while the hash ties it to the bytes.
"""

from __future__ import annotations

from typing import Final

_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_BOOLEAN: Final = 0x01
_OCTETS: Final = 0x04
_NULL: Final = 0x05
_OBJECT: Final = 0x06
_TRUE: Final = b"\xff"  # the only one that DER knows (X.690, 11.1)
_VERSION: Final = b"\x01"
_SHA256: Final = bytes((0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01))  # 2.16.840.1.101.3.4.2.1
_BYTES: Final = 32  # of a SHA-256
_SHORT: Final = 0x80  # lengths below it are one byte (X.690, 8.1.3)


def timestamp_request(sha256: str) -> bytes:
    """Return a TimeStampReq (RFC 3161, 2.4.1) for a SHA-256 in hexadecimal; it asks for the service's certificate.

    Raises:
        ValueError: that is no SHA-256.
    """
    digest = bytes.fromhex(sha256)
    if len(digest) != _BYTES:
        raise ValueError(f"{sha256}: is no SHA-256 in hexadecimal")
    algorithm = _field(_SEQUENCE, _field(_OBJECT, _SHA256) + _field(_NULL, b""))
    imprint = _field(_SEQUENCE, algorithm + _field(_OCTETS, digest))
    return _field(_SEQUENCE, _field(_INTEGER, _VERSION) + imprint + _field(_BOOLEAN, _TRUE))


def _field(tag: int, content: bytes) -> bytes:
    if len(content) >= _SHORT:
        raise ValueError(f"{len(content)} bytes are more than a request has")
    return bytes((tag, len(content))) + content
