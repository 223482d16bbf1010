"""Tells the rest of the account that a request ended: one EventBridge event per final state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from status_table import INDEX_ATTRIBUTES, Row

EVENT_SOURCE = "pilotlight.completion"


class EventRefusedError(RuntimeError):
    """EventBridge took the call and not the event, for instance because it throttles; safe to try again."""


def detail_type(status: str) -> str:
    """The detail type of a final state: InferenceCompleted, InferenceFailed or InferenceExpired."""
    return f"Inference{status}"


def detail(row: Row) -> str:
    """The row as JSON, without the attributes that only serve the index."""
    shown = {name: value for name, value in sorted(row.items()) if name not in INDEX_ATTRIBUTES}
    return json.dumps(shown, default=_json_value, ensure_ascii=False)


def _json_value(value: object) -> int | float | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class EventBus:
    """One bus, by name or ARN, behind an EventBridge client."""

    events: Any
    name: str

    def announce(self, row: Row) -> None:
        """Put the event of a final row on the bus.

        Raises:
            EventRefusedError: the bus did not take it.
        """
        entry = {
            "EventBusName": self.name,
            "Source": EVENT_SOURCE,
            "DetailType": detail_type(row["status"]),
            "Detail": detail(row),
        }
        answer = self.events.put_events(Entries=[entry])
        if answer["FailedEntryCount"] > 0:
            raise EventRefusedError(f"event bus refused the event: {answer['Entries'][0].get('ErrorCode')}")
