"""Pictures of PDF pages, drawn once and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from armstrace.document import Span
from armstrace.ingest.pdf_pictures import PagePicture, draw_pdf_page

MOST_BYTES: Final = 64 << 20  # some 200 pages of print
MOST_AT_ONCE: Final = 2  # each may take up to 768 MiB
_Key = tuple[str, int]


class PagePictures:
    """The pictures that were asked for last, as many as ``MOST_BYTES`` hold. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[tuple[Span, ...], PagePicture]] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing = threading.BoundedSemaphore(MOST_AT_ONCE)

    def picture(
        self, document: str, number: int, evidence: Callable[[], bytes], spans: tuple[Span, ...] | None = None
    ) -> PagePicture:
        """Return the picture of a page; ``evidence`` gives the PDF where it is not drawn yet.

        Where ``spans`` are given, the picture tells where they stand; None asks for the picture alone.

        Raises:
            InputError: it cannot be drawn.
        """
        key = (document, number)
        found = self._find(key, spans)
        if found:
            return found
        with self._drawing:
            found = self._find(key, spans)  # somebody else may have drawn it meanwhile
            if found:
                return found
            made = draw_pdf_page(evidence(), number, spans or ())
        self._keep(key, spans or (), made)
        return made

    def _find(self, key: _Key, spans: tuple[Span, ...] | None) -> PagePicture | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or spans not in {None, kept[0]}:
                return None
            self._kept.move_to_end(key)
            return kept[1]

    def _keep(self, key: _Key, spans: tuple[Span, ...], made: PagePicture) -> None:
        with self._lock:
            self._kept[key] = (spans, made)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(len(one.png) for _, one in self._kept.values()) > MOST_BYTES:
                self._kept.popitem(last=False)
