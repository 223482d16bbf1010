"""The endpoint configurations of a region: Create, Describe, List, Delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.records import EndpointConfigRecord
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.control_plane.variant_faults import variant_faults
from pilotlight.local.emulator.api_error import ValidationError

_NOT_DESCRIBED = frozenset({"EndpointConfigName", "Tags"})


class EndpointConfigs:
    """Keeps endpoint configurations, which never change once they are made."""

    def __init__(self, place: Place, models: Models, tags: Tags) -> None:
        self._place = place
        self._models = models
        self._tags = tags
        self._configs: dict[str, EndpointConfigRecord] = {}

    def find(self, name: str) -> EndpointConfigRecord:
        """The configuration called `name`. Raises ValidationError in SageMaker's words."""
        config = self._configs.get(name)
        if config is None:
            msg = f'Could not find endpoint configuration "{self._place.arn("endpoint-config", name)}".'
            raise ValidationError(msg)
        return config

    def holds(self, arn: str) -> bool:
        """Whether a configuration has this ARN."""
        return any(each.arn == arn for each in self._configs.values())

    def create(self, request: dict[str, Any]) -> dict[str, Any]:
        """CreateEndpointConfig."""
        name = request["EndpointConfigName"]
        arn = self._place.arn("endpoint-config", name)
        if name in self._configs:
            msg = f'Cannot create already existing endpoint configuration "{arn}".'
            raise ValidationError(msg)
        found = variant_faults(request)
        if found:
            raise ValidationError("; ".join(found))
        config = EndpointConfigRecord.parse(request, name=name, arn=arn, created=datetime.now(UTC))
        for model in config.model_names:
            self._models.find(model)
        self._configs[name] = config
        self._tags.put(arn, request.get("Tags", ()))
        return {"EndpointConfigArn": arn}

    def describe(self, request: dict[str, Any]) -> dict[str, Any]:
        """DescribeEndpointConfig."""
        config = self.find(request["EndpointConfigName"])
        given = {key: value for key, value in config.properties.items() if key not in _NOT_DESCRIBED}
        return {
            **given,
            "EndpointConfigName": config.name,
            "EndpointConfigArn": config.arn,
            "CreationTime": config.created,
        }

    def list_configs(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListEndpointConfigs."""
        summaries = [
            {"EndpointConfigName": each.name, "EndpointConfigArn": each.arn, "CreationTime": each.created}
            for each in list(self._configs.values())
        ]
        return listed(summaries, request, key="EndpointConfigs", name="EndpointConfigName")

    def delete(self, request: dict[str, Any]) -> None:
        """DeleteEndpointConfig."""
        config = self.find(request["EndpointConfigName"])
        del self._configs[config.name]
        self._tags.forget(config.arn)
