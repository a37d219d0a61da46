"""The sanctions lists in force with their index, made once for as long as they stay in force."""

from __future__ import annotations

import threading

from armstrace.screening import InForce, load_index
from armstrace.store.repository import Store


class LoadedLists:
    """What the searches of a desk share: to read lists and make their index takes seconds. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._versions: tuple[tuple[str, str, str], ...] = ()
        self._loaded: InForce | None = None

    def of(self, store: Store) -> InForce:
        """Return the lists that are in force now.

        Raises:
            ListError: no list is loaded.
            StoreError: the store cannot be used.
        """
        with self._lock:
            versions = tuple((one.key, one.sha256, one.added_at) for one in store.screening.lists())
            if self._loaded is None or versions != self._versions:
                self._loaded = load_index(store)
                self._versions = versions
            return self._loaded
