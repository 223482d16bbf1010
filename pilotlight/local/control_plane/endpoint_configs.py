"""The endpoint configurations of a region."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pilotlight.local.control_plane.copy_faults import copied_model_faults
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.record_store import RecordStore, Request
from pilotlight.local.control_plane.serverless_faults import serverless_model_faults
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.control_plane.variant_faults import variant_faults
from pilotlight.local.emulator.api_error import ValidationError


class EndpointConfigs(RecordStore[EndpointConfigRecord]):
    """Keeps endpoint configurations, which may only name models that are there."""

    noun, resource, words = "EndpointConfig", "endpoint-config", "endpoint configuration"

    def __init__(self, place: Place, models: Models, tags: Tags) -> None:
        super().__init__(place, tags)
        self._models = models

    def faults(self, request: Request) -> Sequence[str]:
        """What CreateEndpointConfig refuses."""
        return variant_faults(request, self._place.region)

    def parsed(self, request: Request, *, name: str, arn: str) -> EndpointConfigRecord:
        """The configuration of a request. Raises ValidationError when a model is missing."""
        config = EndpointConfigRecord.parse(request, name=name, arn=arn, created=datetime.now(UTC))
        models = {name: self._models.find(name) for name in config.model_names}
        found = [
            fault
            for variant in config.variants
            if variant.serverless is not None
            for fault in serverless_model_faults(variant.name, models[str(variant.model_name)])
        ]
        if config.async_inference is not None and any(len(each.containers) > 1 for each in models.values()):
            found.append("the embedded AWS has no asynchronous endpoints of several containers")
        found += copied_model_faults(config, models.values())
        if found:
            raise ValidationError("; ".join(found))
        return config
