"""The models of a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from pilotlight.local.control_plane.model_faults import model_faults
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.record_store import RecordStore, Request


class Models(RecordStore[ModelRecord]):
    """Keeps models. A model is only a record: containers run when an endpoint uses it."""

    noun, resource, words = "Model", "model", "model"
    described: ClassVar[Mapping[str, Any]] = {"EnableNetworkIsolation": False}

    def faults(self, request: Request) -> Sequence[str]:
        """What CreateModel refuses."""
        return model_faults(request)

    def parsed(self, request: Request, *, name: str, arn: str) -> ModelRecord:
        """The model of a request."""
        return ModelRecord.parse(request, name=name, arn=arn, created=datetime.now(UTC))
