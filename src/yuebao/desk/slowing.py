"""Addresses that fail to sign in again and again must wait, twice as long each time. Kept in memory: a restart forgives."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from yuebao.errors import UsageError

FREE = 10  # failures in a row that an address has before it must wait: an office may stand behind one address
LONGEST = 60.0  # seconds
FORGOTTEN = 900.0  # seconds after which failures count no more
MOST = 10_000  # addresses remembered


class Slowing:
    """How often each address has failed, and until when it must wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}  # address → how many, and when the last was

    def refuse_hurry(self, address: str) -> None:
        """Raise UsageError E233, naming the seconds, where the address must still wait."""
        with self._lock:
            count, last = self._failures.get(address, (0, 0.0))
            wait = last + _pause(count) - self._clock()
        if count and wait > 0:
            raise UsageError("E233", seconds=int(wait) + 1)

    def failed(self, address: str) -> None:
        """Count a failure."""
        now = self._clock()
        with self._lock:
            count, last = self._failures.pop(address, (0, now))
            self._failures[address] = (count + 1 if now - last < FORGOTTEN else 1, now)
            while len(self._failures) > MOST:
                del self._failures[next(iter(self._failures))]

    def succeeded(self, address: str) -> None:
        """Forget the failures of an address."""
        with self._lock:
            self._failures.pop(address, None)


def _pause(count: int) -> float:
    return min(LONGEST, 2.0 ** min(count - FREE, 10)) if count >= FREE else 0.0
