"""How much of anything is read: bounds that no honest document meets, and that a hostile one cannot pass."""

from __future__ import annotations

from typing import BinaryIO, Final

from armstrace.errors import InputError

MIB: Final = 1 << 20
MOST_BYTES: Final = 64 * MIB  # of one document; a year of a newspaper's text has fewer
MOST_CHARACTERS: Final = 10_000_000  # of its text
# Of all that one file inflates to: an honest archive of news shrinks to a tenth, a bomb to a thousandth and less.
MOST_INFLATED: Final = 1024 * MIB
MOST_RATIO: Final = 200
MOST_DEPTH: Final = 4  # containers inside containers: an archive of letters with zipped attachments
_CHUNK: Final = MIB


def read_bounded(stream: BinaryIO, name: str, most: int = MOST_BYTES) -> bytes:
    """Return all that a stream holds.

    Raises:
        InputError: it holds more than ``most`` bytes; no more than that is ever read.
    """
    parts, size = [], 0
    while part := stream.read(min(_CHUNK, most + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > most:
            raise InputError(f"{name}: is larger than {most // MIB} MiB, the most that one document may have; split it")
    return b"".join(parts)
