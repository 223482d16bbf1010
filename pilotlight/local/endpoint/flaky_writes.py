"""Test only: makes every fifth write fail once, as a busy service would."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count

from botocore.exceptions import ClientError

from pilotlight.local.faults import LocalFault

_EVERY = 5


class FlakyWrites:
    """Makes writes flaky when the fault is switched on. Thread-safe: the counter is one atomic step."""

    def __init__(self, faults: Collection[LocalFault]) -> None:
        self._writes = count(1)
        self._is_active = LocalFault.TRANSIENT_WRITES in faults

    def flaky(self, write: Callable[[], None]) -> Callable[[], None]:
        """The write; of every fifth one, the first attempt fails."""
        fails = self._is_active and next(self._writes) % _EVERY == 0

        def attempt() -> None:
            nonlocal fails
            if fails:
                fails = False
                error = {"Code": "InternalError", "Message": f"{LocalFault.TRANSIENT_WRITES} (test only)"}
                raise ClientError({"Error": error, "ResponseMetadata": {"HTTPStatusCode": 500}}, "Write")
            write()

        return attempt
