"""The endpoint configurations of a region."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.record_store import RecordStore, Request
from pilotlight.local.control_plane.records import EndpointConfigRecord
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.control_plane.variant_faults import variant_faults


class EndpointConfigs(RecordStore[EndpointConfigRecord]):
    """Keeps endpoint configurations, which may only name models that are there."""

    noun, resource, words = "EndpointConfig", "endpoint-config", "endpoint configuration"

    def __init__(self, place: Place, models: Models, tags: Tags) -> None:
        super().__init__(place, tags)
        self._models = models

    def faults(self, request: Request) -> Sequence[str]:
        """What CreateEndpointConfig refuses."""
        return variant_faults(request)

    def parsed(self, request: Request, *, name: str, arn: str) -> EndpointConfigRecord:
        """The configuration of a request. Raises ValidationError when a model is missing."""
        config = EndpointConfigRecord.parse(request, name=name, arn=arn, created=datetime.now(UTC))
        for model in config.model_names:
            self._models.find(model)
        return config
