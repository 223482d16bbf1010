"""The models of a region: CreateModel, DescribeModel, ListModels, DeleteModel."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.model_faults import model_faults
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.records import ModelRecord
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ValidationError

_NOT_DESCRIBED = frozenset({"ModelName", "Tags"})


class Models:
    """Keeps models. A model is only a record: containers run when an endpoint uses it."""

    def __init__(self, place: Place, tags: Tags) -> None:
        self._place = place
        self._tags = tags
        self._models: dict[str, ModelRecord] = {}

    def find(self, name: str) -> ModelRecord:
        """The model called `name`. Raises ValidationError in SageMaker's words."""
        model = self._models.get(name)
        if model is None:
            msg = f'Could not find model "{self._place.arn("model", name)}".'
            raise ValidationError(msg)
        return model

    def holds(self, arn: str) -> bool:
        """Whether a model has this ARN."""
        return any(each.arn == arn for each in self._models.values())

    def create(self, request: dict[str, Any]) -> dict[str, Any]:
        """CreateModel."""
        name = request["ModelName"]
        arn = self._place.arn("model", name)
        if name in self._models:
            msg = f'Cannot create already existing model "{arn}".'
            raise ValidationError(msg)
        found = model_faults(request)
        if found:
            raise ValidationError("; ".join(found))
        self._models[name] = ModelRecord.parse(request, name=name, arn=arn, created=datetime.now(UTC))
        self._tags.put(arn, request.get("Tags", ()))
        return {"ModelArn": arn}

    def describe(self, request: dict[str, Any]) -> dict[str, Any]:
        """DescribeModel."""
        model = self.find(request["ModelName"])
        given = {key: value for key, value in model.properties.items() if key not in _NOT_DESCRIBED}
        return {
            "EnableNetworkIsolation": False,
            **given,
            "ModelName": model.name,
            "ModelArn": model.arn,
            "CreationTime": model.created,
        }

    def list_models(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListModels."""
        summaries = [
            {"ModelName": each.name, "ModelArn": each.arn, "CreationTime": each.created}
            for each in list(self._models.values())
        ]
        return listed(summaries, request, key="Models", name="ModelName")

    def delete(self, request: dict[str, Any]) -> None:
        """DeleteModel."""
        model = self.find(request["ModelName"])
        del self._models[model.name]
        self._tags.forget(model.arn)
