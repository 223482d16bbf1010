"""Faults that tests switch on in the embedded AWS. Test only: nothing else sets the variable.

AWS promises neither that a notification comes once nor that notifications come in order; a local SNS does
both, so what relies on it would go unnoticed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

FAULTS_VARIABLE = "PILOTLIGHT_LOCAL_FAULTS"
"""Environment variable with the names of faults, separated by commas."""


class LocalFault(StrEnum):
    """What goes wrong on purpose."""

    DUPLICATE_NOTIFICATIONS = "duplicate-notifications"
    """Every notification is published twice."""
    REORDER_NOTIFICATIONS = "reorder-notifications"
    """Every second notification is overtaken by the one after it."""
    TRANSIENT_WRITES = "transient-writes"
    """Every fifth call that writes an object or publishes fails once with a server error."""


def local_faults(environment: Mapping[str, str] | None = None) -> frozenset[LocalFault]:
    """The faults that are switched on. environment: default is that of this process.

    Raises ValueError for a name that is not a fault.
    """
    given = os.environ if environment is None else environment
    names = [name.strip() for name in given.get(FAULTS_VARIABLE, "").split(",") if name.strip()]
    unknown = sorted(set(names) - set(LocalFault))
    if unknown:
        msg = f"{FAULTS_VARIABLE}, got {', '.join(unknown)}, allowed {', '.join(sorted(LocalFault))}"
        raise ValueError(msg)
    return frozenset(LocalFault(name) for name in names)
