"""What every endpoint on instances is that answers its callers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pilotlight.catalog import actions
from pilotlight_cdk.invoked_endpoint import InvokedEndpoint


class SynchronousEndpoint(InvokedEndpoint):
    """An endpoint that answers as a whole, or in a stream of parts."""

    INVOKED_BY: ClassVar[Sequence[str]] = (actions.INVOKE_ENDPOINT, actions.INVOKE_ENDPOINT_STREAM)
