"""ZIP archives of which the bytes follow from names and contents alone: no time, no owner, one order."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from armstrace.export.record import Out

_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can tell
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16  # a file that everybody may read


class Zipped:
    """An archive under way."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, data: bytes) -> None:
        """Add a file."""
        self._archive.writestr(self._entry(name, len(data)), data)

    def add_file(self, name: str, path: Path) -> None:
        """Add a file of the disk, piece by piece."""
        entry = self._entry(name, path.stat().st_size)
        with path.open("rb") as file, self._archive.open(entry, "w") as out:
            shutil.copyfileobj(file, out)

    def _entry(self, name: str, size: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
        entry.create_system, entry.external_attr, entry.file_size = _UNIX, _READABLE, size
        entry.compress_type = self._archive.compression
        return entry


@contextmanager
def zipping(out: Out, *, packed: bool) -> Iterator[Zipped]:
    """Yield an archive to fill; it is written once it is whole.

    An archive that is not ``packed`` is the same bytes wherever it is made; what packs the others may differ between
    machines, though what they hold does not.
    """
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", method) as archive:
            yield Zipped(archive)
        made.seek(0)
        shutil.copyfileobj(made, out)
