"""How much of a list is read: bounds that no official list meets, and that a hostile file cannot pass."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20
MOST_BYTES: Final = 1024 * MIB  # of one file; OFAC's advanced file has 130 MiB, OpenSanctions' sanctions some 400
MOST_RECORD: Final = 4 * MIB  # of one entry or row
MOST_ENTRIES: Final = 1_000_000
MOST_NAMES: Final = 500  # of one entry; the most names that an official list gives one are some 120
MOST_FAULTS: Final = 1_000  # rows left out; a file with more of them is no list that we can read
LONGEST_REMARKS: Final = 4_000  # characters kept
CHUNK: Final = 1 << 16
